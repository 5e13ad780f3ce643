//! The store's folder as its users meet it: two programs at once, a folder that may not be written, names from
//! outside, and git.

use std::{fs, path::Path};

use jiff::Timestamp;
use onrecord::{
    evidence,
    model::{FileRef, Looked, Memory, Observation, TargetId, Why},
    store::{Commit, Files, Store as _, StoreError},
};

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A look that was refused, at a moment.
fn refused(when: &str) -> Commit {
    let observation = Observation {
        looked: Looked::Unreadable,
        why: Some(Why::Connect),
        ..Observation::new("wantsum".parse().unwrap(), moment(when), moment(when))
    };
    Commit::bare(observation)
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
    let mut store = Files::read_only(folder.path()).unwrap();
    store.commit(moment(NOON), vec![refused(NOON)]).unwrap_err();
    store.delivered(moment(NOON), "desk", &["0".repeat(64).parse().unwrap()]).unwrap_err();
    assert_eq!(store.lines().unwrap().count(), 0);
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
    let mut store = Files::open(&root).unwrap();
    fs::write(folder.path().join("secret.warc"), "secret").unwrap();
    let sha256 = onrecord::model::Digest::of(b"secret");
    for path in ["../secret.warc", "targets/../../secret.warc", "/etc/hostname"] {
        let file = FileRef { path: path.to_owned(), sha256: sha256.clone() };
        assert!(matches!(store.capture(&file), Err(StoreError::Unknown(_))), "{path}");
    }
    let memory = Memory { number: 1, ..Memory::default() };
    let mut look = refused(NOON);
    look.memory = Some(("../../escaped".to_owned(), memory.clone()));
    store.commit(moment(NOON), vec![look]).unwrap();
    assert_eq!(store.memory("../../escaped").unwrap(), memory);
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
        .and_then(|mut store| store.commit(moment(NOON), vec![refused(NOON)]))
        .unwrap_err()
        .to_string();
    assert!(said.contains("log"), "{said}");
    assert_eq!(fs::read_dir(outside).unwrap().count(), 0);
}

#[test]
fn a_clock_that_goes_back_keeps_the_log_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for when in [NOON, "2024-01-18T12:00:00Z", NOON, "2024-03-31T01:30:00Z"] {
        let mut store = Files::open(folder.path()).unwrap();
        store.commit(moment(when), vec![refused(when)]).unwrap();
    }
    let store = Files::read_only(folder.path()).unwrap();
    let seen: Vec<_> = store.lines().unwrap().map(|line| line.unwrap().at.to_string()).collect();
    assert_eq!(seen, [NOON, "2024-01-18T12:00:00Z", NOON, "2024-03-31T01:30:00Z"]);
    assert!(!folder.path().join("log/2024-01-18.jsonl").exists(), "the log ran backwards");
    assert_eq!(evidence::verify(folder.path()).unwrap().faults, []);
}

#[test]
fn a_copy_made_by_git_goes_on_where_the_original_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let (root, copy) = (folder.path().join("a"), folder.path().join("b"));
    let mut store = Files::open(&root).unwrap();
    store.commit(moment(NOON), vec![refused(NOON)]).unwrap();
    store.settle().unwrap();
    copy_as_git_does(&root, &copy);
    assert_eq!(evidence::verify(&copy).unwrap().faults, []);
    let copied = Files::open(&copy).unwrap();
    let target: TargetId = "wantsum".parse().unwrap();
    assert_eq!(copied.state(&target), store.state(&target));
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
    let mut store = Files::open(folder.path()).unwrap();
    store.commit(moment(NOON), vec![refused(NOON)]).unwrap();
    store.settle().unwrap();
    drop(store);
    let state = folder.path().join("state.json");
    let older = fs::read_to_string(&state).unwrap().replace("onrecord.state/3", "onrecord.state/1");
    fs::write(&state, older).unwrap();
    assert!(onrecord::evidence::verify(folder.path()).unwrap().faults.is_empty());
    let store = Files::open(folder.path()).unwrap();
    assert_eq!(store.state(&"wantsum".parse().unwrap()).looks, 1);
}
