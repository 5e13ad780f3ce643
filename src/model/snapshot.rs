//! A snapshot: the normalised statement with what made it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Digest, ItemKey, Recipe, SnapshotId, Statement, Subject, TargetId};

/// What a target said at one look, as read by one recipe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// `onrecord.snapshot/1`.
    pub schema: String,
    /// Its name within the target.
    pub id: SnapshotId,
    /// The target.
    pub target: TargetId,
    /// Which statement of its source.
    #[serde(default, skip_serializing_if = "ItemKey::is_whole")]
    pub item: ItemKey,
    /// Where it came from.
    pub provenance: Provenance,
    /// How it was read.
    pub recipe: Recipe,
    /// What was read.
    pub statement: Statement,
}

/// Where a snapshot's words came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The address that was asked.
    pub url: String,
    /// The address that answered, when another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landed: Option<String>,
    /// When the request was begun.
    pub started: Timestamp,
    /// When the response was whole.
    pub ended: Timestamp,
    /// The digest of the body as received.
    pub body_sha256: Digest,
    /// The blob that holds the capture.
    #[serde(deserialize_with = "capture")]
    pub capture: Digest,
}

impl Snapshot {
    /// The version of the format that this program writes.
    pub const SCHEMA: &str = "onrecord.snapshot/1";

    /// A snapshot named by its moment and the digest of what it holds and of how it was read.
    pub fn new(subject: Subject, provenance: Provenance, recipe: Recipe, statement: Statement) -> Self {
        let content = serde_json::to_vec(&(&statement, &recipe)).unwrap_or_default();
        let id = SnapshotId::new(provenance.started, &Digest::of(&content));
        let Subject { target, item } = subject;
        Self { schema: Self::SCHEMA.to_owned(), id, target, item, provenance, recipe, statement }
    }

    /// What it is a snapshot of.
    pub fn subject(&self) -> Subject {
        Subject { target: self.target.clone(), item: self.item.clone() }
    }
}

/// Snapshots of format 1 named the capture's file beside its digest.
fn capture<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Digest, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Capture {
        Blob(Digest),
        File { sha256: Digest },
    }
    Ok(match Capture::deserialize(d)? {
        Capture::Blob(sha256) | Capture::File { sha256 } => sha256,
    })
}
