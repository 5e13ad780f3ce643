//! A store in memory, for tests of what is built on one. It keeps the contract, and nothing after the process.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use super::{
    Blobs, Claim, Commit, Cursor, History, Kept, Lease, Leases, Looks, Outbox, Page, StoreError, assemble,
    fold::{Fold, Waiting},
    holds::{Claims, Hosts},
    layout,
};
use crate::model::{
    Digest, Entry, Event, EventId, ItemKey, Level, Memory, MemoryName, MemoryRef, Observation, Record,
    Refused, Snapshot, SnapshotId, Subject, TargetId, TargetState,
};

/// A store in memory. Clones are one store.
#[derive(Debug, Clone, Default)]
pub struct InMemory(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    files: BTreeMap<String, Vec<u8>>,
    records: Vec<Record>,
    fold: Fold,
    claims: Claims,
    hosts: Hosts,
}

impl InMemory {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn looks(&self) -> impl Iterator<Item = &Observation> {
        self.records.iter().filter_map(|record| match &record.entry {
            Entry::Look(look) => Some(look),
            _ => None,
        })
    }

    fn events(&self) -> impl Iterator<Item = Waiting> {
        self.looks().flat_map(|look| look.events.iter().map(|event| Waiting::of(&look.subject(), event)))
    }

    /// The bytes of a file that are those of a digest.
    fn bytes(&self, path: &str, sha256: &Digest) -> Result<Vec<u8>, StoreError> {
        let bytes = self.files.get(path).cloned();
        let bytes =
            bytes.ok_or_else(|| StoreError::damaged(path, "the log names this file, and it is not there"))?;
        assemble::whole(Path::new(path), bytes, sha256)
    }

    fn read_event(&self, waiting: &Waiting) -> Result<Event, StoreError> {
        let path = layout::event(&waiting.subject, waiting.until, &waiting.id);
        assemble::to_event(Path::new(&path), &self.bytes(&path, &waiting.sha256)?, &waiting.id)
    }

    fn read_memory(&self, memory: &MemoryRef) -> Result<Memory, StoreError> {
        let path = layout::memory(memory);
        assemble::to_memory(Path::new(&path), &self.bytes(&path, &memory.sha256)?, memory.number)
    }

    fn record(&mut self, at: Timestamp, entry: Entry) {
        self.fold.apply(&entry);
        self.records.push(Record { at, entry });
    }

    fn commit(&mut self, at: Timestamp, commits: Vec<Commit>) -> Vec<Kept> {
        let (mut fresh, mut looks, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        let mut touched = std::collections::BTreeSet::new();
        for commit in commits {
            let subject = commit.look.subject();
            let version = self.fold.state(&subject).version();
            if commit.look.source.is_own() && (commit.version != version || !touched.insert(subject)) {
                kept.push(Kept::Stale);
                continue;
            }
            fresh.push((kept.len(), commit));
            kept.push(Kept::Kept);
        }
        // The source of items, which stands behind them in the log, brings the capture that they share.
        fresh.sort_by_key(|(_, commit)| commit.blobs.is_empty());
        for (place, commit) in fresh {
            match prepare(&self.files, commit) {
                Ok((look, new)) => {
                    self.files.extend(new);
                    looks.push((place, look));
                }
                Err(error) => {
                    if let Some(kept) = kept.get_mut(place) {
                        *kept = Kept::Refused(error.into());
                    }
                }
            }
        }
        looks.sort_by_key(|(place, _)| *place);
        for (_, look) in looks {
            self.record(at, Entry::Look(look));
        }
        kept
    }
}

/// One look and its new files.
fn prepare(
    files: &BTreeMap<String, Vec<u8>>,
    commit: Commit,
) -> Result<(Observation, BTreeMap<String, Vec<u8>>), StoreError> {
    let mut part = assemble::assemble(commit)?;
    part.leave_out_known(|path| files.get(path).map(|bytes| Digest::of(bytes)));
    let mut new: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for file in part.files {
        if files.get(&file.path).is_some_and(|kept| *kept != file.bytes) {
            return Err(StoreError::damaged(file.path, "other bytes are kept under this name"));
        }
        if new.get(&file.path).is_some_and(|kept| *kept != file.bytes) {
            return Err(StoreError::Unfit(format!("two files want to be `{}`", file.path)));
        }
        new.insert(file.path, file.bytes);
    }
    for needed in part.needs {
        if !files.values().chain(new.values()).any(|bytes| Digest::of(bytes) == needed) {
            return Err(StoreError::Unfit(format!("a snapshot's capture {needed} is not in the store")));
        }
    }
    Ok((part.look, new))
}

impl Looks for InMemory {
    async fn state(&self, subject: &Subject) -> Result<TargetState, StoreError> {
        Ok(self.lock().fold.state(subject))
    }

    async fn items(&self, target: &TargetId) -> Result<Vec<(ItemKey, TargetState)>, StoreError> {
        Ok(self.lock().fold.items(target))
    }

    async fn cooling(&self, host: &str) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.lock().fold.cooling.get(host).copied())
    }

    async fn memory(&self, host: &str) -> Result<Option<(MemoryName, Memory)>, StoreError> {
        let inner = self.lock();
        let Some(named) = inner.fold.memory.get(&layout::host_folder(host)) else { return Ok(None) };
        Ok(Some((MemoryName::Digest(named.sha256.clone()), inner.read_memory(named)?)))
    }

    async fn memory_number(&self, host: &str) -> Result<u32, StoreError> {
        let inner = self.lock();
        Ok(inner.fold.memory.get(&layout::host_folder(host)).map_or(0, |memory| memory.number))
    }

    async fn memory_named(&self, host: &str, name: &MemoryName) -> Result<Memory, StoreError> {
        let inner = self.lock();
        let of_host =
            |memory: &&MemoryRef| memory.host == host && MemoryName::Digest(memory.sha256.clone()) == *name;
        let found = inner.looks().filter_map(|look| look.memory.as_ref()).find(of_host);
        let found = found.ok_or_else(|| StoreError::Unknown(format!("memory {name:?}")))?;
        inner.read_memory(found)
    }

    async fn commit(&self, at: Timestamp, commits: Vec<Commit>) -> Result<Vec<Kept>, StoreError> {
        Ok(self.lock().commit(at, commits))
    }

    async fn flush(&self, _at: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }

    async fn settle(&self, _at: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }

    async fn rename(&self, at: Timestamp, from: &TargetId, to: &TargetId) -> Result<bool, StoreError> {
        let mut inner = self.lock();
        let may = inner.fold.may_rename(from, to);
        if may {
            inner.record(at, Entry::Renamed { from: from.clone(), to: to.clone() });
        }
        Ok(may)
    }

    async fn adopted(&self) -> Result<Vec<(TargetId, String, TargetId)>, StoreError> {
        Ok(self.lock().fold.adopted())
    }

    async fn adopt(
        &self,
        at: Timestamp,
        target: &TargetId,
        url: &str,
        from: &TargetId,
        rule: &str,
    ) -> Result<(), StoreError> {
        let (target, url, from, rule) = (target.clone(), url.to_owned(), from.clone(), rule.to_owned());
        self.lock().record(at, Entry::Adopted { target, url, from, rule });
        Ok(())
    }
}

impl History for InMemory {
    async fn history(&self, from: &Cursor, most: usize) -> Result<Page, StoreError> {
        let inner = self.lock();
        let start: usize = from.0.parse().unwrap_or(0);
        let records: Vec<Record> = inner.records.iter().skip(start).take(most.max(1)).cloned().collect();
        let end = start + records.len();
        let next = (end < inner.records.len()).then(|| Cursor(end.to_string()));
        Ok(Page { records, next })
    }

    async fn subjects(&self) -> Result<Vec<Subject>, StoreError> {
        Ok(self.lock().fold.subjects.keys().cloned().collect())
    }

    async fn names(&self, target: &TargetId) -> Result<Vec<TargetId>, StoreError> {
        Ok(self.lock().fold.names_of(target).cloned().collect())
    }

    async fn snapshot(&self, subject: &Subject, id: &SnapshotId) -> Result<Snapshot, StoreError> {
        let inner = self.lock();
        let homes: Vec<Subject> = inner.fold.homes(subject).collect();
        let named = inner.looks().filter(|look| homes.contains(&look.subject())).find_map(|look| {
            let found = look.snapshots.iter().find(|snapshot| snapshot.id == *id)?;
            Some((layout::snapshot(&look.subject(), id), found.sha256.clone()))
        });
        let (path, sha256) = named.ok_or_else(|| StoreError::Unknown(format!("snapshot {subject}@{id}")))?;
        assemble::to_snapshot(Path::new(&path), &inner.bytes(&path, &sha256)?, id)
    }

    async fn snapshots_of(&self, subject: &Subject) -> Result<Vec<SnapshotId>, StoreError> {
        let inner = self.lock();
        let homes: Vec<Subject> = inner.fold.homes(subject).collect();
        let looks = inner.looks().filter(|look| homes.contains(&look.subject()));
        let mut found: Vec<SnapshotId> =
            looks.flat_map(|look| look.snapshots.iter().map(|snapshot| snapshot.id.clone())).collect();
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    async fn event(&self, id: &EventId) -> Result<Event, StoreError> {
        let inner = self.lock();
        let found = inner.events().find(|event| event.id == *id);
        inner.read_event(&found.ok_or_else(|| StoreError::Unknown(format!("event {id}")))?)
    }

    async fn find_event(&self, prefix: &str) -> Result<Vec<EventId>, StoreError> {
        let inner = self.lock();
        let mut found: Vec<EventId> = inner.events().map(|event| event.id).collect();
        found.retain(|id| id.as_str().starts_with(prefix));
        found.sort();
        found.dedup();
        Ok(found)
    }
}

impl Blobs for InMemory {
    async fn blob(&self, sha256: &Digest) -> Result<Vec<u8>, StoreError> {
        let inner = self.lock();
        let found = inner.files.values().find(|bytes| Digest::of(bytes) == *sha256);
        found
            .cloned()
            .ok_or_else(|| StoreError::damaged("memory", format!("no file has the bytes of {sha256}")))
    }
}

impl Outbox for InMemory {
    async fn begin(&self, at: Timestamp, sink: &str) -> Result<(), StoreError> {
        let mut inner = self.lock();
        if !inner.fold.outbox.contains_key(sink) {
            inner.record(at, Entry::Sink { sink: sink.to_owned() });
        }
        Ok(())
    }

    async fn waiting(&self, sink: &str, least: Level) -> Result<usize, StoreError> {
        let inner = self.lock();
        let waiting = inner.fold.outbox.get(sink).into_iter().flatten();
        Ok(waiting.filter(|waiting| waiting.level >= least).count())
    }

    async fn claim(
        &self,
        sink: &str,
        now: Timestamp,
        span: SignedDuration,
        most: usize,
    ) -> Result<Claim, StoreError> {
        let mut inner = self.lock();
        let Inner { fold, claims, .. } = &mut *inner;
        let claimed = claims.claim(fold, sink, now, span, most);
        let mut found = Claim::default();
        for waiting in claimed {
            match inner.read_event(&waiting) {
                Ok(event) => found.events.push(event),
                Err(error) => found.damaged.push((waiting.id, error.to_string())),
            }
        }
        Ok(found)
    }

    async fn acknowledge(
        &self,
        at: Timestamp,
        sink: &str,
        taken: Vec<EventId>,
        refused: Vec<Refused>,
    ) -> Result<(), StoreError> {
        if !taken.is_empty() || !refused.is_empty() {
            let mut inner = self.lock();
            inner.claims.acknowledge(sink, taken.iter().chain(refused.iter().map(|refused| &refused.event)));
            inner.record(at, Entry::Delivery { sink: sink.to_owned(), events: taken, refused });
        }
        Ok(())
    }

    async fn trouble(&self, at: Timestamp, sink: &str, why: Option<&str>) -> Result<(), StoreError> {
        let mut inner = self.lock();
        if let Some(entry) = inner.fold.troubled(sink, why) {
            inner.record(at, entry);
        }
        Ok(())
    }

    async fn resend(&self, at: Timestamp, sink: &str, event: &EventId) -> Result<bool, StoreError> {
        let mut inner = self.lock();
        let found = inner.events().find(|known| known.id == *event);
        let Some(entry) = inner.fold.resent(sink, event, found)? else { return Ok(false) };
        inner.record(at, entry);
        Ok(true)
    }

    async fn release(&self, sink: &str) -> Result<(), StoreError> {
        self.lock().claims.release(sink);
        Ok(())
    }
}

impl Leases for InMemory {
    async fn lease(&self, host: &str, now: Timestamp, until: Timestamp) -> Result<Option<Lease>, StoreError> {
        Ok(self.lock().hosts.lease(host, now, until))
    }

    async fn end_lease(&self, lease: Lease) -> Result<(), StoreError> {
        self.lock().hosts.end(&lease);
        Ok(())
    }
}
