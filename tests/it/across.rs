//! What several bodies say of one incident, and when: as a reporter asks for it.

use std::path::Path;

use serde_json::{Value, json};

use crate::site::{Site, onrecord};

/// A folder with a `targets.json` that watches a page of each body for the incident `kent`.
fn watched(site: &Site, bodies: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let target = |(id, body): &(&str, &str)| {
        json!({ "id": id, "body": body, "url": format!("http://{}/{id}", site.address),
            "allow_private": true, "delay": "0s" })
    };
    let config = json!({ "version": 1,
        "incidents": [{ "id": "kent", "title": "Kent councils", "terms": ["cyber", "personal data"] }],
        "targets": bodies.iter().map(target).collect::<Vec<_>>() });
    std::fs::write(dir.path().join("targets.json"), config.to_string()).unwrap();
    dir
}

fn asked(dir: &Path, now: &str, args: &[&str]) -> String {
    let run = onrecord(dir, Some(now), args);
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

const COUNCILS: [(&str, &str); 2] = [("wharf", "Wharf Council"), ("quay", "Quay Council")];

#[test]
fn a_timeline_has_who_said_what_when_and_a_report_what_stayed() {
    let site = Site::start();
    let dir = watched(&site, &COUNCILS);
    site.says("/wharf", &["A cyber incident.", "No personal data was taken."], "one");
    site.says("/quay", &["A cyber incident.", "Phones work."], "one");
    asked(dir.path(), "2024-01-18T09:00:00Z", &["check"]);
    site.says("/wharf", &["A cyber incident.", "Some personal data was taken."], "two");
    site.serves("/quay", 503, "down");
    asked(dir.path(), "2024-01-19T09:00:00Z", &["check"]);

    let now = "2024-01-19T12:00:00Z";
    let told = asked(dir.path(), now, &["timeline", "kent"]);
    let order = [
        "Friday 19 January 2024",
        "ALERT Wharf Council: Denial withdrawn",
        "(not before 18 Jan, 09:00;",
        "Quay Council: Could not be read (http-error), 1 look in vain, and not since",
        "Thursday 18 January 2024",
        "At the first look: “A cyber incident”",
    ];
    for words in order {
        assert!(told.contains(words), "without {words:?}: {told}");
    }
    let csv = asked(dir.path(), now, &["timeline", "kent", "--format", "csv"]);
    assert!(csv.starts_with("\"by\",\"not_before\"") && csv.contains("\"outage\",\"note\",\"own\""), "{csv}");
    let markdown = asked(dir.path(), now, &["timeline", "kent", "--format", "markdown", "--level", "alert"]);
    assert!(markdown.contains("**Alert.** Denial withdrawn"), "{markdown}");
    let json: Value =
        serde_json::from_str(&asked(dir.path(), now, &["timeline", "kent", "--format", "json"])).unwrap();
    assert_eq!(json["schema"], "onrecord.timeline/1");
    assert_eq!(json["outages"][0]["target"], "quay");

    let told = asked(dir.path(), now, &["report", "--since", "2024-01-19"]);
    for words in
        ["looked 2 times, read 1 time, 1 time in vain", "ALERT Wharf Council", "WHAT DID NOT CHANGE No page."]
    {
        assert!(told.contains(words), "without {words:?}: {told}");
    }
    let run = onrecord(dir.path(), Some(now), &["timeline", "essex"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("no incident is called `essex`; there are: kent"));
}

#[test]
fn who_still_says_it_is_answered_in_one_screen_and_in_every_form() {
    let site = Site::start();
    let dir = watched(&site, &[COUNCILS[0], COUNCILS[1], ("pier", "Pier <b>Council")]);
    let joint = |denial: &str| ["We look into a cyber incident.".to_owned(), denial.to_owned()];
    let says = |path: &str, denial: &str| {
        let lines = joint(denial);
        site.says(path, &lines.each_ref().map(String::as_str), "x");
    };
    for path in ["/wharf", "/quay", "/pier"] {
        says(path, "No personal data was accessed.");
    }
    asked(dir.path(), "2024-01-18T09:00:00Z", &["check"]);
    says("/quay", "So far there is no evidence that personal data was accessed.");
    asked(dir.path(), "2024-01-19T09:00:00Z", &["check"]);

    let now = "2024-01-20T09:00:00Z";
    let told = asked(dir.path(), now, &["across", "kent"]);
    for words in [
        "2 lines said by 3 bodies: 1 said alike, 1 no longer, 0 by one body alone.",
        "NO LONGER SAID ALIKE “No personal data was accessed.” Wharf Council, Pier <b>Council: from the first look on",
        "Quay Council: until between 18 Jan 2024, 09:00 UTC and 19 Jan 2024, 09:00 UTC; the first to change",
        "“So far there is no evidence that personal data was accessed.” Quay Council: since between",
    ] {
        assert!(told.contains(words), "without {words:?}: {told}");
    }
    let asks = ["across", "kent", "--saying", "no data was taken"];
    let told = asked(dir.path(), now, &asks);
    let order =
        ["SAY SO: 2 OF 3", "Wharf Council, from the first look on", "SAY IT LESS SURELY, OR OF LESS: 1 OF 3"];
    assert!(order.iter().all(|words| told.contains(words)), "{told}");
    for args in [&["across", "kent"][..], &asks] {
        let html = asked(dir.path(), now, &[args, &["--format", "html"]].concat());
        assert!(html.contains("Pier &lt;b&gt;Council") && !html.contains("<b>"), "{html}");
        let markdown = asked(dir.path(), now, &[args, &["--format", "markdown"]].concat());
        assert!(markdown.contains("Pier &lt;b&gt;Council"), "{markdown}");
    }
    let json: Value =
        serde_json::from_str(&asked(dir.path(), now, &[&asks[..], &["--format", "json"]].concat())).unwrap();
    assert_eq!((&json["schema"], &json["bodies"][2]["holds"]), (&json!("onrecord.saying/1"), &json!("less")));
    let json: Value = serde_json::from_str(&asked(
        dir.path(),
        now,
        &["across", "kent", "--format", "json", "--only", "apart"],
    ))
    .unwrap();
    assert_eq!(
        (json["lines"].as_array().unwrap().len(), &json["lines"][0]["first"]["body"]),
        (1, &json!("Quay Council"))
    );
}
