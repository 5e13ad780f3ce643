//! One file that the log names: its bytes, and that it holds what its name says.

use std::path::Path;

use crate::{
    model::{Digest, Event, FileRef, Memory, Observation, Snapshot, SnapshotId, TargetId},
    store::{
        StoreError, disk,
        layout::{self, Named},
    },
    warc,
};

/// The bytes of a file, also where a crash left it under its temporary name.
fn read(root: &Path, path: &str) -> Result<Result<Vec<u8>, String>, StoreError> {
    for name in [path.to_owned(), layout::temporary(path)] {
        let at = root.join(&name);
        match disk::plain_or_absent(&at) {
            Ok(false) => {}
            Ok(true) => match disk::read(&at) {
                Ok(Some(bytes)) => return Ok(Ok(bytes)),
                Ok(None) => {}
                Err(StoreError::Damaged { seen, .. }) => return Ok(Err(seen)),
                Err(e) => return Err(e),
            },
            Err(StoreError::Damaged { seen, .. }) => return Ok(Err(seen)),
            Err(e) => return Err(e),
        }
    }
    Ok(Err("the log names it, and it is not there".to_owned()))
}

/// Checks a file that `look` brought; the inner error is what was seen.
pub(super) fn check(
    root: &Path,
    file: &FileRef,
    look: &Observation,
) -> Result<Result<(), String>, StoreError> {
    Ok(read(root, &file.path)?.and_then(|bytes| {
        if Digest::of(&bytes) != file.sha256 {
            return Err("its bytes are not those that were kept".to_owned());
        }
        content(&bytes, &file.path, look)
    }))
}

fn content(bytes: &[u8], path: &str, look: &Observation) -> Result<(), String> {
    let other = |what: String| Err(format!("it holds {what}, which is not what its name says"));
    match layout::parse(path) {
        Some(Named::Capture(..)) => {
            let capture = warc::to_capture(bytes).map_err(|e| format!("it is no whole capture: {e}"))?;
            if look.body_sha256.as_ref().is_some_and(|sha256| *sha256 != capture.body_digest()) {
                return Err("its body is not the one that the look received".to_owned());
            }
        }
        Some(Named::Snapshot(target, id)) => {
            let snapshot: Snapshot = json(bytes)?;
            if (&snapshot.target, &snapshot.id) != (&target, &id) {
                return other(format!("snapshot {} of {}", snapshot.id, snapshot.target));
            }
        }
        Some(Named::Event(target, _)) => {
            let event: Event = json(bytes)?;
            if event.target != target || look.event.as_ref() != Some(&event.id) {
                return other(format!("event {} of {}", event.id, event.target));
            }
        }
        Some(Named::Memory(_, number)) => {
            let memory: Memory = json(bytes)?;
            if memory.number != number {
                return other(format!("memory {}", memory.number));
            }
        }
        Some(Named::Latest(_)) | None => {}
    }
    Ok(())
}

fn json<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    serde_json::from_slice(bytes).map_err(|e| format!("it cannot be read as JSON: {e}"))
}

/// A snapshot, where it reads.
pub(super) fn snapshot(
    root: &Path,
    target: &TargetId,
    id: &SnapshotId,
) -> Result<Option<Snapshot>, StoreError> {
    let bytes = read(root, &layout::snapshot(target, id))?;
    Ok(bytes.ok().and_then(|bytes| json(&bytes).ok()))
}
