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

/// The captures that are kept of the watched target.
fn captures(dir: &tempfile::TempDir) -> Vec<String> {
    let folder = dir.path().join("snapshots/targets/page-0");
    let names =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.rsplit_once('.').is_some_and(|(_, kind)| kind == "warc")).collect()
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
    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "two");
    assert_eq!(told(&dir, "10:00:00"), NOTHING);
    assert_eq!(captures(&dir).len(), 1, "another menu leaves its digest in the log, and no body");
    set(&dir, "keep", json!("all"));
    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "three");
    assert_eq!(told(&dir, "11:00:00"), NOTHING);
    assert_eq!(told(&dir, "12:00:00"), NOTHING);
    site.serves(PAGE, 500, "<h1>Server error</h1>");
    assert_eq!(told(&dir, "13:00:00"), one("unreadable", "note"));
    assert_eq!(captures(&dir).len(), 3, "the new menu and the error, each once");
    assert!(onrecord(dir.path(), None, &["verify"]).status.success());
}

/// What a look at a moment tells, with the day: kind, level, headline.
fn told_on(dir: &tempfile::TempDir, moment: &str) -> Vec<Value> {
    check(dir.path(), moment)
}

#[test]
fn a_page_that_went_to_and_fro_gets_a_last_word_and_so_does_its_mirror() {
    let (with, without) = ([OPENING, DENIAL, ADVICE], [OPENING, ADVICE]);
    // To and fro, and then it stays: first with the wording that was told last, then with the other one.
    for (turns, stays) in [(3, &without[..]), (4, &with[..])] {
        let (site, dir) = watched();
        for turn in 0..turns {
            let time = format!("1{turn}");
            site.says(PAGE, if turn % 2 == 0 { &without } else { &with }, &time);
            check(dir.path(), &format!("2024-01-19T{time}:00:00Z"));
        }
        site.says(PAGE, stays, "stays");
        let since = format!("2024-01-19T1{}:00:00Z", turns - 1);
        assert_eq!(told_on(&dir, "2024-01-20T09:00:00Z"), Vec::<Value>::new(), "not a day yet");
        let event = told_on(&dir, "2024-01-20T14:00:00Z").remove(0);
        assert_eq!((&event["kind"], &event["level"]), (&json!("settled"), &json!("note")), "{event}");
        assert_eq!(event["between"], json!([since, "2024-01-20T14:00:00Z"]));
        let said = |side: &str| event["changes"][0][side].as_array().unwrap().contains(&json!(DENIAL));
        assert_eq!((said("before"), said("after")), (stays == without, stays == with), "{event}");
        assert_eq!(event["changes"][0]["level"], "note", "it is known already");
        assert_eq!(told_on(&dir, "2024-01-22T09:00:00Z"), Vec::<Value>::new(), "told once");
        let verify = onrecord(dir.path(), None, &["verify"]);
        assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));
    }
}

#[test]
fn a_wording_that_came_back_once_gets_a_last_word_and_one_that_changed_again_does_not() {
    let (site, dir) = watched();
    site.says(PAGE, &[OPENING, ADVICE], "two");
    assert_eq!(told(&dir, "10:00:00"), one("revised", "alert"));
    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "three");
    assert_eq!(told(&dir, "11:00:00"), one("reverted", "alert"));
    let event = told_on(&dir, "2024-01-20T12:00:00Z").remove(0);
    assert_eq!(event["kind"], "settled");
    site.says(PAGE, &[OPENING], "four");
    assert_eq!(told_on(&dir, "2024-01-20T13:00:00Z").remove(0)["kind"], "revised");
    assert_eq!(told_on(&dir, "2024-01-22T13:00:00Z"), Vec::<Value>::new(), "what was told last stands");
}

#[test]
fn an_outage_ends_after_its_last_failing_look_and_a_removal_begins_with_its_first_absent_one() {
    let (site, dir) = watched();
    site.serves(PAGE, 500, "");
    check(dir.path(), "2024-01-19T10:00:00Z");
    check(dir.path(), "2024-01-19T11:00:00Z");
    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "two");
    let event = check(dir.path(), "2024-01-19T12:00:00Z").remove(0);
    assert_eq!(event["between"], json!(["2024-01-19T11:00:00Z", "2024-01-19T12:00:00Z"]));

    site.serves(PAGE, 404, "");
    let first = check(dir.path(), "2024-01-19T13:00:00Z").remove(0);
    let sure = check(dir.path(), "2024-01-20T09:00:00Z").remove(0);
    assert_eq!((&first["level"], &sure["level"]), (&json!("note"), &json!("alert")));
    let gone = json!(["2024-01-19T12:00:00Z", "2024-01-19T13:00:00Z"]);
    assert_eq!((&first["between"], &sure["between"]), (&gone, &gone), "not from the look that confirmed it");
    assert_ne!(first["id"], sure["id"]);
    let latest = || std::fs::read_to_string(dir.path().join("snapshots/targets/page-0/latest.txt")).unwrap();
    assert!(latest().starts_with("[gone since 2024-01-19T13:00:00Z; "), "{}", latest());
    assert!(latest().contains(DENIAL), "the last wording stands beside it");
    let verified = onrecord(dir.path(), None, &["verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    site.says(PAGE, &[OPENING, DENIAL, ADVICE], "three");
    check(dir.path(), "2024-01-20T10:00:00Z");
    assert!(latest().starts_with("## Cyber incident"), "{}", latest());
}

#[test]
fn the_answer_that_gave_no_statement_is_kept_once_an_outage() {
    let (site, dir) = watched();
    let before = captures(&dir);
    site.serves(PAGE, 500, "<h1>Our database is away</h1>");
    let event = check(dir.path(), "2024-01-19T10:00:00Z").remove(0);
    let sha256 = event["capture"].as_str().unwrap();
    let kept: Vec<String> = captures(&dir).into_iter().filter(|name| !before.contains(name)).collect();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].contains(&sha256[..8]), "{kept:?} {sha256}");
    let bytes = std::fs::read(dir.path().join("snapshots/targets/page-0").join(&kept[0])).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("Our database is away"));
    for (time, status) in [("11:00:00", 403), ("12:00:00", 500)] {
        site.serves(PAGE, status, &format!("<h1>Refused at {time}</h1>"));
        assert_eq!(told(&dir, time), NOTHING);
    }
    assert_eq!(captures(&dir).len(), before.len() + 1, "one an outage");
    assert!(onrecord(dir.path(), None, &["verify"]).status.success());
}

#[test]
fn a_page_of_which_hardly_anything_is_left_says_so() {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &[PAGE.to_owned()]);
    let long: Vec<String> = (1..20)
        .map(|n| format!("Service number {n} of the council is not affected by the incident."))
        .collect();
    let mut words: Vec<&str> = vec![OPENING];
    words.extend(long.iter().map(String::as_str));
    site.says(PAGE, &words, "one");
    check(dir.path(), "2024-01-19T09:00:00Z");
    site.says(PAGE, &[OPENING], "two");
    let event = check(dir.path(), "2024-01-19T10:00:00Z").remove(0);
    let evidence = event["evidence"].as_str().unwrap_or_default();
    assert!(evidence.starts_with("the page has 14 words where it had "), "{event}");
    let shown = onrecord(dir.path(), None, &["show", event["id"].as_str().unwrap()]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("it may not be whole"));
}

#[test]
fn a_clock_that_went_back_is_told_and_the_order_stays_that_of_the_log() {
    let (site, dir) = watched();
    site.says(PAGE, &[OPENING, ADVICE], "two");
    check(dir.path(), "2024-01-19T10:00:00Z");
    site.says(PAGE, &[OPENING], "three");
    let run = onrecord(dir.path(), Some("2024-01-19T08:00:00Z"), &["check"]);
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(told.contains("the clock went back"), "{told}");
    assert!(
        String::from_utf8_lossy(&run.stdout).contains("the clock went back"),
        "an interval that runs backwards"
    );
    let log = onrecord(dir.path(), None, &["log"]);
    let log = String::from_utf8_lossy(&log.stdout).into_owned();
    let moments: Vec<&str> =
        log.lines().filter_map(|line| line.get(..20)).filter(|l| l.ends_with('Z')).collect();
    assert_eq!(moments, ["2024-01-19T09:00:00Z", "2024-01-19T10:00:00Z", "2024-01-19T08:00:00Z"], "{log}");
    let words = log.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words.matches("the clock went back").count(), 1, "{log}");
}

#[test]
fn a_banner_that_goes_takes_no_statement_with_it_and_one_that_stays_is_not_shown() {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &[PAGE.to_owned()]);
    let page = |banners: &[&str]| {
        let banners: Vec<String> =
            banners.iter().map(|b| format!("<div role=alert class=site-alert><p>{b}</p></div>")).collect();
        let banners = banners.concat();
        format!(
            "<title>Cyber incident</title>{banners}<main><h1>Cyber incident</h1><p>{OPENING}</p><p>{ADVICE}</p></main>"
        )
    };
    let (down, stays) = (
        "Our online forms are down after a cyber attack. Please call us.",
        "The tip is shut on Monday. Use the other one.",
    );
    site.serves(PAGE, 200, &page(&[down, stays]));
    check(dir.path(), "2024-01-19T09:00:00Z");
    site.serves(PAGE, 200, &page(&[stays]));
    let event = check(dir.path(), "2024-01-19T10:00:00Z").remove(0);
    let shown = onrecord(dir.path(), None, &["show", event["id"].as_str().unwrap()]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("in a banner") && !shown.contains("tip is shut"), "{shown}");
    site.serves(PAGE, 200, &page(&[]));
    let event = check(dir.path(), "2024-01-19T11:00:00Z").remove(0);
    let shown = onrecord(dir.path(), None, &["show", event["id"].as_str().unwrap()]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(!shown.to_lowercase().contains("statement"), "{shown}");
    assert_ne!(event["changes"][0]["kind"], "statement-removed", "{event}");
}

#[test]
fn a_part_that_is_selected_is_about_what_its_page_is_called() {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &[PAGE.to_owned()]);
    set(&dir, "select", json!(".statement"));
    let page = |words: &str| {
        format!(
            "<title>Cyber incident: what we know</title><main><h1>Cyber incident: what we know</h1>\
             <div class=statement><p>Phones work.</p><p>{words}</p></div></main>"
        )
    };
    site.serves(PAGE, 200, &page("Names and addresses were not taken."));
    check(dir.path(), "2024-01-19T09:00:00Z");
    site.serves(PAGE, 200, &page("Names and addresses may have been taken."));
    let event = check(dir.path(), "2024-01-19T10:00:00Z").remove(0);
    assert_eq!(event["changes"][0]["relevant"], true, "{event}");
    assert_eq!(event["level"], "alert");
}

#[test]
fn a_target_whose_name_was_changed_and_one_that_is_looked_at_less_often_are_noticed() {
    let (site, dir) = watched();
    site.serves(PAGE, 500, "");
    for n in 0..6 {
        check(dir.path(), &format!("2024-01-19T1{n}:00:00Z"));
    }
    let status = onrecord(dir.path(), Some("2024-01-19T15:00:00Z"), &["status"]);
    let status = String::from_utf8_lossy(&status.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(status.contains("6 looks failed; while it fails it is looked at every 32 minutes"), "{status}");

    set(&dir, "id", json!("wharf-news"));
    let run = onrecord(dir.path(), Some("2024-01-19T16:00:00Z"), &["status"]);
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(told.contains("this address was watched as `page-0`"), "{told}");
    set(&dir, "was", json!("page-0"));
    let run = onrecord(dir.path(), Some("2024-01-19T16:00:00Z"), &["check"]);
    assert!(!String::from_utf8_lossy(&run.stderr).contains("was watched as"), "its history goes on");
}
