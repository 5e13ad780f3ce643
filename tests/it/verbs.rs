//! What each verb prints, as a new user would see it.

use std::path::Path;

use serde_json::Value;

use crate::site::{Site, check, onrecord};

fn printed(dir: &Path, args: &[&str]) -> String {
    let run = onrecord(dir, None, args);
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

/// A store with two wordings of one page.
fn revised() -> (Site, tempfile::TempDir) {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &["/notice".to_owned()]);
    site.says("/notice", &["A cyber incident.", "It affects 15,000 customers."], "one");
    check(dir.path(), "2024-01-18T09:00:00Z");
    site.says("/notice", &["A cyber incident.", "It affects 48,000 customers."], "two");
    check(dir.path(), "2024-01-19T09:00:00Z");
    (site, dir)
}

#[test]
fn a_batch_answers_each_line_and_goes_on_after_one_that_it_cannot() {
    use std::{
        io::Write as _,
        process::{Command, Stdio},
    };
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.html"), "<title>Wharf</title><h1>Incident</h1><p>We are off line.</p>")
        .unwrap();
    too_large(&dir.path().join("big.html"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["read", "--batch"])
        .current_dir(dir.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let asked =
        b"{\"id\": 1, \"path\": \"none.html\"}\n{\"id\": 2}\nnonsense\n{\"id\": 3, \"path\": \"a.html\"}\n{\"id\": 4, \"path\": \"big.html\"}\n";
    child.stdin.take().unwrap().write_all(asked).unwrap();
    let run = child.wait_with_output().unwrap();
    let answers = crate::site::events(&run.stdout);
    let told: Vec<_> = answers.iter().map(|a| (&a["id"], a["text"].as_str().unwrap())).collect();
    let [one, two, three, four] = [1, 2, 3, 4].map(Value::from);
    let read = "Incident\nWe are off line.";
    assert_eq!(told, [(&one, ""), (&two, ""), (&Value::Null, ""), (&three, read), (&four, "")]);
    assert_eq!(answers[4]["why"], "too-large");
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(told.contains("line 1: none.html could not be read"), "{told}");
}

/// A file with one byte more than is read of any.
fn too_large(path: &Path) {
    let most = onrecord::model::MAX_DECODED;
    std::fs::File::create(path).and_then(|file| file.set_len(most + 1)).unwrap();
}

#[test]
fn a_file_that_is_too_large_is_refused_and_never_cut() {
    let dir = tempfile::tempdir().unwrap();
    too_large(&dir.path().join("big.txt"));
    std::fs::write(dir.path().join("a.txt"), "No data was copied.").unwrap();
    for args in [&["read", "big.txt"][..], &["diff", "a.txt", "big.txt"]] {
        let run = onrecord(dir.path(), None, args);
        assert_eq!(run.status.code(), Some(4));
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(told.contains("big.txt is not read (too-large): it has more than 64 MiB"), "{told}");
    }
}

#[test]
fn every_verb_has_help_with_an_example() {
    let dir = tempfile::tempdir().unwrap();
    let help = printed(dir.path(), &["--help"]);
    let verbs: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|verb| *verb != "help")
        .collect();
    for verb in [
        "demo",
        "init",
        "add",
        "check",
        "read",
        "diff",
        "log",
        "show",
        "verify",
        "schema",
        "completions",
        "man",
    ] {
        assert!(verbs.contains(&verb), "{verb} is missing of {verbs:?}");
    }
    for verb in verbs {
        let help = printed(dir.path(), &[verb, "--help"]);
        assert!(help.contains("Example") && help.contains(&format!("onrecord {verb}")), "{verb}:\n{help}");
    }
}

#[test]
fn a_selector_that_is_none_or_matches_nothing_is_told_with_what_would() {
    let dir = tempfile::tempdir().unwrap();
    let page = "<title>Wharf</title><main id=m><h1>Incident</h1><table><tr><td><a href=/t>Tax</a></td><td>Down</td></tr></table>";
    std::fs::write(dir.path().join("page.html"), page).unwrap();
    let read = |more: &[&str]| onrecord(dir.path(), None, &[&["read", "page.html"], more].concat());
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();

    let wrong = read(&["--select", "..notice"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong.stderr).contains("a dot is followed by no name"), "{}", said(&wrong.stderr));

    let none = read(&["--select", ".notice", "--remove", ".weather", "--explain"]);
    assert_eq!(none.status.code(), Some(4));
    assert!(said(&none.stderr).contains("without a selector the statement is read from `main#m`"));
    let explained = said(&none.stdout);
    for line in
        ["dropped  nothing: no match        .weather", "kept     row of a table           tr  Tax Down"]
    {
        assert!(explained.contains(line), "{line}\n{explained}");
    }
}

#[test]
fn two_pages_that_were_saved_are_compared_as_they_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let page = |menu: &str, said: &str| {
        format!(
            "<!doctype html><title>Wharf</title><nav><a href=/>{menu}</a></nav><main><h1>Cyber incident</h1><p>{said}</p></main>"
        )
    };
    let write = |name: &str, text: String| std::fs::write(dir.path().join(name), text).unwrap();
    write("monday.html", page("Home", "No personal data was taken."));
    write("tuesday.html", page("Home and more", "No personal data was taken."));
    write("friday.html", page("Home", "There is no evidence that personal data was taken."));
    let diff = |a: &str, b: &str| printed(dir.path(), &["diff", a, b, "--relevance", "page"]);
    assert!(!diff("monday.html", "tuesday.html").contains("ALERT"));
    let told = diff("monday.html", "friday.html");
    assert!(told.contains("denial hedged") && !told.contains("doctype"), "{told}");
    write("none.html", "<!doctype html><title>Page not found</title><h1>Page not found</h1>".to_owned());
    let refused = onrecord(dir.path(), None, &["diff", "monday.html", "none.html"]);
    assert_eq!(refused.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("none.html is no statement (soft-404)"));
}

#[test]
fn a_start_is_written_once_and_loads() {
    let dir = tempfile::tempdir().unwrap();
    printed(dir.path(), &["init"]);
    assert_eq!(printed(dir.path(), &["check"]).trim(), "No target was looked at.");
    let again = onrecord(dir.path(), None, &["init"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("stays as it is"));
}

#[test]
fn a_page_is_added_with_its_comments_kept() {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    printed(dir.path(), &["init"]);
    site.says("/notice", &["A cyber incident affects our forms."], "one");
    let refused = onrecord(dir.path(), None, &["add", &site.url("/notice")]);
    assert_eq!(refused.status.code(), Some(4), "a private address needs a word of consent");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("refused-address"));

    let shown = printed(dir.path(), &["add", &site.url("/notice"), "--allow-private", "--body", "Wharf"]);
    assert!(shown.contains("A cyber incident affects our forms."), "{shown}");
    let file = std::fs::read_to_string(dir.path().join("targets.json")).unwrap();
    assert!(file.contains("// ") && file.contains(&site.url("/notice")), "{file}");
    let first = check(dir.path(), "2024-01-19T11:00:00Z");
    assert_eq!((first[0]["kind"].as_str(), first[0]["body"].as_str()), (Some("first-seen"), Some("Wharf")));
    assert_eq!(
        onrecord(dir.path(), None, &["add", &site.url("/notice")]).status.code(),
        Some(2),
        "watched already"
    );
}

#[test]
fn history_is_shown_with_what_it_led_to() {
    let (_site, dir) = revised();
    let log = printed(dir.path(), &["log"]);
    assert!(log.contains("2024-01-18T09:00:00Z  page-0"), "{log}");
    assert!(log.ends_with("Looked 2 times, read 2 times, 0 times in vain.\n"), "{log}");
    let id = log.split("onrecord show ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
    let shown = printed(dir.path(), &["show", id]);
    assert!(shown.contains("[-15,000-]") && shown.contains("{+48,000+}"), "{shown}");
    assert!(printed(dir.path(), &["log", "--since", "2024-01-19"]).contains("Looked 1 time, read 1 time, 0"));
}

#[test]
fn two_wordings_are_compared_by_their_days() {
    let (_site, dir) = revised();
    let told = printed(dir.path(), &["diff", "page-0@2024-01-18", "page-0@now", "--format", "json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let labels = told["changes"][0]["labels"].as_array().unwrap();
    assert!(labels.contains(&"number-revised".into()), "{labels:?}");
    assert_eq!(told["level"], "alert");
    let missing = onrecord(dir.path(), None, &["diff", "page-0@2023-01-01", "page-0@now"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("go from 20240118T090000Z"));
}

#[test]
fn the_wording_of_a_day_is_shown_with_when_it_stood() {
    let (_site, dir) = revised();
    let then = printed(dir.path(), &["show", "page-0@2024-01-18"]);
    assert!(then.starts_with("page-0@20240118T090000Z-"), "{then}");
    let words = then.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("other words came between") && then.contains("15,000 customers"), "{then}");
    let now = printed(dir.path(), &["show", "page-0@now"]);
    assert!(now.contains("48,000 customers") && !now.contains("other words"), "{now}");
    let json: Value =
        serde_json::from_str(&printed(dir.path(), &["show", "page-0@2024-01-18", "--format", "json"]))
            .unwrap();
    let name = json["id"].as_str().unwrap();
    assert_eq!(printed(dir.path(), &["show", &format!("page-0@{name}")]), then);
    for (format, words) in [("markdown", "15,000 customers"), ("html", "<p>It affects 15,000 customers.</p>")]
    {
        let shown = printed(dir.path(), &["show", "page-0@2024-01-18", "--format", format]);
        assert!(shown.contains(words), "{shown}");
    }
    let before = onrecord(dir.path(), None, &["show", "page-0@2024-01-17"]);
    assert_eq!(before.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&before.stderr).contains("go from 20240118T090000Z"));
}

#[test]
fn a_page_that_was_renamed_is_found_by_both_names() {
    let (_site, dir) = revised();
    let file = dir.path().join("targets.json");
    let text = std::fs::read_to_string(&file).unwrap().replace("\"page-0\"", "\"notice\",\"was\":\"page-0\"");
    std::fs::write(file, text).unwrap();
    check(dir.path(), "2024-01-20T09:00:00Z");
    let show = |name: &str| printed(dir.path(), &["show", &format!("{name}@2024-01-18")]);
    assert!(show("notice").contains("15,000") && show("notice").starts_with("notice@"));
    assert_eq!(show("page-0"), show("notice"));
    let log = |name: &str| printed(dir.path(), &["log", name]);
    assert!(log("notice").contains("  page-0 ") && log("notice").contains("  notice "), "{}", log("notice"));
    assert_eq!(log("page-0"), log("notice"));
}

#[test]
fn two_texts_are_set_beside_each_other_and_coloured_on_demand() {
    let dir = tempfile::tempdir().unwrap();
    let said = |first: &str| format!("{first}\n\nPhones work.\n\nWe will write again.\n");
    std::fs::write(dir.path().join("a.txt"), said("No data was copied.")).unwrap();
    std::fs::write(dir.path().join("b.txt"), said("Data was copied.")).unwrap();
    let page = printed(dir.path(), &["diff", "a.txt", "b.txt", "--relevance", "page", "--format", "html"]);
    assert!(page.contains("<p><strong>Denial withdrawn: “No data was copied”"), "{page}");
    assert!(page.contains("<summary>2 sentences, unchanged</summary>"), "{page}");
    let plain = printed(dir.path(), &["diff", "a.txt", "b.txt", "--relevance", "page"]);
    assert!(plain.contains("[-No-]") || plain.contains("- No data"), "{plain}");
    let colored =
        printed(dir.path(), &["diff", "a.txt", "b.txt", "--relevance", "page", "--color", "always"]);
    assert!(colored.contains('\u{1b}') && !plain.contains('\u{1b}'), "{colored:?}");
}

#[test]
fn the_rest_of_many_changes_is_shown_on_demand() {
    let dir = tempfile::tempdir().unwrap();
    let said = |more: &str| {
        let lines = (1..=30).map(|n| format!("Office {n} {more} on day {n}.\n\n"));
        lines.collect::<Vec<_>>().concat()
    };
    std::fs::write(dir.path().join("a.txt"), said("opens")).unwrap();
    std::fs::write(dir.path().join("b.txt"), said("closes")).unwrap();
    let diff = |more: &[&str]| {
        printed(dir.path(), &[&["diff", "a.txt", "b.txt", "--relevance", "page"], more].concat())
    };
    let places = |text: &str| text.lines().filter(|line| line.trim_start().starts_with("- ")).count();
    let brief = diff(&[]);
    assert!(places(&brief) == 8 && brief.contains("all of them: --verbose"), "{brief}");
    for more in [&["--verbose"][..], &["--verbose", "--format", "markdown"]] {
        let whole = diff(more);
        assert!(places(&whole) == 30 && !whole.contains("further"), "{whole}");
    }
    assert_eq!(places(&diff(&["--format", "markdown"])), 8);
}

#[test]
fn a_page_that_is_no_statement_says_why() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("page.html"), "<html><body><script>start()</script></body></html>")
        .unwrap();
    let run = onrecord(dir.path(), None, &["read", "page.html"]);
    assert_eq!(run.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&run.stderr).contains("is no statement"));
}

#[test]
fn a_store_that_is_held_says_so() {
    let (_site, dir) = revised();
    let _held = onrecord::store::Files::open(&dir.path().join("snapshots")).unwrap();
    let run = onrecord(dir.path(), None, &["check"]);
    assert_eq!(run.status.code(), Some(3));
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(told.contains(&std::process::id().to_string()), "{told}");
    assert!(onrecord(dir.path(), None, &["log"]).status.success(), "reading needs no lock");
}
