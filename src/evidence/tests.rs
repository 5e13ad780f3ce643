use std::{
    fs,
    path::{Path, PathBuf},
};

use super::*;
use crate::{
    model::Memory,
    store::{
        Files, Store, StoreError,
        tests::sample::{at, read, refused, same, target},
    },
};

/// A store of two days, three targets and every kind of file.
fn filled(root: &Path) {
    let first = read("wantsum", 0, &["We know of no incident."]);
    let mut second = read("wantsum", 15, &["We are investigating.", "No data was taken."]);
    second.memory = Some(("wantsum.example".to_owned(), Memory { number: 1, ..Memory::default() }));
    let next_day = 24 * 60;
    let mut store = Files::open(root).unwrap();
    store.commit(at(1), vec![first, refused("eastmarch", 0)]).unwrap();
    store.commit(at(16), vec![second.clone(), read("westmarch", 15, &["All is well."])]).unwrap();
    store
        .commit(at(next_day), vec![same(next_day, &second), read("eastmarch", next_day, &["We are back."])])
        .unwrap();
    let ids: Vec<_> = store.undelivered("desk").unwrap().into_iter().map(|event| event.id).collect();
    store.delivered(at(next_day + 1), "desk", &ids).unwrap();
    store.settle().unwrap();
}

fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(root).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// What holds the record, or is made from it: not the words for people and for git, nor the lock.
fn of_the_record(root: &Path) -> Vec<PathBuf> {
    let mut found = files(root);
    found.retain(|path| {
        !path.starts_with(".gitignore")
            && !path.starts_with(".gitattributes")
            && !path.starts_with("README.md")
            && !path.starts_with("lock")
    });
    found
}

/// Damages each file in turn and hands over its path, the report, and the root.
fn each_damaged(damage: impl Fn(&Path), check: impl Fn(&Path, &Report, &Path)) {
    let whole = tempfile::tempdir().unwrap();
    filled(whole.path());
    assert_eq!(verify(whole.path()).unwrap().faults, []);
    let paths = of_the_record(whole.path());
    assert!(paths.len() > 15, "{paths:?}");
    for path in paths {
        let folder = tempfile::tempdir().unwrap();
        for file in files(whole.path()) {
            let to = folder.path().join(&file);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(whole.path().join(&file), to).unwrap();
        }
        damage(&folder.path().join(&path));
        check(&path, &verify(folder.path()).unwrap(), folder.path());
    }
}

fn names(report: &Report, path: &Path) -> bool {
    report.faults.iter().any(|fault| Path::new(&fault.file) == path)
}

/// A run after the damage: it may refuse, naming a file, but it takes back and overwrites nothing that it did not make.
fn run_again(root: &Path, path: &Path) {
    let before = fs::read(root.join(path)).ok();
    let run = || -> Result<(), StoreError> {
        let mut store = Files::open(root)?;
        store.commit(at(5000), vec![read("northmarch", 5000, &["We are here too."])])?;
        store.settle()
    };
    if let Err(e) = run() {
        assert!(e.to_string().contains(root.to_str().unwrap()), "{e}");
    }
    let after = fs::read(root.join(path)).ok();
    let grows =
        path.starts_with("log") && after.as_ref().zip(before.as_ref()).is_some_and(|(a, b)| a.starts_with(b));
    let derived = path.starts_with("state.json") || path.ends_with("latest.txt");
    assert!(before == after || grows || derived, "{}", path.display());
    for name in ["wantsum", "eastmarch", "westmarch"] {
        if path.starts_with("format") || path.starts_with(format!("targets/{name}")) {
            continue;
        }
        let store = Files::read_only(root).unwrap();
        for id in store.snapshots_of(&target(name)).unwrap() {
            store.snapshot(&target(name), &id).unwrap();
        }
    }
}

#[test]
fn a_file_that_was_cut_is_named() {
    for keep in [0, 1, 2] {
        each_damaged(
            |path| {
                let bytes = fs::read(path).unwrap();
                // Nothing, half, all but the last byte.
                let upto = [0, bytes.len() / 2, bytes.len() - 1][keep];
                fs::write(path, &bytes[..upto]).unwrap();
            },
            |path, report, root| {
                // A day's file that is empty leaves a gap before the next day.
                let gap = keep == 0 && report.faults.iter().any(|fault| fault.file.starts_with("log/"));
                assert!(names(report, path) || gap, "{}: {report:?}", path.display());
                run_again(root, path);
            },
        );
    }
}

#[test]
fn a_file_with_one_other_bit_is_named() {
    for part in 0..4 {
        each_damaged(
            |path| {
                let mut bytes = fs::read(path).unwrap();
                let at = (bytes.len() - 1) * part / 3;
                bytes[at] ^= 1;
                fs::write(path, bytes).unwrap();
            },
            |path, report, root| {
                assert!(names(report, path), "{} at {part}: {report:?}", path.display());
                run_again(root, path);
            },
        );
    }
}

#[test]
fn a_file_that_is_gone_is_named() {
    each_damaged(
        |path| fs::remove_file(path).unwrap(),
        |path, report, root| {
            // The first day is missed by the day after it; `state.json` is made again.
            let missed = path.starts_with("log")
                && report.faults.iter().any(|f| f.seen.contains("line 0 of the log is due"));
            assert!(
                names(report, path) || missed || path.starts_with("state.json"),
                "{}: {report:?}",
                path.display()
            );
            run_again(root, path);
        },
    );
}

#[test]
fn a_file_that_no_line_names_is_named() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let stray = [
        "notes.txt",
        "hosts/wantsum.example/2.json",
        "log/2024-01-19.jsonl.bak",
        "targets/wantsum/20240119T120000Z-00000000.json",
        "targets/southmarch/latest.txt",
        "targets/wantsum/events/x",
    ];
    for path in stray {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "{}").unwrap();
    }
    let report = verify(folder.path()).unwrap();
    let mut found: Vec<_> = report.faults.iter().map(|fault| fault.file.as_str()).collect();
    found.sort_unstable();
    let mut stray = stray.to_vec();
    stray.sort_unstable();
    assert_eq!(found, stray);
}

#[test]
fn a_line_taken_out_changed_or_turned_round_is_named() {
    type Edit = fn(&mut Vec<String>);
    let edits: [Edit; 4] = [
        |lines| drop(lines.remove(1)),
        |lines| lines.swap(1, 2),
        |lines| lines[0] = lines[0].replace("wantsum", "thanets"),
        |lines| lines.insert(1, lines[1].clone()),
    ];
    for edit in edits {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path());
        let path = folder.path().join("log/2024-01-19.jsonl");
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
        edit(&mut lines);
        fs::write(&path, lines.concat()).unwrap();
        assert!(names(&verify(folder.path()).unwrap(), Path::new("log/2024-01-19.jsonl")));
    }
}

#[test]
fn a_line_that_names_a_file_outside_is_a_fault_and_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("snapshots");
    filled(&root);
    fs::write(folder.path().join("secret.json"), "{}").unwrap();
    fs::remove_file(root.join("state.json")).unwrap();
    let day = root.join("log/2024-01-19.jsonl");
    let text = fs::read_to_string(&day).unwrap();
    let name = files(&root).into_iter().find(|p| p.starts_with("hosts")).unwrap();
    fs::write(&day, text.replace(name.to_str().unwrap(), "../secret.json")).unwrap();
    let report = verify(&root).unwrap();
    assert!(report.faults.iter().any(|fault| fault.seen.contains("../secret.json")), "{report:?}");
    assert!(!names(&report, Path::new("../secret.json")));
}

#[test]
fn what_is_no_store_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(verify(folder.path()), Err(StoreError::NotAStore { .. })));
    fs::write(folder.path().join("format"), "99\n").unwrap();
    assert!(matches!(verify(folder.path()), Err(StoreError::NotAStore { .. })));
    assert!(matches!(Files::open(folder.path()), Err(StoreError::NotAStore { .. })));
}
