//! The default store: a folder of plain files, made to be committed to git and read with `cat`.
//!
//! The files are the truth. What is held in memory is what the log comes to (`fold`), and no statement. A commit's point
//! of no return is a line of the log, durable on disk, that names the look's files by their digests; whatever a crash
//! leaves undone after that line, the next [`Files::open`] finishes, and whatever was done before a line that never
//! came, it undoes.

mod beneath;
mod commit;
pub(crate) mod disk;
mod index;
mod inner;
mod lock;
pub(crate) mod log;
mod open;
pub(crate) mod seed;
mod settle;
mod stage;
pub(crate) mod state;
mod writer;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
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
    Digest, Entry, Event, EventId, ItemKey, Level, Memory, MemoryName, MemoryRef, Record, Refused, Snapshot,
    SnapshotId, Subject, TargetId, TargetState,
};
use index::Index;
use inner::Inner;
use writer::Writer;

/// A store in a folder. Clones are one store.
#[derive(Debug, Clone)]
pub struct Files {
    root: Arc<PathBuf>,
    inner: Arc<Mutex<Inner>>,
}

impl Files {
    /// Opens a store to write: makes it where there is none, brings an older one up, takes the writer's lock, finishes
    /// or takes back what a crash left.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let (fold, writer) = open::to_write(root)?;
        Ok(Self::of(root, fold, Some(writer)))
    }

    /// Opens a store to read; needs no lock and changes nothing. A damaged log does not keep what is whole from being
    /// read; [`History::history`] names the damage.
    pub fn read_only(root: &Path) -> Result<Self, StoreError> {
        Ok(Self::of(root, open::to_read(root)?, None))
    }

    fn of(root: &Path, fold: Fold, writer: Option<Writer>) -> Self {
        let inner = Inner {
            fold,
            quiet: Vec::new(),
            index: Index::default(),
            claims: Claims::default(),
            hosts: Hosts::default(),
            writer,
        };
        Self { root: Arc::new(root.to_owned()), inner: Arc::new(Mutex::new(inner)) }
    }

    /// What was cached under a name, if it is still there. It may be lost without harm, and is nobody's record.
    ///
    /// # Errors
    /// When the system refuses to read it.
    pub fn cached(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        disk::read(&self.root, &format!("{}/{name}", layout::CACHE))
    }

    /// Caches bytes under a name, for later runs on this machine.
    ///
    /// # Errors
    /// When the system refuses to write them, or the store is only read.
    pub fn cache(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.writing(|root, _, _| {
            disk::make_folders(root, layout::CACHE)?;
            settle::replace(root, &format!("{}/{name}", layout::CACHE), bytes)
        })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bytes of a file that are those of a digest, also where a crash left it under its temporary name.
    fn bytes(&self, path: &str, sha256: &Digest) -> Result<(PathBuf, Vec<u8>), StoreError> {
        let (at, bytes) = disk::read_either(&self.root, path)?.ok_or_else(|| {
            StoreError::damaged(self.root.join(path), "the log names this file, and it is not there")
        })?;
        let at = self.root.join(at);
        let bytes = assemble::whole(&at, bytes, sha256)?;
        Ok((at, bytes))
    }

    fn read_memory(&self, memory: &MemoryRef) -> Result<Memory, StoreError> {
        let old = layout::memory_of_format_1(&memory.host, memory.number);
        let new = layout::memory(memory);
        let path = if disk::read_either(&self.root, &new)?.is_none() { old } else { new };
        let (at, bytes) = self.bytes(&path, &memory.sha256)?;
        assemble::to_memory(&at, &bytes, memory.number)
    }

    fn read_event(&self, waiting: &Waiting) -> Result<Event, StoreError> {
        let path = layout::event(&waiting.subject, waiting.until, &waiting.id);
        let (at, bytes) = self.bytes(&path, &waiting.sha256)?;
        assemble::to_event(&at, &bytes, &waiting.id)
    }

    /// Runs one write; when it fails, nothing more is written through this opening.
    fn writing<T>(
        &self,
        write: impl FnOnce(&Path, &mut Inner, &mut Writer) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        blocking(|| {
            let mut inner = self.lock();
            if inner.writer.as_ref().is_none_or(|writer| writer.stopped) {
                return Err(StoreError::Stopped { path: self.root.to_path_buf() });
            }
            let Some(mut writer) = inner.writer.take() else {
                return Err(StoreError::Stopped { path: self.root.to_path_buf() });
            };
            let done = write(&self.root, &mut inner, &mut writer);
            writer.stopped = done.is_err();
            inner.writer = Some(writer);
            done
        })
    }
}

/// Waits for the disk without holding up the tasks beside.
fn blocking<T>(wait: impl FnOnce() -> T) -> T {
    use tokio::runtime::{Handle, RuntimeFlavor};

    let threads = Handle::try_current().map(|handle| handle.runtime_flavor());
    if matches!(threads, Ok(RuntimeFlavor::MultiThread)) { tokio::task::block_in_place(wait) } else { wait() }
}

impl Looks for Files {
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
        let Some(named) = self.lock().fold.memory.get(&layout::host_folder(host)).cloned() else {
            return Ok(None);
        };
        let memory = self.read_memory(&named)?;
        Ok(Some((MemoryName::Digest(named.sha256), memory)))
    }

    async fn memory_number(&self, host: &str) -> Result<u32, StoreError> {
        let inner = self.lock();
        Ok(inner.fold.memory.get(&layout::host_folder(host)).map_or(0, |memory| memory.number))
    }

    async fn memory_named(&self, host: &str, name: &MemoryName) -> Result<Memory, StoreError> {
        let known = self.lock().fold.memory.get(&layout::host_folder(host)).cloned();
        let is = |known: &&MemoryRef| match name {
            MemoryName::Digest(sha256) => known.sha256 == *sha256,
            MemoryName::Number(number) => known.number == *number,
        };
        if let Some(known) = known.as_ref().filter(is) {
            return self.read_memory(known);
        }
        let found = self.lock().index.memory(&self.root, host, name)?;
        let found = found
            .ok_or_else(|| StoreError::Unknown(format!("memory {name:?} of {}", host.escape_default())))?;
        self.read_memory(&found)
    }

    async fn commit(&self, at: Timestamp, commits: Vec<Commit>) -> Result<Vec<Kept>, StoreError> {
        if commits.is_empty() {
            return Ok(Vec::new());
        }
        self.writing(|root, inner, writer| commit::commit(root, inner, writer, at, commits))
    }

    async fn flush(&self, at: Timestamp) -> Result<(), StoreError> {
        if self.lock().quiet.is_empty() {
            return Ok(());
        }
        self.writing(|root, inner, writer| commit::flush(root, inner, writer, at))
    }

    async fn settle(&self, at: Timestamp) -> Result<(), StoreError> {
        self.writing(|root, inner, writer| {
            commit::flush(root, inner, writer, at)?;
            if writer.is_saved() { Ok(()) } else { writer.save(root, &inner.fold, at) }
        })
    }

    async fn rename(&self, at: Timestamp, from: &TargetId, to: &TargetId) -> Result<bool, StoreError> {
        if !self.lock().fold.may_rename(from, to) {
            return Ok(false);
        }
        let entry = Entry::Renamed { from: from.clone(), to: to.clone() };
        self.writing(|root, inner, writer| {
            commit::flush(root, inner, writer, at)?;
            writer.entries(root, &mut inner.fold, at, vec![entry])?;
            let under = |subject: &&Subject| subject.target == *to;
            let moved: Vec<Subject> = inner.fold.subjects.keys().filter(under).cloned().collect();
            let texts = settle::texts(root, &inner.fold, moved.iter(), &mut writer.todo);
            settle::write_latest(root, texts, &mut writer.todo)?;
            Ok(true)
        })
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
        let entry = Entry::Adopted { target, url, from, rule };
        self.writing(|root, inner, writer| writer.entries(root, &mut inner.fold, at, vec![entry]))
    }
}

impl History for Files {
    async fn history(&self, from: &Cursor, most: usize) -> Result<Page, StoreError> {
        let mut inner = self.lock();
        let mut page = inner.index.page(&self.root, from, most)?;
        if page.next.is_none() {
            if inner.writer.is_none() {
                state::check_tail(&self.root)?;
            }
            // Quiet looks that are in no line yet are the newest.
            let record = |log::Waiting { look, .. }: &log::Waiting| Record {
                at: look.ended,
                entry: Entry::Look(look.clone()),
            };
            page.records.extend(inner.quiet.iter().map(record));
        }
        Ok(page)
    }

    async fn subjects(&self) -> Result<Vec<Subject>, StoreError> {
        Ok(self.lock().fold.subjects.keys().cloned().collect())
    }

    async fn names(&self, target: &TargetId) -> Result<Vec<TargetId>, StoreError> {
        Ok(self.lock().fold.names_of(target).cloned().collect())
    }

    async fn snapshot(&self, subject: &Subject, id: &SnapshotId) -> Result<Snapshot, StoreError> {
        let (homes, known) = {
            let inner = self.lock();
            let homes: Vec<Subject> = inner.fold.homes(subject).collect();
            (homes, inner.fold.snapshot_ref(subject, id).map(|known| known.sha256.clone()))
        };
        let there = |home: &&Subject| {
            let path = layout::snapshot(home, id);
            disk::read_either(&self.root, &path).is_ok_and(|found| found.is_some())
        };
        let home = homes.iter().find(there).unwrap_or(subject);
        let path = layout::snapshot(home, id);
        let sha256 = match known {
            Some(sha256) => Some(sha256),
            None => self.lock().index.digest(&self.root, &path)?,
        };
        let sha256 = sha256.ok_or_else(|| StoreError::Unknown(format!("snapshot {subject}@{id}")))?;
        let (at, bytes) = self.bytes(&path, &sha256)?;
        assemble::to_snapshot(&at, &bytes, id)
    }

    async fn snapshots_of(&self, subject: &Subject) -> Result<Vec<SnapshotId>, StoreError> {
        let mut inner = self.lock();
        let homes: Vec<Subject> = inner.fold.homes(subject).collect();
        let mut found = BTreeSet::new();
        for home in homes {
            found.extend(inner.index.snapshots(&self.root, &home)?);
        }
        Ok(found.into_iter().collect())
    }

    async fn event(&self, id: &EventId) -> Result<Event, StoreError> {
        let found = self.lock().index.events(&self.root, id.as_str())?.pop();
        let found = found.ok_or_else(|| StoreError::Unknown(format!("event {id}")))?;
        self.read_event(&found)
    }

    async fn find_event(&self, prefix: &str) -> Result<Vec<EventId>, StoreError> {
        let found = self.lock().index.events(&self.root, prefix)?;
        Ok(found.into_iter().map(|event| event.id).collect())
    }
}

impl Blobs for Files {
    async fn blob(&self, sha256: &Digest) -> Result<Vec<u8>, StoreError> {
        let paths = self.lock().index.blobs(&self.root, sha256)?;
        let mut wrong = None;
        for path in paths {
            match self.bytes(&path, sha256) {
                Ok((_, bytes)) => return Ok(bytes),
                Err(error) => wrong = Some(error),
            }
        }
        Err(wrong.unwrap_or_else(|| {
            let seen = format!("no file of this store has the bytes of {sha256}");
            StoreError::damaged(self.root.to_path_buf(), seen)
        }))
    }
}

impl Outbox for Files {
    async fn begin(&self, at: Timestamp, sink: &str) -> Result<(), StoreError> {
        if self.lock().fold.outbox.contains_key(sink) {
            return Ok(());
        }
        let entry = Entry::Sink { sink: sink.to_owned() };
        self.writing(|root, inner, writer| writer.entries(root, &mut inner.fold, at, vec![entry]))
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
        let claimed = {
            let mut inner = self.lock();
            let Inner { fold, claims, .. } = &mut *inner;
            claims.claim(fold, sink, now, span, most)
        };
        let mut found = Claim::default();
        for waiting in claimed {
            match self.read_event(&waiting) {
                Ok(event) => found.events.push(event),
                Err(StoreError::Damaged { seen, .. }) => found.damaged.push((waiting.id, seen)),
                Err(other) => found.unread.push((waiting.id, other.to_string())),
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
        if taken.is_empty() && refused.is_empty() {
            return Ok(());
        }
        self.writing(|root, inner, writer| {
            writer.entries(root, &mut inner.fold, at, deliveries(sink, &taken, &refused))?;
            inner.claims.acknowledge(sink, taken.iter().chain(refused.iter().map(|refused| &refused.event)));
            commit::save_if_due(root, inner, writer, at)
        })
    }

    async fn trouble(&self, at: Timestamp, sink: &str, why: Option<&str>) -> Result<(), StoreError> {
        let Some(entry) = self.lock().fold.troubled(sink, why) else { return Ok(()) };
        self.writing(|root, inner, writer| writer.entries(root, &mut inner.fold, at, vec![entry]))
    }

    async fn resend(&self, at: Timestamp, sink: &str, event: &EventId) -> Result<bool, StoreError> {
        let entry = {
            let mut inner = self.lock();
            let found = inner.index.events(&self.root, event.as_str())?.pop();
            inner.fold.resent(sink, event, found)?
        };
        let Some(entry) = entry else { return Ok(false) };
        self.writing(|root, inner, writer| writer.entries(root, &mut inner.fold, at, vec![entry]))?;
        Ok(true)
    }

    async fn release(&self, sink: &str) -> Result<(), StoreError> {
        self.lock().claims.release(sink);
        Ok(())
    }
}

/// How many events one line of a delivery names.
const DELIVERED: usize = 1000;

fn deliveries(sink: &str, taken: &[EventId], refused: &[Refused]) -> Vec<Entry> {
    let entry = |events, refused| Entry::Delivery { sink: sink.to_owned(), events, refused };
    let mut entries: Vec<Entry> =
        taken.chunks(DELIVERED).map(|some| entry(some.to_vec(), Vec::new())).collect();
    entries.extend(refused.chunks(DELIVERED).map(|some| entry(Vec::new(), some.to_vec())));
    entries
}

impl Leases for Files {
    async fn lease(&self, host: &str, now: Timestamp, until: Timestamp) -> Result<Option<Lease>, StoreError> {
        Ok(self.lock().hosts.lease(host, now, until))
    }

    async fn end_lease(&self, lease: Lease) -> Result<(), StoreError> {
        self.lock().hosts.end(&lease);
        Ok(())
    }
}
