//! What is kept, and how it survives a crash: the roles of a store, the folder of plain files, a store in memory.
//!
//! Not here: WARC (`warc`), proofs on top of a store (`evidence`), what any of it means.
//!
//! A store is a handle that can be cloned; all clones are one store. What one look leaves behind is one [`Commit`],
//! applied whole or not at all. One suite (`tests/contract`) holds for every store.

mod assemble;
mod error;
pub(crate) mod files;
pub(crate) mod fold;
mod holds;
pub(crate) mod latest;
pub(crate) mod layout;
pub mod memory;

use jiff::{SignedDuration, Timestamp};

pub use assemble::memory_digest;
pub use error::StoreError;
pub use files::Files;

use crate::model::{
    Digest, Event, EventId, ItemKey, Level, Looked, Memory, MemoryName, Observation, Phase, Record, Refused,
    Snapshot, SnapshotId, Subject, TargetId, TargetState, Why,
};

/// What one look leaves behind; applied whole or not at all.
#[derive(Debug, Clone)]
pub struct Commit {
    /// The version of the state that it was made from, [`TargetState::version`].
    pub version: u64,
    /// The look. Of several commits of one look the source's own comes last, with its capture; they are applied in one call. What names files in it is filled by the store from what comes with it.
    pub look: Observation,
    /// Captures and other bytes, kept under their SHA-256.
    pub blobs: Vec<Vec<u8>>,
    /// The wording, where it is new. Its capture comes with it or is stored already.
    pub snapshots: Vec<Snapshot>,
    /// What happened.
    pub events: Vec<Event>,
    /// A host's next memory: the host in lower case, and a number above the newest.
    pub memory: Option<(String, Memory)>,
}

impl Commit {
    /// A look that leaves nothing but its entry in the log.
    pub fn bare(version: u64, look: Observation) -> Self {
        Self { version, look, blobs: Vec::new(), snapshots: Vec::new(), events: Vec::new(), memory: None }
    }
}

/// What became of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is on record.
    Kept,
    /// Another look was committed since the version that it was made from: look again. Nothing of it was kept.
    Stale,
    /// What is kept of its subject is in its way, or it does not hold together: nothing of it was kept, and all others
    /// of the commit were.
    Refused(Refusal),
}

/// Why a look was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Damage to what is kept of its subject, or a bug of this program.
    pub why: Why,
    /// What was seen, in words.
    pub seen: String,
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let why = if matches!(error, StoreError::Unfit(_)) { Why::Bug } else { Why::Damaged };
        Self { why, seen: error.to_string() }
    }
}

/// States of targets, and looks that move them.
pub trait Looks {
    /// What is known of a subject; the default when it was never looked at.
    fn state(&self, subject: &Subject) -> impl Future<Output = Result<TargetState, StoreError>> + Send;

    /// The items of a target that were ever seen, with what is known of each as of the last look at the target.
    fn items(
        &self,
        target: &TargetId,
    ) -> impl Future<Output = Result<Vec<(ItemKey, TargetState)>, StoreError>> + Send;

    /// Until when a host asked not to be asked, if it ever did; the moment may lie in the past.
    fn cooling(&self, host: &str) -> impl Future<Output = Result<Option<Timestamp>, StoreError>> + Send;

    /// The newest memory of a host with the name that a recipe gives it; nothing when nothing was learnt.
    fn memory(
        &self,
        host: &str,
    ) -> impl Future<Output = Result<Option<(MemoryName, Memory)>, StoreError>> + Send;

    /// The number of the newest memory of a host; 0 when nothing was learnt.
    fn memory_number(&self, host: &str) -> impl Future<Output = Result<u32, StoreError>> + Send;

    /// The memory of a host that a recipe names.
    fn memory_named(
        &self,
        host: &str,
        name: &MemoryName,
    ) -> impl Future<Output = Result<Memory, StoreError>> + Send;

    /// Keeps many looks; `at` is when they are written. When it fails, none of them may be told: either none is kept,
    /// or those that are will be found untold at the next opening. After a failed write the store takes nothing more
    /// until it is opened again. What is wrong with one look, or with what is kept of its subject, is no failure: that
    /// look is [`Kept::Refused`].
    ///
    /// A quiet look (nothing new, nothing with it) counts at once and is durable at the next [`Looks::flush`].
    fn commit(
        &self,
        at: Timestamp,
        commits: Vec<Commit>,
    ) -> impl Future<Output = Result<Vec<Kept>, StoreError>> + Send;

    /// Makes the quiet looks of before durable. To be called once a minute where no pass ends.
    fn flush(&self, at: Timestamp) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// As [`Looks::flush`], and writes down what the log comes to, so that the next opening need not read all of it.
    /// To be called at the end of a pass.
    fn settle(&self, at: Timestamp) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Gives a target another name, under which its history goes on; its files stay where they are. Answers whether
    /// that was done: a name that was never looked at, or one that has a history of its own, is left as it is.
    fn rename(
        &self,
        at: Timestamp,
        from: &TargetId,
        to: &TargetId,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// The targets that an index led to: each with its address, and the target that led to it.
    fn adopted(&self) -> impl Future<Output = Result<Vec<(TargetId, String, TargetId)>, StoreError>> + Send;

    /// Puts on record that an index led to a target.
    fn adopt(
        &self,
        at: Timestamp,
        target: &TargetId,
        url: &str,
        from: &TargetId,
        rule: &str,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// A place in a store's history, between two of its records; the default stands before the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cursor(pub(in crate::store) String);

/// Some records of a store's history, in order.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The records.
    pub records: Vec<Record>,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
}

/// What was kept.
pub trait History {
    /// The history from a place on, at least one record where there is one, and about `most`.
    fn history(&self, from: &Cursor, most: usize) -> impl Future<Output = Result<Page, StoreError>> + Send;

    /// Every subject that was ever looked at, sorted.
    fn subjects(&self) -> impl Future<Output = Result<Vec<Subject>, StoreError>> + Send;

    /// A target's name, and those that it had before, the newest first.
    fn names(&self, target: &TargetId) -> impl Future<Output = Result<Vec<TargetId>, StoreError>> + Send;

    /// A snapshot. An error when its bytes are not those that were kept.
    fn snapshot(
        &self,
        subject: &Subject,
        id: &SnapshotId,
    ) -> impl Future<Output = Result<Snapshot, StoreError>> + Send;

    /// The snapshots of a subject, in the order of their names, so of their moments.
    fn snapshots_of(
        &self,
        subject: &Subject,
    ) -> impl Future<Output = Result<Vec<SnapshotId>, StoreError>> + Send;

    /// An event. An error when its bytes are not those that were kept.
    fn event(&self, id: &EventId) -> impl Future<Output = Result<Event, StoreError>> + Send;

    /// The events whose id begins with these hex digits, sorted.
    fn find_event(&self, prefix: &str) -> impl Future<Output = Result<Vec<EventId>, StoreError>> + Send;
}

/// Bytes kept under their SHA-256. They are put by a commit.
pub trait Blobs {
    /// The bytes. An error when they are not those of the digest.
    fn blob(&self, sha256: &Digest) -> impl Future<Output = Result<Vec<u8>, StoreError>> + Send;
}

/// Events that a sink is to be told.
#[derive(Debug, Default)]
pub struct Claim {
    /// The events, in the order in which they happened.
    pub events: Vec<Event>,
    /// Events whose files are not what was kept, or not there, and what was seen.
    pub damaged: Vec<(EventId, String)>,
    /// Events that the system refuses to read now, and what it said: they wait on.
    pub unread: Vec<(EventId, String)>,
}

/// What a sink has taken, and what not.
pub trait Outbox {
    /// Names a sink for the first time: it takes what happens from here on. Nothing, for a sink that is known.
    fn begin(&self, at: Timestamp, sink: &str) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// How many events of a level or louder wait for a sink, whoever has claimed them.
    fn waiting(&self, sink: &str, least: Level) -> impl Future<Output = Result<usize, StoreError>> + Send;

    /// The events that wait for a sink and that nobody has claimed, at most `most`; nobody else is given them until
    /// `span` has passed, or they were acknowledged or released. A sink that was not begun has none.
    fn claim(
        &self,
        sink: &str,
        now: Timestamp,
        span: SignedDuration,
        most: usize,
    ) -> impl Future<Output = Result<Claim, StoreError>> + Send;

    /// Puts on record what a sink took, and what is not offered to it any more.
    fn acknowledge(
        &self,
        at: Timestamp,
        sink: &str,
        taken: Vec<EventId>,
        refused: Vec<Refused>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Puts on record why a sink does not take what waits for it, or that it takes again; nothing where that is what was
    /// last said.
    fn trouble(
        &self,
        at: Timestamp,
        sink: &str,
        why: Option<&str>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Lets an event wait for a sink again, whatever the sink made of it before. Answers whether it did not wait already.
    ///
    /// # Errors
    /// When there is no such event, or the sink was never begun.
    fn resend(
        &self,
        at: Timestamp,
        sink: &str,
        event: &EventId,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Gives back what was claimed for a sink and not acknowledged.
    fn release(&self, sink: &str) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// The right to ask a host, for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The host.
    pub host: String,
    /// Grows with each lease of the host: of two holders the one with the lower epoch is late.
    pub epoch: u64,
}

/// Who may ask a host: of all workers on a store one at a time.
pub trait Leases {
    /// Leases a host until a moment; `None` while somebody has it.
    fn lease(
        &self,
        host: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> impl Future<Output = Result<Option<Lease>, StoreError>> + Send;

    /// Gives a host back. Nothing, where the lease has run out and somebody else has it.
    fn end_lease(&self, lease: Lease) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// A whole store.
pub trait Store: Looks + History + Blobs + Outbox + Leases + Clone + Send + Sync + 'static {}

impl<S: Looks + History + Blobs + Outbox + Leases + Clone + Send + Sync + 'static> Store for S {}

/// Whether a look says nothing that the one before it did not: it needs no entry of its own.
pub(crate) fn is_quiet(commit: &Commit, state: &TargetState) -> bool {
    let look = &commit.look;
    let bare = commit.blobs.is_empty()
        && commit.snapshots.is_empty()
        && commit.events.is_empty()
        && commit.memory.is_none();
    let plain = look.source.is_own()
        && look.address.is_none()
        && !look.lying
        && !look.whole_host
        && look.returns_to.is_none();
    let same_wording = || {
        look.snapshot.as_ref() == state.snapshot.as_ref().map(|snapshot| &snapshot.id)
            && look.snapshot.is_some()
            && look.not_before.is_none()
            && state.phase == Phase::Present
    };
    let same_fault = || look.not_before.is_none() && look.why.is_some() && look.why == state.why;
    bare && plain
        && match look.looked {
            Looked::Read => false,
            Looked::Same => {
                same_wording()
                    && look.recipe == state.recipe
                    && look.landed == state.landed
                    && look.follows == state.follows
            }
            Looked::NotModified => same_wording(),
            Looked::Unreadable => same_fault() && state.phase == Phase::Unreadable,
            Looked::Absent => same_fault() && state.phase == Phase::Gone,
            Looked::Cooling => look.not_before.is_some() && look.not_before == state.not_before,
        }
}

#[cfg(test)]
pub(crate) mod tests;
