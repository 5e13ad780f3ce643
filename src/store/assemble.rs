//! One look as what is written of it: its entry, and its files with their digests. Pure.
//!
//! What does not hold together is refused here, before anything is written.

use std::{collections::BTreeMap, path::Path};

use super::{Commit, StoreError, layout, layout::Named};
use crate::model::{
    Digest, Event, EventId, EventRef, Memory, MemoryRef, Observation, Snapshot, SnapshotId, SnapshotRef,
};

/// A file that is to be.
#[derive(Debug)]
pub(super) struct NewFile {
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

/// A look, ready to be written.
#[derive(Debug)]
pub(super) struct Assembled {
    pub(super) look: Observation,
    pub(super) files: Vec<NewFile>,
    /// The wordings, for `latest.txt`.
    pub(super) snapshots: Vec<Snapshot>,
    /// Blobs that the snapshots need and that must be there already.
    pub(super) needs: Vec<Digest>,
}

/// Takes a commit apart.
pub(super) fn assemble(commit: Commit) -> Result<Assembled, StoreError> {
    let Commit { version: _, mut look, blobs, snapshots, events, memory } = commit;
    let subject = look.subject();
    let mut files = Vec::new();
    look.blobs.clear();
    for bytes in blobs {
        let sha256 = Digest::of(&bytes);
        files.push(NewFile { path: layout::blob(&subject, look.started, &sha256), bytes });
        look.blobs.push(sha256);
    }
    look.snapshots.clear();
    let mut needs = Vec::new();
    for snapshot in &snapshots {
        if snapshot.subject() != subject {
            return Err(StoreError::Unfit(format!("snapshot {} is not the look's", snapshot.id)));
        }
        if !look.blobs.contains(&snapshot.provenance.capture) {
            needs.push(snapshot.provenance.capture.clone());
        }
        let (bytes, sha256) = json(snapshot)?;
        files.push(NewFile { path: layout::snapshot(&subject, &snapshot.id), bytes });
        look.snapshots.push(SnapshotRef { id: snapshot.id.clone(), sha256 });
    }
    look.events.clear();
    for event in &events {
        if event.subject() != subject {
            return Err(StoreError::Unfit(format!("event {} is of another target than the look", event.id)));
        }
        let (bytes, sha256) = json(event)?;
        let (id, kind, level, until) = (event.id.clone(), event.kind, event.level, event.between.1);
        files.push(NewFile { path: layout::event(&subject, until, &id), bytes });
        look.events.push(EventRef { id, kind, level, until, sha256 });
    }
    look.memory = None;
    if let Some((host, memory)) = &memory {
        if host.is_empty() || layout::host_folder(host).len() > 255 || memory.number == 0 {
            return Err(StoreError::Unfit(format!(
                "memory {} of host `{}`",
                memory.number,
                host.escape_default()
            )));
        }
        let (bytes, sha256) = json(memory)?;
        let named = MemoryRef { host: host.clone(), number: memory.number, sha256 };
        files.push(NewFile { path: layout::memory(&named), bytes });
        look.memory = Some(named);
    }
    Ok(Assembled { look, files, snapshots, needs })
}

impl Assembled {
    /// Leaves out a snapshot or an event that is kept already under the same id: it is the same one, and what was
    /// kept first stands, so that no id ever has two contents. `known` gives the bytes that are kept under a path.
    pub(super) fn leave_out_known(&mut self, known: impl Fn(&str) -> Option<Digest>) {
        let mut first = BTreeMap::new();
        self.files.retain(|file| {
            let one = matches!(layout::parse(&file.path), Some(Named::Snapshot(..) | Named::Event(..)));
            let kept = known(&file.path).filter(|_| one);
            kept.is_none_or(|sha256| {
                first.insert(file.path.clone(), sha256);
                false
            })
        });
        let subject = self.look.subject();
        for snapshot in &mut self.look.snapshots {
            if let Some(sha256) = first.get(&layout::snapshot(&subject, &snapshot.id)) {
                snapshot.sha256.clone_from(sha256);
            }
        }
        for event in &mut self.look.events {
            if let Some(sha256) = first.get(&layout::event(&subject, event.until, &event.id)) {
                event.sha256.clone_from(sha256);
            }
        }
    }
}

/// The digest of the bytes that are kept of a memory: the name that recipes give it.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn memory_digest(memory: &Memory) -> Result<Digest, StoreError> {
    json(memory).map(|(_, sha256)| sha256)
}

fn json(value: &impl serde::Serialize) -> Result<(Vec<u8>, Digest), StoreError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|e| StoreError::Unfit(e.to_string()))?;
    bytes.push(b'\n');
    let sha256 = Digest::of(&bytes);
    Ok((bytes, sha256))
}

/// The bytes, when they are those that were kept.
pub(super) fn whole(path: &Path, bytes: Vec<u8>, sha256: &Digest) -> Result<Vec<u8>, StoreError> {
    if Digest::of(&bytes) == *sha256 {
        Ok(bytes)
    } else {
        Err(StoreError::damaged(path, "its bytes are not those that were kept"))
    }
}

/// A snapshot from the bytes of its file.
pub(super) fn to_snapshot(path: &Path, bytes: &[u8], id: &SnapshotId) -> Result<Snapshot, StoreError> {
    let snapshot: Snapshot = from_json(path, bytes)?;
    if snapshot.id == *id {
        Ok(snapshot)
    } else {
        Err(StoreError::damaged(path, format!("it holds snapshot {} of {}", snapshot.id, snapshot.subject())))
    }
}

/// An event from the bytes of its file.
pub(super) fn to_event(path: &Path, bytes: &[u8], id: &EventId) -> Result<Event, StoreError> {
    let event: Event = from_json(path, bytes)?;
    if event.id == *id {
        Ok(event)
    } else {
        Err(StoreError::damaged(path, format!("it holds event {}", event.id)))
    }
}

/// A memory from the bytes of its file.
pub(super) fn to_memory(path: &Path, bytes: &[u8], number: u32) -> Result<Memory, StoreError> {
    let memory: Memory = from_json(path, bytes)?;
    if memory.number == number {
        Ok(memory)
    } else {
        Err(StoreError::damaged(path, format!("it holds memory {}", memory.number)))
    }
}

/// What a JSON file holds. Deeper than 128 levels is refused.
pub(super) fn from_json<T: serde::de::DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(bytes)
        .map_err(|e| StoreError::damaged(path, format!("it cannot be read as JSON: {e}")))
}
