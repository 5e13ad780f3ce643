//! Words for people: how a store of many targets is asked about, and how targets are changed.

use std::{process::Command, time::Duration};

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use crate::site::{Site, check, onrecord};

const DENIAL: &str =
    "No customer data has been accessed, as far as the council and its suppliers can tell today.";

/// Three pages of two bodies, looked at, of which one changed and one failed.
fn watched() -> (Site, tempfile::TempDir) {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    let paths: Vec<String> = (0..3).map(|n| format!("/notice/{n}")).collect();
    site.watched(dir.path(), &paths);
    change(&dir, |file| {
        file["incidents"].as_array_mut().unwrap().push(json!({ "id": "quay", "terms": ["quay"] }));
        for (n, (body, incident, tags)) in [
            ("Wharf District Council", "wharf", json!(["council"])),
            ("Quay Borough", "quay", json!(["council"])),
            ("Saltholm Services", "wharf", json!(["supplier"])),
        ]
        .into_iter()
        .enumerate()
        {
            let target = &mut file["targets"][n];
            target["body"] = json!(body);
            target["incident"] = json!(incident);
            target["tags"] = tags;
        }
    });
    for path in &paths {
        site.says(path, &["We are dealing with a cyber incident.", DENIAL], "one");
    }
    check(dir.path(), "2024-01-19T09:00:00Z");
    site.says(
        &paths[0],
        &["We are dealing with a cyber incident.", "Customer data may have been accessed."],
        "two",
    );
    site.serves(&paths[2], 500, "");
    check(dir.path(), "2024-01-19T10:00:00Z");
    (site, dir)
}

fn change(dir: &tempfile::TempDir, change: impl FnOnce(&mut Value)) {
    let path = dir.path().join("targets.json");
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    change(&mut file);
    std::fs::write(path, file.to_string()).unwrap();
}

fn said(dir: &tempfile::TempDir, args: &[&str]) -> String {
    let run = onrecord(dir.path(), Some("2024-01-19T10:30:00Z"), args);
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

#[test]
fn status_and_log_show_the_targets_that_are_asked_for() {
    let (_site, dir) = watched();
    for (asked, shown) in [
        (&["--incident", "quay"][..], &["page-1"][..]),
        (&["--body", "saltholm"], &["page-2"]),
        (&["--state", "unreadable"], &["page-2"]),
        (&["--tag", "council"], &["page-0", "page-1"]),
        (&["--tag", "council", "--incident", "wharf"], &["page-0"]),
        (&["--state", "gone"], &[]),
    ] {
        for verb in ["status", "log"] {
            let text = said(&dir, &[&[verb], asked].concat());
            for page in ["page-0", "page-1", "page-2"] {
                assert_eq!(text.contains(page), shown.contains(&page), "{verb} {asked:?}:\n{text}");
            }
        }
    }
    assert!(said(&dir, &["status", "--tag", "supplier"]).starts_with("1 of 3 targets"));
    let slip = onrecord(dir.path(), None, &["log", "--incident", "whraf"]);
    assert_eq!(slip.status.code(), Some(2));
}

#[test]
fn the_log_says_what_happened_in_lines_that_fit() {
    let (_site, dir) = watched();
    let text = said(&dir, &["log"]);
    assert!(text.lines().all(|line| line.width() <= 80), "{text}");
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.contains("page-0 ALERT Denial withdrawn: "), "{text}");
    assert!(joined.contains("page-2 note Cannot be read (http-error): status 500; onrecord show "), "{text}");
    let status = said(&dir, &["status"]);
    assert!(status.lines().all(|line| line.width() <= 80), "{status}");

    let json: Value = serde_json::from_str(&said(&dir, &["log", "--format", "json"])).unwrap();
    assert_eq!(json["schema"], "onrecord.log/1");
    assert!(json["runs"].as_array().unwrap().iter().any(|run| {
        run["headline"].as_str().is_some_and(|headline| headline.starts_with("Denial withdrawn"))
    }));
    assert_eq!(json["total"]["looked"], 6);
    let markdown = said(&dir, &["log", "page-2", "--format", "markdown"]);
    assert_eq!(markdown.lines().count(), 4, "{markdown}");
    assert!(
        markdown.starts_with(
            "| when | target | what it came to |\n| --- | --- | --- |\n| 2024-01-19T09:00:00Z | page\\-2 |"
        ),
        "{markdown}"
    );
}

#[test]
fn an_event_is_shown_whole_in_every_form() {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &["/notice".to_owned()]);
    let towns = [
        "Ashmere",
        "Brook",
        "Cliffgate",
        "Denton",
        "Eastway",
        "Fenwick",
        "Grange",
        "Hythe",
        "Ingle",
        "Jarrow",
        "Kelso",
        "Lydd",
    ];
    let page = |word: &str| -> Vec<String> {
        towns
            .iter()
            .map(|town| format!("The cyber incident in {town} has {word} the library of {town}."))
            .collect()
    };
    let (before, after) = (page("closed"), page("not closed"));
    site.says("/notice", &before.iter().map(String::as_str).collect::<Vec<_>>(), "one");
    check(dir.path(), "2024-01-19T09:00:00Z");
    site.says("/notice", &after.iter().map(String::as_str).collect::<Vec<_>>(), "two");
    let event = check(dir.path(), "2024-01-19T10:00:00Z").remove(0);
    assert_eq!(event["changes"].as_array().unwrap().len(), 12);
    for form in ["text", "markdown", "html", "json"] {
        let text = said(&dir, &["show", event["id"].as_str().unwrap(), "--format", form]);
        assert!(towns.iter().all(|town| text.contains(town)), "{form}: {text}");
        assert!(!text.contains("further place"), "{form}");
    }
}

#[test]
fn targets_are_paused_resumed_changed_and_removed_and_their_history_stays() {
    let (site, dir) = watched();
    site.asked();
    assert!(said(&dir, &["pause", "page-0", "page-2"]).contains("`onrecord resume page-2`"));
    check(dir.path(), "2024-01-19T11:00:00Z");
    assert_eq!(site.asked(), ["/notice/1"]);
    said(&dir, &["resume", "page-0"]);
    said(&dir, &["edit", "page-0", "--id", "wharf-news", "--body", "Wharf", "--select", "main"]);
    assert_eq!(check(dir.path(), "2024-01-19T12:00:00Z"), Vec::<Value>::new(), "its history goes on");
    let mut asked = site.asked();
    asked.sort_unstable();
    assert_eq!(asked, ["/notice/0", "/notice/1"]);
    assert!(said(&dir, &["log", "wharf-news"]).contains("Denial withdrawn"));
    assert!(said(&dir, &["remove", "wharf-news"]).contains("watched no longer"));
    check(dir.path(), "2024-01-19T13:00:00Z");
    assert_eq!(site.asked(), ["/notice/1"]);
    assert!(said(&dir, &["log", "wharf-news"]).contains("Denial withdrawn"));
    let wrong = onrecord(dir.path(), None, &["edit", "page-1", "--every", "often"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("nothing was changed"));
}

#[cfg(unix)]
#[test]
fn a_check_that_is_stopped_says_what_was_looked_at() {
    let (site, dir) = watched();
    change(&dir, |file| file["defaults"]["delay"] = json!("30s"));
    site.asked();
    let child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .arg("check")
        .current_dir(dir.path())
        .env("NO_PROXY", "*")
        .env("ONRECORD_NOW", "2024-01-19T11:00:00Z")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    while site.asked().is_empty() {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(500));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("stopped: 1 of 3 targets were looked at"), "{told}");
}
