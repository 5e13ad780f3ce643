//! The lines of a store of format 1: numbered through, a file a day, paths of files in place of digests alone.
//!
//! They are read and never written. What they say is put in the words of today.

use jiff::Timestamp;
use serde::Deserialize;

use crate::{
    model::{
        Digest, Entry, EventId, EventKind, EventRef, Level, MemoryRef, Observation, SnapshotRef,
        parse_compact,
    },
    store::layout::{self, Named},
};

/// A line.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) n: u64,
    pub(super) prev: Digest,
    pub(super) at: Timestamp,
    pub(super) entry: Entry,
}

#[derive(Deserialize)]
struct Opening {
    n: u64,
    prev: Digest,
    at: Timestamp,
}

/// What a line of format 1 says of a look beside what one says today.
#[derive(Deserialize)]
struct Look {
    #[serde(default)]
    evidence: Option<String>,
    #[serde(default)]
    event: Option<EventId>,
    #[serde(default)]
    event_kind: Option<EventKind>,
    #[serde(default)]
    event_level: Option<Level>,
    #[serde(default)]
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    path: String,
    sha256: Digest,
}

/// What the bytes of a line say.
///
/// # Errors
/// In words, what is wrong with them.
pub(super) fn read(bytes: &[u8]) -> Result<Line, String> {
    let wrong = |error: serde_json::Error| format!("cannot be read: {error}");
    let Opening { n, prev, at } = serde_json::from_slice(bytes).map_err(wrong)?;
    let mut value: serde_json::Value = serde_json::from_slice(bytes).map_err(wrong)?;
    if let Some(fields) = value.as_object_mut() {
        // A number here, files named by the line today.
        fields.remove("memory");
    }
    let mut entry: Entry = serde_json::from_value(value).map_err(wrong)?;
    if let Entry::Look(look) = &mut entry {
        fill(look, serde_json::from_slice(bytes).map_err(wrong)?)?;
    }
    Ok(Line { n, prev, at, entry })
}

fn fill(look: &mut Observation, more: Look) -> Result<(), String> {
    look.evidence = more.evidence;
    for File { path, sha256 } in more.files {
        let named = layout::parse(&path);
        match named {
            Some(Named::Blob(..)) => look.blobs.push(sha256),
            Some(Named::Snapshot(_, id)) => look.snapshots.push(SnapshotRef { id, sha256 }),
            Some(Named::Event(..)) => {
                let (Some(id), Some(kind), Some(level)) = (&more.event, more.event_kind, more.event_level)
                else {
                    return Err(format!("brings `{path}` and names no event"));
                };
                let stamp = path.rsplit_once('/').and_then(|(_, name)| parse_compact(name.get(..16)?));
                let until = stamp.unwrap_or(look.ended);
                look.events.push(EventRef { id: id.clone(), kind, level, until, sha256 });
            }
            Some(Named::Memory(host, number, None)) => {
                look.memory = Some(MemoryRef { host: host_of(&host), number, sha256 });
            }
            _ => return Err(format!("names `{}`, which is no name of a file here", path.escape_default())),
        }
    }
    Ok(())
}

/// The host of a folder's name.
fn host_of(folder: &str) -> String {
    let mut bytes = Vec::with_capacity(folder.len());
    let mut rest = folder.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = (*first == b'%').then(|| after.get(..2)).flatten();
        if let Some(byte) = escaped.and_then(|hex| data_encoding::HEXLOWER.decode(hex).ok()) {
            bytes.extend(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_comes_back_from_its_folder() {
        for host in ["news.wantsum.example", "[::1]", "../a", "a%b"] {
            assert_eq!(host_of(&layout::host_folder(host)), host);
        }
    }
}
