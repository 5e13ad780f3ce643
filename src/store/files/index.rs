//! Where files lie and which digest the log gives them: read from the log when it is first asked, kept up from then on.
//!
//! What every look needs stands in the fold; this serves whoever looks back.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{
    disk,
    log::{self, Reader},
};
use crate::{
    model::{Digest, Entry, MemoryName, MemoryRef, Observation, Record, SnapshotId, Subject},
    store::{
        Cursor, Page, StoreError,
        fold::{Fold, Waiting},
        layout::{self, Named},
    },
};

/// What was read of the log.
#[derive(Debug, Default)]
pub(super) struct Index {
    whole: Option<Whole>,
    blobs: Option<BTreeMap<String, BTreeSet<String>>>,
    reading: Option<Reading>,
}

/// What the whole log names.
#[derive(Debug, Default)]
struct Whole {
    /// The digests of snapshots and events, by path.
    digests: BTreeMap<String, Digest>,
    /// The snapshots of each place.
    snapshots: BTreeMap<Subject, BTreeSet<SnapshotId>>,
    events: BTreeMap<String, Waiting>,
    memories: Vec<MemoryRef>,
    /// The paths of blobs.
    blobs: BTreeMap<Digest, BTreeSet<String>>,
}

/// A reading of the log that goes on where the last page ended.
#[derive(Debug)]
struct Reading {
    at: Cursor,
    records: usize,
    reader: Reader,
    fold: Fold,
    /// Records of a line that did not fit the last page.
    left: std::collections::VecDeque<Record>,
}

impl Whole {
    fn add(&mut self, look: &Observation) {
        let subject = look.subject();
        for snapshot in &look.snapshots {
            let path = layout::snapshot(&subject, &snapshot.id);
            self.digests.entry(path).or_insert_with(|| snapshot.sha256.clone());
            self.snapshots.entry(subject.clone()).or_default().insert(snapshot.id.clone());
        }
        for event in &look.events {
            let path = layout::event(&subject, event.until, &event.id);
            self.digests.entry(path).or_insert_with(|| event.sha256.clone());
            let waiting = Waiting::of(&subject, event);
            self.events.entry(event.id.to_string()).or_insert(waiting);
        }
        self.memories.extend(look.memory.clone());
        for sha256 in &look.blobs {
            let path = layout::blob(&subject, look.started, sha256);
            self.blobs.entry(sha256.clone()).or_default().insert(path);
        }
    }
}

impl Index {
    fn whole(&mut self, root: &Path) -> Result<&Whole, StoreError> {
        if self.whole.is_none() {
            let mut whole = Whole::default();
            let mut reader = Reader::new(root)?;
            // What does not add up is named by `verify`; what is whole can be read.
            while let Some(step) = reader.step()? {
                if let Some(log::Line { body: log::Body::Entry(Entry::Look(look)), .. }) = &step.line {
                    whole.add(look);
                }
            }
            self.whole = Some(whole);
        }
        Ok(self.whole.get_or_insert_default())
    }

    /// Takes in what is committed.
    pub(super) fn add(&mut self, entries: &[Entry]) {
        for entry in entries {
            let Entry::Look(look) = entry else { continue };
            if let Some(whole) = &mut self.whole {
                whole.add(look);
            }
            if let Some(blobs) = &mut self.blobs {
                for sha256 in &look.blobs {
                    let path = layout::blob(&look.subject(), look.started, sha256);
                    blobs.entry(sha256.short().to_owned()).or_default().insert(path);
                }
            }
        }
    }

    /// The digest that the log gives the file of a snapshot or an event.
    pub(super) fn digest(&mut self, root: &Path, path: &str) -> Result<Option<Digest>, StoreError> {
        Ok(self.whole(root)?.digests.get(path).cloned())
    }

    /// The snapshots that the log names in a subject's folder.
    pub(super) fn snapshots(
        &mut self,
        root: &Path,
        home: &Subject,
    ) -> Result<BTreeSet<SnapshotId>, StoreError> {
        Ok(self.whole(root)?.snapshots.get(home).cloned().unwrap_or_default())
    }

    /// The events whose ids begin so, sorted.
    pub(super) fn events(&mut self, root: &Path, prefix: &str) -> Result<Vec<Waiting>, StoreError> {
        let from = self.whole(root)?.events.range(prefix.to_owned()..);
        Ok(from.take_while(|(id, _)| id.starts_with(prefix)).map(|(_, event)| event.clone()).collect())
    }

    /// The memory of a host that a recipe names.
    pub(super) fn memory(
        &mut self,
        root: &Path,
        host: &str,
        name: &MemoryName,
    ) -> Result<Option<MemoryRef>, StoreError> {
        let is = |memory: &&MemoryRef| match name {
            MemoryName::Digest(sha256) => memory.sha256 == *sha256,
            MemoryName::Number(number) => memory.number == *number,
        };
        let mut of_host = self.whole(root)?.memories.iter().filter(|memory| memory.host == host);
        Ok(of_host.find(is).cloned())
    }

    /// The files that may hold the bytes of a digest.
    pub(super) fn blobs(&mut self, root: &Path, sha256: &Digest) -> Result<BTreeSet<String>, StoreError> {
        if self.blobs.is_none() {
            let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for (path, _) in disk::walk(root, "targets")? {
                if let Some(Named::Blob(_, sha8)) = layout::parse(&path) {
                    found.entry(sha8).or_default().insert(path);
                }
            }
            self.blobs = Some(found);
        }
        if let Some(found) = self.blobs.as_ref().and_then(|blobs| blobs.get(sha256.short())) {
            return Ok(found.clone());
        }
        // One that a crash left under its temporary name is known to the log alone.
        Ok(self.whole(root)?.blobs.get(sha256).cloned().unwrap_or_default())
    }

    /// Some records from a place on. Pages that are asked for in order are one reading.
    pub(super) fn page(&mut self, root: &Path, from: &Cursor, most: usize) -> Result<Page, StoreError> {
        let mut reading =
            match self.reading.take().filter(|reading| reading.at == *from && !from.0.is_empty()) {
                Some(reading) => reading,
                None => Reading::up_to(root, from)?,
            };
        let mut records = Vec::new();
        while records.len() < most.max(1) {
            let Some(record) = reading.next()? else {
                return Ok(Page { records, next: None });
            };
            records.push(record);
        }
        reading.at = Cursor(reading.records.to_string());
        let next = Some(reading.at.clone());
        self.reading = Some(reading);
        Ok(Page { records, next })
    }
}

impl Reading {
    /// Reads up to a place.
    fn up_to(root: &Path, place: &Cursor) -> Result<Self, StoreError> {
        let mut reading = Self {
            at: place.clone(),
            records: 0,
            reader: Reader::new(root)?,
            fold: Fold::default(),
            left: std::collections::VecDeque::new(),
        };
        let before: usize = place.0.parse().unwrap_or(0);
        while reading.records < before && reading.next()?.is_some() {}
        Ok(reading)
    }

    fn next(&mut self) -> Result<Option<Record>, StoreError> {
        while self.left.is_empty() {
            match self.reader.fold_next(&mut self.fold)? {
                Some(records) => self.left.extend(records),
                None => return Ok(None),
            }
        }
        self.records += 1;
        Ok(self.left.pop_front())
    }
}
