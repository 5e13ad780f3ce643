//! The five days of the demo, as a new user sees them.

use crate::site::onrecord;

#[test]
fn five_days_are_told_the_same_at_each_run() {
    let dir = tempfile::tempdir().unwrap();
    let told = |wanted: &str, args: &[&str]| {
        let run = onrecord(dir.path(), None, args);
        let said = String::from_utf8(run.stdout).unwrap();
        assert!(run.status.success() && said.contains(wanted), "{args:?} without {wanted:?}:\n{said}");
        said
    };
    let first = told("Five days, 9 pages", &["demo", "five-days"]);
    let unwrapped = first.split_whitespace().collect::<Vec<_>>().join(" ");
    for wanted in [
        // A denial that becomes "no evidence that".
        "ALERT Denial hedged: “No personal data held by the councils has been accessed” is now “So far",
        // A quiet edit of an older block.
        "“Our phones and e-mail are working” is gone",
        "the page still says “2024-01-19”",
        // A joint statement that one of three gives up, an outage, a soft 404 and the way back.
        "Party named: “None of our computer services is run by Orvane Systems”",
        "Cannot be read (http-error): status 503",
        "ALERT The page is gone: title \"Page not found",
        "Readable again, the wording stands",
        // A supplier that denies, and denies more.
        "Denial added: “The disruption was not caused by an Orvane product”",
        "Denial strengthened: “The disruption was not caused by an Orvane product” is now",
        // A shared service that never answers.
        "never read yet; tried at 16:30 UTC",
    ] {
        assert!(unwrapped.contains(wanted), "without {wanted:?}:\n{first}");
    }
    assert_eq!(first.matches("  ALERT  ").count(), 14, "noise is in every answer, and none of it is told");

    let second = told("this one starts afresh", &["demo", "five-days"]);
    let told_before = first.lines().next().unwrap();
    assert_eq!(second.lines().next(), Some(told_before));
    let story = |said: &str| said.split_once("Thursday afternoon").unwrap().1.to_owned();
    assert_eq!(story(&first), story(&second));

    let folder = dir.path().join("five-days");
    let verified = onrecord(&folder, None, &["verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = include_str!("../../README.md");
    let block = readme.split_once("This is some of what it prints:\n\n").unwrap().1;
    let shown = block.lines().take_while(|line| line.is_empty() || line.starts_with("    "));
    let shown = shown.filter(|line| !line.is_empty()).map(|line| &line[4..]);

    let dir = tempfile::tempdir().unwrap();
    let run = onrecord(dir.path(), None, &["demo"]);
    let told = String::from_utf8(run.stdout).unwrap();
    let mut printed = told.lines();
    let mut lines = 0;
    for line in shown {
        assert!(
            printed.any(|printed| printed == line),
            "not printed, or not after what stands above it: {line}"
        );
        lines += 1;
    }
    assert!(lines > 10, "{lines}");
}

#[test]
fn a_folder_that_is_no_demos_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("mine")).unwrap();
    std::fs::write(dir.path().join("mine/targets.json"), "{}").unwrap();
    let refused = onrecord(dir.path(), None, &["demo", "mine"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(dir.path().join("mine/targets.json")).unwrap(), "{}");
}
