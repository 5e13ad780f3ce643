//! The whole program over a page on loopback: what a reporter is told at each look.

use serde_json::{Value, json};

use crate::site::{Site, check, onrecord};

const DENIAL: &str = "No customer data has been accessed.";
const OPENING: &str = "We are dealing with a cyber incident that affects our online forms.";
const PAGE: &str = "/news/notice";

fn watched() -> (Site, tempfile::TempDir) {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &[PAGE.to_owned()]);
    site.says(PAGE, &[OPENING, DENIAL], "one");
    (site, dir)
}

fn kind(event: &Value) -> (&str, &str) {
    (event["kind"].as_str().unwrap(), event["level"].as_str().unwrap())
}

#[test]
fn a_denial_that_is_hedged_is_told_and_a_new_menu_is_not() {
    let (site, dir) = watched();
    let first = check(dir.path(), "2024-01-19T11:00:00Z");
    assert_eq!(first.iter().map(kind).collect::<Vec<_>>(), [("first-seen", "silent")]);

    site.says(PAGE, &[OPENING, DENIAL], "two");
    assert_eq!(check(dir.path(), "2024-01-19T11:15:00Z"), Vec::<Value>::new());

    site.says(PAGE, &[OPENING, "There is no evidence that any customer data has been accessed."], "three");
    let told = check(dir.path(), "2024-01-19T11:30:00Z");
    assert_eq!(told.iter().map(kind).collect::<Vec<_>>(), [("revised", "alert")]);
    assert_eq!(told[0]["between"], json!(["2024-01-19T11:15:00Z", "2024-01-19T11:30:00Z"]));
    assert_eq!(told[0]["changes"][0]["labels"][0], "denial-hedged");
    assert_eq!(told[0]["changes"][0]["before"][0], DENIAL);

    let verify = onrecord(dir.path(), None, &["verify"]);
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));
}

#[test]
fn an_outage_is_told_once_and_the_revision_is_shown_against_the_words_before_it() {
    let (site, dir) = watched();
    check(dir.path(), "2024-01-19T11:00:00Z");

    site.serves(PAGE, 500, "<p>Something is wrong with this server.</p>");
    let down = check(dir.path(), "2024-01-19T11:15:00Z");
    assert_eq!(down.iter().map(kind).collect::<Vec<_>>(), [("unreadable", "note")]);
    assert_eq!(down[0]["why"], "http-error");
    assert_eq!(check(dir.path(), "2024-01-19T11:30:00Z"), Vec::<Value>::new());

    site.says(PAGE, &[OPENING], "three");
    let back = check(dir.path(), "2024-01-19T12:00:00Z");
    assert_eq!(back[0]["level"], "alert");
    assert_eq!(back[0]["changes"][0]["before"][0], DENIAL);
    assert_eq!(back[0]["between"][0], "2024-01-19T11:00:00Z");
}

#[test]
fn a_page_that_is_gone_alerts_at_the_second_look_and_its_return_is_told() {
    let (site, dir) = watched();
    check(dir.path(), "2024-01-19T11:00:00Z");
    site.serves(PAGE, 404, "<h1>Page not found</h1>");
    let first = check(dir.path(), "2024-01-19T11:15:00Z");
    assert_eq!(first.iter().map(kind).collect::<Vec<_>>(), [("removed", "note")]);
    let second = check(dir.path(), "2024-01-19T11:30:00Z");
    assert_eq!(second.iter().map(kind).collect::<Vec<_>>(), [("removed", "alert")]);
    assert_eq!(check(dir.path(), "2024-01-19T11:45:00Z"), Vec::<Value>::new());
    site.says(PAGE, &[OPENING, DENIAL], "four");
    let back = check(dir.path(), "2024-01-19T12:00:00Z");
    assert_eq!(back.iter().map(kind).collect::<Vec<_>>(), [("restored", "note")]);
}

#[test]
fn words_that_come_back_are_told_as_such() {
    let (site, dir) = watched();
    check(dir.path(), "2024-01-19T11:00:00Z");
    site.says(PAGE, &[OPENING], "two");
    check(dir.path(), "2024-01-19T11:15:00Z");
    site.says(PAGE, &[OPENING, DENIAL], "three");
    let told = check(dir.path(), "2024-01-19T11:30:00Z");
    assert_eq!(told.iter().map(kind).collect::<Vec<_>>(), [("reverted", "alert")]);
    assert_eq!(told[0]["last_seen"], "2024-01-19T11:00:00Z");
}

#[test]
fn a_page_whose_date_alone_moved_was_looked_at_all_the_same() {
    let (site, dir) = watched();
    let look = |day: &str| {
        let words = format!("{OPENING}</p><p>Last updated: <time datetime={day}>{day}</time>");
        site.says(PAGE, &[&words], "one");
        let run = onrecord(dir.path(), Some(&format!("{day}T11:00:00Z")), &["check"]);
        String::from_utf8(run.stdout).unwrap()
    };
    look("2024-01-18");
    let told = look("2024-01-19");
    assert!(told.contains("1 target, read; what changed is put on record"), "{told}");
    assert!(told.ends_with("Nothing new to tell of 1 target.\n"), "{told}");
}

#[test]
fn exit_codes_say_what_a_script_needs_to_know() {
    let (site, dir) = watched();
    let code = |now: &str| onrecord(dir.path(), Some(now), &["check", "--exit-code"]).status.code();
    assert_eq!(code("2024-01-19T11:00:00Z"), Some(0));
    site.says(PAGE, &[OPENING], "two");
    assert_eq!(code("2024-01-19T11:15:00Z"), Some(1));
    site.serves(PAGE, 503, "");
    assert_eq!(code("2024-01-19T11:30:00Z"), Some(4));
}

#[test]
fn a_folder_without_targets_says_how_to_begin() {
    let dir = tempfile::tempdir().unwrap();
    let run = onrecord(dir.path(), None, &["check"]);
    assert_eq!(run.status.code(), Some(2));
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(told.contains("targets.json") && told.contains("onrecord init"), "{told}");
    assert!(std::fs::read_dir(dir.path()).unwrap().next().is_none(), "nothing is written");
}
