//! One suite that every store passes.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::sample::{at, event, keep, now, read, refused, same, still_refused, subject, target};
use crate::{
    model::{
        Digest, Entry, EventKind, Level, Looked, Memory, MemoryName, Observation, Origin, Phase, Record,
        Refused, Snapshot, Why,
    },
    store::{
        Blobs as _, Commit, Cursor, Files, History as _, Kept, Leases as _, Looks as _, Outbox as _, Refusal,
        Store, StoreError, memory::InMemory,
    },
};

/// Where a store is kept from one opening to the next.
trait Place {
    type Store: Store;

    fn open(&self) -> Self::Store;

    /// Makes durable what a store was given, lets it go, and opens it again.
    async fn reopen(&self, store: Self::Store) -> Self::Store {
        store.flush(at(9000)).await.unwrap();
        drop(store);
        self.open()
    }
}

impl Place for InMemory {
    type Store = Self;

    fn open(&self) -> Self {
        self.clone()
    }
}

/// A folder, opened anew with what the log says alone.
struct Folder(tempfile::TempDir);

impl Place for Folder {
    type Store = Files;

    fn open(&self) -> Files {
        Files::open(self.0.path()).unwrap()
    }
}

/// A folder, opened anew with what it had settled.
struct Settled(Folder);

impl Place for Settled {
    type Store = Files;

    fn open(&self) -> Files {
        self.0.open()
    }

    async fn reopen(&self, store: Files) -> Files {
        store.settle(at(9000)).await.unwrap();
        drop(store);
        self.open()
    }
}

/// Runs each case on every store.
macro_rules! on_every_store {
    ($($case:ident)+) => {
        mod in_memory {
            $(#[test] fn $case() { super::now(super::$case(&super::InMemory::new())); })+
        }
        mod in_a_folder {
            use super::Folder;
            $(#[test] fn $case() { super::now(super::$case(&Folder(tempfile::tempdir().unwrap()))); })+
        }
        mod in_a_settled_folder {
            use super::{Folder, Settled};
            $(#[test] fn $case() { super::now(super::$case(&Settled(Folder(tempfile::tempdir().unwrap())))); })+
        }
    };
}

on_every_store! {
    what_is_kept_comes_back
    a_commit_made_from_an_older_state_is_told_so_and_nothing_of_it_is_kept
    one_commit_brings_several_blobs_snapshots_and_events
    an_item_has_a_history_of_its_own
    what_others_saw_is_on_record_and_moves_no_state
    the_history_is_the_same_whatever_the_size_of_its_pages
    quiet_looks_count_at_once_and_come_back_as_they_were
    a_quiet_failure_comes_back_as_what_it_was
    an_event_waits_for_each_sink_until_that_sink_has_taken_it
    what_a_sink_has_behind_it_waits_again_when_somebody_asks
    what_is_claimed_is_nobody_elses_until_its_time_is_up
    a_sink_that_begins_takes_what_comes_after
    an_adopted_target_is_on_record
    a_history_goes_on_under_another_name
    an_id_kept_once_keeps_its_content
    pauses_and_memories_outlive_the_run
    what_does_not_hold_together_is_refused_and_nothing_of_it_kept
    a_host_is_leased_to_one_at_a_time
}

/// Every record, in pages of a size.
async fn records(store: &impl Store, most: usize) -> Vec<Record> {
    let (mut found, mut from) = (Vec::new(), Cursor::default());
    loop {
        let page = store.history(&from, most).await.unwrap();
        found.extend(page.records);
        match page.next {
            Some(next) => from = next,
            None => return found,
        }
    }
}

async fn looks(store: &impl Store) -> Vec<Observation> {
    let look = |record: Record| match record.entry {
        Entry::Look(look) => Some(look),
        _ => None,
    };
    records(store, 100).await.into_iter().filter_map(look).collect()
}

/// What waits for a sink, claimed for no time.
async fn untold(store: &impl Store, sink: &str) -> Vec<String> {
    let claim = store.claim(sink, at(0), SignedDuration::ZERO, 100).await.unwrap();
    assert_eq!(claim.damaged, []);
    store.release(sink).await.unwrap();
    assert_eq!(store.waiting(sink, Level::Silent).await.unwrap(), claim.events.len());
    claim.events.into_iter().map(|event| event.id.to_string()).collect()
}

fn id(commit: &Commit) -> String {
    commit.events[0].id.to_string()
}

async fn what_is_kept_comes_back<P: Place>(place: &P) {
    let first = read("wantsum", 0, &["We know of no incident."]);
    let second = read("wantsum", 15, &["We are investigating."]);
    let s = place.open();
    assert_eq!(keep(&s, 1, vec![first.clone()]).await.unwrap(), [Kept::Kept]);
    let s = place.reopen(s).await;
    let kept = keep(&s, 16, vec![second.clone(), refused("eastmarch", 15)]).await.unwrap();
    assert_eq!(kept, [Kept::Kept, Kept::Kept]);
    let s = place.reopen(s).await;
    let (name, snapshot) = (subject("wantsum"), &second.snapshots[0]);
    let state = s.state(&name).await.unwrap();
    assert_eq!((state.phase, state.looks), (Phase::Present, 2));
    assert_eq!(state.snapshot.map(|known| known.id), Some(snapshot.id.clone()));
    let earlier: Vec<_> = state.earlier.into_iter().map(|(known, when)| (known.id, when)).collect();
    assert_eq!(earlier, [(first.snapshots[0].id.clone(), at(0))]);
    assert_eq!(&s.snapshot(&name, &snapshot.id).await.unwrap(), snapshot);
    assert_eq!(s.snapshot(&name, &first.snapshots[0].id).await.unwrap(), first.snapshots[0]);
    assert_eq!(s.blob(&snapshot.provenance.capture).await.unwrap(), second.blobs[0]);
    let event = &second.events[0];
    assert_eq!(&s.event(&event.id).await.unwrap(), event);
    assert_eq!(s.find_event(event.id.short()).await.unwrap(), std::slice::from_ref(&event.id));
    assert_eq!(s.find_event("").await.unwrap().len(), 3);
    assert_eq!(s.snapshots_of(&name).await.unwrap().len(), 2);
    assert_eq!(s.subjects().await.unwrap(), [subject("eastmarch"), name]);
}

async fn a_commit_made_from_an_older_state_is_told_so_and_nothing_of_it_is_kept<P: Place>(place: &P) {
    let s = place.open();
    let (one, other) =
        (read("wantsum", 0, &["We know of no incident."]), read("wantsum", 1, &["All is well."]));
    let beside = read("eastmarch", 1, &["All is well."]);
    // Two looks at one target in a batch were made at once too.
    let kept = s.commit(at(2), vec![one.clone(), other.clone(), beside]).await.unwrap();
    assert_eq!(kept, [Kept::Kept, Kept::Stale, Kept::Kept]);
    assert_eq!(s.commit(at(3), vec![other.clone()]).await.unwrap(), [Kept::Stale]);
    let mut quiet = same(4, &one);
    assert_eq!(s.commit(at(4), vec![quiet.clone()]).await.unwrap(), [Kept::Stale]);
    quiet.version = 1;
    assert_eq!(s.commit(at(4), vec![quiet.clone()]).await.unwrap(), [Kept::Kept]);
    assert_eq!(s.commit(at(5), vec![quiet]).await.unwrap(), [Kept::Stale], "it counts at once");
    let s = place.reopen(s).await;
    assert_eq!(s.state(&subject("wantsum")).await.unwrap().looks, 2);
    assert_eq!(looks(&s).await.len(), 3);
    assert_eq!(s.snapshots_of(&subject("wantsum")).await.unwrap(), [one.snapshots[0].id.clone()]);
    assert!(s.event(&other.events[0].id).await.is_err());
    assert!(s.blob(&Digest::of(&other.blobs[0])).await.is_err());
}

async fn one_commit_brings_several_blobs_snapshots_and_events<P: Place>(place: &P) {
    let mut look = read("wantsum", 0, &["We know of no incident."]);
    look.blobs.push(b"a picture of the page".to_vec());
    let mut provenance = look.snapshots[0].provenance.clone();
    provenance.started = at(-10);
    let statement = look.snapshots[0].statement.clone();
    let recipe = look.snapshots[0].recipe.clone();
    look.snapshots.push(Snapshot::new(subject("wantsum"), provenance, recipe, statement));
    look.events.push(event(&look.look, EventKind::Touched, Some(&look.snapshots[1])));
    let s = place.open();
    s.begin(at(0), "mail").await.unwrap();
    keep(&s, 1, vec![look.clone()]).await.unwrap();
    let s = place.reopen(s).await;
    for blob in &look.blobs {
        assert_eq!(&s.blob(&Digest::of(blob)).await.unwrap(), blob);
    }
    for snapshot in &look.snapshots {
        assert_eq!(&s.snapshot(&subject("wantsum"), &snapshot.id).await.unwrap(), snapshot);
    }
    for event in &look.events {
        assert_eq!(&s.event(&event.id).await.unwrap(), event);
    }
    assert_eq!(untold(&s, "mail").await.len(), 2);
    assert_eq!(looks(&s).await[0].events.len(), 2);
}

async fn an_item_has_a_history_of_its_own<P: Place>(place: &P) {
    let (page, item) = (subject("feed"), subject("feed#https://wantsum.example/news/1"));
    let whole = read("feed", 0, &["News"]);
    let entry = read(&item.to_string(), 0, &["We know of no incident."]);
    let s = place.open();
    keep(&s, 1, vec![whole.clone(), entry.clone()]).await.unwrap();
    let s = place.reopen(s).await;
    assert_eq!(s.subjects().await.unwrap(), [page.clone(), item.clone()]);
    assert_eq!(s.snapshots_of(&item).await.unwrap(), [entry.snapshots[0].id.clone()]);
    assert_eq!(s.snapshots_of(&page).await.unwrap(), [whole.snapshots[0].id.clone()]);
    assert_eq!(s.snapshot(&item, &entry.snapshots[0].id).await.unwrap(), entry.snapshots[0]);
    assert_ne!(entry.events[0].id, whole.events[0].id);
    assert_eq!(s.event(&entry.events[0].id).await.unwrap().subject(), item);
    assert_eq!(s.state(&item).await.unwrap().looks, 1);
    assert_eq!(s.state(&subject("feed#another")).await.unwrap().looks, 0);
    // Its target's new name is its own too.
    assert!(s.rename(at(2), &target("feed"), &target("news")).await.unwrap());
    keep(&s, 3, vec![refused("news#https://wantsum.example/news/1", 2)]).await.unwrap();
    let s = place.reopen(s).await;
    let moved = item.under(&target("news"));
    assert_eq!(s.state(&moved).await.unwrap().looks, 2);
    assert_eq!(s.snapshot(&moved, &entry.snapshots[0].id).await.unwrap(), entry.snapshots[0]);
}

async fn what_others_saw_is_on_record_and_moves_no_state<P: Place>(place: &P) {
    let own = read("wantsum", 15, &["We are investigating."]);
    let s = place.open();
    keep(&s, 16, vec![own.clone()]).await.unwrap();
    let before = s.state(&subject("wantsum")).await.unwrap();
    let mut given = Vec::new();
    for (source, words) in
        [(Origin::Statement, "We know of no incident."), (Origin::Warc, "Services are normal.")]
    {
        let mut commit = read("wantsum", 0, &[words]);
        commit.look.source = source;
        given.push(commit);
    }
    // Of whatever version they are: they are made from no state.
    assert_eq!(s.commit(at(17), given.clone()).await.unwrap(), [Kept::Kept, Kept::Kept]);
    assert_eq!(s.state(&subject("wantsum")).await.unwrap(), before);
    let s = place.reopen(s).await;
    assert_eq!(s.state(&subject("wantsum")).await.unwrap(), before);
    let sources: Vec<_> = looks(&s).await.iter().map(|look| look.source).collect();
    assert_eq!(sources, [Origin::Own, Origin::Statement, Origin::Warc]);
    for commit in &given {
        let snapshot = &commit.snapshots[0];
        assert_eq!(&s.snapshot(&subject("wantsum"), &snapshot.id).await.unwrap(), snapshot);
        assert_eq!(s.blob(&snapshot.provenance.capture).await.unwrap(), commit.blobs[0]);
    }
    assert_eq!(s.snapshots_of(&subject("wantsum")).await.unwrap().len(), 3);
}

async fn the_history_is_the_same_whatever_the_size_of_its_pages<P: Place>(place: &P) {
    let first = read("wantsum", 0, &["We know of no incident."]);
    let s = place.open();
    s.begin(at(0), "mail").await.unwrap();
    keep(&s, 1, vec![first.clone()]).await.unwrap();
    let s = place.reopen(s).await;
    keep(&s, 20, vec![same(15, &first), refused("eastmarch", 15)]).await.unwrap();
    let s = place.reopen(s).await;
    keep(&s, 30, vec![same(30, &first), still_refused("eastmarch", 30)]).await.unwrap();
    s.acknowledge(at(31), "mail", vec![first.events[0].id.clone()], Vec::new()).await.unwrap();
    let s = place.reopen(s).await;
    let all = records(&s, 100).await;
    for most in 0..8 {
        assert_eq!(records(&s, most).await, all, "in pages of {most}");
    }
    let names: Vec<_> = all
        .iter()
        .map(|record| match &record.entry {
            Entry::Look(look) => format!("{:?} {}", look.looked, look.target),
            Entry::Sink { sink } | Entry::Delivery { sink, .. } => sink.clone(),
            other => format!("{other:?}"),
        })
        .collect();
    let (quiet, loud): (BTreeSet<&str>, Vec<&str>) = {
        let is_quiet = |name: &&str| name.starts_with("Same") || **name == *"Unreadable eastmarch";
        let names = || names.iter().map(String::as_str);
        (names().filter(is_quiet).collect(), names().filter(|name| !is_quiet(name)).collect())
    };
    assert_eq!(loud, ["mail", "Read wantsum", "mail"]);
    assert_eq!((names.len(), quiet.len()), (7, 2));
}

async fn quiet_looks_count_at_once_and_come_back_as_they_were<P: Place>(place: &P) {
    let first = read("wantsum", 0, &["We know of no incident."]);
    let s = place.open();
    keep(&s, 1, vec![first.clone(), refused("eastmarch", 0)]).await.unwrap();
    let mut other = same(30, &first);
    other.look.body_sha256 = Some(Digest::of(b"another menu"));
    let mut again = same(45, &first);
    again.look.body_sha256 = Some(Digest::of(b"another menu"));
    let mut not_modified = same(60, &first);
    (not_modified.look.looked, not_modified.look.status) = (Looked::NotModified, Some(304));
    not_modified.look.body_sha256 = None;
    let given = [same(15, &first), other, again, not_modified, same(75, &first)];
    for commit in &given {
        let state = s.state(&subject("wantsum")).await.unwrap();
        keep(&s, 16, vec![commit.clone()]).await.unwrap();
        let after = s.state(&subject("wantsum")).await.unwrap();
        assert_eq!((after.looks, after.good), (state.looks + 1, state.good + 1));
        assert_eq!(after.last_look, Some(commit.look.started));
    }
    let seen = |looks: Vec<Observation>| -> Vec<_> {
        let of_page = looks.into_iter().skip(2);
        of_page.map(|look| (look.looked, look.started, look.ended, look.body_sha256, look.snapshot)).collect()
    };
    let expected: Vec<_> = given
        .iter()
        .map(|commit| commit.look.clone())
        .map(|look| (look.looked, look.started, look.ended, look.body_sha256, look.snapshot))
        .collect();
    assert_eq!(seen(looks(&s).await), expected, "before they are durable");
    let state = s.state(&subject("wantsum")).await.unwrap();
    let s = place.reopen(s).await;
    assert_eq!(seen(looks(&s).await), expected);
    assert_eq!(s.state(&subject("wantsum")).await.unwrap(), state);
}

async fn a_quiet_failure_comes_back_as_what_it_was<P: Place>(place: &P) {
    let s = place.open();
    keep(&s, 1, vec![read("wantsum", 0, &["We know of no incident."])]).await.unwrap();
    // An unreadable look of which the reason is one of absence: the first sight of a page that may be gone.
    let mut gone = still_refused("wantsum", 15);
    (gone.look.why, gone.look.status) = (Some(Why::NotFound), Some(404));
    let mut confirmed = still_refused("wantsum", 45);
    (confirmed.look.looked, confirmed.look.why, confirmed.look.status) =
        (Looked::Absent, Some(Why::NotFound), Some(404));
    let mut still = confirmed.clone();
    (still.look.started, still.look.ended) = (at(60), at(61));
    let mut twice = gone.clone();
    (twice.look.started, twice.look.ended) = (at(30), at(31));
    for commit in [gone, twice, confirmed, still] {
        keep(&s, 20, vec![commit]).await.unwrap();
    }
    let state = s.state(&subject("wantsum")).await.unwrap();
    assert_eq!((state.failed, state.absent, state.phase), (4, 2, Phase::Gone));
    let s = place.reopen(s).await;
    assert_eq!(s.state(&subject("wantsum")).await.unwrap(), state);
    let seen: Vec<_> =
        looks(&s).await.into_iter().skip(1).map(|look| (look.looked, look.why, look.status)).collect();
    let (unreadable, absent) = (Looked::Unreadable, Looked::Absent);
    let expected = [unreadable, unreadable, absent, absent].map(|l| (l, Some(Why::NotFound), Some(404)));
    assert_eq!(seen, expected);
}

async fn an_event_waits_for_each_sink_until_that_sink_has_taken_it<P: Place>(place: &P) {
    let (first, second) = (refused("wantsum", 0), refused("eastmarch", 1));
    let s = place.open();
    s.begin(at(0), "mail").await.unwrap();
    s.begin(at(0), "desk").await.unwrap();
    keep(&s, 2, vec![first.clone(), second.clone()]).await.unwrap();
    let s = place.reopen(s).await;
    assert_eq!(untold(&s, "mail").await, [id(&first), id(&second)]);
    s.acknowledge(at(3), "mail", vec![first.events[0].id.clone()], Vec::new()).await.unwrap();
    let s = place.reopen(s).await;
    assert_eq!(untold(&s, "mail").await, [id(&second)]);
    assert_eq!(untold(&s, "desk").await.len(), 2, "another sink has taken none");
    assert_eq!(untold(&s, "pager").await, [""; 0], "it was never begun");
    let third = refused("westmarch", 4);
    keep(&s, 5, vec![third.clone()]).await.unwrap();
    let refusal = Refused { event: second.events[0].id.clone(), why: "the address is gone".to_owned() };
    s.acknowledge(at(6), "mail", Vec::new(), vec![refusal.clone()]).await.unwrap();
    let s = place.reopen(s).await;
    assert_eq!(untold(&s, "mail").await, [id(&third)], "what is refused is not offered again");
    let said = records(&s, 100).await.into_iter().any(|record| match record.entry {
        Entry::Delivery { refused, .. } => refused == [refusal.clone()],
        _ => false,
    });
    assert!(said, "why it was refused is on record");
}

async fn what_a_sink_has_behind_it_waits_again_when_somebody_asks<P: Place>(place: &P) {
    let first = refused("wantsum", 0);
    let event = first.events[0].id.clone();
    let s = place.open();
    s.begin(at(0), "mail").await.unwrap();
    keep(&s, 2, vec![first.clone()]).await.unwrap();
    assert!(!s.resend(at(3), "mail", &event).await.unwrap(), "it waits already");
    s.acknowledge(at(3), "mail", vec![event.clone()], Vec::new()).await.unwrap();
    assert!(s.resend(at(4), "mail", &event).await.unwrap());
    assert_eq!(untold(&s, "mail").await, [id(&first)]);
    let s = place.reopen(s).await;
    assert_eq!(untold(&s, "mail").await, [id(&first)]);
    assert!(s.resend(at(5), "pager", &event).await.is_err(), "it was never begun");
    let other = refused("eastmarch", 9).events[0].id.clone();
    assert!(s.resend(at(5), "mail", &other).await.is_err(), "it never happened");
    // Why a sink takes nothing is said once.
    for why in [Some("busy"), Some("busy"), None, None, Some("busy")] {
        s.trouble(at(6), "mail", why).await.unwrap();
    }
    let s = place.reopen(s).await;
    s.trouble(at(7), "mail", Some("busy")).await.unwrap();
    let said = records(&s, 100).await.into_iter().filter_map(|record| match record.entry {
        Entry::Trouble { why, .. } => Some(why),
        _ => None,
    });
    assert_eq!(said.collect::<Vec<_>>(), [Some("busy".to_owned()), None, Some("busy".to_owned())]);
}

async fn what_is_claimed_is_nobody_elses_until_its_time_is_up<P: Place>(place: &P) {
    let s = place.open();
    let hour = SignedDuration::from_hours(1);
    s.begin(at(0), "mail").await.unwrap();
    s.begin(at(0), "desk").await.unwrap();
    let commits: Vec<_> = ["a", "b", "c"].map(|name| refused(name, 0)).into();
    keep(&s, 1, commits.clone()).await.unwrap();
    let claimed = |claim: crate::store::Claim| -> Vec<String> {
        claim.events.into_iter().map(|event| event.target.to_string()).collect()
    };
    let other = s.clone();
    assert_eq!(claimed(s.claim("mail", at(1), hour, 2).await.unwrap()), ["a", "b"]);
    assert_eq!(claimed(other.claim("mail", at(2), hour, 9).await.unwrap()), ["c"]);
    assert_eq!(claimed(other.claim("mail", at(3), hour, 9).await.unwrap()), [""; 0]);
    assert_eq!(s.waiting("mail", Level::Silent).await.unwrap(), 3);
    assert_eq!(claimed(s.claim("desk", at(3), hour, 9).await.unwrap()).len(), 3);
    s.acknowledge(at(4), "mail", vec![commits[1].events[0].id.clone()], Vec::new()).await.unwrap();
    assert_eq!(
        claimed(s.claim("mail", at(61), hour, 9).await.unwrap()),
        ["a"],
        "an hour after it was claimed"
    );
    s.release("mail").await.unwrap();
    assert_eq!(claimed(s.claim("mail", at(61), hour, 9).await.unwrap()), ["a", "c"], "given back");
    let refusal = Refused { event: commits[0].events[0].id.clone(), why: "no".to_owned() };
    s.acknowledge(at(62), "mail", Vec::new(), vec![refusal]).await.unwrap();
    s.release("mail").await.unwrap();
    assert_eq!(claimed(s.claim("mail", at(62), hour, 9).await.unwrap()), ["c"]);
    drop(other);
    let s = place.reopen(s).await;
    s.release("mail").await.unwrap();
    assert_eq!(claimed(s.claim("mail", at(62), hour, 9).await.unwrap()), ["c"]);
}

async fn a_sink_that_begins_takes_what_comes_after<P: Place>(place: &P) {
    let (first, second) = (refused("wantsum", 0), refused("eastmarch", 4));
    let s = place.open();
    keep(&s, 1, vec![first]).await.unwrap();
    s.begin(at(2), "pager").await.unwrap();
    s.begin(at(3), "pager").await.unwrap();
    let s = place.reopen(s).await;
    s.begin(at(3), "pager").await.unwrap();
    keep(&s, 5, vec![second.clone()]).await.unwrap();
    let s = place.reopen(s).await;
    assert_eq!(untold(&s, "pager").await, [id(&second)]);
    let begun = records(&s, 9).await.into_iter().filter(|record| matches!(record.entry, Entry::Sink { .. }));
    assert_eq!(begun.count(), 1);
}

async fn an_adopted_target_is_on_record<P: Place>(place: &P) {
    let s = place.open();
    let url = "https://wantsum.example/news/1";
    s.adopt(at(1), &target("wantsum-1"), url, &target("wantsum"), "about the incident").await.unwrap();
    let s = place.reopen(s).await;
    let expected = Entry::Adopted {
        target: target("wantsum-1"),
        url: url.to_owned(),
        from: target("wantsum"),
        rule: "about the incident".to_owned(),
    };
    let found: Vec<_> = records(&s, 9).await.into_iter().map(|record| (record.at, record.entry)).collect();
    assert_eq!(found, [(at(1), expected)]);
    assert_eq!(s.subjects().await.unwrap(), [], "it was not looked at");
}

async fn a_history_goes_on_under_another_name<P: Place>(place: &P) {
    let (first, other) = (read("wantsum", 0, &["We know of no incident."]), refused("eastmarch", 1));
    let id = first.snapshots[0].id.clone();
    let s = place.open();
    keep(&s, 1, vec![first.clone(), other]).await.unwrap();
    keep(&s, 2, vec![same(2, &first)]).await.unwrap();
    let (old, new) = (target("wantsum"), target("wantsum-city"));
    assert!(!s.rename(at(2), &old, &target("eastmarch")).await.unwrap(), "it has its own history");
    assert!(s.rename(at(2), &old, &new).await.unwrap());
    assert!(!s.rename(at(3), &old, &new).await.unwrap(), "done already");
    let mut next = same(4, &first);
    next.look.target = new.clone();
    keep(&s, 4, vec![next]).await.unwrap();
    let s = place.reopen(s).await;
    let page = subject("wantsum-city");
    let state = s.state(&page).await.unwrap();
    assert_eq!((state.looks, state.snapshot.map(|known| known.id)), (3, Some(id.clone())));
    assert_eq!(s.snapshot(&page, &id).await.unwrap(), first.snapshots[0]);
    assert_eq!(s.snapshots_of(&page).await.unwrap(), std::slice::from_ref(&id));
    assert_eq!(s.names(&new).await.unwrap(), [new.clone(), old]);
    assert_eq!(s.subjects().await.unwrap(), [subject("eastmarch"), page]);
    let seen: Vec<_> = looks(&s).await.iter().map(|look| look.target.to_string()).collect();
    assert_eq!(seen, ["wantsum", "eastmarch", "wantsum", "wantsum-city"]);
}

async fn an_id_kept_once_keeps_its_content<P: Place>(place: &P) {
    let first = read("wantsum", 0, &["We know of no incident."]);
    let mut again = first.clone();
    again.events[0].headline = "Another headline under the same id".to_owned();
    let s = place.open();
    s.begin(at(0), "mail").await.unwrap();
    keep(&s, 1, vec![first.clone()]).await.unwrap();
    let s = place.reopen(s).await;
    keep(&s, 2, vec![again]).await.unwrap();
    let s = place.reopen(s).await;
    assert_eq!(s.event(&first.events[0].id).await.unwrap(), first.events[0]);
    assert_eq!(s.find_event("").await.unwrap().len(), 1);
    s.acknowledge(at(3), "mail", vec![first.events[0].id.clone()], Vec::new()).await.unwrap();
    assert_eq!(untold(&s, "mail").await, [""; 0]);
}

async fn pauses_and_memories_outlive_the_run<P: Place>(place: &P) {
    let mut look = refused("wantsum", 0);
    look.look.not_before = Some(at(60));
    look.look.whole_host = true;
    look.look.host = Some("wantsum.example".to_owned());
    let first = Memory { number: 1, counters: vec!["visitors: 0".to_owned()], ..Memory::default() };
    let second = Memory { number: 2, furniture: vec!["our menu".to_owned()], ..first.clone() };
    look.memory = Some(("wantsum.example".to_owned(), first.clone()));
    let mut next = still_refused("wantsum", 90);
    next.memory = Some(("wantsum.example".to_owned(), second.clone()));
    let s = place.open();
    assert_eq!(s.memory("wantsum.example").await.unwrap(), None);
    keep(&s, 1, vec![look]).await.unwrap();
    let s = place.reopen(s).await;
    assert_eq!(s.cooling("wantsum.example").await.unwrap(), Some(at(60)));
    assert_eq!(s.cooling("eastmarch.example").await.unwrap(), None);
    assert_eq!(s.state(&subject("wantsum")).await.unwrap().not_before, Some(at(60)));
    let (name, memory) = s.memory("wantsum.example").await.unwrap().unwrap();
    assert_eq!(memory, first);
    keep(&s, 91, vec![next]).await.unwrap();
    let s = place.reopen(s).await;
    let (newest, memory) = s.memory("wantsum.example").await.unwrap().unwrap();
    assert_eq!(memory, second);
    assert_eq!(s.memory_named("wantsum.example", &newest).await.unwrap(), second);
    assert_eq!(s.memory_named("wantsum.example", &name).await.unwrap(), first);
    let unknown = MemoryName::Digest(Digest::of(b"another"));
    assert!(matches!(s.memory_named("wantsum.example", &unknown).await, Err(StoreError::Unknown(_))));
    assert_eq!(s.memory("eastmarch.example").await.unwrap(), None);
}

async fn what_does_not_hold_together_is_refused_and_nothing_of_it_kept<P: Place>(place: &P) {
    let whole = read("wantsum", 0, &["We know of no incident."]);
    let mut lonely = read("eastmarch", 0, &["We know of no incident."]);
    lonely.blobs.clear();
    let mut others = read("eastmarch", 0, &["We know of no incident."]);
    others.events[0].target = target("westmarch");
    let s = place.open();
    for wrong in [lonely, others] {
        let lost: Vec<Digest> = wrong.blobs.iter().map(|bytes| Digest::of(bytes)).collect();
        let kept = keep(&s, 1, vec![wrong, whole.clone()]).await.unwrap();
        assert!(
            matches!(&kept[..], [Kept::Refused(Refusal { why: Why::Bug, .. }), Kept::Kept]),
            "it keeps no other from being kept: {kept:?}"
        );
        assert_eq!(s.subjects().await.unwrap(), [subject("wantsum")]);
        for sha256 in lost {
            assert!(s.blob(&sha256).await.is_err());
        }
    }
    let s = place.reopen(s).await;
    assert_eq!(s.subjects().await.unwrap(), [subject("wantsum")]);
    assert_eq!(s.state(&subject("wantsum")).await.unwrap().looks, 2);
}

async fn a_host_is_leased_to_one_at_a_time<P: Place>(place: &P) {
    let s = place.open();
    let other = s.clone();
    let first = s.lease("wantsum.example", at(0), at(5)).await.unwrap().unwrap();
    assert_eq!(other.lease("wantsum.example", at(4), at(9)).await.unwrap(), None);
    assert!(other.lease("eastmarch.example", at(4), at(9)).await.unwrap().is_some());
    // Its holder is late: somebody else may ask, and what the first gives back is not theirs.
    let second = other.lease("wantsum.example", at(5), at(10)).await.unwrap().unwrap();
    assert!(second.epoch > first.epoch);
    s.end_lease(first).await.unwrap();
    assert_eq!(s.lease("wantsum.example", at(6), at(11)).await.unwrap(), None);
    other.end_lease(second.clone()).await.unwrap();
    let third = s.lease("wantsum.example", at(6), at(11)).await.unwrap().unwrap();
    assert!(third.epoch > second.epoch);
}
