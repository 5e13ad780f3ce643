//! Passes killed at random moments: nothing acknowledged is lost, nothing untold stays untold.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::site::{Site, onrecord};

const PAGES: usize = 100;
/// By hand, `KILLS=200`.
fn kills() -> usize {
    std::env::var("KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(50)
}

fn sentence(round: usize) -> String {
    format!("The cyber incident affects {} customers.", 1000 + round)
}

/// Has what happens written to a file: a sink with an outbox.
fn tell_a_file(dir: &Path) {
    let path = dir.join("targets.json");
    let mut file: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    file["sinks"] = serde_json::json!([{ "kind": "file", "path": "told.ndjson", "level": "silent" }]);
    fs::write(path, file.to_string()).unwrap();
}

/// What the file has taken; a line may be torn where a run was killed.
fn taken(dir: &Path) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(dir.join("told.ndjson")).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

#[test]
fn killed_at_fifty_moments_a_pass_loses_nothing_and_tells_everything() {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    let paths: Vec<String> = (0..PAGES).map(|n| format!("/news/{n}")).collect();
    site.watched(dir.path(), &paths);
    let all_say =
        |round: usize| paths.iter().for_each(|path| site.says(path, &[&sentence(round)], &round.to_string()));

    tell_a_file(dir.path());
    all_say(0);
    let began = Instant::now();
    onrecord(dir.path(), None, &["check"]);
    let whole = began.elapsed();
    assert_eq!(taken(dir.path()).len(), PAGES);

    let mut told: HashMap<String, String> = HashMap::new();
    let mut random = fastrand::Rng::with_seed(0x6b65_6e74);
    for round in 1..=kills() {
        all_say(round);
        let mut killed = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .arg("check")
            .current_dir(dir.path())
            .env("NO_PROXY", "*")
            .env_remove("ONRECORD_NOW")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(whole.mul_f64(random.f64()).max(Duration::from_millis(1)));
        killed.kill().unwrap();
        killed.wait().unwrap();

        let verify = onrecord(dir.path(), None, &["verify"]);
        assert!(verify.status.success(), "round {round}: {}", String::from_utf8_lossy(&verify.stdout));
        let next = onrecord(dir.path(), None, &["check"]);
        assert!(next.status.success(), "round {round}: {}", String::from_utf8_lossy(&next.stderr));

        let mut pages_told = std::collections::HashSet::new();
        for event in taken(dir.path()) {
            let id = event["id"].as_str().unwrap().to_owned();
            let text = event.to_string();
            assert_eq!(told.entry(id).or_insert_with(|| text.clone()), &text, "one id, one content");
            if event["changes"][0]["after"][0] == sentence(round).as_str() {
                pages_told.insert(event["target"].as_str().unwrap().to_owned());
            }
        }
        assert_eq!(pages_told.len(), PAGES, "round {round}: every page's revision is told");
    }
    let latest = std::fs::read_to_string(dir.path().join("snapshots/targets/page-7/latest.txt")).unwrap();
    assert!(latest.contains(&sentence(kills())), "{latest}");
}

#[test]
#[cfg(unix)]
fn a_disk_that_is_full_is_named_and_loses_nothing() {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &["/news/0".to_owned(), "/news/1".to_owned()]);
    site.says("/news/0", &[&sentence(0)], "one");
    site.says("/news/1", &[&sentence(0)], "one");
    tell_a_file(dir.path());
    onrecord(dir.path(), None, &["check"]);
    let filler = "The council met and spoke of many things, and wrote all of them down. ".repeat(400);
    site.says("/news/0", &[&sentence(1), &filler], "two");
    site.says("/news/1", &[&sentence(1)], "two");
    // No file may become longer than 8 KiB; what would be is an error, and no signal that kills.
    let limited = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" check", env!("CARGO_BIN_EXE_onrecord")])
        .current_dir(dir.path())
        .env("NO_PROXY", "*")
        .env_remove("ONRECORD_NOW")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&limited.stderr);
    assert_eq!(limited.status.code(), Some(3), "{told}");
    assert!(
        told.contains("snapshots/tmp/") || told.contains("snapshots/targets/"),
        "the file is named: {told}"
    );
    let verify = onrecord(dir.path(), None, &["verify"]);
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));

    onrecord(dir.path(), None, &["check"]);
    let told: std::collections::HashSet<String> = taken(dir.path())
        .into_iter()
        .filter(|event| event["kind"] == "revised")
        .map(|event| event["target"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(told.len(), 2, "with room again, both revisions are told");
}
