//! The daemon, as one who runs it sees it.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::site::{Site, events, onrecord};

const OPENING: &str = "We are dealing with a cyber incident that affects our online forms.";
const DENIAL: &str = "No customer data has been accessed.";

/// A running watch, ended with the test.
struct Running(Child);

impl Running {
    fn start(dir: &Path, args: &[&str]) -> Self {
        Self::printing_to(fs::File::create(dir.join("stdout.txt")).unwrap(), dir, args)
    }

    fn printing_to(stdout: impl Into<Stdio>, dir: &Path, args: &[&str]) -> Self {
        let log = fs::File::create(dir.join("stderr.txt")).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .arg("watch")
            .args(args)
            .current_dir(dir)
            .env("NO_PROXY", "*")
            .env("TZ", "UTC")
            .env_remove("ONRECORD_NOW")
            .stdout(stdout)
            .stderr(log)
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.0.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    /// Stops it and waits for its end.
    fn stop(mut self) -> Duration {
        let asked = Instant::now();
        self.signal("TERM");
        assert!(self.0.wait().unwrap().success());
        asked.elapsed()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until a file holds what is wanted.
fn until(path: &Path, what: &str, holds: impl Fn(&str) -> bool) -> String {
    let begun = Instant::now();
    loop {
        let text = fs::read_to_string(path).unwrap_or_default();
        if holds(&text) {
            return text;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}; {} holds:\n{text}", path.display());
        thread::sleep(Duration::from_millis(30));
    }
}

fn watched(more: Value) -> (Site, tempfile::TempDir) {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &["/notice".to_owned()]);
    site.says("/notice", &[OPENING, DENIAL], "one");
    change(dir.path(), |file| {
        file["defaults"]["every"] = json!("1s");
        file["sinks"] = more;
    });
    (site, dir)
}

fn change(dir: &Path, edit: impl FnOnce(&mut Value)) {
    let path = dir.join("targets.json");
    let mut file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    edit(&mut file);
    fs::write(path, file.to_string()).unwrap();
}

#[test]
fn what_happens_reaches_every_sink_and_a_stop_leaves_the_store_whole() {
    let (site, dir) = watched(json!([
        { "kind": "file", "path": "events.ndjson", "level": "silent" },
        { "kind": "command", "run": ["sh", "-c", "cat >> paged.ndjson"] },
    ]));
    let at = |name: &str| dir.path().join(name);
    let running = Running::start(dir.path(), &["--metrics", "127.0.0.1:0"]);
    until(&at("events.ndjson"), "a first look", |text| text.contains("first-seen"));
    let second = onrecord(dir.path(), None, &["check"]);
    assert_eq!(second.status.code(), Some(3));
    let told = String::from_utf8_lossy(&second.stderr);
    assert!(told.contains("pid") && told.contains("since"), "the second says who has it: {told}");

    site.says("/notice", &[OPENING, "There is no evidence that customer data has been accessed."], "two");
    until(&at("paged.ndjson"), "a page", |text| text.ends_with('\n'));
    until(&at("events.ndjson"), "two lines", |text| text.lines().count() == 2);
    until(&at("stdout.txt"), "a stanza", |text| text.contains("Denial hedged"));
    let paged = events(&fs::read(at("paged.ndjson")).unwrap());
    assert_eq!((paged.len(), &paged[0]["kind"], &paged[0]["level"]), (1, &json!("revised"), &json!("alert")));
    assert_eq!(paged[0], events(&fs::read(at("events.ndjson")).unwrap())[1], "both were told the same");

    let said = until(&at("stderr.txt"), "where the metrics are", |text| text.contains("/metrics"));
    let address = said.split("http://").nth(1).unwrap().split('/').next().unwrap();
    assert!(scraped(address).contains("onrecord_events_total{level=\"alert\"} 1\n"));

    assert!(running.stop() < Duration::from_secs(8));
    let verify = onrecord(dir.path(), None, &["verify"]);
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));
    let status = String::from_utf8(onrecord(dir.path(), None, &["status"]).stdout).unwrap();
    assert!(status.contains("page-0") && status.contains("present"), "{status}");
}

fn scraped(address: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_wrong_file_is_told_and_the_targets_of_before_are_watched_on() {
    let (site, dir) = watched(json!([{ "kind": "file", "path": "events.ndjson", "level": "silent" }]));
    let at = |name: &str| dir.path().join(name);
    let running = Running::start(dir.path(), &[]);
    until(&at("events.ndjson"), "a first look", |text| text.contains("first-seen"));
    let right = fs::read_to_string(at("targets.json")).unwrap();

    fs::write(at("targets.json"), right.replace("\"targets\"", "\"tragets\"")).unwrap();
    running.signal("HUP");
    let told = until(&at("stderr.txt"), "the fault", |text| text.contains("watched on"));
    assert!(told.contains("did you mean `targets`?"), "{told}");
    site.says("/notice", &[OPENING], "two");
    until(&at("events.ndjson"), "a revision", |text| text.contains("revised"));

    fs::write(at("targets.json"), &right).unwrap();
    site.says("/second", &[OPENING], "one");
    change(dir.path(), |file| {
        let url = json!(site.url("/second"));
        file["targets"].as_array_mut().unwrap().push(json!({ "id": "second", "url": url, "body": "Wharf" }));
    });
    until(&at("events.ndjson"), "the new target, without a signal", |text| text.contains("\"second\""));
    running.stop();
}

#[test]
fn a_reader_that_has_read_enough_ends_the_watch_quietly() {
    let (site, dir) = watched(json!([]));
    // As `onrecord watch --format ndjson | head -1`.
    let mut running = Running::printing_to(Stdio::piped(), dir.path(), &["--format", "ndjson"]);
    let mut first = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.contains("first-seen"), "{first}");
    let begun = Instant::now();
    for turn in 0_u64.. {
        site.says("/notice", &[OPENING, &format!("We know of {turn} customers.")], "one");
        thread::sleep(Duration::from_millis(300));
        if let Some(ended) = running.0.try_wait().unwrap() {
            assert!(ended.success(), "{ended}");
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "it goes on, and nobody reads");
    }
    let told = fs::read_to_string(dir.path().join("stderr.txt")).unwrap();
    assert_eq!(told, "onrecord: watching 1 target\n");
    let verify = onrecord(dir.path(), None, &["verify"]);
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));
}

#[test]
fn a_reload_shows_the_new_title() {
    let (site, dir) = watched(json!([{ "kind": "file", "path": "events.ndjson", "level": "silent" }]));
    let at = |name: &str| dir.path().join(name);
    let running = Running::start(dir.path(), &[]);
    until(&at("events.ndjson"), "a first look", |text| text.contains("first-seen"));
    site.says("/notice", &[OPENING, "There is no evidence that customer data has been accessed."], "two");
    until(&at("stdout.txt"), "the title", |text| text.contains("Wharf incident"));
    change(dir.path(), |file| file["incidents"][0]["title"] = json!("Wharf and Marsh incident"));
    running.signal("HUP");
    until(&at("stderr.txt"), "the reload", |text| text.contains("was read again"));
    site.says("/notice", &[OPENING, "Customer data has been accessed."], "three");
    until(&at("stdout.txt"), "the new title", |text| text.contains("Wharf and Marsh incident"));
    running.stop();
}

#[test]
fn a_sink_that_fails_is_tried_again_and_holds_nobody_up() {
    let (site, dir) = watched(json!([
        { "kind": "command", "id": "broken", "run": ["sh", "-c", "echo no paper >&2; exit 3"] },
        { "kind": "command", "id": "slow", "run": ["sleep", "60"], "timeout": "200ms" },
        { "kind": "file", "path": "events.ndjson" },
    ]));
    let at = |name: &str| dir.path().join(name);
    let running = Running::start(dir.path(), &[]);
    until(&at("stderr.txt"), "its start", |text| text.contains("watching 1 target"));
    thread::sleep(Duration::from_millis(1500));
    site.says("/notice", &[OPENING], "two");
    until(&at("events.ndjson"), "the whole sink", |text| text.contains("revised"));
    let told =
        until(&at("stderr.txt"), "the troubles", |text| text.contains("`broken`") && text.contains("`slow`"));
    assert!(told.contains("it ended with 3, saying: no paper"), "{told}");
    running.stop();

    let status: Value =
        serde_json::from_slice(&onrecord(dir.path(), None, &["status", "--format", "json"]).stdout).unwrap();
    let waits: Vec<_> =
        status["sinks"].as_array().unwrap().iter().map(|sink| sink["events"].as_u64()).collect();
    assert_eq!(waits, [Some(1), Some(1), Some(0)], "what was not taken waits: {status}");
    change(dir.path(), |file| {
        file["sinks"][0]["run"] = json!(["sh", "-c", "cat > late.ndjson"]);
    });
    let once = onrecord(dir.path(), None, &["watch", "--once"]);
    assert!(once.status.success(), "{}", String::from_utf8_lossy(&once.stderr));
    assert_eq!(events(&fs::read(at("late.ndjson")).unwrap())[0]["kind"], "revised");
}

#[test]
fn once_looks_only_at_what_is_due() {
    let (site, dir) = watched(json!([]));
    change(dir.path(), |file| file["defaults"]["every"] = json!("1h"));
    let once = |now: &str| {
        site.asked();
        assert!(onrecord(dir.path(), Some(now), &["watch", "--once"]).status.success());
        site.asked().len()
    };
    assert_eq!(once("2024-01-19T09:00:00Z"), 1);
    assert_eq!(once("2024-01-19T09:30:00Z"), 0);
    assert_eq!(once("2024-01-21T09:30:00Z"), 1, "once, however long it slept");
    change(dir.path(), |file| file["targets"][0]["paused"] = json!(true));
    assert_eq!(once("2024-01-22T09:30:00Z"), 0);
}

#[test]
fn a_target_keeps_its_history_under_another_name_and_address() {
    let (site, dir) = watched(json!([]));
    crate::site::check(dir.path(), "2024-01-19T09:00:00Z");
    site.says("/elsewhere", &[OPENING], "two");
    change(dir.path(), |file| {
        file["targets"][0]["id"] = json!("wharf-notice");
        file["targets"][0]["was"] = json!("page-0");
        file["targets"][0]["url"] = json!(site.url("/elsewhere"));
    });
    let told = crate::site::check(dir.path(), "2024-01-19T10:00:00Z");
    assert_eq!((&told[0]["kind"], &told[0]["target"]), (&json!("revised"), &json!("wharf-notice")));
    assert_eq!(told[0]["changes"][0]["before"], json!([DENIAL]));
    let log = String::from_utf8(onrecord(dir.path(), None, &["log", "wharf-notice"]).stdout).unwrap();
    assert!(log.contains("2024-01-19T09:00:00Z") && log.contains("read 2 times"), "{log}");
    let verify = onrecord(dir.path(), None, &["verify"]);
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));
}
