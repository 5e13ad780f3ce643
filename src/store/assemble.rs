//! One look as what is written of it: its line, and its files with their digests. Pure.
//!
//! What does not hold together is refused here, before anything is written.

use std::path::Path;

use super::{Commit, StoreError, layout, layout::Named};
use crate::model::{Digest, Event, EventId, FileRef, Memory, Observation, Snapshot, SnapshotId, TargetId};

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
    /// The wording, for `latest.txt`.
    pub(super) snapshot: Option<Snapshot>,
    /// A capture that the snapshot needs and that must be there already.
    pub(super) needs: Option<String>,
}

/// Takes a commit apart.
pub(super) fn assemble(commit: Commit) -> Result<Assembled, StoreError> {
    let Commit { mut observation, capture, snapshot, event, memory } = commit;
    let mut out = Vec::new();
    let mut needs = None;
    observation.files.clear();
    let mut keep = |path: String, bytes: Vec<u8>, sha256: Digest| {
        observation.files.push(FileRef { path: path.clone(), sha256 });
        out.push(NewFile { path, bytes });
    };
    if let Some(bytes) = capture {
        let FileRef { path, sha256 } = super::capture_ref(&observation.target, observation.started, &bytes);
        if let Some(snapshot) = &snapshot
            && (snapshot.provenance.capture.path != path || snapshot.provenance.capture.sha256 != sha256)
        {
            return Err(StoreError::Unfit(format!(
                "snapshot {} names another capture than comes with it",
                snapshot.id
            )));
        }
        keep(path, bytes, sha256);
    } else if let Some(snapshot) = &snapshot {
        needs = Some(snapshot.provenance.capture.path.clone());
    }
    if let Some(snapshot) = &snapshot {
        let named = observation.snapshot.get_or_insert_with(|| snapshot.id.clone());
        if *named != snapshot.id || snapshot.target != observation.target {
            return Err(StoreError::Unfit(format!("snapshot {} is not the look's", snapshot.id)));
        }
        let (bytes, sha256) = json(snapshot)?;
        keep(layout::snapshot(&snapshot.target, &snapshot.id), bytes, sha256);
    }
    (observation.event, observation.event_kind, observation.event_level) = (None, None, None);
    if let Some(event) = &event {
        if event.target != observation.target {
            return Err(StoreError::Unfit(format!("event {} is of another target than the look", event.id)));
        }
        observation.event = Some(event.id.clone());
        observation.event_kind = Some(event.kind);
        observation.event_level = Some(event.level);
        let (bytes, sha256) = json(event)?;
        keep(layout::event(event), bytes, sha256);
    }
    observation.memory = None;
    if let Some((host, memory)) = &memory {
        if host.is_empty() || layout::host_folder(host).len() > 255 || memory.number == 0 {
            return Err(StoreError::Unfit(format!(
                "memory {} of host `{}`",
                memory.number,
                host.escape_default()
            )));
        }
        observation.memory = Some(memory.number);
        let (bytes, sha256) = json(memory)?;
        keep(layout::memory(host, memory.number), bytes, sha256);
    }
    Ok(Assembled { look: observation, files: out, snapshot, needs })
}

impl Assembled {
    /// Leaves out a snapshot or an event that is kept already under the same id: it is the same one, and what was
    /// kept first stands, so that no id ever has two contents.
    pub(super) fn leave_out_known(&mut self, known: impl Fn(&str) -> bool) {
        let same = |path: &str| {
            matches!(layout::parse(path), Some(Named::Snapshot(..) | Named::Event(..))) && known(path)
        };
        self.files.retain(|file| !same(&file.path));
        self.look.files.retain(|file| !same(&file.path));
    }
}

fn json(value: &impl serde::Serialize) -> Result<(Vec<u8>, Digest), StoreError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|e| StoreError::Unfit(e.to_string()))?;
    bytes.push(b'\n');
    let sha256 = Digest::of(&bytes);
    Ok((bytes, sha256))
}

/// A snapshot from the bytes of its file.
pub(super) fn to_snapshot(
    path: &Path,
    bytes: &[u8],
    target: &TargetId,
    id: &SnapshotId,
) -> Result<Snapshot, StoreError> {
    let snapshot: Snapshot = from_json(path, bytes)?;
    if snapshot.target == *target && snapshot.id == *id {
        Ok(snapshot)
    } else {
        Err(StoreError::damaged(path, format!("it holds snapshot {} of {}", snapshot.id, snapshot.target)))
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

/// A capture, when the bytes are those that were named.
pub(super) fn to_capture(path: &Path, bytes: Vec<u8>, file: &FileRef) -> Result<Vec<u8>, StoreError> {
    if Digest::of(&bytes) == file.sha256 {
        Ok(bytes)
    } else {
        Err(StoreError::damaged(path, "its bytes are not those that were kept"))
    }
}

/// What a JSON file holds. Deeper than 128 levels is refused.
pub(super) fn from_json<T: serde::de::DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(bytes)
        .map_err(|e| StoreError::damaged(path, format!("it cannot be read as JSON: {e}")))
}
