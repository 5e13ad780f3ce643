//! A store that somebody else made: whatever stands in place of a file or a folder, nothing outside the store is read into
//! it, cut, changed or deleted, nothing waits for ever, and `verify` names it.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::mpsc,
    time::Duration,
};

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::sample::{at, keep, now, read, subject};
use crate::{
    evidence::verify,
    model::Memory,
    store::{Blobs as _, Cursor, Files, History as _, Looks as _, Outbox as _, StoreError, layout},
};

/// How a store may have been left.
#[derive(Debug, Clone, Copy)]
enum State {
    /// Settled.
    Whole,
    /// Without `state.json`: the log is read whole.
    Unsaved,
    /// A crash left files under temporary names, and a torn line.
    Crashed,
}

/// What stands in the place of a file or a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    /// A link to what was there, moved out of the store.
    Moved,
    /// A link to a folder that is somebody's.
    Elsewhere,
    /// A link to nothing, outside.
    Dangling,
    /// A pipe.
    Pipe,
}

/// What is done with the store.
#[derive(Debug, Clone, Copy)]
enum Verb {
    Check,
    Read,
    Verify,
}

fn filled(root: &Path, state: State) {
    let mut first = read("wantsum", 0, &["We know of no incident."]);
    let memory = Memory { number: 1, ..Memory::default() };
    first.memory = Some(("wantsum.example".to_owned(), memory));
    now(async {
        let store = Files::open(root).unwrap();
        store.begin(at(0), "desk").await.unwrap();
        keep(&store, 1, vec![first, read("eastmarch", 0, &["All is well."])]).await.unwrap();
        store.settle(at(2)).await.unwrap();
        store.cache("robots.json", b"[]").unwrap();
    });
    let of_one = |name: &str| -> PathBuf {
        let found = fs::read_dir(root.join("targets/wantsum")).unwrap().map(|e| e.unwrap().path());
        found.into_iter().find(|path| path.to_str().unwrap().ends_with(name)).unwrap()
    };
    match state {
        State::Whole => {}
        State::Unsaved => fs::remove_file(root.join(layout::STATE)).unwrap(),
        State::Crashed => {
            fs::remove_file(root.join(layout::STATE)).unwrap();
            let path = of_one(".json");
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            fs::rename(&path, root.join(layout::temporary(&name))).unwrap();
            fs::write(root.join(layout::TEMPORARY).join("left"), "half").unwrap();
            let segment = segment(root);
            let torn = [fs::read(&segment).unwrap(), b"{\"prev\":".to_vec()].concat();
            fs::write(segment, torn).unwrap();
        }
    }
}

fn segment(root: &Path) -> PathBuf {
    let day = fs::read_dir(root.join("log")).unwrap().next().unwrap().unwrap().path();
    fs::read_dir(day).unwrap().next().unwrap().unwrap().path()
}

/// Everything that a store has, its folders too.
fn places(root: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::from("file.new"), PathBuf::from("tmp/left")];
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path.clone());
            }
            found.push(path.strip_prefix(root).unwrap().to_owned());
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Every file below a folder with its bytes, and every other name.
fn bytes(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let about = fs::symlink_metadata(&path).unwrap();
            if about.is_dir() {
                folders.push(path.clone());
            }
            found.push((path.clone(), if about.is_file() { fs::read(&path).unwrap() } else { Vec::new() }));
        }
    }
    found.sort();
    found
}

fn put(root: &Path, outside: &Path, place: &Path, thing: Thing) {
    let here = root.join(place);
    let moved = outside.join("moved");
    if fs::symlink_metadata(&here).is_ok() {
        fs::rename(&here, &moved).unwrap();
    } else {
        fs::create_dir_all(here.parent().unwrap()).unwrap();
        fs::write(&moved, "somebody's").unwrap();
    }
    match thing {
        Thing::Moved => symlink(&moved, here).unwrap(),
        Thing::Elsewhere => symlink(outside.join("home"), here).unwrap(),
        Thing::Dangling => symlink(outside.join("nothing"), here).unwrap(),
        Thing::Pipe => {
            let mode = Mode::from_raw_mode(0o600);
            // By a call and not by a program: a child would hold the locks of other tests for a moment.
            mknodat(CWD, here, FileType::Fifo, mode, 0).unwrap();
        }
    }
}

/// What was done, or why not; it never waits for anybody.
fn done(root: &Path, verb: Verb) -> Result<Vec<String>, StoreError> {
    let (said, heard) = mpsc::channel();
    let root = root.to_owned();
    std::thread::spawn(move || {
        let done = match verb {
            Verb::Check => now(async {
                let store = Files::open(&root)?;
                let commits = vec![
                    read("wantsum", 60, &["We are investigating."]),
                    read("westmarch", 60, &["We are here too."]),
                ];
                keep(&store, 61, commits).await?;
                let claim = store.claim("desk", at(62), jiff::SignedDuration::ZERO, 64).await?;
                let taken = claim.events.into_iter().map(|event| event.id).collect();
                store.acknowledge(at(62), "desk", taken, Vec::new()).await?;
                store.settle(at(63)).await?;
                store.cache("robots.json", b"[1]")?;
                Ok(Vec::new())
            }),
            Verb::Read => now(async {
                let store = Files::read_only(&root)?;
                store.history(&Cursor::default(), 1000).await?;
                store.cached("robots.json")?;
                let page = subject("wantsum");
                for id in store.snapshots_of(&page).await? {
                    let snapshot = store.snapshot(&page, &id).await?;
                    store.blob(&snapshot.provenance.capture).await?;
                }
                for id in store.find_event("").await? {
                    store.event(&id).await?;
                }
                store.memory("wantsum.example").await?;
                Ok(Vec::new())
            }),
            Verb::Verify => {
                verify(&root).map(|report| report.faults.into_iter().map(|fault| fault.file).collect())
            }
        };
        // Nobody hears it where this took too long.
        let _ = said.send(done);
    });
    heard.recv_timeout(Duration::from_secs(20)).expect("it waits for something")
}

#[test]
fn nothing_outside_a_store_is_changed_whatever_stands_in_place_of_its_files_and_folders() {
    let mut tried = 0;
    for state in [State::Whole, State::Unsaved, State::Crashed] {
        let whole = tempfile::tempdir().unwrap();
        filled(whole.path(), state);
        let places = places(whole.path());
        for place in &places {
            for thing in [Thing::Moved, Thing::Elsewhere, Thing::Dangling, Thing::Pipe] {
                let folder = tempfile::tempdir().unwrap();
                let (root, outside) = (folder.path().join("store"), folder.path().join("outside"));
                fs::create_dir_all(outside.join("home")).unwrap();
                fs::write(outside.join("home/letter"), "dear").unwrap();
                copy(whole.path(), &root);
                put(&root, &outside, place, thing);
                let before = bytes(&outside);
                for verb in [Verb::Verify, Verb::Read, Verb::Check] {
                    let case = format!("{} {thing:?} {state:?} {verb:?}", place.display());
                    let found = done(&root, verb);
                    assert_eq!(bytes(&outside), before, "{case}");
                    if let Err(error) = &found {
                        assert!(error.to_string().contains(root.to_str().unwrap()), "{case}: {error}");
                    }
                    if let Verb::Verify = verb {
                        let named = found.unwrap_or_else(|error| panic!("{case}: {error}"));
                        let named: Vec<&Path> = named.iter().map(Path::new).collect();
                        assert!(named.contains(&place.as_path()), "{case}: {named:?}");
                    }
                    tried += 1;
                }
            }
        }
    }
    assert!(tried >= 308, "{tried}");
}

#[test]
fn what_a_crash_left_is_finished_once_its_folder_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let (root, outside) = (folder.path().join("store"), folder.path().join("outside"));
    fs::create_dir_all(&outside).unwrap();
    filled(&root, State::Crashed);
    let (page, place) = (subject("wantsum"), Path::new("targets/wantsum"));
    put(&root, &outside, place, Thing::Moved);
    for words in ["All is well.", "All is very well."] {
        let minutes = i64::try_from(words.len()).unwrap();
        now(async {
            let store = Files::open(&root).unwrap();
            keep(&store, minutes, vec![read("eastmarch", minutes, &[words])]).await.unwrap();
            store.settle(at(minutes)).await.unwrap();
        });
    }
    fs::remove_file(root.join(place)).unwrap();
    fs::rename(outside.join("moved"), root.join(place)).unwrap();
    let store = Files::open(&root).unwrap();
    let id = now(store.state(&page)).unwrap().snapshot.unwrap().id;
    now(store.snapshot(&page, &id)).unwrap();
    assert!(root.join(layout::snapshot(&page, &id)).is_file());
    now(store.settle(at(100))).unwrap();
    assert_eq!(verify(&root).unwrap().faults, []);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
