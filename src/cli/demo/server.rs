//! A forward proxy on loopback (RFC 9112, absolute-form requests) that answers for the scenario's hosts and for no
//! other. It opens no connection itself, so nothing of the demo leaves the machine.

use std::{
    collections::HashMap,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::timeout,
};

use super::{
    pages::{self, Noise},
    scenario::Scenario,
    site::{Answer, Page, host_of},
};

/// The longest request head that is read.
const MAX_HEAD: usize = 16 * 1024;
/// How long a client may take over a request or an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The scenario being served. Dropping it ends the service.
#[derive(Debug)]
pub struct Server {
    stage: Arc<Stage>,
    accepting: JoinHandle<()>,
}

#[derive(Debug)]
struct Stage {
    scenario: Scenario,
    step: AtomicUsize,
    /// How often each address was asked. Counted by address, since hosts are asked in parallel: so each answer is
    /// the same in every run.
    asked: Mutex<HashMap<String, u64>>,
}

impl Server {
    /// Listens on a free port of loopback, at the scenario's first step. Must be called within a runtime.
    ///
    /// # Errors
    /// When no port can be opened.
    pub async fn start(scenario: Scenario) -> io::Result<(Self, SocketAddr)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let stage = Arc::new(Stage { scenario, step: AtomicUsize::new(0), asked: Mutex::default() });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&stage)));
        Ok((Self { stage, accepting }, address))
    }

    /// The story's clock.
    pub fn clock(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let stage = Arc::clone(&self.stage);
        Arc::new(move || stage.now().unwrap_or_default())
    }

    /// Sets the scenario's clock to a step; later requests see the pages as they are then.
    pub fn go_to(&self, step: usize) {
        self.stage.step.store(step, Ordering::Relaxed);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, stage: Arc<Stage>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve(stream, Arc::clone(&stage)));
            }
            // Out of descriptors, say: others will be free in a moment.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Answers one request and closes. What fails here fails for the client too, which has its own word for it.
async fn serve(mut stream: TcpStream, stage: Arc<Stage>) {
    let Ok(Some(head)) = timeout(PATIENCE, read_head(&mut stream)).await else { return };
    let answer = stage.answer(&head);
    let _ = timeout(PATIENCE, async {
        stream.write_all(&answer).await?;
        stream.shutdown().await
    })
    .await;
}

async fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut chunk = [0; 2048];
    while head.len() < MAX_HEAD {
        let n = stream.read(&mut chunk).await.ok().filter(|n| *n > 0)?;
        head.extend_from_slice(chunk.get(..n)?);
        if head.windows(4).any(|w| w == b"\r\n\r\n") {
            return String::from_utf8(head).ok();
        }
    }
    None
}

impl Stage {
    fn now(&self) -> Option<Timestamp> {
        self.scenario.steps().get(self.step.load(Ordering::Relaxed)).map(|step| step.at)
    }

    /// The bytes of the answer.
    fn answer(&self, head: &str) -> Vec<u8> {
        let mut words = head.lines().next().unwrap_or_default().split(' ');
        let (method, url) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let step = self.step.load(Ordering::Relaxed);
        let Some(at) = self.now() else {
            return plain("500 Internal Server Error", "", "no such step\n");
        };
        if method == "CONNECT" {
            // All that is served is served over `http`.
            return plain("504 Gateway Timeout", "", "no connection to that host\n");
        }
        if method != "GET" || !url.starts_with("http://") {
            return plain("405 Method Not Allowed", "Allow: GET\r\n", "only GET, in absolute form\n");
        }
        if !self.scenario.knows(host_of(url)) {
            return plain("502 Bad Gateway", "", "not a host of this scenario\n");
        }
        let date = format!("Date: {}\r\n", at.strftime("%a, %d %b %Y %H:%M:%S GMT"));
        let Some(page) = self.scenario.page(url) else {
            return plain("404 Not Found", &date, "not found\n");
        };
        let (version, answer) = page.at(step);
        say(page, version, answer, head, &date, Noise::new(self.seed(url, step), at))
    }

    /// A seed of its own for each answer.
    fn seed(&self, url: &str, step: usize) -> u64 {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let count = asked.entry(url.to_owned()).or_default();
        *count += 1;
        // FNV-1a: the same on every platform, unlike the standard library's hasher, which promises nothing.
        let bytes = url.bytes().chain((step as u64).to_le_bytes()).chain(count.to_le_bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
    }
}

fn say(page: &Page, version: usize, answer: Answer, head: &str, date: &str, mut noise: Noise) -> Vec<u8> {
    match answer {
        Answer::Says(words) => {
            let etag = format!("\"{version}\"");
            if page.validates && header(head, "if-none-match") == Some(&etag) {
                return format!(
                    "HTTP/1.1 304 Not Modified\r\n{date}ETag: {etag}\r\nConnection: close\r\n\r\n"
                )
                .into_bytes();
            }
            let tag = if page.validates { format!("ETag: {etag}\r\n") } else { String::new() };
            html("200 OK", &format!("{date}{tag}"), &pages::says(page, &words, &mut noise))
        }
        Answer::SoftNotFound => html("200 OK", date, &pages::not_found(page, &mut noise)),
        Answer::Status(404) => html("404 Not Found", date, &pages::not_found(page, &mut noise)),
        Answer::Status(status) => {
            let retry = format!("{date}Retry-After: 600\r\n");
            html(&format!("{status} Service Unavailable"), &retry, &pages::down(status))
        }
        Answer::Redirect(to) => plain("301 Moved Permanently", &format!("{date}Location: {to}\r\n"), ""),
        Answer::Unreachable => plain("504 Gateway Timeout", date, "no connection to that host\n"),
    }
}

/// A header of the request, whatever the case of its name.
fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.lines().skip(1).filter_map(|l| l.split_once(':'));
    lines.into_iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim())
}

fn html(status: &str, headers: &str, body: &str) -> Vec<u8> {
    response(
        status,
        &format!("Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n{headers}"),
        body,
    )
}

fn plain(status: &str, headers: &str, body: &str) -> Vec<u8> {
    response(status, &format!("Content-Type: text/plain; charset=utf-8\r\n{headers}"), body)
}

fn response(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
        .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(step: usize) -> Stage {
        Stage { scenario: Scenario::kent(), step: AtomicUsize::new(step), asked: Mutex::default() }
    }

    fn get(stage: &Stage, url: &str, headers: &str) -> String {
        let head = format!("GET {url} HTTP/1.1\r\nhost: x\r\n{headers}\r\n");
        String::from_utf8(stage.answer(&head)).unwrap()
    }

    #[test]
    fn two_answers_differ_in_furniture_alone_and_a_second_run_repeats_them() {
        let (first, second) = (stage(0), stage(0));
        let url = "http://news.ashmere.example/online-services";
        let (a, b) = (get(&first, url, ""), get(&first, url, ""));
        assert_ne!(a, b);
        let main =
            |s: &str| s.split("<main").nth(1).and_then(|s| s.split("</main>").next()).map(str::to_owned);
        assert_eq!(main(&a), main(&b));
        assert!(main(&a).unwrap().contains("No personal data held by the councils has been accessed."));
        assert_eq!(get(&second, url, ""), a);
        assert_eq!(get(&second, url, ""), b);
    }

    #[test]
    fn each_kind_of_answer_is_told() {
        let said = |step, url| get(&stage(step), url, "");
        let starts = |step, url, with: &str| assert!(said(step, url).starts_with(with), "{url}");
        starts(0, "http://www.ashmere.example/robots.txt", "HTTP/1.1 404 ");
        starts(0, "http://elsewhere.example/", "HTTP/1.1 502 ");
        starts(0, "https://www.ashmere.example/", "HTTP/1.1 405 ");
        starts(0, "http://www.orvane.example/press/councils", "HTTP/1.1 404 ");
        starts(5, "http://www.cliffgate.example/News/Joint-Statement.aspx", "HTTP/1.1 503 ");
        starts(8, "http://www.saltholm.example/news/joint-statement", "HTTP/1.1 200 ");
        starts(12, "http://www.data-rights.example/statements/kent-councils", "HTTP/1.1 301 ");
        starts(12, "http://www.data-rights.example/statements/2024/01/kent-councils", "HTTP/1.1 200 ");
        assert!(
            stage(0).answer("CONNECT www.eastway.example:443 HTTP/1.1\r\n\r\n").starts_with(b"HTTP/1.1 504 ")
        );
        starts(99, "http://www.ashmere.example/", "HTTP/1.1 500 ");
    }

    #[test]
    fn a_site_that_validates_says_when_nothing_changed() {
        let (stage, url) = (stage(3), "http://www.orvane.example/press/councils");
        assert!(get(&stage, url, "").contains("ETag: \"1\"\r\n"));
        assert!(get(&stage, url, "If-None-Match: \"1\"\r\n").starts_with("HTTP/1.1 304 "));
        stage.step.store(11, Ordering::Relaxed);
        assert!(get(&stage, url, "If-None-Match: \"1\"\r\n").starts_with("HTTP/1.1 200 "));
    }

    #[tokio::test]
    async fn it_listens_on_loopback_and_follows_the_clock() {
        let (server, address) = Server::start(Scenario::kent()).await.unwrap();
        assert!(address.ip().is_loopback());
        let mut said = Vec::new();
        for step in [0, 1] {
            server.go_to(step);
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(b"GET http://www.ashmere.example/ HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).await.unwrap();
            said.push(text.contains("because of a cyber incident"));
        }
        assert_eq!(said, [false, true]);
    }
}
