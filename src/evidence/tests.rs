use std::{
    fs,
    path::{Path, PathBuf},
};

use super::*;
use crate::{
    model::{Digest, Memory},
    store::{
        Files, History as _, Looks as _, Outbox as _, StoreError,
        tests::sample::{at, keep, now, read, refused, same, subject},
    },
};

/// A store of two days and several segments, four subjects and every kind of file and line.
fn filled(root: &Path) {
    let first = read("wantsum", 0, &["We know of no incident."]);
    let mut second = read("wantsum", 15, &["We are investigating.", "No data was taken."]);
    second.memory = Some(("wantsum.example".to_owned(), Memory { number: 1, ..Memory::default() }));
    let next_day = 24 * 60;
    now(async {
        let store = Files::open(root).unwrap();
        store.begin(at(0), "desk").await.unwrap();
        keep(&store, 1, vec![first, refused("eastmarch", 0)]).await.unwrap();
        keep(&store, 16, vec![second.clone(), read("westmarch#an-item", 15, &["All is well."])])
            .await
            .unwrap();
        keep(&store, 30, vec![same(30, &second)]).await.unwrap();
        store.settle(at(31)).await.unwrap();
        drop(store);
        let store = Files::open(root).unwrap();
        let events = store.find_event("").await.unwrap();
        store.acknowledge(at(70), "desk", events, Vec::new()).await.unwrap();
        let next = vec![same(next_day, &second), read("eastmarch", next_day, &["We are back."])];
        keep(&store, next_day, next).await.unwrap();
        store.settle(at(next_day + 1)).await.unwrap();
    });
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
    let run = async || -> Result<(), StoreError> {
        let store = Files::open(root)?;
        keep(&store, 5000, vec![read("northmarch", 5000, &["We are here too."])]).await?;
        store.settle(at(5001)).await
    };
    if let Err(e) = now(run()) {
        assert!(e.to_string().contains(root.to_str().unwrap()), "{e}");
    }
    let after = fs::read(root.join(path)).ok();
    let grows =
        path.starts_with("log") && after.as_ref().zip(before.as_ref()).is_some_and(|(a, b)| a.starts_with(b));
    let derived = path.starts_with("state.json") || path.ends_with("latest.txt");
    assert!(before == after || grows || derived, "{}", path.display());
    for name in ["wantsum", "eastmarch", "westmarch#an-item"].map(subject) {
        if path.starts_with("format")
            || path.starts_with("log")
            || path.starts_with(format!("targets/{}", name.target))
        {
            continue;
        }
        let store = Files::read_only(root).unwrap();
        let ids = now(store.snapshots_of(&name)).unwrap();
        assert!(!ids.is_empty(), "{name}");
        for id in ids {
            now(store.snapshot(&name, &id)).unwrap();
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
                // The last line of all, torn: it says no more than what `state.json` holds, which is made anew.
                let seal = keep == 2 && segments(root).last().is_some_and(|last| last == path);
                assert!(names(report, path) || seal, "{}: {report:?}", path.display());
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
                bytes[at] ^= 16;
                fs::write(path, bytes).unwrap();
            },
            |path, report, root| {
                // Without its line feed the last line of all is torn, and what it says is made anew.
                let torn = part == 3 && segments(root).last().is_some_and(|last| last == path);
                assert!(names(report, path) || torn, "{} at {part}: {report:?}", path.display());
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
            // `state.json` is made again.
            assert!(names(report, path) || path.starts_with("state.json"), "{}: {report:?}", path.display());
            run_again(root, path);
        },
    );
}

#[test]
fn a_snapshot_whose_capture_no_line_brought_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let look = read("wantsum", 0, &["No data was taken."]);
    let snapshot = look.snapshots[0].clone();
    now(async {
        let store = Files::open(folder.path()).unwrap();
        keep(&store, 1, vec![look]).await.unwrap();
    });
    assert_eq!(verify(folder.path()).unwrap().faults, []);
    // The forger gives the line the digest of the forged file. No line follows whose hash would tell.
    let edit = |path: &Path, from: &str, to: &str| {
        let at = folder.path().join(path);
        let text = fs::read_to_string(&at).unwrap();
        assert!(text.contains(from), "{from} in {text}");
        fs::write(&at, text.replace(from, to)).unwrap();
        [text.as_str(), &text.replace(from, to)].map(|text| Digest::of(text.as_bytes()).to_string())
    };
    let path = PathBuf::from(format!("targets/wantsum/{}.json", snapshot.id));
    let other = Digest::of(b"what nobody received").to_string();
    let [before, after] = edit(&path, &snapshot.provenance.capture.to_string(), &other);
    edit(&segments(folder.path())[0], &before, &after);
    let report = verify(folder.path()).unwrap();
    assert!(names(&report, &path), "{report:?}");
    assert_eq!(report.faults.len(), 1, "{report:?}");
    assert!(report.faults[0].seen.contains("which no line brought"), "{report:?}");
}

#[test]
fn a_file_that_no_line_names_is_named() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let stray = [
        "notes.txt",
        "hosts/wantsum.example/2.json",
        "log/2024-01-19/12-0000.jsonl",
        "targets/wantsum/20240119T120000Z-00000000.json",
        "targets/wantsum/items/00000000/latest.txt",
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

/// The segments of a store, in order.
fn segments(root: &Path) -> Vec<PathBuf> {
    files(root).into_iter().filter(|path| path.starts_with("log")).collect()
}

#[test]
fn a_line_taken_out_changed_or_turned_round_is_named() {
    type Edit = fn(&mut Vec<String>);
    let edits: [Edit; 5] = [
        |lines| drop(lines.remove(1)),
        |lines| lines.swap(1, 2),
        |lines| lines[2] = lines[2].replace("wantsum", "thanets"),
        |lines| lines.insert(1, lines[1].clone()),
        |lines| drop(lines.remove(0)),
    ];
    for edit in edits {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path());
        let path = &segments(folder.path())[0];
        let text = fs::read_to_string(folder.path().join(path)).unwrap();
        let mut lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
        edit(&mut lines);
        fs::write(folder.path().join(path), lines.concat()).unwrap();
        assert!(names(&verify(folder.path()).unwrap(), path));
    }
}

#[test]
fn a_tail_cut_off_between_two_lines_is_named_and_nothing_is_made_anew() {
    let whole = tempfile::tempdir().unwrap();
    filled(whole.path());
    for path in segments(whole.path()) {
        let text = fs::read_to_string(whole.path().join(&path)).unwrap();
        for keep in 1..text.lines().count() {
            let folder = tempfile::tempdir().unwrap();
            filled(folder.path());
            let path =
                &segments(folder.path())[segments(whole.path()).iter().position(|p| *p == path).unwrap()];
            let at = folder.path().join(path);
            let text = fs::read_to_string(&at).unwrap();
            let lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
            fs::write(&at, lines[..keep].concat()).unwrap();
            let report = verify(folder.path()).unwrap();
            // Without its last line, the seal, `state.json` is one that a crash left.
            let last = segments(folder.path()).last() == Some(path);
            assert!(
                names(&report, path) || (last && keep + 1 == lines.len()),
                "{keep} of {path:?}: {report:?}"
            );
            if names(&report, path) {
                let opened = Files::open(folder.path());
                assert!(matches!(opened, Err(StoreError::Damaged { .. })), "{keep} of {path:?}: {opened:?}");
            }
        }
    }
}

#[test]
fn what_a_merge_left_of_derived_files_is_no_damage_unless_it_has_seen_what_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let state = folder.path().join("state.json");
    let latest = folder.path().join("targets/wantsum/latest.txt");
    let one = fs::read(&state).unwrap();
    fs::write(&state, [one.clone(), one].concat()).unwrap();
    fs::write(&latest, "We know of no incident.\nWe are investigating.\nNo data was taken.\n").unwrap();
    assert_eq!(verify(folder.path()).unwrap().faults, []);
    fs::write(&latest, "We know of no incident.\nWe are all hacked.\n").unwrap();
    assert!(names(&verify(folder.path()).unwrap(), Path::new("targets/wantsum/latest.txt")));
    let last = segments(folder.path()).pop().unwrap();
    let text = fs::read_to_string(folder.path().join(&last)).unwrap();
    let first = text.split_inclusive('\n').next().unwrap();
    fs::write(folder.path().join(&last), first).unwrap();
    assert!(names(&verify(folder.path()).unwrap(), &last));
    assert!(matches!(Files::open(folder.path()), Err(StoreError::Damaged { .. })));
    fs::write(folder.path().join(&last), text).unwrap();
    drop(Files::open(folder.path()).unwrap());
    assert_eq!(fs::read_to_string(&latest).unwrap(), "We are investigating.\nNo data was taken.\n");
    assert_eq!(verify(folder.path()).unwrap().faults, []);
}

#[test]
fn a_line_that_counts_by_a_list_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let path = &segments(folder.path())[0];
    let text = fs::read_to_string(folder.path().join(path)).unwrap();
    assert!(text.contains("\"entry\":\"roster\""), "{text}");
    let without: String =
        text.split_inclusive('\n').filter(|line| !line.contains("\"entry\":\"roster\"")).collect();
    fs::write(folder.path().join(path), without).unwrap();
    let report = verify(folder.path()).unwrap();
    assert!(report.faults.iter().any(|fault| fault.seen.contains("list")), "{report:?}");
}

#[test]
fn what_is_no_store_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(verify(folder.path()), Err(StoreError::NotAStore { .. })));
    fs::write(folder.path().join("format"), "99\n").unwrap();
    assert!(matches!(verify(folder.path()), Err(StoreError::NotAStore { .. })));
    assert!(matches!(Files::open(folder.path()), Err(StoreError::NotAStore { .. })));
}
