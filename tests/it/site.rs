//! A site on loopback whose pages change between looks, and the program run over it.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Command, Output},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use serde_json::{Value, json};

/// Pages by path. Other paths, robots.txt among them, are not found.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    world: Arc<World>,
}

#[derive(Default)]
struct World {
    pages: Mutex<HashMap<String, Page>>,
    asked: Mutex<Vec<String>>,
}

#[derive(Clone)]
struct Page {
    status: u16,
    /// `name: value` lines; `{turn}` in the body is another number in each answer. With an `ETag` that the request names, the answer is 304.
    headers: String,
    body: String,
}

impl Site {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let world: Arc<World> = Arc::default();
        let shown = Arc::clone(&world);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shown = Arc::clone(&shown);
                // A client that was killed in the middle of a request is part of the tests.
                thread::spawn(move || drop(serve(stream, &shown)));
            }
        });
        Self { address, world }
    }

    pub(crate) fn serves(&self, path: &str, status: u16, body: &str) {
        self.answers(path, status, &[], body);
    }

    pub(crate) fn answers(&self, path: &str, status: u16, headers: &[&str], body: &str) {
        let headers = headers.iter().flat_map(|line| [line, "\r\n"]).collect();
        let page = Page { status, headers, body: body.to_owned() };
        self.world.pages.lock().unwrap().insert(path.to_owned(), page);
    }

    /// Adds a header to what a page answers.
    pub(crate) fn with_header(&self, path: &str, line: &str) {
        let mut pages = self.world.pages.lock().unwrap();
        pages.get_mut(path).unwrap().headers.extend([line, "\r\n"]);
    }

    /// The paths asked for since the last call, robots.txt left out.
    pub(crate) fn asked(&self) -> Vec<String> {
        let asked = std::mem::take(&mut *self.world.asked.lock().unwrap());
        asked.into_iter().filter(|path| path != "/robots.txt").collect()
    }

    /// A council's page with these paragraphs, in furniture that carries `furniture`.
    pub(crate) fn says(&self, path: &str, paragraphs: &[&str], furniture: &str) {
        let words = paragraphs.iter().map(|p| format!("<p>{p}</p>")).collect::<Vec<_>>().concat();
        self.serves(
            path,
            200,
            &format!(
                "<!doctype html><html lang=en><head><title>Cyber incident</title><script>var t='{furniture}'</script>\
                 </head><body><nav><ul><li><a href=/a>Home {furniture}</a><li><a href=/b>Bins</a></ul></nav>\
                 <main><h1>Cyber incident</h1>{words}</main><footer><p>Copyright {furniture}</p></footer></body></html>"
            ),
        );
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A targets.json in `dir` that watches these paths as `page-0`, `page-1` and so on.
    pub(crate) fn watched(&self, dir: &Path, paths: &[String]) {
        let targets: Vec<Value> = paths
            .iter()
            .enumerate()
            .map(|(n, path)| json!({ "id": format!("page-{n}"), "body": "Wharf District Council", "url": self.url(path) }))
            .collect();
        let file = json!({
            "version": 1, "contact": "desk@example.org",
            "defaults": { "delay": "0s", "allow_private": true, "timeout": "5s" },
            "incidents": [{ "id": "wharf", "title": "Wharf incident", "terms": ["cyber", "customer data", "customers"] }],
            "targets": targets,
        });
        std::fs::write(dir.join("targets.json"), serde_json::to_string_pretty(&file).unwrap()).unwrap();
    }
}

fn serve(mut stream: TcpStream, world: &World) -> std::io::Result<()> {
    static TURN: AtomicUsize = AtomicUsize::new(100);
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        let (mut line, mut named) = (String::new(), String::new());
        while reader.read_line(&mut line)? > 2 {
            if let Some(tag) = line.to_ascii_lowercase().strip_prefix("if-none-match:") {
                tag.trim().clone_into(&mut named);
            }
            line.clear();
        }
        let path = first.split(' ').nth(1).unwrap_or_default();
        world.asked.lock().unwrap().push(path.to_owned());
        let missing = Page { status: 404, headers: String::new(), body: "Not found".to_owned() };
        let page = world.pages.lock().unwrap().get(path).cloned().unwrap_or(missing);
        let Page { mut status, headers, mut body } = page;
        body = body.replace("{turn}", &TURN.fetch_add(1, Ordering::Relaxed).to_string());
        if !named.is_empty() && headers.to_ascii_lowercase().contains(&format!("etag: {named}")) {
            (status, body) = (304, String::new());
        }
        // In one piece: small writes on a loopback wait for each other's acknowledgement, 40 ms a page.
        let answer = format!(
            "HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(answer.as_bytes())?;
    }
}

/// The program in a folder, at a moment where one is given.
pub(crate) fn onrecord(dir: &Path, now: Option<&str>, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(args).current_dir(dir).env("NO_PROXY", "*").env("TZ", "UTC").env_remove("ONRECORD_NOW");
    if let Some(now) = now {
        command.env("ONRECORD_NOW", now);
    }
    command.output().unwrap()
}

/// The events of one pass.
pub(crate) fn check(dir: &Path, now: &str) -> Vec<Value> {
    let run = onrecord(dir, Some(now), &["check", "--format", "ndjson"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let events = events(&run.stdout);
    // What is shown of an event begins with its own headline, so it must have one.
    let has_headline = |event: &Value| event["headline"].as_str().is_some_and(|said| !said.is_empty());
    assert!(events.iter().all(has_headline), "{events:?}");
    events
}

pub(crate) fn events(printed: &[u8]) -> Vec<Value> {
    String::from_utf8_lossy(printed).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
