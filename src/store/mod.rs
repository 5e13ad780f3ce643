//! What is kept, and how it survives a crash: the trait, the folder of plain files, the log.
//!
//! Not here: WARC (`warc`), proofs on top of a store (`evidence`), what any of it means.
//!
//! One look is one [`Commit`], applied whole or not at all. Its commit point is a line of the log, durable on
//! disk, that names the look's files with their digests; whatever a crash leaves undone after that line, the next
//! [`Files::open`] finishes, and whatever was done before a line that never came, it undoes.

mod assemble;
pub(crate) mod disk;
mod error;
mod files;
pub(crate) mod fold;
pub(crate) mod latest;
pub(crate) mod layout;
mod lock;
pub(crate) mod log;
pub mod memory;
pub(crate) mod seed;
mod settle;
mod stage;

use jiff::Timestamp;

pub use error::StoreError;
pub use files::Files;

use crate::model::{
    Digest, Event, EventId, FileRef, Line, Memory, Observation, Snapshot, SnapshotId, TargetId, TargetState,
};

/// What one look leaves behind; applied whole or not at all.
#[derive(Debug, Clone)]
pub struct Commit {
    /// The look. `files`, `event`, `event_kind`, `event_level` and `memory` are filled by the store from what comes
    /// with it, `snapshot` too where one comes and none is named.
    pub observation: Observation,
    /// The bytes of a WARC file, see [`capture_ref`].
    pub capture: Option<Vec<u8>>,
    /// The wording, where it is new. Its capture comes with it or is stored already.
    pub snapshot: Option<Snapshot>,
    /// What happened.
    pub event: Option<Event>,
    /// A host's next memory: the host in lower case, and a number above the newest.
    pub memory: Option<(String, Memory)>,
}

impl Commit {
    /// A look that leaves nothing but its line in the log.
    pub fn bare(observation: Observation) -> Self {
        Self { observation, capture: None, snapshot: None, event: None, memory: None }
    }
}

/// Where looks, wordings and events are kept. One contract suite holds for every store.
pub trait Store {
    /// What is known of a target; the default when it was never looked at.
    fn state(&self, target: &TargetId) -> TargetState;

    /// Until when a host asked not to be asked, if it ever did; the moment may lie in the past.
    fn cooling(&self, host: &str) -> Option<Timestamp>;

    /// The newest memory of a host; the empty one when nothing was learnt.
    fn memory(&self, host: &str) -> Result<Memory, StoreError>;

    /// The memory of a host with this number, as a recipe names it; 0 is the empty one.
    fn memory_at(&self, host: &str, number: u32) -> Result<Memory, StoreError>;

    /// A snapshot.
    fn snapshot(&self, target: &TargetId, id: &SnapshotId) -> Result<Snapshot, StoreError>;

    /// The bytes of a capture, as WARC. An error when they are not those that `file` names.
    fn capture(&self, file: &FileRef) -> Result<Vec<u8>, StoreError>;

    /// An event.
    fn event(&self, id: &EventId) -> Result<Event, StoreError>;

    /// The events whose id begins with these hex digits, sorted.
    fn find_event(&self, prefix: &str) -> Result<Vec<EventId>, StoreError>;

    /// Keeps many looks with one wait for the disk; `at` is when they are written. When it fails, none of them may
    /// be told: either none is kept, or those that are will be found untold at the next opening. After a failed
    /// write the store takes nothing more until it is opened again.
    fn commit(&mut self, at: Timestamp, commits: Vec<Commit>) -> Result<(), StoreError>;

    /// Names a sink for the first time: it takes what happens from here on. Nothing, for a sink that is known.
    fn begin(&mut self, at: Timestamp, sink: &str) -> Result<(), StoreError>;

    /// Gives a target another name, under which its history goes on; its files stay where they are. Answers whether
    /// that was done: a name that was never looked at, or one that has a history of its own, is left as it is.
    fn rename(&mut self, at: Timestamp, from: &TargetId, to: &TargetId) -> Result<bool, StoreError>;

    /// A target's name, and those that it had before, the newest first.
    fn names(&self, target: &TargetId) -> Vec<TargetId>;

    /// The events that a sink has not taken, in the order in which they happened. A sink never heard of has taken
    /// none.
    fn undelivered(&self, sink: &str) -> Result<Vec<Event>, StoreError>;

    /// Records that a sink took these events.
    fn delivered(&mut self, at: Timestamp, sink: &str, events: &[EventId]) -> Result<(), StoreError>;

    /// The whole log in order, read as it goes; ends after the first error.
    fn lines(&self) -> Result<impl Iterator<Item = Result<Line, StoreError>>, StoreError>;

    /// The snapshots of a target, in the order of their names, so of their moments.
    fn snapshots_of(&self, target: &TargetId) -> Result<Vec<SnapshotId>, StoreError>;

    /// Every target that was ever looked at, sorted.
    fn targets(&self) -> Vec<TargetId>;

    /// Writes down what the log comes to, so that the next opening need not read all of it. To be called at the end
    /// of a pass; nothing is lost without it.
    fn settle(&mut self) -> Result<(), StoreError>;
}

/// The name that a capture will have in the store, known before it is kept. `started` is the look's.
pub fn capture_ref(target: &TargetId, started: Timestamp, warc: &[u8]) -> FileRef {
    let sha256 = Digest::of(warc);
    FileRef { path: layout::capture(target, started, &sha256), sha256 }
}

#[cfg(test)]
pub(crate) mod tests;
