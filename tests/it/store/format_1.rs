//! A store as the program before kept it: a demo with a renamed target, a delivery and an outage.

use onrecord::model::{Entry, Level};

use super::*;

fn shipped() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/format-1")
}

/// What the program before said of its states.
fn states() -> serde_json::Map<String, serde_json::Value> {
    let text = fs::read_to_string(shipped().join("snapshots/state.json")).unwrap();
    let state: serde_json::Value = serde_json::from_str(&text).unwrap();
    state["fold"]["targets"].as_object().unwrap().clone()
}

/// Every state is what the program before had: the snapshots by their names, the rest as it was written.
fn has_the_states_of_before(store: &Files) {
    let before = states();
    assert_eq!(now(store.subjects()).unwrap().len(), before.len());
    for (name, mut expected) in before {
        let state = now(store.state(&subject(&name))).unwrap();
        let mut found = serde_json::to_value(&state).unwrap();
        found["snapshot"] = serde_json::to_value(state.snapshot.map(|known| known.id)).unwrap();
        let earlier: Vec<_> = state.earlier.into_iter().map(|(known, when)| (known.id, when)).collect();
        found["earlier"] = serde_json::to_value(earlier).unwrap();
        // What states have known since then is none of its.
        let known = expected.as_object().unwrap().clone();
        found.as_object_mut().unwrap().retain(|key, _| known.contains_key(key));
        // What a server gave to ask with is in `state.json` alone.
        expected["validators"] = found["validators"].clone();
        assert_eq!(found, expected, "{name}");
    }
}

/// The looks are those that `onrecord log --each` of the program before printed (`log.txt`).
fn has_the_history_of_before(store: &Files) {
    let mut said: Vec<String> = Vec::new();
    for line in fs::read_to_string(shipped().join("log.txt")).unwrap().lines() {
        let mut words = line.split_whitespace();
        if let (Some(when), Some(target), Some(first)) = (words.next(), words.next(), words.next())
            && when.ends_with('Z')
        {
            let event = line.split_once("onrecord show ").map_or("", |(_, id)| id);
            let evidence = line.split_once("): ").map_or("", |(_, evidence)| evidence);
            let evidence = evidence.split("; onrecord show").next().unwrap_or_default();
            said.push(format!("{when} {target} {first} {evidence} {event}"));
        }
    }
    let mut found: Vec<String> = Vec::new();
    for record in records(store) {
        let Entry::Look(look) = record.entry else { continue };
        let first = match look.looked {
            Looked::Read => "read,",
            Looked::Same | Looked::NotModified => "the",
            Looked::Unreadable | Looked::Absent => "not",
            Looked::Cooling => "cooling",
        };
        // What is silent is shown without its event.
        let told = look.events.first().filter(|event| event.level > Level::Silent);
        let event = told.map_or("", |event| event.id.short());
        let evidence = look.evidence.unwrap_or_default();
        found.push(format!("{} {} {first} {evidence} {event}", look.started, look.target));
    }
    said.sort();
    found.sort();
    assert_eq!(found.len(), 150);
    for (found, said) in found.iter().zip(&said) {
        assert_eq!(found, said);
    }
    assert_eq!(found.len(), said.len());
}

/// Every snapshot, capture and event reads.
fn reads_whole(store: &Files) {
    let mut snapshots = 0;
    for name in now(store.subjects()).unwrap() {
        for id in now(store.snapshots_of(&name)).unwrap() {
            let snapshot = now(store.snapshot(&name, &id)).unwrap();
            now(store.blob(&snapshot.provenance.capture)).unwrap();
            snapshots += 1;
        }
    }
    assert_eq!(snapshots, 22);
    let events = now(store.find_event("")).unwrap();
    assert_eq!(events.len(), 38);
    for id in events {
        now(store.event(&id)).unwrap();
    }
    let names = now(store.names(&"saltholm-statement".parse().unwrap())).unwrap();
    assert_eq!(
        names.iter().map(TargetId::as_str).collect::<Vec<_>>(),
        ["saltholm-statement", "saltholm-news"]
    );
}

fn files(root: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push((entry.path(), fs::read(entry.path()).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn it_is_read_as_it_lies() {
    let root = shipped().join("snapshots");
    let before = files(&root);
    let report = evidence::verify(&root).unwrap();
    assert_eq!(report.faults, []);
    assert_eq!((report.lines, report.files), (166, 82), "as many as the program before checked");
    let store = Files::read_only(&root).unwrap();
    has_the_states_of_before(&store);
    has_the_history_of_before(&store);
    reads_whole(&store);
    assert_eq!(files(&root), before);
}

#[test]
fn it_goes_on_and_what_was_kept_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("snapshots");
    copy_as_git_does(&shipped().join("snapshots"), &root);
    let before = files(&root);
    let store = Files::open(&root).unwrap();
    has_the_states_of_before(&store);
    assert_eq!(now(store.waiting("desk", Level::Silent)).unwrap(), 0, "all was delivered");
    let when = moment("2024-01-24T09:00:00Z");
    // A failure that repeats with its why, and new words.
    let mut still = Observation::new(subject("eastway"), when, when);
    (still.looked, still.why) = (Looked::Unreadable, Some(Why::Timeout));
    keep(&store, when, Commit::bare(0, still)).unwrap();
    keep(&store, when, read("saltholm-statement", when, "We are back.")).unwrap();
    settle(&store, when);
    drop(store);
    assert_eq!(evidence::verify(&root).unwrap().faults, []);
    assert_eq!(fs::read_to_string(root.join("format")).unwrap(), "2\n");
    let attributes = fs::read_to_string(root.join(".gitattributes")).unwrap();
    assert!(attributes.contains("state.json merge=union"), "{attributes}");
    let brought_up = ["format", ".gitattributes", ".gitignore", "README.md", "state.json", "latest.txt"];
    for (path, bytes) in before {
        if !brought_up.contains(&path.file_name().unwrap().to_str().unwrap()) {
            assert_eq!(fs::read(&path).unwrap(), bytes, "{}", path.display());
        }
    }
    let segments = files(&root.join("log/2024-01-24"));
    assert_eq!(segments.len(), 1);
    let text = String::from_utf8(segments[0].1.clone()).unwrap();
    let first: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let old = fs::read_to_string(root.join("log/2024-01-23.jsonl")).unwrap();
    let head = Digest::of(old.lines().last().unwrap().as_bytes()).to_base64url();
    assert_eq!(first["follows"], serde_json::json!([{ "segment": "2024-01-23.jsonl", "line": head }]));
    let store = Files::open(&root).unwrap();
    assert_eq!(now(store.state(&subject("eastway"))).unwrap().looks, 17);
    assert_eq!(records(&store).len(), 168);
    let latest = fs::read_to_string(root.join("targets/saltholm-statement/latest.txt")).unwrap();
    assert_eq!(latest, "We are back.\n");
}

#[test]
fn a_tail_that_was_cut_off_it_is_missed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("snapshots");
    copy_as_git_does(&shipped().join("snapshots"), &root);
    let day = root.join("log/2024-01-23.jsonl");
    let text = fs::read_to_string(&day).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    fs::write(&day, lines[..lines.len() - 1].concat()).unwrap();
    let report = evidence::verify(&root).unwrap();
    assert!(report.faults.iter().any(|fault| fault.file == "log/2024-01-23.jsonl"), "{report:?}");
    assert!(matches!(Files::open(&root), Err(StoreError::Damaged { .. })));
}
