//! What somebody changed from outside is named and not used, and everything else works.

use std::{fs, path::Path};

use jiff::SignedDuration;

use super::sample::{at, keep, now, read, subject};
use crate::{
    model::{Digest, Memory},
    store::{
        Blobs as _, Commit, Files, History as _, Kept, Looks as _, Outbox as _, StoreError, files::disk,
        layout,
    },
};

/// Two councils, with every kind of file.
fn filled(root: &Path) -> [Commit; 2] {
    let commits = ["wantsum", "eastmarch"].map(|name| {
        let mut commit = read(name, 0, &["We know of no incident."]);
        let memory =
            Memory { number: 1, counters: vec![format!("visitors to {name}: 0")], ..Memory::default() };
        commit.memory = Some((format!("{name}.example"), memory));
        commit
    });
    now(async {
        let store = Files::open(root).unwrap();
        store.begin(at(0), "desk").await.unwrap();
        keep(&store, 1, commits.to_vec()).await.unwrap();
        store.settle(at(2)).await.unwrap();
    });
    commits
}

/// Whether a thing of a council can be used.
#[derive(Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each thing is usable or not")]
struct Usable {
    snapshot: bool,
    event: bool,
    memory: bool,
    blob: bool,
}

const ALL: Usable = Usable { snapshot: true, event: true, memory: true, blob: true };

fn use_of<T>(found: Result<T, StoreError>) -> bool {
    match found {
        Ok(_) => true,
        Err(StoreError::Damaged { .. }) => false,
        Err(other) => panic!("{other}"),
    }
}

async fn usable(store: &Files, commit: &Commit) -> Usable {
    let subject = commit.look.subject();
    Usable {
        snapshot: use_of(store.snapshot(&subject, &commit.snapshots[0].id).await),
        event: use_of(store.event(&commit.events[0].id).await),
        memory: use_of(store.memory(&commit.memory.as_ref().unwrap().0).await),
        blob: use_of(store.blob(&Digest::of(&commit.blobs[0])).await),
    }
}

type Damage = fn(&Path);

const DAMAGES: [Damage; 4] = [
    |path| {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, text.replace("incident", "accident").replace("visitors", "guests")).unwrap();
    },
    |path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    },
    |path| fs::write(path, "").unwrap(),
    |path| fs::remove_file(path).unwrap(),
];

#[test]
fn what_was_changed_is_not_used_and_all_else_is() {
    for damage in DAMAGES {
        for kind in ["snapshot", "event", "memory", "blob"] {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path();
            let [hurt, whole] = filled(root);
            let is = |path: &String| match layout::parse(path) {
                Some(layout::Named::Snapshot(..)) => kind == "snapshot",
                Some(layout::Named::Event(..)) => kind == "event",
                Some(layout::Named::Memory(..)) => kind == "memory",
                Some(layout::Named::Blob(..)) => kind == "blob",
                _ => false,
            };
            let mut paths = disk::walk(root, "targets/wantsum").unwrap();
            paths.extend(disk::walk(root, "hosts/wantsum.example").unwrap());
            let path = paths.into_iter().map(|(path, _)| path).find(is).unwrap();
            damage(&root.join(&path));
            let mut expected = ALL;
            match kind {
                "snapshot" => expected.snapshot = false,
                "event" => expected.event = false,
                "memory" => expected.memory = false,
                _ => expected.blob = false,
            }
            now(async {
                let reader = Files::read_only(root).unwrap();
                assert_eq!(usable(&reader, &hurt).await, expected, "{path}");
                assert_eq!(usable(&reader, &whole).await, ALL, "{path}");
                let store = Files::open(root).unwrap();
                assert_eq!(usable(&store, &hurt).await, expected, "{path}");
                let claim = store.claim("desk", at(3), SignedDuration::ZERO, 9).await.unwrap();
                let damaged: Vec<_> = claim.damaged.into_iter().map(|(id, _)| id).collect();
                let lost = if expected.event { Vec::new() } else { vec![hurt.events[0].id.clone()] };
                assert_eq!((claim.events.len() + lost.len(), damaged), (2, lost));
                // Everybody is looked at again, and what is new is kept.
                let next = ["wantsum", "eastmarch"].map(|name| read(name, 15, &["We are investigating."]));
                assert_eq!(
                    keep(&store, 16, next.to_vec()).await.unwrap(),
                    [Kept::Kept, Kept::Kept],
                    "{path}"
                );
                store.settle(at(17)).await.unwrap();
                for next in next {
                    let subject = next.look.subject();
                    assert_eq!(
                        store.snapshot(&subject, &next.snapshots[0].id).await.unwrap(),
                        next.snapshots[0]
                    );
                }
            });
            let latest = fs::read_to_string(root.join("targets/wantsum/latest.txt")).unwrap();
            assert_eq!(latest, "We are investigating.\n");
        }
    }
}

#[test]
fn the_same_wording_kept_again_does_not_hide_that_its_file_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let [hurt, _] = filled(folder.path());
    let id = &hurt.snapshots[0].id;
    let path = folder.path().join(layout::snapshot(&subject("wantsum"), id));
    DAMAGES[0](&path);
    now(async {
        let store = Files::open(folder.path()).unwrap();
        // Whether it is refused or not: what is read is what was kept, or nothing.
        let _ = keep(&store, 5, vec![hurt.clone()]).await;
        drop(store);
        let store = Files::open(folder.path()).unwrap();
        match store.snapshot(&subject("wantsum"), id).await {
            Ok(found) => assert_eq!(found, hurt.snapshots[0]),
            Err(error) => assert!(matches!(error, StoreError::Damaged { .. }), "{error}"),
        }
    });
}

#[test]
fn a_missing_segment_is_damage_and_the_rest_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let [first, _] = filled(root);
    now(async {
        for hour in 1..4 {
            let store = Files::open(root).unwrap();
            keep(&store, 60 * hour, vec![read("wantsum", 60 * hour, &[&format!("Update {hour}.")])])
                .await
                .unwrap();
            store.settle(at(60 * hour)).await.unwrap();
        }
    });
    let segments = disk::walk(root, "log").unwrap();
    assert_eq!(segments.len(), 4);
    for (segment, _) in &segments {
        let bytes = fs::read(root.join(segment)).unwrap();
        fs::remove_file(root.join(segment)).unwrap();
        assert!(matches!(Files::open(root), Err(StoreError::Damaged { .. })), "{segment}");
        now(async {
            let store = Files::read_only(root).unwrap();
            if *segment != segments[0].0 {
                assert!(usable(&store, &first).await == ALL, "{segment}");
            }
            assert!(store.history(&crate::store::Cursor::default(), 100).await.is_err(), "{segment}");
        });
        fs::write(root.join(segment), bytes).unwrap();
    }
    Files::open(root).unwrap();
}

#[test]
fn the_wording_now_of_an_item_lies_in_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    let item = subject("feed#https://wantsum.example/news/1");
    now(async {
        let store = Files::open(folder.path()).unwrap();
        keep(&store, 1, vec![read(&item.to_string(), 0, &["We know of no incident."])]).await.unwrap();
    });
    let latest = folder.path().join(format!("targets/feed/items/{}/latest.txt", item.item.folder()));
    assert_eq!(fs::read_to_string(latest).unwrap(), "We know of no incident.\n");
    assert!(!folder.path().join("targets/feed/latest.txt").exists());
}
