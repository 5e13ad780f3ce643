//! A server on loopback that does as it is told, and looks at it.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use onrecord::{
    fetch::{Http, HttpOptions, Look, Outcome, Proxies, Request},
    model::{Capture, Why},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use url::Url;

/// What the server does with a request.
pub(super) enum Reply {
    /// Sends this and keeps the connection.
    Send(Vec<u8>),
    /// Sends this and closes it.
    SendAndClose(Vec<u8>),
    /// Closes with a reset.
    Reset,
    /// Sends this, then a byte each 20 ms.
    Drip(&'static str),
    /// Sends nothing.
    Silence,
    /// Sends this over and over.
    Endless(&'static str, Vec<u8>),
}

/// A server on loopback, with what it was asked.
pub(super) struct Site {
    pub(super) address: SocketAddr,
    /// The heads of all requests.
    pub(super) log: Arc<Mutex<Vec<String>>>,
    /// How many connections were made.
    pub(super) connections: Arc<AtomicUsize>,
    /// The most that were open at once.
    pub(super) busiest: Arc<AtomicUsize>,
}

impl Site {
    /// Answers by the path; without an answer of its own, robots.txt is 404.
    pub(super) async fn new(answer: impl Fn(&str, &str) -> Option<Reply> + Send + Sync + 'static) -> Self {
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

    pub(super) fn url(&self, path: &str) -> Url {
        format!("http://{}{path}", self.address).parse().unwrap()
    }

    /// How often a path was asked for.
    pub(super) fn asked(&self, path: &str) -> usize {
        let line = format!(" {path} HTTP/1.1");
        self.log.lock().unwrap().iter().filter(|head| head.lines().next().unwrap().ends_with(&line)).count()
    }

    /// The head of the last request.
    pub(super) fn last(&self) -> String {
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
                    return stream.write_all(&page(400, "", "")).await.unwrap_or_default();
                }
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        let head = String::from_utf8(head).unwrap();
        let path = head.split(' ').nth(1).unwrap().to_owned();
        log.lock().unwrap().push(head.clone());
        match answer(&path, &head) {
            Reply::Send(bytes) => stream.write_all(&bytes).await.unwrap_or_default(),
            Reply::SendAndClose(bytes) => return stream.write_all(&bytes).await.unwrap_or_default(),
            Reply::Reset => return stream.set_zero_linger().unwrap_or_default(),
            Reply::Drip(start) => {
                let _ = stream.write_all(start.as_bytes()).await;
                while stream.write_all(b"x").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                return;
            }
            Reply::Silence => return std::future::pending().await,
            Reply::Endless(start, bytes) => {
                let _ = stream.write_all(start.as_bytes()).await;
                while stream.write_all(&bytes).await.is_ok() {}
                return;
            }
        }
    }
}

/// A whole response with a length.
pub(super) fn page(status: u16, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} So\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A whole response, after which the connection stays.
#[expect(clippy::unnecessary_wraps, reason = "the answers that it stands among are optional")]
pub(super) fn send(status: u16, headers: &str, body: &str) -> Option<Reply> {
    Some(Reply::Send(page(status, headers, body)))
}

/// These bytes as they are, and the end of the connection.
#[expect(clippy::unnecessary_wraps, reason = "the answers that it stands among are optional")]
pub(super) fn raw(bytes: impl Into<Vec<u8>>) -> Option<Reply> {
    Some(Reply::SendAndClose(bytes.into()))
}

/// A fetcher without a proxy.
pub(super) fn http() -> Http {
    through(Proxies::none())
}

/// A fetcher with these proxies.
pub(super) fn through(proxies: Proxies) -> Http {
    let contact = Some("newsdesk@wantsum.example".to_owned());
    Http::new(HttpOptions { contact, now: Arc::new(Timestamp::now), proxies }).unwrap()
}

/// A request that waits for nobody.
pub(super) fn request(url: Url) -> Request {
    Request {
        url,
        validators: None,
        timeout: Duration::from_secs(5),
        delay: Duration::ZERO,
        max_body: 1 << 20,
        allow_private: true,
        ignore_robots: false,
        proxy: None,
    }
}

/// What came whole.
pub(super) fn capture(look: Look) -> Capture {
    match look.outcome {
        Outcome::Answered(capture) => *capture,
        other => panic!("not answered: {other:?}"),
    }
}

/// The evidence of a failure for this reason.
#[track_caller]
pub(super) fn failed(look: &Look, expected: Why) -> &str {
    match &look.outcome {
        Outcome::Failed { why, evidence, .. } if *why == expected => evidence,
        other => panic!("not {expected}: {other:?}"),
    }
}
