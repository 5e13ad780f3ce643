//! What becomes of a target when its page fails, goes, moves and comes back: each told once.

use serde_json::{Value, json};

use crate::site::{Site, check, onrecord};

const OPENING: &str = "We are dealing with a cyber incident that affects our online forms.";
const DENIAL: &str = "No customer data has been accessed.";
const ADVICE: &str = "Please ring our customer services if your appointment is urgent.";
const PAGE: &str = "/news/notice";

/// A page that says three sentences, looked at once at 09:00.
fn watched() -> (Site, tempfile::TempDir) {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &[PAGE.to_owned()]);
    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "one");
    check(dir.path(), "2024-01-19T09:00:00Z");
    site.asked();
    (site, dir)
}

/// What a look at a moment of 19 January tells.
fn told(dir: &tempfile::TempDir, time: &str) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    check(dir.path(), &format!("2024-01-19T{time}Z"))
        .iter()
        .map(|e| (word(&e["kind"]), word(&e["level"])))
        .collect()
}

fn one(kind: &str, level: &str) -> Vec<(String, String)> {
    vec![(kind.to_owned(), level.to_owned())]
}

const NOTHING: Vec<(String, String)> = Vec::new();

/// Sets a key of the watched target.
fn set(dir: &tempfile::TempDir, key: &str, value: Value) {
    let path = dir.path().join("targets.json");
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    file["targets"][0][key] = value;
    std::fs::write(path, file.to_string()).unwrap();
}

#[test]
fn one_outage_with_many_reasons_is_told_once() {
    let (site, dir) = watched();
    site.serves(PAGE, 500, "");
    assert_eq!(told(&dir, "10:00:00"), one("unreadable", "note"));
    site.serves(PAGE, 403, "");
    assert_eq!(told(&dir, "11:00:00"), NOTHING);
    site.serves(PAGE, 503, "<h1>Down for maintenance</h1>");
    assert_eq!(told(&dir, "12:00:00"), NOTHING);
    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "two");
    assert_eq!(told(&dir, "13:00:00"), one("restored", "note"));
}

#[test]
fn an_outage_alerts_when_it_lasts_longer_than_the_target_allows() {
    let (site, dir) = watched();
    set(&dir, "alert_after", json!("2h"));
    site.serves(PAGE, 500, "");
    assert_eq!(told(&dir, "10:00:00"), one("unreadable", "note"));
    assert_eq!(told(&dir, "11:00:00"), NOTHING);
    assert_eq!(told(&dir, "12:00:00"), one("unreadable", "alert"));
    assert_eq!(told(&dir, "13:00:00"), NOTHING);
}

#[test]
fn a_page_that_is_gone_in_two_ways_is_told_as_gone_once() {
    let (site, dir) = watched();
    site.serves(PAGE, 404, "");
    assert_eq!(told(&dir, "10:00:00"), one("removed", "note"));
    site.serves(PAGE, 410, "");
    assert_eq!(told(&dir, "11:00:00"), one("removed", "alert"));
    site.serves(PAGE, 404, "");
    assert_eq!(told(&dir, "12:00:00"), NOTHING);
    site.serves(PAGE, 500, "");
    assert_eq!(told(&dir, "13:00:00"), one("unreadable", "note"));
    site.serves(PAGE, 404, "");
    assert_eq!(told(&dir, "14:00:00"), NOTHING);
}

#[test]
fn a_move_for_good_is_a_note_and_is_followed() {
    let (site, dir) = watched();
    site.says("/about/incident", &[OPENING, DENIAL, ADVICE], "two");
    site.answers(PAGE, 301, &["Location: /about/incident"], "");
    let event = check(dir.path(), "2024-01-19T10:00:00Z").remove(0);
    assert_eq!((&event["kind"], &event["level"]), (&json!("moved"), &json!("note")));
    assert_eq!(event["landed"], site.url("/about/incident"));
    site.asked();

    site.says("/about/incident", &[OPENING, ADVICE], "three");
    assert_eq!(told(&dir, "11:00:00"), one("revised", "alert"));
    assert_eq!(site.asked(), ["/about/incident"], "the new address is asked from now on");

    site.serves("/about/incident", 404, "");
    assert_eq!(told(&dir, "12:00:00"), one("removed", "note"));
    site.asked();
    site.says(PAGE, &[OPENING, ADVICE], "four");
    assert_eq!(told(&dir, "13:00:00"), one("moved", "note"));
    assert_eq!(site.asked(), [PAGE], "where the new address fails, the old one is asked again");
}

#[test]
fn a_move_for_now_is_told_and_the_old_address_asked_again() {
    let (site, dir) = watched();
    site.says("/mirror", &[OPENING, DENIAL, ADVICE], "two");
    site.answers(PAGE, 302, &["Location: /mirror"], "");
    assert_eq!(told(&dir, "10:00:00"), one("moved", "note"));
    site.asked();
    assert_eq!(told(&dir, "11:00:00"), NOTHING);
    assert_eq!(site.asked(), [PAGE, "/mirror"]);
    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "three");
    assert_eq!(told(&dir, "12:00:00"), one("moved", "note"), "back at its own address");
    site.answers(PAGE, 302, &["Location: /mirror"], "");
    assert_eq!(told(&dir, "13:00:00"), NOTHING, "now here, now there: both are known");
}

#[test]
fn a_redirect_to_something_else_is_a_removal() {
    let (site, dir) = watched();
    site.says(
        "/bins/calendar",
        &["Refuse is collected on Mondays.", "Glass is collected on Fridays."],
        "two",
    );
    site.answers(PAGE, 302, &["Location: /bins/calendar"], "");
    let event = check(dir.path(), "2024-01-19T10:00:00Z").remove(0);
    assert_eq!((&event["kind"], &event["why"]), (&json!("removed"), &json!("redirected")));
    assert_eq!(told(&dir, "11:00:00"), one("removed", "alert"));
}

#[test]
fn a_statement_that_is_back_after_another_is_held_against_its_own_last_wording() {
    let (site, dir) = watched();
    site.serves(
        PAGE,
        200,
        "<main><h1>Harbour walk</h1><p>It is two miles long.</p><p>Dogs are welcome.</p></main>",
    );
    assert_eq!(told(&dir, "10:00:00"), one("revised", "alert"));
    site.says(PAGE, &[OPENING, ADVICE], "three");
    let event = check(dir.path(), "2024-01-19T11:00:00Z").remove(0);
    assert!(event["headline"].as_str().unwrap().starts_with("The earlier statement is back"), "{event}");
    assert_eq!(event["changes"].as_array().unwrap().len(), 1, "{event}");
    assert_eq!(event["changes"][0]["before"], json!([DENIAL]));
}

#[test]
fn an_earlier_wording_that_is_lost_stops_no_new_one() {
    let (site, dir) = watched();
    let folder = dir.path().join("snapshots/targets").read_dir().unwrap().next().unwrap().unwrap().path();
    let kept = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let kept: Vec<_> = kept.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    assert_eq!(kept.len(), 1);
    site.says(PAGE, &[OPENING, ADVICE], "two");
    assert_eq!(told(&dir, "10:00:00"), one("revised", "alert"));
    std::fs::write(&kept[0], "{").unwrap();
    site.says(PAGE, &[OPENING], "three");
    assert_eq!(told(&dir, "11:00:00"), one("revised", "alert"));
}

#[test]
fn a_page_that_goes_to_and_fro_is_told_once_as_flapping() {
    let (site, dir) = watched();
    let (with, without) = ([OPENING, DENIAL, ADVICE], [OPENING, ADVICE]);
    let mut seen = Vec::new();
    for (time, words) in [
        ("10", &without[..]),
        ("11", &with[..]),
        ("12", &without[..]),
        ("13", &with[..]),
        ("14", &without[..]),
    ] {
        site.says(PAGE, words, time);
        // Each time another date of the page, which makes no other wording of it.
        site.with_header(PAGE, &format!("Last-Modified: Fri, 19 Jan 2024 {time}:00:00 GMT"));
        let event = check(dir.path(), &format!("2024-01-19T{time}:00:00Z")).remove(0);
        seen.push((event["kind"].clone(), event["level"].clone(), event["flapping"] == true));
    }
    let row = |kind: &str, level: &str, flapping| (json!(kind), json!(level), flapping);
    assert_eq!(
        seen,
        [
            row("revised", "alert", false),
            row("reverted", "alert", false),
            row("reverted", "alert", true),
            row("reverted", "silent", true),
            row("reverted", "silent", true),
        ]
    );
}

#[test]
fn a_validator_that_lies_is_found_out_within_a_day() {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &[PAGE.to_owned()]);
    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "one");
    site.with_header(PAGE, "ETag: \"fixed\"");
    check(dir.path(), "2024-01-18T09:30:00Z");
    site.says(PAGE, &[OPENING, ADVICE], "two");
    site.with_header(PAGE, "ETag: \"fixed\"");
    assert_eq!(told(&dir, "09:00:00"), NOTHING, "the server says that nothing changed");
    let event = check(dir.path(), "2024-01-19T10:00:00Z").remove(0);
    assert_eq!((&event["kind"], &event["level"]), (&json!("revised"), &json!("alert")));
    assert!(event["evidence"].as_str().unwrap().contains("ETag"), "{event}");

    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "three");
    site.with_header(PAGE, "ETag: \"fixed\"");
    assert_eq!(told(&dir, "11:00:00"), one("reverted", "alert"), "it is no longer asked with");
}

#[test]
fn a_host_that_is_asked_too_much_is_left_alone_and_nothing_is_told_of_it() {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    let paths: Vec<String> = (0..4).map(|n| format!("/page/{n}")).collect();
    site.watched(dir.path(), &paths);
    for path in &paths {
        site.says(path, &[OPENING], "one");
    }
    check(dir.path(), "2024-01-19T09:00:00Z");
    site.asked();

    site.answers(&paths[0], 429, &["Retry-After: 7200"], "");
    assert_eq!(told(&dir, "10:00:00"), one("unreadable", "note"));
    assert_eq!(site.asked(), [paths[0].as_str()], "the others of that host are not asked");
    assert_eq!(told(&dir, "11:00:00"), NOTHING);
    assert!(site.asked().is_empty(), "the pause binds the next run");
    let log = onrecord(dir.path(), None, &["log", "page-1"]);
    assert!(
        String::from_utf8_lossy(&log.stdout).contains("not asked"),
        "{}",
        String::from_utf8_lossy(&log.stdout)
    );

    site.says(&paths[0], &[OPENING], "two");
    assert_eq!(told(&dir, "12:30:00"), one("restored", "note"));
}

#[test]
fn a_target_first_read_after_failures_has_appeared_and_was_never_removed() {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &[PAGE.to_owned()]);
    for (time, expected) in
        [("09:00:00", one("unreadable", "note")), ("10:00:00", NOTHING), ("11:00:00", NOTHING)]
    {
        assert_eq!(told(&dir, time), expected);
    }
    site.says(PAGE, &[OPENING, DENIAL], "one");
    assert_eq!(told(&dir, "12:00:00"), one("appeared", "alert"));
}

#[test]
fn a_counter_in_words_of_its_own_is_learnt_at_first_sight_and_a_figure_of_the_statement_is_not() {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &[PAGE.to_owned()]);
    let page = |beds: &str, people: &str| {
        format!(
            "<main><h1>Cyber incident</h1><p>{OPENING}</p><p>Beds free tonight: {beds}</p><p>It affects {people} people.</p></main>"
        )
    };
    site.answers(PAGE, 200, &[], &page("{turn}", "1,500"));
    assert_eq!(told(&dir, "09:00:00"), one("first-seen", "silent"));
    assert_eq!(site.asked(), [PAGE, PAGE], "a figure that may move is looked at twice");
    assert_eq!(told(&dir, "10:00:00"), NOTHING, "the counter has moved");
    site.answers(PAGE, 200, &[], &page("{turn}", "4,800"));
    let event = check(dir.path(), "2024-01-19T11:00:00Z").remove(0);
    assert_eq!(event["changes"].as_array().unwrap().len(), 1, "{event}");
    assert!(event["changes"][0]["labels"].as_array().unwrap().contains(&json!("number-revised")));
    assert!(onrecord(dir.path(), None, &["verify"]).status.success());
}

#[test]
fn a_page_without_such_a_figure_is_looked_at_once() {
    let (site, _dir) = watched();
    assert!(site.asked().is_empty());
    let (other, dir) = (Site::start(), tempfile::tempdir().unwrap());
    other.watched(dir.path(), &[PAGE.to_owned()]);
    other.says(
        PAGE,
        &[OPENING, "On 19 January 2024 we told 1,500 people who had an account with us.", "19 January 2024"],
        "one",
    );
    check(dir.path(), "2024-01-19T09:00:00Z");
    assert_eq!(other.asked(), [PAGE]);
}

#[test]
fn two_looks_in_one_second_and_a_clock_that_goes_back_keep_their_order() {
    let (site, dir) = watched();
    site.says(PAGE, &[OPENING, ADVICE], "two");
    assert_eq!(told(&dir, "10:00:00"), one("revised", "alert"));
    site.says(PAGE, &[OPENING], "three");
    assert_eq!(told(&dir, "10:00:00"), one("revised", "alert"), "within the same second");
    site.says(PAGE, &["It is over."], "four");
    let back = check(dir.path(), "2024-01-19T08:00:00Z").remove(0);
    assert_eq!(
        back["changes"][0]["before"][0], OPENING,
        "against the words of the look before, whatever the clock says"
    );
    let verify = onrecord(dir.path(), None, &["verify"]);
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));
}

#[test]
fn every_body_is_kept_where_that_is_asked_for() {
    let (site, dir) = watched();
    let captures = || {
        let folder = dir.path().join("snapshots/targets/page-0");
        let names =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.rsplit_once('.').is_some_and(|(_, kind)| kind == "warc")).count()
    };
    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "two");
    assert_eq!(told(&dir, "10:00:00"), NOTHING);
    assert_eq!(captures(), 1, "another menu leaves its digest in the log, and no body");
    set(&dir, "keep", json!("all"));
    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "three");
    assert_eq!(told(&dir, "11:00:00"), NOTHING);
    assert_eq!(told(&dir, "12:00:00"), NOTHING);
    site.serves(PAGE, 500, "<h1>Server error</h1>");
    assert_eq!(told(&dir, "13:00:00"), one("unreadable", "note"));
    assert_eq!(captures(), 3, "the new menu and the error, each once");
    assert!(onrecord(dir.path(), None, &["verify"]).status.success());
}
