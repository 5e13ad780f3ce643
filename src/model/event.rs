//! What happened to a target, in a form that people and programs are told.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Change, Digest, EventId, IncidentId, ItemKey, Level, SnapshotId, Subject, TargetId, Why};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// The first good reading of a target, at its first look.
    FirstSeen,
    /// The first good reading after looks that all failed.
    Appeared,
    /// Other words.
    Revised,
    /// Words that were there before.
    Reverted,
    /// Only the stated date moved.
    Touched,
    /// The page is not there.
    Removed,
    /// Redirected to the same statement.
    Moved,
    /// It cannot be read.
    Unreadable,
    /// Readable again.
    Restored,
    /// An item came into a feed or index.
    Listed,
    /// An item left a feed or index.
    Unlisted,
    /// A joint statement no longer says the same everywhere.
    Diverged,
    /// A wording that came back has stood for a day: that is the one it stays with.
    Settled,
}

/// What happened to a target, whole: stored, told, and shown again from this alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `onrecord.event/1`.
    pub schema: String,
    /// Stable name: SHA-256 of target (and item), kind, level, from, to and interval.
    #[schemars(with = "String")]
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// How loud.
    pub level: Level,
    /// The target.
    #[schemars(with = "String")]
    pub target: TargetId,
    /// Which statement of its source: an entry of a feed, a listed notice.
    #[serde(default, skip_serializing_if = "ItemKey::is_whole")]
    #[schemars(with = "Option<String>")]
    pub item: ItemKey,
    /// Who speaks there.
    pub body: String,
    /// The incident that it is about, the one that scored highest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub incident: Option<IncidentId>,
    /// Further incidents that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub also: Vec<IncidentId>,
    /// The address that is watched.
    pub url: String,
    /// The address where the look ended, where that matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landed: Option<String>,
    /// Between which two moments it happened.
    pub between: Between,
    /// The statement before.
    pub from: Option<Side>,
    /// The statement after.
    pub to: Option<Side>,
    /// The wording was last seen like this before (`reverted`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub last_seen: Option<Timestamp>,
    /// It goes to and fro.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flapping: bool,
    /// Why it cannot be read, or is gone, or was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// What was seen that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The status code, where a server answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The blob that holds the answer that says so, of which there is no snapshot; the first of an outage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub capture: Option<Digest>,
    /// What the page claims of its own dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<Claims>,
    /// One line that a reporter could print.
    pub headline: String,
    /// The places that differ, the weightiest first.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// How many more places differ that are not told one by one: the lightest of very many. The snapshots hold them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub omitted: u64,
    /// A cap was met in the comparison.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub degraded: bool,
    /// What judged it. Missing in events of format 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<JudgedBy>,
}

/// The rules and words that judged an event: the same ones judge it again to the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct JudgedBy {
    /// The version of the rules.
    pub version: u32,
    /// The SHA-256 of the words, those of targets.json among them.
    #[schemars(with = "String")]
    pub lexicons: Digest,
}

/// The interval in which something happened: from the start of the last request that saw the old to the end of
/// the first response that had the new. The first is null when nothing was seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Between(
    #[schemars(with = "Option<String>")] pub Option<Timestamp>,
    #[schemars(with = "String")] pub Timestamp,
);

/// One side of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// The snapshot.
    #[schemars(with = "String")]
    pub snapshot: SnapshotId,
    /// The SHA-256 of the body as received.
    #[serde(alias = "capture_sha256")]
    #[schemars(with = "String")]
    pub body_sha256: Digest,
    /// The blob that holds the capture. Missing in events of format 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub capture: Option<Digest>,
}

/// What a page claims of its own dates, before and after: claims, not facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claims {
    /// The stated date on the old side.
    pub date_before: Option<String>,
    /// The stated date on the new side.
    pub date_after: Option<String>,
    /// Whether it moved.
    pub date_moved: bool,
}

/// What the event's name is made of.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The target, or an item of it.
    pub subject: &'a Subject,
    /// What happened.
    pub kind: EventKind,
    /// How loud: that a page is gone is told again, louder, when it is sure.
    pub level: Level,
    /// The snapshot before.
    pub from: Option<&'a SnapshotId>,
    /// The snapshot after.
    pub to: Option<&'a SnapshotId>,
    /// The interval.
    pub between: Between,
}

impl Known<'_> {
    /// The event's stable name.
    pub fn id(&self) -> EventId {
        let kind = serde_json::to_string(&(self.kind, self.level)).unwrap_or_default();
        let between = serde_json::to_string(&self.between).unwrap_or_default();
        let name = |s: Option<&SnapshotId>| s.map_or("", |s| s.as_str()).to_owned();
        EventId::of(&[&self.subject.to_string(), &kind, &name(self.from), &name(self.to), &between])
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Event {
    /// The version of the format that this program writes.
    pub const SCHEMA: &str = "onrecord.event/1";

    /// An event that says nothing yet but what happened, to whom, when and how loud.
    pub fn new(subject: Subject, kind: EventKind, level: Level, between: Between) -> Self {
        let mut event = Self {
            schema: Self::SCHEMA.to_owned(),
            id: EventId::of(&[]),
            kind,
            level,
            target: subject.target,
            item: subject.item,
            body: String::new(),
            incident: None,
            also: Vec::new(),
            url: String::new(),
            landed: None,
            between,
            from: None,
            to: None,
            last_seen: None,
            flapping: false,
            why: None,
            evidence: None,
            status: None,
            capture: None,
            claims: None,
            headline: String::new(),
            changes: Vec::new(),
            omitted: 0,
            degraded: false,
            judge: None,
        };
        event.identify();
        event
    }

    /// Gives it its stable name, which is made of what it says: to be called again when that was changed.
    pub fn identify(&mut self) {
        self.id = Known {
            subject: &self.subject(),
            kind: self.kind,
            level: self.level,
            from: self.from.as_ref().map(|side| &side.snapshot),
            to: self.to.as_ref().map(|side| &side.snapshot),
            between: self.between,
        }
        .id();
    }

    /// What it happened to.
    pub fn subject(&self) -> Subject {
        Subject { target: self.target.clone(), item: self.item.clone() }
    }
}
