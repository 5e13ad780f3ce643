//! What is on record of looks and of what became of events: the entries of the log.
//!
//! Not here: how entries are put into lines and files (`store`).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Digest, EventId, EventKind, ItemKey, Level, SnapshotId, Subject, TargetId, Why};

/// One entry of the log, and when it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// When it was written.
    pub at: Timestamp,
    /// What it records.
    pub entry: Entry,
}

/// What an entry records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "entry")]
#[expect(clippy::large_enum_variant, reason = "entries are read and written one at a time")]
pub enum Entry {
    /// A look at a target.
    Look(Observation),
    /// What a sink made of events.
    Delivery {
        /// The sink's name.
        sink: String,
        /// The events that it took.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        events: Vec<EventId>,
        /// The events that are not offered to it any more.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        refused: Vec<Refused>,
    },
    /// An event that a sink has behind it waits for that sink again, because somebody asked for it.
    Resent {
        /// The sink's name.
        sink: String,
        /// What the event happened to, as it was called then.
        target: TargetId,
        /// Which statement of its source.
        #[serde(default, skip_serializing_if = "ItemKey::is_whole")]
        item: ItemKey,
        /// The event.
        event: EventId,
        /// How loud.
        level: Level,
        /// The end of its interval.
        until: Timestamp,
        /// The SHA-256 of its file.
        sha256: Digest,
    },
    /// Why a sink does not take what waits for it; without, that this is over.
    Trouble {
        /// The sink's name.
        sink: String,
        /// Why, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
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
    /// An index led to a target that targets.json does not name.
    Adopted {
        /// The target.
        target: TargetId,
        /// Its address.
        url: String,
        /// The target that led to it.
        from: TargetId,
        /// By which rule.
        rule: String,
    },
}

/// An event that a sink will not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The event.
    pub event: EventId,
    /// Why, in words.
    pub why: String,
}

/// Where an entry comes from. Only what onrecord saw itself moves a target's state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A look of onrecord itself.
    #[default]
    Own,
    /// Given to a reporter, and entered by a person.
    Statement,
    /// Another archive's WARC file.
    Warc,
    /// The Wayback Machine, or a server that speaks like it.
    Wayback,
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

/// A snapshot, and the digest of the bytes that were kept of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotRef {
    /// The snapshot.
    pub id: SnapshotId,
    /// The SHA-256 of its file.
    pub sha256: Digest,
}

/// An event, and the digest of the bytes that were kept of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRef {
    /// The event.
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// How loud.
    pub level: Level,
    /// When it happened at the latest: the end of its interval.
    pub until: Timestamp,
    /// The SHA-256 of its file.
    pub sha256: Digest,
}

/// A memory of a site, and the digest of the bytes that were kept of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryRef {
    /// The host's name, lower case.
    pub host: String,
    /// The memory's number.
    pub number: u32,
    /// The SHA-256 of its file.
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
    /// Which statement of its source.
    #[serde(default, skip_serializing_if = "ItemKey::is_whole")]
    pub item: ItemKey,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Origin::is_own")]
    pub source: Origin,
    /// The address that the target has, where the look before had another or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The start of the look before, where the clock says that it is still to come: a clock went back. The log's order
    /// says so too.
    #[serde(skip)]
    pub went_back_from: Option<Timestamp>,
    /// What it came to.
    pub looked: Looked,
    /// When the first request was begun.
    pub started: Timestamp,
    /// When the last response was whole, or the attempt given up.
    pub ended: Timestamp,
    /// Which clock gave the times.
    #[serde(default, skip_serializing_if = "Clock::is_system")]
    pub clock: Clock,
    /// The status code, where a server answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why there was no statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// What was seen that says so. It may hold words of the page, so it stands in the event and never in the log; of a
    /// look in a store of format 1 it is what the log says.
    #[serde(skip)]
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
    /// The blobs that were kept with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blobs: Vec<Digest>,
    /// The snapshots that were kept with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub snapshots: Vec<SnapshotRef>,
    /// The events that it led to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventRef>,
    /// The site's memory that was kept with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<MemoryRef>,
}

impl Observation {
    /// A look of which nothing is known yet but when it was.
    pub fn new(subject: Subject, started: Timestamp, ended: Timestamp) -> Self {
        Self {
            target: subject.target,
            item: subject.item,
            source: Origin::Own,
            address: None,
            went_back_from: None,
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
            blobs: Vec::new(),
            snapshots: Vec::new(),
            events: Vec::new(),
            memory: None,
        }
    }

    /// What was looked at.
    pub fn subject(&self) -> Subject {
        Subject { target: self.target.clone(), item: self.item.clone() }
    }

    /// The event of these kinds that it led to.
    pub fn event(&self, kind: EventKind) -> Option<&EventRef> {
        self.events.iter().find(|event| event.kind == kind)
    }

    /// How loud the loudest of its events is; silent without any.
    pub fn level(&self) -> Level {
        self.events.iter().map(|event| event.level).max().unwrap_or_default()
    }

    /// Whether files were kept with it.
    pub fn has_files(&self) -> bool {
        !(self.blobs.is_empty() && self.snapshots.is_empty() && self.events.is_empty())
            || self.memory.is_some()
    }
}

impl Origin {
    /// Whether it is what onrecord saw itself.
    pub fn is_own(&self) -> bool {
        *self == Self::Own
    }
}

impl Clock {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_system(&self) -> bool {
        *self == Self::System
    }
}
