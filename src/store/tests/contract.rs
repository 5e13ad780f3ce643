//! One suite that every store passes.

use super::sample::{at, read, refused, same, target};
use crate::{
    model::{Digest, Entry, Looked, Memory, Phase},
    store::{Commit, Files, Store, StoreError, memory::InMemory},
};

/// Runs a case on every store. The folder is opened anew between steps, once with what it had settled and once
/// without.
fn on_every_store(case: impl Fn(&mut dyn FnMut(&mut dyn FnMut(&mut AnyStore)))) {
    let mut memory = AnyStore::Memory(Box::default());
    case(&mut |step| step(&mut memory));
    for settles in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        case(&mut |step| {
            let mut store = AnyStore::Files(Box::new(Files::open(folder.path()).unwrap()));
            step(&mut store);
            if let (AnyStore::Files(files), true) = (&mut store, settles) {
                files.settle().unwrap();
            }
        });
    }
}

enum AnyStore {
    Memory(Box<InMemory>),
    Files(Box<Files>),
}

macro_rules! with {
    ($store:expr, $s:ident => $do:expr) => {
        match $store {
            AnyStore::Memory($s) => $do,
            AnyStore::Files($s) => $do,
        }
    };
}

fn keep(store: &mut AnyStore, minutes: i64, commits: Vec<Commit>) {
    with!(store, s => s.commit(at(minutes), commits)).unwrap();
}

fn untold(store: &AnyStore, sink: &str) -> Vec<String> {
    let events = with!(store, s => s.undelivered(sink)).unwrap();
    events.into_iter().map(|event| event.id.to_string()).collect()
}

#[test]
fn what_is_kept_comes_back() {
    on_every_store(|store| {
        let first = read("wantsum", 0, &["We know of no incident."]);
        let second = read("wantsum", 15, &["We are investigating."]);
        store(&mut |s| keep(s, 1, vec![first.clone()]));
        store(&mut |s| keep(s, 16, vec![second.clone(), refused("eastmarch", 15)]));
        store(&mut |s| {
            let (name, snapshot) = (target("wantsum"), second.snapshot.as_ref().unwrap());
            let state = with!(s, s => s.state(&name));
            assert_eq!(
                (state.phase, state.looks, &state.snapshot),
                (Phase::Present, 2, &Some(snapshot.id.clone()))
            );
            assert_eq!(state.earlier, [(first.snapshot.as_ref().unwrap().id.clone(), at(0))]);
            assert_eq!(&with!(s, s => s.snapshot(&name, &snapshot.id)).unwrap(), snapshot);
            let capture = &snapshot.provenance.capture;
            assert_eq!(Some(with!(s, s => s.capture(capture)).unwrap()), second.capture);
            let event = second.event.as_ref().unwrap();
            assert_eq!(&with!(s, s => s.event(&event.id)).unwrap(), event);
            assert_eq!(
                with!(s, s => s.find_event(event.id.short())).unwrap(),
                std::slice::from_ref(&event.id)
            );
            assert_eq!(with!(s, s => s.snapshots_of(&name)).unwrap().len(), 2);
            assert_eq!(with!(s, s => s.targets()), [target("eastmarch"), name]);
        });
    });
}

#[test]
fn the_log_holds_every_look_in_a_chain() {
    on_every_store(|store| {
        let first = read("wantsum", 0, &["We know of no incident."]);
        store(&mut |s| keep(s, 1, vec![first.clone()]));
        store(&mut |s| keep(s, 20, vec![same(15, &first), refused("eastmarch", 15)]));
        store(&mut |s| {
            let lines: Vec<_> = with!(s, s => s.lines().unwrap().map(Result::unwrap).collect());
            let looked: Vec<_> = lines
                .iter()
                .filter_map(|line| match &line.entry {
                    Entry::Look(look) => Some(look.looked),
                    _ => None,
                })
                .collect();
            assert_eq!(looked, [Looked::Read, Looked::Same, Looked::Unreadable]);
            let mut prev = Digest::of(b"");
            for (n, line) in lines.iter().enumerate() {
                assert_eq!((line.n, &line.prev), (n as u64, &prev));
                prev = Digest::of(&serde_json::to_vec(line).unwrap());
            }
        });
    });
}

#[test]
fn an_event_waits_for_each_sink_until_that_sink_has_taken_it() {
    on_every_store(|store| {
        let (first, second) = (refused("wantsum", 0), refused("eastmarch", 1));
        let ids = [&first, &second].map(|c| c.event.as_ref().unwrap().id.clone());
        store(&mut |s| keep(s, 2, vec![first.clone(), second.clone()]));
        store(&mut |s| {
            assert_eq!(untold(s, "mail"), ids.each_ref().map(ToString::to_string));
            with!(s, s => s.delivered(at(3), "mail", &ids[..1])).unwrap();
        });
        store(&mut |s| {
            assert_eq!(untold(s, "mail"), [ids[1].to_string()]);
            assert_eq!(untold(s, "desk").len(), 2, "another sink has taken none");
        });
        let third = refused("westmarch", 4);
        store(&mut |s| keep(s, 5, vec![third.clone()]));
        store(&mut |s| assert_eq!(untold(s, "mail").len(), 2));
    });
}

#[test]
fn a_sink_that_begins_takes_what_comes_after() {
    on_every_store(|store| {
        let (first, second) = (refused("wantsum", 0), refused("eastmarch", 4));
        store(&mut |s| keep(s, 1, vec![first.clone()]));
        store(&mut |s| with!(s, s => s.begin(at(2), "pager")).unwrap());
        store(&mut |s| with!(s, s => s.begin(at(3), "pager")).unwrap());
        store(&mut |s| keep(s, 5, vec![second.clone()]));
        store(&mut |s| assert_eq!(untold(s, "pager"), [second.event.as_ref().unwrap().id.to_string()]));
    });
}

#[test]
fn a_history_goes_on_under_another_name() {
    on_every_store(|store| {
        let (first, other) = (read("wantsum", 0, &["We know of no incident."]), refused("eastmarch", 1));
        let id = first.snapshot.as_ref().unwrap().id.clone();
        store(&mut |s| keep(s, 1, vec![first.clone(), other.clone()]));
        store(&mut |s| {
            let (old, new) = (target("wantsum"), target("wantsum-city"));
            assert!(
                !with!(s, s => s.rename(at(2), &old, &target("eastmarch"))).unwrap(),
                "it has its own history"
            );
            assert!(with!(s, s => s.rename(at(2), &old, &new)).unwrap());
            assert!(!with!(s, s => s.rename(at(3), &old, &new)).unwrap(), "done already");
        });
        store(&mut |s| {
            let new = target("wantsum-city");
            let state = with!(s, s => s.state(&new));
            assert_eq!((state.looks, state.snapshot.as_ref()), (1, Some(&id)));
            assert_eq!(with!(s, s => s.snapshot(&new, &id)).unwrap().id, id);
            assert_eq!(with!(s, s => s.snapshots_of(&new)).unwrap(), std::slice::from_ref(&id));
            assert_eq!(with!(s, s => s.names(&new)), [new.clone(), target("wantsum")]);
            assert_eq!(with!(s, s => s.targets()), [target("eastmarch"), new]);
        });
    });
}

#[test]
fn an_id_kept_once_keeps_its_content() {
    on_every_store(|store| {
        let first = read("wantsum", 0, &["We know of no incident."]);
        let mut again = first.clone();
        again.event.as_mut().unwrap().headline = "Another headline under the same id".to_owned();
        store(&mut |s| keep(s, 1, vec![first.clone()]));
        store(&mut |s| keep(s, 2, vec![again.clone()]));
        store(&mut |s| {
            let event = first.event.as_ref().unwrap();
            assert_eq!(&with!(s, s => s.event(&event.id)).unwrap(), event);
            assert_eq!(untold(s, "mail"), [event.id.to_string()]);
        });
    });
}

#[test]
fn pauses_and_memories_outlive_the_run() {
    on_every_store(|store| {
        let mut look = refused("wantsum", 0);
        look.observation.not_before = Some(at(60));
        look.observation.whole_host = true;
        look.observation.host = Some("wantsum.example".to_owned());
        let memory = Memory { number: 1, counters: vec!["visitors: 0".to_owned()], ..Memory::default() };
        look.memory = Some(("wantsum.example".to_owned(), memory.clone()));
        store(&mut |s| keep(s, 1, vec![look.clone()]));
        store(&mut |s| {
            assert_eq!(with!(s, s => s.cooling("wantsum.example")), Some(at(60)));
            assert_eq!(with!(s, s => s.cooling("eastmarch.example")), None);
            assert_eq!(with!(s, s => s.state(&target("wantsum"))).not_before, Some(at(60)));
            assert_eq!(with!(s, s => s.memory("wantsum.example")).unwrap(), memory);
            assert_eq!(with!(s, s => s.memory_at("wantsum.example", 0)).unwrap(), Memory::default());
            assert_eq!(with!(s, s => s.memory("eastmarch.example")).unwrap(), Memory::default());
        });
    });
}

#[test]
fn what_does_not_hold_together_is_refused_and_nothing_of_it_kept() {
    on_every_store(|store| {
        let whole = read("wantsum", 0, &["We know of no incident."]);
        let mut lonely = read("eastmarch", 0, &["We know of no incident."]);
        lonely.capture = None;
        store(&mut |s| {
            let kept = with!(s, s => s.commit(at(1), vec![whole.clone(), lonely.clone()]));
            assert!(matches!(kept, Err(StoreError::Unfit(_))), "{kept:?}");
        });
        store(&mut |s| {
            assert!(with!(s, s => s.targets()).is_empty());
            keep(s, 2, vec![whole.clone()]);
        });
    });
}
