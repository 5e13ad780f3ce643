//! Looks over a real connection on loopback: what a server may do, and what is made of it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use jiff::Timestamp;
use onrecord::{
    fetch::{Fetcher, Http, HttpOptions, Look, Outcome, Proxies, Request},
    model::{Capture, Validators, Why},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use url::Url;

/// What the server does with a request.
enum Reply {
    /// Sends this and keeps the connection.
    Send(String),
    /// Sends this and closes it.
    SendAndClose(String),
    /// Closes with a reset.
    Reset,
    /// Sends a head, then a byte each 20 ms.
    Drip,
}

/// A server on loopback, with what it was asked.
struct Site {
    address: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
    busiest: Arc<AtomicUsize>,
}

impl Site {
    /// Answers by the path; without an answer of its own, robots.txt is 404.
    async fn new(answer: impl Fn(&str, &str) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = Self {
            address: listener.local_addr().unwrap(),
            log: Arc::default(),
            connections: Arc::default(),
            busiest: Arc::default(),
        };
        let (log, connections, busiest) = (site.log.clone(), site.connections.clone(), site.busiest.clone());
        let (answer, open) = (Arc::new(answer), Arc::new(AtomicUsize::new(0)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                busiest.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                let (answer, log, open) = (answer.clone(), log.clone(), open.clone());
                tokio::spawn(async move {
                    talk(stream, &log, |path, head| {
                        answer(path, head).unwrap_or_else(|| Reply::Send(page(404, "", "not here")))
                    })
                    .await;
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        site
    }

    fn url(&self, path: &str) -> Url {
        format!("http://{}{path}", self.address).parse().unwrap()
    }

    /// How often a path was asked for.
    fn asked(&self, path: &str) -> usize {
        let line = format!(" {path} HTTP/1.1");
        self.log.lock().unwrap().iter().filter(|head| head.lines().next().unwrap().ends_with(&line)).count()
    }

    /// The head of the last request.
    fn last(&self) -> String {
        self.log.lock().unwrap().last().cloned().unwrap_or_default().to_ascii_lowercase()
    }
}

async fn talk(mut stream: TcpStream, log: &Mutex<Vec<String>>, answer: impl Fn(&str, &str) -> Reply) {
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                // A TLS handshake: what a plain server says to that.
                Ok(0x16) if head.is_empty() => {
                    return stream.write_all(page(400, "", "").as_bytes()).await.unwrap_or_default();
                }
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        let head = String::from_utf8(head).unwrap();
        let path = head.split(' ').nth(1).unwrap().to_owned();
        log.lock().unwrap().push(head.clone());
        match answer(&path, &head) {
            Reply::Send(text) => stream.write_all(text.as_bytes()).await.unwrap_or_default(),
            Reply::SendAndClose(text) => return stream.write_all(text.as_bytes()).await.unwrap_or_default(),
            Reply::Reset => return stream.set_zero_linger().unwrap_or_default(),
            Reply::Drip => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n").await;
                while stream.write_all(b"x").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                return;
            }
        }
    }
}

fn page(status: u16, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status} So\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

#[expect(clippy::unnecessary_wraps, reason = "the answers that it stands among are optional")]
fn send(status: u16, headers: &str, body: &str) -> Option<Reply> {
    Some(Reply::Send(page(status, headers, body)))
}

fn http() -> Http {
    through(Proxies::none())
}

fn through(proxies: Proxies) -> Http {
    let contact = Some("newsdesk@wantsum.example".to_owned());
    Http::new(HttpOptions { contact, now: Arc::new(Timestamp::now), proxies }).unwrap()
}

fn request(url: Url) -> Request {
    Request {
        url,
        validators: None,
        timeout: Duration::from_secs(5),
        delay: Duration::ZERO,
        max_body: 1 << 20,
        max_decoded: 1 << 20,
        allow_private: true,
        ignore_robots: false,
        proxy: None,
    }
}

fn capture(look: Look) -> Capture {
    match look.outcome {
        Outcome::Answered(capture) => *capture,
        other => panic!("not answered: {other:?}"),
    }
}

#[track_caller]
fn failed(look: &Look, expected: Why) -> &str {
    match &look.outcome {
        Outcome::Failed { why, evidence, .. } if *why == expected => evidence,
        other => panic!("not {expected}: {other:?}"),
    }
}

#[tokio::test]
async fn redirects_are_followed_and_each_hop_is_on_record() {
    let site = Site::new(|path, _| match path {
        "/old" => send(301, "Location: /new?a=1#top\r\n", "moved"),
        "/new?a=1" => send(302, "Location: ../here\r\nSet-Cookie: a=b\r\n", ""),
        "/here" => send(200, "ETag: \"1\"\r\n", "the notice"),
        "/circle" => send(302, "Location: /circle\r\n", ""),
        "/mail" => send(302, "Location: mailto:desk@wantsum.example\r\n", ""),
        "/inward" => send(302, "Location: http://169.254.169.254/\r\n", ""),
        p if p.starts_with("/far/") => send(302, &format!("Location: {p}x\r\n"), ""),
        _ => None,
    })
    .await;
    let http = http();
    let capture = capture(http.look(request(site.url("/old"))).await);
    let hops: Vec<_> = capture.hops().map(|h| (h.status, h.url.path(), h.body.as_slice())).collect();
    assert_eq!(hops, [(301, "/old", &b"moved"[..]), (302, "/new", b""), (200, "/here", b"the notice")]);
    assert_eq!(capture.answer.header("etag"), Some("\"1\""));
    assert_eq!((capture.answer.peer, capture.answer.proxied), (Some(site.address), false));
    assert_eq!(site.connections.load(Ordering::SeqCst), 1, "one connection serves all");

    let last = site.last();
    assert!(
        last.contains("from: newsdesk@wantsum.example\r\n") && last.contains("(+newsdesk@wantsum.example)")
    );
    let sent: Vec<_> = capture.answer.request.iter().map(|h| h.name.as_str()).collect();
    assert!(sent.iter().all(|name| last.contains(&format!("{name}: "))), "{sent:?} in {last}");
    assert_eq!(last.lines().count(), sent.len() + 2, "nothing is sent that is not on record: {last}");

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
    let direct = self::http();
    failed(&direct.look(ask(proxy.url("/").as_str())).await, Why::RefusedAddress);
    let own = Request { proxy: Some(at.parse().unwrap()), ..ask("http://www.wantsum.example/") };
    assert_eq!(capture(direct.look(own).await).answer.body, b"public");
}

#[tokio::test]
async fn a_body_comes_whole_and_within_its_cap_or_not_at_all() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
    let site = Site::new(move |path, _| match path {
        "/announced" => send(200, "", &"x".repeat(2000)),
        "/streamed" => Some(Reply::SendAndClose(format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(2000)))),
        "/fits" => Some(Reply::SendAndClose(format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(1000)))),
        "/cut" => Some(Reply::SendAndClose(format!("{head}half of it"))),
        "/chunk" => Some(Reply::SendAndClose(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n".to_owned(),
        )),
        "/gzip" => send(200, "Content-Encoding: gzip\r\n", "not really gzip"),
        "/flood" => send(200, &"X-Flood: 1\r\n".repeat(500), ""),
        "/other" => Some(Reply::SendAndClose("SSH-2.0-OpenSSH_9.6\r\n".to_owned())),
        "/drip" => Some(Reply::Drip),
        _ => None,
    })
    .await;
    let http = http();
    let ask = |path: &str| Request { max_body: 1000, ..request(site.url(path)) };
    failed(&http.look(ask("/announced")).await, Why::TooLarge);
    failed(&http.look(ask("/streamed")).await, Why::TooLarge);
    assert_eq!(capture(http.look(ask("/fits")).await).answer.body.len(), 1000);
    let look = http.look(ask("/cut")).await;
    assert!(failed(&look, Why::Truncated).contains("10 of 100 bytes"));
    failed(&http.look(ask("/chunk")).await, Why::Truncated);
    assert_eq!(capture(http.look(ask("/gzip")).await).answer.body, b"not really gzip");
    failed(&http.look(ask("/flood")).await, Why::HttpError);
    failed(&http.look(ask("/other")).await, Why::HttpError);
    let begun = Instant::now();
    let drip = Request { timeout: Duration::from_millis(200), ..request(site.url("/drip")) };
    failed(&http.look(drip).await, Why::Timeout);
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_page_that_stands_is_not_sent_again() {
    let site = Site::new(|path, head| match path {
        "/moved" => send(302, "Location: /page\r\n", ""),
        "/plain" => Some(Reply::Send("HTTP/1.1 304 So\r\n\r\n".to_owned())),
        "/page" if head.to_ascii_lowercase().contains("if-none-match: w/\"7\"") => {
            Some(Reply::Send("HTTP/1.1 304 So\r\nETag: W/\"7\"\r\n\r\n".to_owned()))
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
    failed(&http.look(request(site.url("/plain"))).await, Why::HttpError);
}

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
async fn what_breaks_before_an_answer_is_told_apart() {
    let first = AtomicUsize::new(0);
    let site = Site::new(move |path, _| match path {
        "/reset" => Some(Reply::Reset),
        "/closed" => Some(Reply::SendAndClose(String::new())),
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
    let next = self::http();
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
    assert_eq!(capture(self::http().look(request(denied.url("/"))).await).answer.status, 200);

    let slow = Site::new(|_, _| Some(Reply::Drip)).await;
    let ask = || Request { timeout: Duration::from_millis(100), ..request(slow.url("/")) };
    let http = self::http();
    let begun = Instant::now();
    assert!(failed(&http.look(ask()).await, Why::Timeout).starts_with("robots.txt: "));
    failed(&http.look(ask()).await, Why::Timeout);
    assert!(begun.elapsed() < Duration::from_millis(180), "the second look did not wait again");
}

#[tokio::test]
async fn a_host_has_one_connection_and_hosts_do_not_wait_for_each_other() {
    let site = Site::new(|_, _| send(200, "", "page")).await;
    let slow = Site::new(|path, _| (path != "/robots.txt").then_some(Reply::Drip)).await;
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
