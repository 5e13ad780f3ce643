//! Events reach people by servers that are real ones, or stand-ins that were written by others.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::site::Site;

const BEFORE: &str = "No customer data has been accessed.";
const AFTER: &str = "There is no evidence that customer data has been accessed.";
const OPENING: &str =
    "The council is investigating a cyber incident that was found on its network on Thursday.";

/// A request that was received.
#[derive(Debug, Clone)]
struct Received {
    headers: Vec<(String, String)>,
    body: String,
}

impl Received {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// A receiver that gives each request the next of some answers, the last of them again and again.
fn receiver(answers: &'static [&'static str]) -> (String, Arc<Mutex<Vec<Received>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook/T0K3N", listener.local_addr().unwrap());
    let all: Arc<Mutex<Vec<Received>>> = Arc::default();
    let seen = Arc::clone(&all);
    thread::spawn(move || {
        for (n, stream) in listener.incoming().flatten().enumerate() {
            let received = receive(&stream);
            let answer = answers.get(n).or(answers.last()).unwrap();
            let _ = (&stream).write_all(
                format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes(),
            );
            seen.lock().unwrap().push(received);
        }
    });
    (url, all)
}

fn receive(stream: &TcpStream) -> Received {
    let mut reader = BufReader::new(stream);
    let mut headers = Vec::new();
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some((name, value)) = line.trim_end().split_once(": ") {
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        line.clear();
    }
    let length =
        headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, n)| n.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Received { headers, body: String::from_utf8(body).unwrap() }
}

/// A folder that watches one page of one incident, told to these sinks.
fn watched(site: &Site, sinks: &Value) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    site.says("/notice", &[OPENING, BEFORE], "one");
    let file = json!({
        "version": 1,
        "defaults": { "allow_private": true, "delay": "0s" },
        "incidents": [{ "id": "wharf", "terms": ["cyber incident", "customer data"] }],
        "targets": [{ "id": "wharf-news", "url": site.url("/notice"), "body": "Wharf Council", "tags": ["kent"] }],
        "sinks": sinks,
    });
    fs::write(dir.path().join("targets.json"), file.to_string()).unwrap();
    dir
}

fn onrecord(dir: &Path, env: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.current_dir(dir).args(arguments).env_remove("HTTP_PROXY").env_remove("http_proxy");
    command.envs(env.iter().copied()).output().unwrap()
}

/// Two looks, and the change between them.
fn changes(site: &Site, dir: &Path, env: &[(&str, &str)]) -> Output {
    assert!(onrecord(dir, env, &["check"]).status.success());
    site.says("/notice", &[OPENING, AFTER], "two");
    onrecord(dir, env, &["check"])
}

#[test]
fn a_webhook_is_posted_the_event_with_its_signature_and_its_key() {
    let site = Site::start();
    let (url, received) = receiver(&["204 No Content"]);
    let dir = watched(
        &site,
        &json!([{ "kind": "webhook", "url_env": "HOOK", "secret_env": "KEY", "tag": "kent" }]),
    );
    let told = changes(&site, dir.path(), &[("HOOK", &url), ("KEY", "k")]);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let received = received.lock().unwrap().clone();
    let [post] = received.as_slice() else { panic!("{received:?}") };
    let event: Value = serde_json::from_str(&post.body).unwrap();
    assert_eq!((&event["kind"], &event["body"]), (&json!("revised"), &json!("Wharf Council")));
    assert_eq!(post.header("idempotency-key"), format!("\"{}\"", event["id"].as_str().unwrap()));
    let signature = post.header("x-onrecord-signature");
    assert!(signature.starts_with("sha256=") && signature.len() == 7 + 64, "{signature}");
}

#[test]
fn what_a_receiver_could_not_take_is_offered_again_and_what_it_took_is_not() {
    let site = Site::start();
    let (url, received) = receiver(&["503 Busy\r\nRetry-After: 30", "200 OK"]);
    let dir = watched(&site, &json!([{ "kind": "webhook", "url_env": "HOOK", "preset": "slack" }]));
    let env = [("HOOK", url.as_str())];
    let told = changes(&site, dir.path(), &env);
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(said.contains("it answered 503") && !said.contains("T0K3N"), "{said}");
    for _ in 0..2 {
        assert!(onrecord(dir.path(), &env, &["check"]).status.success());
    }
    let received = received.lock().unwrap().clone();
    let [first, second] = received.as_slice() else { panic!("{received:?}") };
    assert_eq!(first.header("idempotency-key"), second.header("idempotency-key"));
    assert!(second.body.contains("removed: ") && second.body.contains("added: "), "{}", second.body);
}

#[test]
fn a_sink_is_told_only_what_its_filters_let_pass() {
    let site = Site::start();
    let sinks = json!([
        { "kind": "file", "id": "all", "path": "all.ndjson" },
        { "kind": "file", "id": "numbers", "path": "numbers.ndjson", "label": "number-revised" },
        { "kind": "file", "id": "denials", "path": "denials.ndjson", "label": ["denial-hedged"], "body": "Wharf Council" },
        { "kind": "file", "id": "night", "path": "night.ndjson", "digest": "00:00" },
    ]);
    let dir = watched(&site, &sinks);
    assert!(changes(&site, dir.path(), &[]).status.success());
    let lines = |name: &str| fs::read_to_string(dir.path().join(name)).map_or(0, |text| text.lines().count());
    assert_eq!((lines("all.ndjson"), lines("denials.ndjson"), lines("numbers.ndjson")), (1, 1, 0));
    assert_eq!(lines("night.ndjson"), 0, "it waits for midnight");
    assert!(onrecord(dir.path(), &[("ONRECORD_NOW", "2099-01-01T12:00:00Z")], &["check"]).status.success());
    assert_eq!(lines("night.ndjson"), 1);
}

#[test]
fn names_that_a_filter_does_not_know_are_faults() {
    let site = Site::start();
    let dir = watched(
        &site,
        &json!([{ "kind": "file", "path": "x", "incident": "whrf", "tag": "kant", "label": "lie" }]),
    );
    let told = onrecord(dir.path(), &[], &["check"]);
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert_eq!(told.status.code(), Some(2));
    for fault in ["no incident is called `whrf`", "no target has the tag `kant`", "there is no label `lie`"] {
        assert!(said.contains(fault), "{said}");
    }
}

#[test]
fn feeds_are_made_of_what_is_on_record() {
    let site = Site::start();
    let dir = watched(&site, &json!([{ "kind": "feed", "path": "feeds" }]));
    assert!(changes(&site, dir.path(), &[]).status.success());
    for name in ["all.atom", "incident-wharf.atom", "body-wharf-council.atom"] {
        let text = fs::read_to_string(dir.path().join("feeds").join(name)).unwrap();
        assert!(text.contains("removed: ") && text.contains("added: "), "{name}: {text}");
    }
    let read = "import sys, feedparser; d = feedparser.parse(sys.argv[1]); e = d.entries[0]; \
                assert not d.bozo, d.bozo_exception; print(e.id, e.title); print(e.content[0].value)";
    let Some(said) = python("feedparser", &["-c", read, "feeds/all.atom"], dir.path()) else { return };
    assert!(said.contains("urn:uuid:") && said.contains("Wharf Council: "), "{said}");
}

/// What a program of Python says; none, aloud, where the module is missing.
fn python(module: &str, arguments: &[&str], dir: &Path) -> Option<String> {
    if !has(module) {
        return None;
    }
    let done = Command::new(interpreter()).args(arguments).current_dir(dir).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Some(String::from_utf8(done.stdout).unwrap())
}

fn interpreter() -> String {
    std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

pub(crate) fn has(module: &str) -> bool {
    let found = Command::new(interpreter()).args(["-c", &format!("import {module}")]).output();
    let has = found.is_ok_and(|done| done.status.success());
    if !has {
        // Past what the test runner keeps to itself.
        let _ = writeln!(std::io::stderr(), "skipped: {module} of Python is not installed");
    }
    has
}

/// A mail server of others, aiosmtpd, that prints what it is sent.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(dir: &Path) -> Option<Self> {
        if !has("aiosmtpd") {
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let out = fs::File::create(dir.join("mails.txt")).unwrap();
        let address = format!("127.0.0.1:{port}");
        let child = Command::new(interpreter())
            .args(["-u", "-m", "aiosmtpd", "-n", "-l", &address])
            .stdout(Stdio::from(out))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let started = Instant::now();
        while TcpStream::connect(&address).is_err() {
            assert!(started.elapsed() < Duration::from_secs(20), "aiosmtpd does not start");
            thread::sleep(Duration::from_millis(50));
        }
        Some(Self { child, port })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_mail_says_what_changed_in_text_and_in_html() {
    let site = Site::start();
    let dir = watched(&site, &json!([]));
    let Some(server) = Server::start(dir.path()) else { return };
    let mut file: Value =
        serde_json::from_str(&fs::read_to_string(dir.path().join("targets.json")).unwrap()).unwrap();
    file["sinks"] = json!([{
        "kind": "mail", "host": "127.0.0.1", "port": server.port, "tls": "none",
        "from": "onrecord@wharf.example", "to": "News desk <newsdesk@wharf.example>",
    }]);
    fs::write(dir.path().join("targets.json"), file.to_string()).unwrap();
    let told = changes(&site, dir.path(), &[]);
    assert!(told.status.success() && told.stderr.is_empty(), "{}", String::from_utf8_lossy(&told.stderr));
    let started = Instant::now();
    let mail = loop {
        let text = fs::read_to_string(dir.path().join("mails.txt")).unwrap();
        if text.contains("END MESSAGE") || started.elapsed() > Duration::from_secs(10) {
            break text;
        }
        thread::sleep(Duration::from_millis(50));
    };
    for part in [
        "List-Id: <wharf.onrecord.wharf.example>",
        "text/plain",
        "text/html",
        "In-Reply-To: <",
        "removed:",
        "added:",
    ] {
        assert!(mail.contains(part), "{part}: {mail}");
    }
}

#[test]
fn a_sample_is_sent_and_what_came_back_is_said() {
    let site = Site::start();
    let (url, received) = receiver(&["200 OK", "404 Not Found"]);
    let dir =
        watched(&site, &json!([{ "kind": "webhook", "id": "desk", "url_env": "HOOK", "preset": "teams" }]));
    let env = [("HOOK", url.as_str())];
    let good = onrecord(dir.path(), &env, &["sinks", "test", "desk"]);
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    assert!(String::from_utf8_lossy(&good.stdout).contains("desk  took the sample"));
    let gone = onrecord(dir.path(), &env, &["sinks", "test"]);
    let said = String::from_utf8_lossy(&gone.stdout).into_owned();
    assert!(!gone.status.success() && said.contains("dies with"), "{said}");
    let unset = onrecord(dir.path(), &[], &["sinks", "test"]);
    assert!(String::from_utf8_lossy(&unset.stdout).contains("the environment has no HOOK"));
    assert!(received.lock().unwrap()[0].body.contains("A sample, nothing has happened"));
}

#[test]
fn an_event_that_waits_and_was_changed_on_disk_is_told_as_damage() {
    let site = Site::start();
    let dir = watched(
        &site,
        &json!([{ "kind": "command", "run": ["sh", "-c", "cat >> told.ndjson; test -e open"] }]),
    );
    changes(&site, dir.path(), &[]);
    let events = dir.path().join("snapshots/targets/wharf-news/events");
    for event in fs::read_dir(events).unwrap().map(|entry| entry.unwrap().path()) {
        let text = fs::read_to_string(&event).unwrap();
        fs::write(&event, text.replace("Wharf Council", "Somebody else")).unwrap();
    }
    fs::remove_file(dir.path().join("told.ndjson")).unwrap();
    fs::write(dir.path().join("open"), "").unwrap();
    let told = onrecord(dir.path(), &[], &["check"]);
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert_eq!(told.status.code(), Some(3), "{said}");
    assert!(said.contains("is not offered 1 event any more") && said.contains("not what was kept"), "{said}");
    assert!(!dir.path().join("told.ndjson").exists());
    assert!(onrecord(dir.path(), &[], &["check"]).status.success(), "it is told once");
}

#[test]
fn what_a_sink_does_not_have_is_shown_with_why_and_offered_again_when_asked() {
    let site = Site::start();
    let (url, received) = receiver(&["400 Bad Request", "503 Busy", "200 OK"]);
    let dir = watched(
        &site,
        &json!([
            { "kind": "webhook", "id": "desk", "url_env": "HOOK" },
            { "kind": "file", "id": "night", "path": "night.ndjson", "digest": "00:00" },
            { "kind": "file", "id": "numbers", "path": "numbers.ndjson", "label": "number-revised" },
        ]),
    );
    let env = [("HOOK", url.as_str())];
    let run = |arguments: &[&str]| {
        let done = onrecord(dir.path(), &env, arguments);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let undelivered = || -> Vec<(String, String, String)> {
        let shown: Value = serde_json::from_str(&run(&["log", "--undelivered", "--format", "json"])).unwrap();
        let word = |one: &Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
        let shown = shown["undelivered"].as_array().unwrap().iter();
        shown.map(|one| (word(one, "sink"), word(one, "fate"), word(one, "why"))).collect()
    };
    changes(&site, dir.path(), &env);
    let line = |sink: &str, fate: &str, why: &str| (sink.to_owned(), fate.to_owned(), why.to_owned());
    assert_eq!(
        undelivered(),
        [line("desk", "refused", "it answered 400"), line("night", "waiting", "")],
        "what a filter keeps out waits for nobody"
    );
    let shown = run(&["log", "--undelivered"]);
    assert!(shown.contains("not offered any more: it answered 400"), "{shown}");
    assert!(shown.contains("is held back until") && shown.contains("Wharf Council: "), "{shown}");

    let event: Value = serde_json::from_str(&received.lock().unwrap()[0].body).unwrap();
    let id = &event["id"].as_str().unwrap()[..8];
    let again = run(&["resend", id]);
    assert!(again.contains("`desk` did not take it; it is offered again"), "{again}");
    assert_eq!(undelivered()[0], line("desk", "waiting", "it answered 503"));
    let taken = run(&["resend", id, "--sink", "desk"]);
    assert!(taken.contains("waits already") && taken.contains("`desk` took it"), "{taken}");
    assert_eq!(undelivered(), [line("night", "waiting", "")]);

    let (by_none, by_it) = (["resend", id], ["resend", id, "--sink", "desk"]);
    let refused = onrecord(dir.path(), &env, &by_none);
    assert_eq!(refused.status.code(), Some(2), "nobody is told twice by mistake");
    assert!(run(&by_it).contains("`desk` took it"));
    let filtered = onrecord(dir.path(), &env, &["resend", id, "--sink", "numbers"]);
    assert!(String::from_utf8_lossy(&filtered.stderr).contains("is not told of"), "{filtered:?}");
    let keys: Vec<String> =
        received.lock().unwrap().iter().map(|post| post.header("idempotency-key").to_owned()).collect();
    assert!(keys.len() == 4 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    assert!(onrecord(dir.path(), &env, &["verify"]).status.success());
}
