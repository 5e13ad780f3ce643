//! Whole files: what a load comes to, what hostile text may not do, and targets added.

use super::*;

const FILE: &str = r#"// Ours.
{
  "version": 1,
  "incidents": [
    { "id": "marsh-2024", "terms": ["cyber"] }, // the big one
    { "id": "mail-2024", "terms": ["mail"] }
  ],
  "targets": [
    // Councils.
    { "url": "https://wantsum.example/news", "incident": ["marsh-2024", "mail-2024"] }, // slow
  ],
}
"#;

fn new(url: &str) -> NewTarget {
    NewTarget { url: url.to_owned(), incidents: vec!["mail-2024".to_owned()], ..NewTarget::default() }
}

/// The first fault of a file that has some.
fn first(text: &str) -> String {
    load("targets.json", text).unwrap_err().iter().next().unwrap().to_string()
}

#[test]
fn a_target_is_added_and_every_other_line_stays() {
    let added = add("targets.json", FILE, &new("https://eastmarch.example/status?a=1")).unwrap();
    let loaded = load("targets.json", &added.text).unwrap();
    assert_eq!(loaded.config.targets.last().map(|target| &target.id), Some(&added.id));
    for line in FILE.lines() {
        assert!(added.text.lines().any(|l| l == line), "{line}\n{}", added.text);
    }
    let again = add("targets.json", &added.text, &new("https://eastmarch.example/status?a=1#top"));
    assert_eq!(again, Err(AddError::Watched(added.id)));
}

#[test]
fn a_target_is_added_to_the_starter() {
    let new = NewTarget { url: "https://wantsum.example/".to_owned(), ..NewTarget::default() };
    let added = add("targets.json", &starter(), &new).unwrap();
    assert!(added.text.contains("// { \"id\": \"kent-2024\""), "{}", added.text);
    assert_eq!(load("targets.json", &added.text).unwrap().config.targets.len(), 1);
}

#[test]
fn a_wrong_target_is_told_and_not_added() {
    assert!(matches!(add("targets.json", FILE, &new("wantsum.example")), Err(AddError::Target(_))));
    assert!(matches!(add("targets.json", "{", &new("https://wantsum.example/")), Err(AddError::File(_))));
}

#[test]
fn a_file_too_long_or_too_deep_is_one_fault() {
    assert!(first(&" ".repeat(50 << 20)).contains("16 MiB"));
    for open in ["[", "{\"targets\":[", "{\"a\":"] {
        assert!(first(&open.repeat(200_000)).contains("not JSON"), "{open}");
    }
}
