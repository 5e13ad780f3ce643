//! What a user may add to judging: words of their own, and a further judge from outside.

use std::{fs, path::Path};

use onrecord::{
    judge::outside,
    model::{Event, Label, Level},
};
use serde_json::{Value, json};

use crate::site::{Site, check, onrecord};

const OPENING: &str = "We are dealing with a cyber incident that affects our online forms.";
const BEFORE: &str = "Customer data was accessed.";
/// Nothing that the lexicons know as worse than access.
const AFTER: &str = "Customer data was hoovered up.";

fn watched(pages: usize, more: &[(&str, Value)]) -> (Site, tempfile::TempDir) {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    let paths: Vec<String> = (0..pages).map(|n| format!("/notice/{n}")).collect();
    site.watched(dir.path(), &paths);
    let path = dir.path().join("targets.json");
    let mut file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    for (key, value) in more {
        file[*key] = value.clone();
    }
    fs::write(path, file.to_string()).unwrap();
    for path in &paths {
        site.says(path, &[OPENING, BEFORE], "one");
    }
    check(dir.path(), "2024-01-19T09:00:00Z");
    for path in &paths {
        site.says(path, &[OPENING, AFTER], "two");
    }
    (site, dir)
}

fn labels(event: &Value) -> Vec<&str> {
    event["changes"][0]["labels"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect()
}

fn told(dir: &Path) -> Value {
    check(dir, "2024-01-19T10:00:00Z").remove(0)
}

#[test]
fn words_of_a_users_own_are_judged_by() {
    let (_site, dir) = watched(1, &[]);
    assert!(!labels(&told(dir.path())).contains(&"severity-raised"));
    let own = json!({ "en": { "deed-3": ["hoover* up"] } });
    let (_site, dir) = watched(1, &[("lexicons", own)]);
    let event = told(dir.path());
    assert_eq!(labels(&event), ["severity-raised"]);
    assert!(event["headline"].as_str().unwrap().starts_with("Put more gravely: "), "{}", event["headline"]);

    for (name, words) in [("a.txt", BEFORE), ("b.txt", AFTER)] {
        fs::write(dir.path().join(name), words).unwrap();
    }
    let diff = |more: &[&str]| {
        let out = onrecord(dir.path(), None, &[&["diff", "a.txt", "b.txt", "--explain"], more].concat());
        String::from_utf8(out.stdout).unwrap()
    };
    assert!(diff(&["--own-words"]).contains("deed 3 of 5 (“hoovered up”)"), "{}", diff(&["--own-words"]));
    assert!(!diff(&[]).contains("(“hoovered up”)"), "text files are judged without them unless asked");
}

/// A program that answers so, as a judge of targets.json.
fn judge(script: &str) -> (&'static str, Value) {
    ("judge", json!({ "run": ["sh", "-c", script], "timeout": "2s" }))
}

#[test]
fn an_outside_judge_adds_labels_that_are_marked_as_its_own() {
    let answer = "cat > asked.json; echo '{\"labels\": [{\"pair\": 0, \"label\": \"severity-raised\", \
                  \"evidence\": \"hoovered up is worse than accessed\"}]}'";
    let (_site, dir) = watched(1, &[judge(answer)]);
    let event = told(dir.path());
    assert!(labels(&event).contains(&"severity-raised"), "{event:#}");
    let reasons = event["changes"][0]["reasons"].as_array().unwrap();
    let external: Vec<&Value> = reasons.iter().filter(|r| r["source"] == "external").collect();
    assert_eq!(external.len(), 1);
    assert_eq!(external[0]["rule"], "severity-raised");
    let asked: Value =
        serde_json::from_str(&fs::read_to_string(dir.path().join("asked.json")).unwrap()).unwrap();
    assert_eq!(asked["schema"], "onrecord.pairs/1");
    assert_eq!(
        (&asked["pairs"][0]["before"][0], &asked["pairs"][0]["after"][0]),
        (&json!(BEFORE), &json!(AFTER))
    );

    let shown = onrecord(dir.path(), None, &["show", event["id"].as_str().unwrap()]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("outside judge: severity raised"), "{shown}");
}

#[test]
fn programs_of_a_file_that_others_may_change_are_not_run() {
    let (_site, dir) = watched(1, &[judge("touch was-run")]);
    let out = onrecord(dir.path(), None, &["check", "--no-programs"]);
    let said = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(2), "{said}");
    assert!(said.contains("names programs to run") && said.contains("`judge`"), "{said}");
    assert!(!dir.path().join("was-run").exists());
}

#[test]
fn an_outside_judge_that_fails_leaves_the_event_as_it_was() {
    let (_site, dir) = watched(1, &[]);
    let plain = told(dir.path())["changes"].clone();
    for (script, why) in [
        ("sleep 60", "took longer than"),
        ("echo no JSON", "not as agreed"),
        (r#"echo '{"labels": [{"pair": 7, "label": "cosmetic"}]}'"#, "pair 7"),
        (
            r#"echo '{"labels": [{"pair": 0, "label": "denial-withdrawn"}, {"pair": 0, "label": "lie"}]}'"#,
            "lie",
        ),
        ("yes x", "longer than 256 KiB"),
        ("echo broken >&2; exit 3", "saying: broken"),
    ] {
        // What says without end is stopped by its time, or cut.
        let script = if script == "yes x" { "yes x | head -c 400000" } else { script };
        let (_site, dir) = watched(1, &[judge(script)]);
        let out = onrecord(dir.path(), Some("2024-01-19T10:00:00Z"), &["check", "--format", "ndjson"]);
        let event: Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!(event["changes"], plain, "{script}");
        let complaint = String::from_utf8(out.stderr).unwrap();
        assert!(complaint.contains("the outside judge") && complaint.contains(why), "{script}: {complaint}");
    }
}

#[test]
#[cfg(unix)]
fn what_an_outside_judge_started_is_stopped_with_it() {
    let script = "(sleep 1; echo alive > alive.txt) & sleep 60";
    let spec = json!({ "run": ["sh", "-c", script], "timeout": "200ms" });
    let (_site, dir) = watched(1, &[("judge", spec)]);
    check(dir.path(), "2024-01-19T10:00:00Z");
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert!(!dir.path().join("alive.txt").exists());
}

#[test]
fn an_outside_judge_that_keeps_failing_is_left_alone_for_a_while() {
    let (_site, dir) = watched(6, &[judge("echo asked >> asked.txt; exit 1")]);
    assert_eq!(check(dir.path(), "2024-01-19T10:00:00Z").len(), 6);
    assert_eq!(fs::read_to_string(dir.path().join("asked.txt")).unwrap().lines().count(), 3);
}

/// A revision with one change, so labelled and so loud.
fn event(level: Level, label: Label, relevant: bool) -> Event {
    let (_site, dir) = watched(1, &[]);
    let mut event: Event = serde_json::from_value(told(dir.path())).unwrap();
    let change = &mut event.changes[0];
    (change.level, change.labels, change.relevant) = (level, vec![label], relevant);
    event.level = level;
    event
}

#[test]
fn labels_from_outside_never_make_a_change_quieter() {
    let mut loud = event(Level::Alert, Label::SeverityRaised, true);
    let answer = br#"{"labels":[{"pair":0,"label":"cosmetic"},{"pair":0,"label":"severity-raised"}]}"#;
    outside::add(&mut loud, answer).unwrap();
    assert_eq!(loud.changes[0].labels, [Label::SeverityRaised, Label::Cosmetic]);
    assert!(loud.changes[0].is_external(Label::Cosmetic));
    assert!(!loud.changes[0].is_external(Label::SeverityRaised), "it was there already");
    assert_eq!((loud.level, loud.changes[0].level), (Level::Alert, Level::Alert));

    let mut quiet = event(Level::Silent, Label::Cosmetic, true);
    outside::add(&mut quiet, br#"{"labels":[{"pair":0,"label":"severity-raised"}]}"#).unwrap();
    assert_eq!((quiet.level, quiet.changes[0].level), (Level::Alert, Level::Alert));
}

#[test]
fn of_a_wrong_answer_nothing_is_taken() {
    let before = event(Level::Note, Label::Other, false);
    for answer in [
        &b"{"[..],
        b"[]",
        br#"{"labels":[{"pair":0,"label":"severity-raised"},{"pair":1,"label":"other"}]}"#,
        br#"{"labels":[{"pair":0,"label":"severity-raised"},{"pair":0,"label":"hidden"}]}"#,
        br#"{"labels":[],"remove":[0]}"#,
    ] {
        let mut after = before.clone();
        assert!(outside::add(&mut after, answer).is_err());
        assert_eq!(after, before);
    }
}
