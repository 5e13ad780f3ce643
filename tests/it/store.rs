//! The store's folder as its users meet it: two programs at once, a folder that may not be written, names from
//! outside, and git.

use std::{fs, path::Path};

use jiff::{Timestamp, ToSpan as _};
use onrecord::{
    evidence,
    model::{
        Block, Digest, Looked, Memory, Observation, Provenance, Recipe, Record, Sentence, Snapshot,
        Statement, Subject, TargetId, Why,
    },
    store::{Blobs as _, Commit, Cursor, Files, History as _, Kept, Looks as _, Outbox as _, StoreError},
};

mod format_1;
mod merged;

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn subject(text: &str) -> Subject {
    text.parse().unwrap()
}

/// Waits for a future on a runtime of its own.
fn now<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// Keeps a look, made from the state that its subject has.
fn keep(store: &Files, at: Timestamp, mut commit: Commit) -> Result<(), StoreError> {
    now(async {
        commit.version = store.state(&commit.look.subject()).await?.version();
        assert_eq!(store.commit(at, vec![commit]).await?, [Kept::Kept]);
        Ok(())
    })
}

fn settle(store: &Files, at: Timestamp) {
    now(store.settle(at)).unwrap();
}

/// The whole history.
fn records(store: &Files) -> Vec<Record> {
    now(store.history(&Cursor::default(), usize::MAX)).unwrap().records
}

/// A look that read these words.
fn read(name: &str, when: Timestamp, words: &str) -> Commit {
    let mut look = Observation::new(subject(name), when, when + 1.second());
    let body = words.as_bytes().to_vec();
    let provenance = Provenance {
        url: format!("https://{name}.example/"),
        landed: None,
        started: look.started,
        ended: look.ended,
        body_sha256: Digest::of(&body),
        capture: Digest::of(&body),
    };
    let sentences = words.lines().map(|text| Sentence { text: text.to_owned(), ..Sentence::default() });
    let block = Block { sentences: sentences.collect(), ..Block::default() };
    let statement = Statement { content: vec![block], ..Statement::default() };
    let snapshot = Snapshot::new(look.subject(), provenance, Recipe::default(), statement);
    (look.looked, look.snapshot) = (Looked::Read, Some(snapshot.id.clone()));
    look.body_sha256 = Some(Digest::of(&body));
    Commit { blobs: vec![body], snapshots: vec![snapshot], ..Commit::bare(0, look) }
}

/// A look that found the words that stand.
fn same(store: &Files, name: &str, when: Timestamp) -> Commit {
    let state = now(store.state(&subject(name))).unwrap();
    let mut look = Observation::new(subject(name), when, when + 1.second());
    (look.looked, look.snapshot) = (Looked::Same, state.snapshot.map(|known| known.id));
    (look.body_sha256, look.recipe) = (state.body_sha256, state.recipe);
    Commit::bare(0, look)
}

/// A look that was refused, at a moment.
fn refused(when: &str) -> Commit {
    let observation = Observation {
        looked: Looked::Unreadable,
        why: Some(Why::Connect),
        ..Observation::new("wantsum".parse().unwrap(), moment(when), moment(when))
    };
    Commit::bare(0, observation)
}

const NOON: &str = "2024-01-19T12:00:00Z";

#[test]
fn the_second_writer_is_told_who_holds_the_store_and_since_when() {
    let folder = tempfile::tempdir().unwrap();
    let first = Files::open(folder.path()).unwrap();
    let second = Files::open(folder.path()).unwrap_err();
    assert!(matches!(second, StoreError::Locked { .. }));
    let said = second.to_string();
    assert!(said.contains(&format!("pid {}, since ", std::process::id())), "{said}");
    assert!(said.contains("UTC"), "{said}");
    Files::read_only(folder.path()).unwrap();
    drop(first);
    Files::open(folder.path()).unwrap();
}

#[test]
fn a_reader_changes_nothing_and_a_folder_without_a_store_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let none = Files::read_only(folder.path()).unwrap_err();
    assert!(none.to_string().contains("no store"), "{none}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    fs::write(folder.path().join("budget.xlsx"), "").unwrap();
    let foreign = Files::open(folder.path()).unwrap_err();
    assert!(foreign.to_string().contains("budget.xlsx"), "{foreign}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_store_opened_to_read_takes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    drop(Files::open(folder.path()).unwrap());
    let store = Files::read_only(folder.path()).unwrap();
    keep(&store, moment(NOON), refused(NOON)).unwrap_err();
    now(store.acknowledge(moment(NOON), "desk", vec!["0".repeat(64).parse().unwrap()], Vec::new()))
        .unwrap_err();
    now(store.adopt(moment(NOON), &"a".parse().unwrap(), "", &"b".parse().unwrap(), "")).unwrap_err();
    assert_eq!(records(&store), []);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_named_with_what_to_do() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("snapshots");
    drop(Files::open(&root).unwrap());
    for path in [root.join("lock"), root.clone()] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o555)).unwrap();
    }
    // Where the system lets this user write all the same, there is nothing to see.
    if fs::write(root.join("probe"), "").is_err() {
        let refused = Files::open(&root).unwrap_err().to_string();
        assert!(refused.contains("lock") && refused.contains("--store"), "{refused}");
        Files::read_only(&root).unwrap();
    }
    fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_where_the_folder_should_be_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("snapshots");
    fs::write(&root, "not a folder").unwrap();
    let said = Files::open(&root).unwrap_err().to_string();
    assert!(said.contains("snapshots"), "{said}");
    assert_eq!(fs::read_to_string(&root).unwrap(), "not a folder");
}

#[test]
fn names_from_outside_cannot_climb_out() {
    for id in ["..", "../x", "a/b", "/etc", "", "A", "x\0", "a\u{202e}b"] {
        assert!(id.parse::<TargetId>().is_err(), "{id:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("snapshots");
    let store = Files::open(&root).unwrap();
    fs::write(folder.path().join("secret.warc"), "secret").unwrap();
    assert!(now(store.blob(&Digest::of(b"secret"))).is_err());
    let memory = Memory { number: 1, ..Memory::default() };
    let mut look = refused(NOON);
    look.memory = Some(("../../escaped".to_owned(), memory.clone()));
    keep(&store, moment(NOON), look).unwrap();
    assert_eq!(now(store.memory("../../escaped")).unwrap().unwrap().1, memory);
    let item = read("feed#../../../escaped", moment(NOON), "We are here.");
    keep(&store, moment(NOON), item).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "something was written beside the store");
    assert_eq!(evidence::verify(&root).unwrap().faults, []);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_folder_leads_no_write_outside() {
    let folder = tempfile::tempdir().unwrap();
    let (root, outside) = (folder.path().join("snapshots"), folder.path().join("outside"));
    fs::create_dir(&outside).unwrap();
    drop(Files::open(&root).unwrap());
    std::os::unix::fs::symlink(&outside, root.join("log")).unwrap();
    let said = Files::open(&root)
        .and_then(|store| keep(&store, moment(NOON), refused(NOON)))
        .unwrap_err()
        .to_string();
    assert!(said.contains("log"), "{said}");
    assert_eq!(fs::read_dir(outside).unwrap().count(), 0);
}

#[test]
fn a_clock_that_goes_back_keeps_the_log_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let times = [NOON, "2024-01-18T12:00:00Z", NOON, "2024-03-31T01:30:00Z"];
    for when in times {
        let store = Files::open(folder.path()).unwrap();
        // A failure that repeats is quiet, and stands in another kind of line.
        keep(&store, moment(when), refused(when)).unwrap();
        settle(&store, moment(when));
    }
    let store = Files::read_only(folder.path()).unwrap();
    let seen: Vec<_> = records(&store).into_iter().map(|record| record.at.to_string()).collect();
    assert_eq!(seen, times);
    assert!(!folder.path().join("log/2024-01-18").exists(), "the log ran backwards");
    assert_eq!(now(store.state(&subject("wantsum"))).unwrap().looks, 4);
    assert_eq!(evidence::verify(folder.path()).unwrap().faults, []);
}

#[test]
fn a_clock_that_goes_back_while_quiet_looks_wait_loses_none() {
    let folder = tempfile::tempdir().unwrap();
    let store = Files::open(folder.path()).unwrap();
    for when in [NOON, "2024-01-19T12:15:00Z", "2024-01-19T11:00:00Z", "2024-01-19T12:30:00Z"] {
        keep(&store, moment(when), refused(when)).unwrap();
    }
    let before = now(store.state(&subject("wantsum"))).unwrap();
    settle(&store, moment("2024-01-19T12:31:00Z"));
    drop(store);
    assert_eq!(evidence::verify(folder.path()).unwrap().faults, []);
    let store = Files::open(folder.path()).unwrap();
    assert_eq!(now(store.state(&subject("wantsum"))).unwrap(), before);
    assert_eq!(records(&store).len(), 4);
}

#[test]
fn a_copy_made_by_git_goes_on_where_the_original_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let (root, copy) = (folder.path().join("a"), folder.path().join("b"));
    let store = Files::open(&root).unwrap();
    keep(&store, moment(NOON), refused(NOON)).unwrap();
    settle(&store, moment(NOON));
    copy_as_git_does(&root, &copy);
    assert_eq!(evidence::verify(&copy).unwrap().faults, []);
    let copied = Files::open(&copy).unwrap();
    let page = subject("wantsum");
    assert_eq!(now(copied.state(&page)).unwrap(), now(store.state(&page)).unwrap());
}

/// Files without what `.gitignore` names, and without empty folders.
fn copy_as_git_does(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy_as_git_does(&from, &to);
        } else if entry.file_name() != "lock" {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(&from, &to).unwrap();
        }
    }
}

#[test]
fn a_state_of_an_older_version_is_no_damage_and_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let store = Files::open(folder.path()).unwrap();
    keep(&store, moment(NOON), refused(NOON)).unwrap();
    settle(&store, moment(NOON));
    drop(store);
    let state = folder.path().join("state.json");
    let older = fs::read_to_string(&state).unwrap().replace("onrecord.state/6", "onrecord.state/5");
    fs::write(&state, &older).unwrap();
    assert_eq!(evidence::verify(folder.path()).unwrap().faults, []);
    let store = Files::open(folder.path()).unwrap();
    assert_eq!(now(store.state(&subject("wantsum"))).unwrap().looks, 1);
    settle(&store, moment(NOON));
    assert_ne!(fs::read_to_string(&state).unwrap(), older);
}
