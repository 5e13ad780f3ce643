//! Manners: pauses, robots.txt, one connection a host.

use std::{
    io::Write as _,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use onrecord::{
    fetch::{Fetcher, Request},
    model::Why,
};

use super::local::{self, Reply, Site, capture, failed, http, raw, request, send};

/// The start of a response that does not end.
const SLOW: &str = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";

#[tokio::test]
async fn a_server_that_asks_for_a_pause_is_heard_and_not_asked_twice() {
    let site = Site::new(|path, _| match path {
        "/busy" => send(429, "Retry-After: 600\r\n", ""),
        "/down" => send(503, "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n", ""),
        "/blink" => send(502, "", "gateway"),
        _ => None,
    })
    .await;
    let http = http();
    let look = http.look(request(site.url("/busy"))).await;
    let (until, whole_host) = look.retry_after.unwrap();
    assert!(whole_host && until.duration_since(look.ended).as_secs().abs_diff(600) < 5);
    assert_eq!(capture(look).answer.status, 429);
    let look = http.look(request(site.url("/down"))).await;
    let (until, whole_host) = look.retry_after.unwrap();
    assert!(!whole_host && until.duration_since(look.ended).as_hours() >= 23, "capped at a day");
    assert_eq!((site.asked("/busy"), site.asked("/down")), (1, 1));
    let brief = Request { timeout: Duration::from_millis(1200), ..request(site.url("/blink")) };
    assert_eq!(capture(http.look(brief).await).answer.status, 502);
    assert!(site.asked("/blink") >= 2, "a gateway that gives up is asked again");
}

#[tokio::test]
async fn a_host_that_asks_for_a_pause_is_left_alone_and_not_the_one_that_led_to_it() {
    let busy = Site::new(|path, _| match path {
        "/robots.txt" => send(404, "", ""),
        _ => send(429, "Retry-After: 600\r\n", ""),
    })
    .await;
    let there = busy.url("/busy").to_string().replace("127.0.0.1", "localhost");
    let site = Site::new(move |path, _| match path {
        "/robots.txt" => send(404, "", ""),
        "/own" => send(200, "", "page"),
        _ => send(302, &format!("Location: {there}\r\n"), ""),
    })
    .await;
    let http = http();
    let look = http.look(request(site.url("/away"))).await;
    assert_eq!(
        (look.host.as_deref(), look.retry_after.map(|(_, whole)| whole)),
        (Some("localhost"), Some(true))
    );
    // Another page that leads there does not ask it again, and pages of the first host are asked for as before.
    let look = http.look(request(site.url("/also-away"))).await;
    assert!(failed(&look, Why::Cooling).contains("left alone until"));
    assert_eq!(busy.asked("/busy"), 1);
    let look = http.look(request(site.url("/own"))).await;
    assert_eq!((look.host.clone(), look.retry_after, capture(look).answer.status), (None, None, 200));
}

#[tokio::test]
async fn robots_txt_is_asked_once_and_obeyed() {
    let site = Site::new(|path, _| match path {
        "/robots.txt" => send(301, "Location: /moved.txt\r\n", ""),
        "/moved.txt" => send(200, "", "User-agent: *\nDisallow: /shut\nAllow: /shut/but\nCrawl-delay: 0.2\n"),
        _ => send(200, "", "page"),
    })
    .await;
    let http = http();
    let look = http.look(request(site.url("/shut/door"))).await;
    assert_eq!(failed(&look, Why::Robots), "robots.txt says \"Disallow: /shut\"");
    assert_eq!((site.asked("/shut/door"), look.robots_ignored), (0, false));
    let begun = Instant::now();
    assert_eq!(capture(http.look(request(site.url("/shut/but"))).await).answer.status, 200);
    let look = http.look(Request { ignore_robots: true, ..request(site.url("/shut/door")) }).await;
    assert!(look.robots_ignored && look.ended > look.started);
    assert!(begun.elapsed() >= Duration::from_millis(200), "Crawl-delay is the least pause");
    let look = http.look(Request { ignore_robots: true, ..request(site.url("/open")) }).await;
    assert!(!look.robots_ignored, "it was not closed");
    assert_eq!(site.asked("/moved.txt"), 1);

    let kept = http.robots_cache();
    let next = local::http();
    next.seed_robots(kept);
    failed(&next.look(request(site.url("/shut"))).await, Why::Robots);
    assert_eq!(site.asked("/robots.txt"), 1, "a later run goes by what an earlier one kept");
}

#[tokio::test]
async fn a_robots_txt_that_cannot_be_had_is_told_as_what_it_is() {
    let down =
        Site::new(|path, _| if path == "/robots.txt" { send(500, "", "") } else { send(200, "", "p") }).await;
    let http = http();
    let look = http.look(request(down.url("/"))).await;
    assert!(failed(&look, Why::Robots).contains("robots.txt answered 500"));
    assert_eq!(down.asked("/"), 0);
    assert!(http.look(Request { ignore_robots: true, ..request(down.url("/")) }).await.robots_ignored);

    let denied =
        Site::new(|path, _| if path == "/robots.txt" { send(403, "", "") } else { send(200, "", "p") }).await;
    assert_eq!(capture(local::http().look(request(denied.url("/"))).await).answer.status, 200);

    let slow = Site::new(|_, _| Some(Reply::Drip(SLOW))).await;
    let ask = || Request { timeout: Duration::from_millis(100), ..request(slow.url("/")) };
    let http = local::http();
    let begun = Instant::now();
    assert!(failed(&http.look(ask()).await, Why::Timeout).starts_with("robots.txt: "));
    failed(&http.look(ask()).await, Why::Timeout);
    assert!(begun.elapsed() < Duration::from_millis(180), "the second look did not wait again");
}

#[tokio::test]
async fn a_host_has_one_connection_and_hosts_do_not_wait_for_each_other() {
    let site = Site::new(|_, _| send(200, "", "page")).await;
    let slow = Site::new(|path, _| (path != "/robots.txt").then_some(Reply::Drip(SLOW))).await;
    let http = Arc::new(http());
    let late = {
        let url = format!("http://localhost:{}/", slow.address.port()).parse().unwrap();
        let (http, ask) = (http.clone(), Request { timeout: Duration::from_millis(700), ..request(url) });
        tokio::spawn(async move { http.look(ask).await })
    };
    let begun = Instant::now();
    let looks: Vec<_> = (0..8)
        .map(|n| {
            let (http, ask) = (
                http.clone(),
                Request { delay: Duration::from_millis(20), ..request(site.url(&format!("/{n}"))) },
            );
            tokio::spawn(async move { http.look(ask).await })
        })
        .collect();
    for look in looks {
        assert_eq!(capture(look.await.expect("a look")).answer.status, 200);
    }
    let took = begun.elapsed();
    assert!(took >= Duration::from_millis(8 * 20), "a pause before each page: {took:?}");
    assert!(took < Duration::from_millis(600), "the slow host held up another: {took:?}");
    assert_eq!(site.busiest.load(Ordering::SeqCst), 1, "never two connections at once");
    failed(&late.await.expect("a look"), Why::Timeout);
}

#[tokio::test]
async fn a_robots_txt_without_end_is_read_as_far_as_it_must_be() {
    let head = "HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /shut\n";
    let site = Site::new(move |path, _| match path {
        "/robots.txt" => Some(Reply::Endless(head, b"# and so on\n".repeat(1000))),
        _ => send(200, "", "page"),
    })
    .await;
    let http = http();
    failed(&http.look(request(site.url("/shut"))).await, Why::Robots);
    assert_eq!(capture(http.look(request(site.url("/open"))).await).answer.body, b"page");

    // What redirects for ever is not there; what is compressed unasked is read.
    let circle = Site::new(|path, _| match path {
        "/robots.txt" => send(302, "Location: /robots.txt\r\n", ""),
        _ => send(200, "", "page"),
    })
    .await;
    assert_eq!(capture(http.look(request(circle.url("/"))).await).answer.body, b"page");
    assert_eq!(circle.asked("/robots.txt"), 6);
    let packed = Site::new(|path, _| match path {
        "/robots.txt" => raw([&b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n"[..], &bomb()].concat()),
        _ => send(200, "", "page"),
    })
    .await;
    let look = http.look(request(packed.url("/shut"))).await;
    assert_eq!(failed(&look, Why::Robots), "robots.txt says \"Disallow: /shut\"");
}

/// A robots.txt of 64 MiB in 64 KiB.
fn bomb() -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(b"User-agent: *\nDisallow: /shut\n").unwrap();
    packer.write_all(&b"#\n".repeat(32 << 20)).unwrap();
    packer.finish().unwrap()
}

#[tokio::test]
async fn who_asks_is_said_with_an_address_to_write_to() {
    let site = Site::new(|_, _| send(200, "", "page")).await;
    let look = http().look(request(site.url("/"))).await;
    assert_eq!(capture(look).answer.status, 200);
    let version = env!("CARGO_PKG_VERSION");
    for head in site.log.lock().unwrap().iter().map(|head| head.to_ascii_lowercase()) {
        assert!(
            head.contains(&format!("user-agent: onrecord/{version} (+newsdesk@wantsum.example)\r\n")),
            "{head}"
        );
        assert!(head.contains("from: newsdesk@wantsum.example\r\n"), "{head}");
    }
    assert_eq!((site.asked("/robots.txt"), site.asked("/")), (1, 1));
}
