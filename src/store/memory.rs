//! A store in memory, for tests of what is built on one. It keeps the contract, and nothing after the process.

use std::{collections::BTreeMap, path::Path};

use jiff::Timestamp;

use super::{
    Commit, Store, StoreError, assemble,
    fold::{self, Fold, Kept},
    layout,
    layout::Named,
};
use crate::model::{
    Digest, Entry, Event, EventId, FileRef, Line, Memory, Snapshot, SnapshotId, TargetId, TargetState,
};

/// A store in memory.
#[derive(Debug, Default)]
pub struct InMemory {
    files: BTreeMap<String, Vec<u8>>,
    lines: Vec<Line>,
    fold: Fold,
}

impl InMemory {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn read(&self, path: &str, what: impl FnOnce() -> String) -> Result<&[u8], StoreError> {
        self.files.get(path).map(Vec::as_slice).ok_or_else(|| StoreError::Unknown(what()))
    }

    fn events(&self) -> Vec<Kept> {
        events(&self.lines)
    }

    fn append(&mut self, at: Timestamp, entry: Entry) {
        let line = Line { n: self.fold.position.lines, prev: self.fold.position.head.clone(), at, entry };
        let json = serde_json::to_vec(&line).unwrap_or_default();
        let Ok(()) = self.fold.apply(&line, || Ok::<_, std::convert::Infallible>(events(&self.lines)));
        (self.fold.position.lines, self.fold.position.head) = (line.n + 1, Digest::of(&json));
        self.lines.push(line);
    }
}

fn events(lines: &[Line]) -> Vec<Kept> {
    let looks = lines.iter().filter_map(|line| match &line.entry {
        Entry::Look(look) => Some(look),
        _ => None,
    });
    looks.filter_map(fold::event_of).collect()
}

impl Store for InMemory {
    fn state(&self, target: &TargetId) -> TargetState {
        self.fold.targets.get(target).cloned().unwrap_or_default()
    }

    fn cooling(&self, host: &str) -> Option<Timestamp> {
        self.fold.cooling.get(host).copied()
    }

    fn memory(&self, host: &str) -> Result<Memory, StoreError> {
        self.memory_at(host, self.fold.memory.get(&layout::host_folder(host)).copied().unwrap_or_default())
    }

    fn memory_at(&self, host: &str, number: u32) -> Result<Memory, StoreError> {
        if number == 0 {
            return Ok(Memory::default());
        }
        let path = layout::memory(host, number);
        let bytes = self.read(&path, || format!("memory {number} of {}", host.escape_default()))?;
        assemble::to_memory(Path::new(&path), bytes, number)
    }

    fn snapshot(&self, target: &TargetId, id: &SnapshotId) -> Result<Snapshot, StoreError> {
        let found = self.fold.names_of(target).find_map(|name| {
            let path = layout::snapshot(name, id);
            Some((name, self.files.get(&path)?, path))
        });
        let (name, bytes, path) =
            found.ok_or_else(|| StoreError::Unknown(format!("snapshot {target}@{id}")))?;
        assemble::to_snapshot(Path::new(&path), bytes, name, id)
    }

    fn capture(&self, file: &FileRef) -> Result<Vec<u8>, StoreError> {
        let bytes = self.read(&file.path, || format!("capture `{}`", file.path.escape_default()))?;
        assemble::to_capture(Path::new(&file.path), bytes.to_vec(), file)
    }

    fn event(&self, id: &EventId) -> Result<Event, StoreError> {
        let kept = self.events().into_iter().find(|kept| kept.id == *id);
        let path = kept.map(|kept| kept.path).ok_or_else(|| StoreError::Unknown(format!("event {id}")))?;
        assemble::to_event(Path::new(&path), self.read(&path, || format!("event {id}"))?, id)
    }

    fn find_event(&self, prefix: &str) -> Result<Vec<EventId>, StoreError> {
        let mut found: Vec<EventId> = self.events().into_iter().map(|kept| kept.id).collect();
        found.retain(|id| id.as_str().starts_with(prefix));
        found.sort();
        found.dedup();
        Ok(found)
    }

    fn commit(&mut self, at: Timestamp, commits: Vec<Commit>) -> Result<(), StoreError> {
        let mut files = self.files.clone();
        let mut looks = Vec::new();
        for commit in commits {
            let mut part = assemble::assemble(commit)?;
            part.leave_out_known(|path| files.contains_key(path));
            for file in part.files {
                if files.get(&file.path).is_some_and(|kept| *kept != file.bytes) {
                    return Err(StoreError::damaged(file.path, "other bytes are kept under this name"));
                }
                files.insert(file.path, file.bytes);
            }
            if let Some(path) = part.needs.filter(|path| !files.contains_key(path)) {
                return Err(StoreError::Unfit(format!("a snapshot's capture `{path}` is not in the store")));
            }
            looks.push(part.look);
        }
        self.files = files;
        for look in looks {
            self.append(at, Entry::Look(look));
        }
        Ok(())
    }

    fn undelivered(&self, sink: &str) -> Result<Vec<Event>, StoreError> {
        let waiting = self.fold.outbox.get(sink).cloned().unwrap_or_else(|| self.events());
        waiting.iter().map(|kept| self.event(&kept.id)).collect()
    }

    fn delivered(&mut self, at: Timestamp, sink: &str, events: &[EventId]) -> Result<(), StoreError> {
        if !events.is_empty() {
            self.append(at, Entry::Delivery { sink: sink.to_owned(), events: events.to_vec() });
        }
        Ok(())
    }

    fn begin(&mut self, at: Timestamp, sink: &str) -> Result<(), StoreError> {
        if !self.fold.outbox.contains_key(sink) {
            self.append(at, Entry::Sink { sink: sink.to_owned() });
        }
        Ok(())
    }

    fn rename(&mut self, at: Timestamp, from: &TargetId, to: &TargetId) -> Result<bool, StoreError> {
        let may = self.fold.may_rename(from, to);
        if may {
            self.append(at, Entry::Renamed { from: from.clone(), to: to.clone() });
        }
        Ok(may)
    }

    fn names(&self, target: &TargetId) -> Vec<TargetId> {
        self.fold.names_of(target).cloned().collect()
    }

    fn lines(&self) -> Result<impl Iterator<Item = Result<Line, StoreError>>, StoreError> {
        Ok(self.lines.iter().cloned().map(Ok))
    }

    fn snapshots_of(&self, target: &TargetId) -> Result<Vec<SnapshotId>, StoreError> {
        let of = self.files.keys().filter_map(|path| match layout::parse(path) {
            Some(Named::Snapshot(of, id)) => self.fold.names_of(target).any(|name| of == *name).then_some(id),
            _ => None,
        });
        let mut found: Vec<SnapshotId> = of.collect();
        found.sort_unstable();
        Ok(found)
    }

    fn targets(&self) -> Vec<TargetId> {
        self.fold.targets.keys().cloned().collect()
    }

    fn settle(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}
