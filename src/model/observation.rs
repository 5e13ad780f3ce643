//! The log: one line an observation or a delivery, each with the hash of the line before.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Digest, EventId, EventKind, Level, SnapshotId, TargetId, Why};

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number in the whole log, from 0.
    pub n: u64,
    /// The SHA-256 of the line before, without its line feed; of nothing for the first.
    pub prev: Digest,
    /// When it was written.
    pub at: Timestamp,
    /// What it records.
    #[serde(flatten)]
    pub entry: Entry,
}

/// What a line records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "entry")]
#[expect(clippy::large_enum_variant, reason = "lines are read and written one at a time")]
pub enum Entry {
    /// A look at a target.
    Look(Observation),
    /// Events that a sink took.
    Delivery {
        /// The sink's name.
        sink: String,
        /// The events.
        events: Vec<EventId>,
    },
    /// A sink was named for the first time: it takes what happens from here on.
    Sink {
        /// The sink's name.
        sink: String,
    },
    /// A target has another name: its history goes on under it. Files keep the names that they have.
    Renamed {
        /// The name before.
        from: TargetId,
        /// The name now.
        to: TargetId,
    },
}

/// What a look came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Looked {
    /// Read, and the words are new.
    Read,
    /// Read, and the words are those of the last good snapshot.
    Same,
    /// The server said that nothing changed (304).
    NotModified,
    /// It could not be read; `why` says so.
    Unreadable,
    /// The page is not there; `why` says so.
    Absent,
    /// Not asked, because of an earlier request for a pause.
    Cooling,
}

/// Which clock gave the times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// The machine's.
    #[default]
    System,
    /// `ONRECORD_NOW`: a replay or a test.
    Given,
}

/// A file of the store, with the digest of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// Its path within the store, `/` between the parts.
    pub path: String,
    /// The SHA-256 of the whole file.
    pub sha256: Digest,
}

/// What a server gave to ask with next time (RFC 9110, sections 8.8 and 13.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The ETag, with its quotes and `W/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The Last-Modified date as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

impl Validators {
    /// Whether there is anything to ask with.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// An address that moved for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follows {
    /// The target's own address.
    pub asked: String,
    /// The address that is asked in its place from now on.
    pub to: String,
}

/// One attempt to look at a target, whatever came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and stands in the log under its name"
)]
pub struct Observation {
    /// The target.
    pub target: TargetId,
    /// The address that the target has, where the look before had another or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What it came to.
    pub looked: Looked,
    /// When the first request was begun.
    pub started: Timestamp,
    /// When the last response was whole, or the attempt given up.
    pub ended: Timestamp,
    /// Which clock gave the times.
    #[serde(default, skip_serializing_if = "is_system")]
    pub clock: Clock,
    /// The status code, where a server answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why there was no statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// What was seen that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The address where it ended, when another than was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landed: Option<String>,
    /// The move for good that was seen, or that this look followed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Follows>,
    /// The digest of the body as received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_sha256: Option<Digest>,
    /// Its length in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// What to ask with next time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validators: Option<Validators>,
    /// The server's validators said that nothing had changed, and the words have: they are not asked with again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lying: bool,
    /// Not to be asked before this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// Whether that holds for the whole host, rather than for this address.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole_host: bool,
    /// The host that the pause holds for, lower case; only with `whole_host`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// robots.txt closed the page and was passed over, as the target asks.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub robots_ignored: bool,
    /// Through a proxy: names alone were guarded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub proxied: bool,
    /// The snapshot that was the wording at this look, new or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<SnapshotId>,
    /// The earlier snapshot whose wording is back, though its dates may be others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns_to: Option<SnapshotId>,
    /// The recipe's digest, where something was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<Digest>,
    /// The number of the site's memory that was written with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<u32>,
    /// The event that it led to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
    /// That event's kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_kind: Option<EventKind>,
    /// That event's level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_level: Option<Level>,
    /// Files written with it: capture, snapshot, event, memory.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
}

impl Observation {
    /// A look of which nothing is known yet but when it was.
    pub fn new(target: TargetId, started: Timestamp, ended: Timestamp) -> Self {
        Self {
            target,
            address: None,
            looked: Looked::Unreadable,
            started,
            ended,
            clock: Clock::System,
            status: None,
            why: None,
            evidence: None,
            landed: None,
            follows: None,
            body_sha256: None,
            bytes: None,
            validators: None,
            lying: false,
            not_before: None,
            whole_host: false,
            host: None,
            robots_ignored: false,
            proxied: false,
            snapshot: None,
            returns_to: None,
            recipe: None,
            memory: None,
            event: None,
            event_kind: None,
            event_level: None,
            files: Vec::new(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_system(clock: &Clock) -> bool {
    *clock == Clock::System
}
