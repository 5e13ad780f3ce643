//! Looks over a real connection on loopback: what a server may do, and what is made of it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod hostile;
mod local;
mod polite;

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use onrecord::{
    fetch::{Fetcher, Outcome, Proxies, Request},
    model::{Validators, Why},
};
use tokio::net::TcpListener;

use local::{Reply, Site, capture, failed, http, raw, request, send, through};

#[tokio::test]
async fn redirects_are_followed_and_each_hop_is_on_record() {
    let site = Site::new(|path, head| match path {
        "/old" => send(301, "Location: /new?a=1#top\r\n", "moved"),
        "/new?a=1" => send(302, "Location: ../here\r\nSet-Cookie: a=b\r\n", ""),
        "/here" => send(200, "ETag: \"1\"\r\n", "the notice"),
        "/circle" => send(302, "Location: /circle\r\n", ""),
        "/secret" => {
            let host = head.lines().find_map(|l| l.strip_prefix("host: ")).unwrap_or_default();
            send(302, &format!("Location: http://me:secret@{host}/here\r\n"), "")
        }
        "/mail" => send(302, "Location: mailto:desk@wantsum.example\r\n", ""),
        "/inward" => send(302, "Location: http://169.254.169.254/\r\n", ""),
        p if p.starts_with("/far/") => send(302, &format!("Location: {p}x\r\n"), ""),
        _ => None,
    })
    .await;
    let http = http();
    let whole = capture(http.look(request(site.url("/old"))).await);
    let hops: Vec<_> = whole.hops().map(|h| (h.status, h.url.path(), h.body.as_slice())).collect();
    assert_eq!(hops, [(301, "/old", &b"moved"[..]), (302, "/new", b""), (200, "/here", b"the notice")]);
    assert_eq!(whole.answer.header("etag"), Some("\"1\""));
    assert_eq!((whole.answer.peer, whole.answer.proxied), (Some(site.address), false));
    assert_eq!(site.connections.load(Ordering::SeqCst), 1, "one connection serves all");

    let last = site.last();
    assert!(
        last.contains("from: newsdesk@wantsum.example\r\n") && last.contains("(+newsdesk@wantsum.example)")
    );
    let sent: Vec<_> = whole.answer.request.iter().map(|h| h.name.as_str()).collect();
    assert!(sent.iter().all(|name| last.contains(&format!("{name}: "))), "{sent:?} in {last}");
    assert_eq!(last.lines().count(), sent.len() + 2, "nothing is sent that is not on record: {last}");

    let secret = capture(http.look(request(site.url("/secret"))).await);
    assert!(secret.landed().as_str().ends_with("/here") && !secret.landed().as_str().contains("secret"));
    assert!(!site.last().contains("authorization"), "a redirect names no user");

    failed(&http.look(request(site.url("/circle"))).await, Why::RedirectLoop);
    failed(&http.look(request(site.url("/mail"))).await, Why::HttpError);
    let look = http.look(request(site.url("/far/"))).await;
    failed(&look, Why::RedirectLoop);
    assert!(matches!(&look.outcome, Outcome::Failed { hops, .. } if hops.len() == 11), "ten are followed");
}

#[tokio::test]
async fn an_address_that_leads_inward_is_refused_at_each_hop() {
    // A proxy on loopback plays the public site: names are guarded, its own address is not.
    let proxy = Site::new(|path, _| match path {
        "http://www.wantsum.example/" => send(200, "", "public"),
        "http://www.wantsum.example/in" => send(302, "Location: http://169.254.169.254/meta\r\n", ""),
        "http://www.eastmarch.example/robots.txt" => send(302, "Location: http://localhost/\r\n", ""),
        "http://www.wantsum.example/robots.txt" => send(404, "", ""),
        _ => None,
    })
    .await;
    let at = format!("http://{}", proxy.address);
    let http = through(Proxies::from_vars(|name| (name == "HTTP_PROXY").then(|| at.clone())).unwrap());
    let ask = |url: &str| Request { allow_private: false, ..request(url.parse().unwrap()) };
    let answer = capture(http.look(ask("http://www.wantsum.example/")).await).answer;
    assert!(answer.proxied && answer.body == b"public" && answer.peer == Some(proxy.address));
    let look = http.look(ask("http://www.wantsum.example/in")).await;
    assert!(failed(&look, Why::RefusedAddress).contains("169.254.169.254"));
    failed(&http.look(ask("http://www.eastmarch.example/")).await, Why::RefusedAddress);
    let before = proxy.log.lock().unwrap().len();
    for url in ["http://127.0.0.1/", "http://intranet/", "http://[::1]/", "http://db.internal/"] {
        failed(&http.look(ask(url)).await, Why::RefusedAddress);
    }
    assert_eq!(proxy.log.lock().unwrap().len(), before, "nothing was asked");
    // Without a proxy, and by a proxy of its own.
    let direct = local::http();
    failed(&direct.look(ask(proxy.url("/").as_str())).await, Why::RefusedAddress);
    let own = Request { proxy: Some(at.parse().unwrap()), ..ask("http://www.wantsum.example/") };
    assert_eq!(capture(direct.look(own).await).answer.body, b"public");
}

#[tokio::test]
async fn a_page_that_stands_is_not_sent_again() {
    let site = Site::new(|path, head| match path {
        "/moved" => send(302, "Location: /page\r\n", ""),
        "/plain" => Some(Reply::Send(b"HTTP/1.1 304 So\r\n\r\n".to_vec())),
        "/page" if head.to_ascii_lowercase().contains("if-none-match: w/\"7\"") => {
            Some(Reply::Send(b"HTTP/1.1 304 So\r\nETag: W/\"7\"\r\n\r\n".to_vec()))
        }
        "/dated"
            if head.to_ascii_lowercase().contains("if-modified-since: fri, 19 jan 2024 11:00:00 gmt") =>
        {
            Some(Reply::Send(b"HTTP/1.1 304 So\r\n\r\n".to_vec()))
        }
        "/page" => send(200, "ETag: W/\"7\"\r\n", "words"),
        _ => None,
    })
    .await;
    let http = http();
    let validators = Some(Validators { etag: Some("W/\"7\"".to_owned()), last_modified: None });
    let ask = |path: &str| Request { validators: validators.clone(), ..request(site.url(path)) };
    let look = http.look(ask("/page")).await;
    assert!(matches!(&look.outcome, Outcome::NotModified(hops) if hops.len() == 1 && hops[0].status == 304));
    // What is known of one address says nothing of another.
    assert_eq!(capture(http.look(ask("/moved")).await).answer.body, b"words");
    let dated = Validators { etag: None, last_modified: Some("Fri, 19 Jan 2024 11:00:00 GMT".to_owned()) };
    let look = http.look(Request { validators: Some(dated), ..request(site.url("/dated")) }).await;
    assert!(matches!(look.outcome, Outcome::NotModified(_)));
    failed(&http.look(request(site.url("/plain"))).await, Why::HttpError);
}

#[tokio::test]
async fn what_breaks_before_an_answer_is_told_apart() {
    let first = AtomicUsize::new(0);
    let site = Site::new(move |path, _| match path {
        "/reset" => Some(Reply::Reset),
        "/closed" => raw(""),
        "/once" if first.fetch_add(1, Ordering::SeqCst) == 0 => Some(Reply::Reset),
        "/once" => send(200, "", "there"),
        _ => None,
    })
    .await;
    let http = http();
    let brief = |path| Request { timeout: Duration::from_millis(300), ..request(site.url(path)) };
    failed(&http.look(brief("/reset")).await, Why::Reset);
    failed(&http.look(brief("/closed")).await, Why::Reset);
    assert_eq!(capture(http.look(request(site.url("/once"))).await).answer.body, b"there");

    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let look = http.look(request(format!("http://{free}/").parse().unwrap())).await;
    assert!(failed(&look, Why::Connect).ends_with(&format!("connection refused by {free}")));
    let look = http.look(request("http://no-such-name.invalid/".parse().unwrap())).await;
    failed(&look, Why::Dns);
    let plain = site.url("/").as_str().replace("http:", "https:");
    failed(&http.look(request(plain.parse().unwrap())).await, Why::Tls);
}
