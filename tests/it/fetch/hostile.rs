//! Servers that break the rules, by malice or by age.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use onrecord::{
    fetch::{Fetcher, Request},
    model::Why,
};

use super::local::{Reply, Site, capture, failed, http, page, raw, request, send};

/// The start of a response whose length is announced.
const HUNDRED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
/// The start of a response that ends with its connection.
const OLD: &str = "HTTP/1.0 200 OK\r\n\r\n";

#[tokio::test]
async fn a_body_comes_within_its_cap_or_not_at_all() {
    let site = Site::new(|path, _| match path {
        "/announced" => send(200, "", &"x".repeat(2000)),
        "/streamed" => raw(format!("{OLD}{}", "x".repeat(2000))),
        "/endless" => Some(Reply::Endless(OLD, vec![b'x'; 1000])),
        "/fits" => raw(format!("{OLD}{}", "x".repeat(1000))),
        "/gzip" => send(200, "Content-Encoding: gzip\r\n", "not really gzip"),
        "/pebibyte" => raw("HTTP/1.1 200 OK\r\nContent-Length: 1125899906842624\r\n\r\nx"),
        _ => None,
    })
    .await;
    let http = http();
    let ask = |path: &str| Request { max_body: 1000, ..request(site.url(path)) };
    for path in ["/announced", "/streamed", "/endless", "/pebibyte"] {
        failed(&http.look(ask(path)).await, Why::TooLarge);
    }
    let fits = capture(http.look(ask("/fits")).await).answer;
    assert_eq!((fits.body.len(), fits.version.as_str()), (1000, "HTTP/1.0"));
    let most = Request { max_body: u64::MAX, ..request(site.url("/pebibyte")) };
    failed(&http.look(most).await, Why::Truncated);
    // What the coding hides is not undone here.
    assert_eq!(capture(http.look(ask("/gzip")).await).answer.body, b"not really gzip");
}

#[tokio::test]
async fn a_body_that_was_cut_is_never_taken_for_whole() {
    let site = Site::new(|path, _| match path {
        "/cut" => raw(format!("{HUNDRED}half of it")),
        "/none" => raw(HUNDRED),
        "/chunk" => raw(format!("{CHUNKED}5\r\nhello\r\n")),
        "/within" => raw(format!("{CHUNKED}5\r\nhe")),
        "/monster" => raw(format!("{CHUNKED}ffffffffffffffff\r\nhe")),
        "/not-a-number" => raw(format!("{CHUNKED}five\r\nhello\r\n0\r\n\r\n")),
        _ => None,
    })
    .await;
    let http = http();
    let ask = |path: &str| Request { timeout: Duration::from_millis(300), ..request(site.url(path)) };
    let look = http.look(ask("/cut")).await;
    assert!(failed(&look, Why::Truncated).contains("10 of 100 bytes"));
    failed(&http.look(ask("/none")).await, Why::Reset);
    for path in ["/chunk", "/within", "/monster"] {
        failed(&http.look(ask(path)).await, Why::Truncated);
    }
    failed(&http.look(ask("/not-a-number")).await, Why::Reset);
}

#[tokio::test]
async fn slowness_is_ended_by_the_time_allowed() {
    let site = Site::new(|path, _| match path {
        "/drip" => Some(Reply::Drip(HUNDRED)),
        "/head" => Some(Reply::Drip("HTTP/1.1 200 OK\r\nX-Drip: ")),
        "/silent" => Some(Reply::Silence),
        "/hints" => Some(Reply::Endless("", b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec())),
        _ => None,
    })
    .await;
    for path in ["/drip", "/head", "/silent", "/hints"] {
        let http = http();
        let begun = Instant::now();
        let look =
            http.look(Request { timeout: Duration::from_millis(200), ..request(site.url(path)) }).await;
        failed(&look, Why::Timeout);
        assert!(begun.elapsed() < Duration::from_secs(1), "{path}");
    }
}

#[tokio::test]
async fn heads_are_read_as_browsers_do_and_within_limits() {
    let site = Site::new(|path, _| match path {
        "/many" => send(200, &"X-Many: 1\r\n".repeat(200), "fine"),
        "/folded" => send(200, "X-Folded: a\r\n  b\r\n", "fine"),
        "/names" => send(200, "X Spaces In: 1\r\nno colon\r\nX-Space : 1\r\n", "fine"),
        "/latin" => raw(b"HTTP/1.1 200 Fran\xe7ais\r\nX-Word: caf\xe9\r\nContent-Length: 4\r\n\r\nfine"),
        "/twice" => raw("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nfine"),
        "/empty" => raw("HTTP/1.1 204 No Content\r\n\r\n"),
        "/flood" => send(200, &"X-Flood: 1\r\n".repeat(5000), ""),
        "/bomb" => send(200, &format!("X-Bomb: {}\r\n", "x".repeat(4 << 20)), ""),
        "/other" => raw("SSH-2.0-OpenSSH_9.6\r\n"),
        "/lengths" => raw("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nfine"),
        "/negative" => raw("HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nfine"),
        "/status" => raw("HTTP/1.1 99999 OK\r\n\r\n"),
        _ => None,
    })
    .await;
    let http = http();
    for path in ["/many", "/folded", "/names", "/latin", "/twice"] {
        let answer = capture(http.look(request(site.url(path))).await).answer;
        assert_eq!(answer.body, b"fine", "{path}");
        let word = answer.response.iter().find(|header| header.name == "x-word");
        assert_eq!(word.map(|header| header.value.as_slice()), (path == "/latin").then_some(&b"caf\xe9"[..]));
    }
    assert!(capture(http.look(request(site.url("/empty"))).await).answer.body.is_empty());
    for path in ["/flood", "/bomb", "/other", "/lengths", "/negative", "/status"] {
        let look = http.look(request(site.url(path))).await;
        assert!(failed(&look, Why::HttpError).contains("not valid HTTP"), "{path}");
    }
}

#[tokio::test]
async fn a_kept_connection_that_went_away_is_no_failure() {
    let turn = AtomicUsize::new(0);
    let site = Site::new(move |path, _| match path {
        // Closed without a word after each page.
        "/closes" => raw(page(200, "", "fine")),
        "/resets" => Some(if turn.fetch_add(1, Ordering::SeqCst) == 1 {
            Reply::Reset
        } else {
            Reply::Send(page(200, "", "fine"))
        }),
        // The answer to a request that nobody made yet.
        "/ahead" => Some(Reply::Send([page(200, "", "fine"), page(200, "", "forged")].concat())),
        _ => None,
    })
    .await;
    let http = http();
    for path in ["/closes", "/resets", "/ahead"] {
        for _ in 0..3 {
            assert_eq!(capture(http.look(request(site.url(path))).await).answer.body, b"fine", "{path}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    assert_eq!((site.asked("/closes"), site.asked("/resets")), (3, 4));
}
