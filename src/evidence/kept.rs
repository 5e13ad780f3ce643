//! One file that the log names: its bytes, and that it holds what its name says.

use std::path::Path;

use crate::{
    model::{
        Digest, Event, EventRef, Memory, MemoryRef, Observation, Snapshot, SnapshotId, SnapshotRef, Subject,
    },
    store::{StoreError, files::disk, layout},
    warc,
};

/// A file that a look brought.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kept<'a> {
    /// A capture, or other bytes.
    Blob(&'a Digest),
    /// A snapshot.
    Snapshot(&'a SnapshotRef),
    /// An event.
    Event(&'a EventRef),
    /// A site's memory.
    Memory(&'a MemoryRef),
}

/// Everything that a look brought.
pub(super) fn of_look(look: &Observation) -> impl Iterator<Item = Kept<'_>> {
    let blobs = look.blobs.iter().map(Kept::Blob);
    let snapshots = look.snapshots.iter().map(Kept::Snapshot);
    blobs
        .chain(snapshots)
        .chain(look.events.iter().map(Kept::Event))
        .chain(look.memory.iter().map(Kept::Memory))
}

impl Kept<'_> {
    /// Where it lies.
    pub(super) fn path(self, root: &Path, look: &Observation) -> Result<String, StoreError> {
        let subject = look.subject();
        Ok(match self {
            Kept::Blob(sha256) => layout::blob(&subject, look.started, sha256),
            Kept::Snapshot(snapshot) => layout::snapshot(&subject, &snapshot.id),
            Kept::Event(event) => layout::event(&subject, event.until, &event.id),
            Kept::Memory(memory) => {
                let old = layout::memory_of_format_1(&memory.host, memory.number);
                let is_old = matches!(read(root, &old)?, Ok(bytes) if Digest::of(&bytes) == memory.sha256);
                if is_old { old } else { layout::memory(memory) }
            }
        })
    }

    /// The digest that the log gives it.
    pub(super) fn sha256(&self) -> &Digest {
        match self {
            Kept::Blob(sha256) => sha256,
            Kept::Snapshot(snapshot) => &snapshot.sha256,
            Kept::Event(event) => &event.sha256,
            Kept::Memory(memory) => &memory.sha256,
        }
    }

    /// Checks it, and answers the blob that it was made from, where it names one. The inner error is what was seen.
    pub(super) fn check(
        self,
        root: &Path,
        path: &str,
        look: &Observation,
    ) -> Result<Result<Option<Digest>, String>, StoreError> {
        Ok(read(root, path)?.and_then(|bytes| {
            if Digest::of(&bytes) != *self.sha256() {
                return Err("its bytes are not those that were kept".to_owned());
            }
            self.content(&bytes, &look.subject())
        }))
    }

    fn content(self, bytes: &[u8], subject: &Subject) -> Result<Option<Digest>, String> {
        let other = |what: String| Err(format!("it holds {what}, which is not what its name says"));
        match self {
            // A capture that begins like one is one; other bytes may be anything.
            Kept::Blob(_) if bytes.starts_with(b"WARC/") => {
                warc::to_capture(bytes).map_err(|e| format!("it is no whole capture: {e}"))?;
            }
            Kept::Blob(_) => {}
            Kept::Snapshot(kept) => {
                let snapshot: Snapshot = json(bytes)?;
                if (snapshot.subject(), &snapshot.id) != (subject.clone(), &kept.id) {
                    return other(format!("snapshot {} of {}", snapshot.id, snapshot.subject()));
                }
                return Ok(Some(snapshot.provenance.capture));
            }
            Kept::Event(kept) => {
                let event: Event = json(bytes)?;
                let is = (event.subject(), &event.id, event.kind, event.level);
                if is != (subject.clone(), &kept.id, kept.kind, kept.level) {
                    return other(format!("event {} of {}", event.id, event.subject()));
                }
            }
            Kept::Memory(kept) => {
                let memory: Memory = json(bytes)?;
                if memory.number != kept.number {
                    return other(format!("memory {}", memory.number));
                }
            }
        }
        Ok(None)
    }
}

/// The bytes of a file, also where a crash left it under its temporary name.
fn read(root: &Path, path: &str) -> Result<Result<Vec<u8>, String>, StoreError> {
    for name in [path.to_owned(), layout::temporary(path)] {
        match disk::read(root, &name) {
            Ok(Some(bytes)) => return Ok(Ok(bytes)),
            Ok(None) => {}
            Err(StoreError::Damaged { seen, .. }) => return Ok(Err(seen)),
            Err(e) => return Err(e),
        }
    }
    Ok(Err("the log names it, and it is not there".to_owned()))
}

fn json<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    serde_json::from_slice(bytes).map_err(|e| format!("it cannot be read as JSON: {e}"))
}

/// A snapshot, where it reads.
pub(super) fn snapshot(
    root: &Path,
    subject: &Subject,
    id: &SnapshotId,
) -> Result<Option<Snapshot>, StoreError> {
    let bytes = read(root, &layout::snapshot(subject, id))?;
    Ok(bytes.ok().and_then(|bytes| json(&bytes).ok()))
}
