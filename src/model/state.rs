//! What is known of a target: folded from its observations, one after the other, and from nothing else.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Digest, EventKind, Level, Looked, Observation, SnapshotId, Validators, Why};

/// Where a target stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Never looked at.
    #[default]
    New,
    /// Read at the last look.
    Present,
    /// It cannot be read.
    Unreadable,
    /// The page is not there.
    Gone,
}

/// What is known of a target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetState {
    /// Where it stands.
    pub phase: Phase,
    /// Since when: the start of the first look that found it so.
    pub since: Option<Timestamp>,
    /// Why it is not present.
    pub why: Option<Why>,
    /// How many looks in a row have found it so.
    pub run: u32,
    /// The loudest that this state has been told at.
    pub told: Level,
    /// The last good snapshot.
    pub snapshot: Option<SnapshotId>,
    /// The digest of the body that the last good look received.
    pub body_sha256: Option<Digest>,
    /// The digest of the recipe of the last good look.
    pub recipe: Option<Digest>,
    /// The start of the last look that had the wording of `snapshot`.
    pub last_good: Option<Timestamp>,
    /// The start of the last look, whatever came of it.
    pub last_look: Option<Timestamp>,
    /// What to ask with next time.
    pub validators: Option<Validators>,
    /// Not to be asked before this moment.
    pub not_before: Option<Timestamp>,
    /// Looks in all.
    pub looks: u64,
    /// Looks that read a statement, or were told that it stands.
    pub good: u64,
    /// Earlier wordings, oldest first, each with the start of the last look that had it; at most 64.
    pub earlier: Vec<(SnapshotId, Timestamp)>,
}

impl TargetState {
    /// How many earlier wordings are remembered for `reverted`.
    const EARLIER: usize = 64;

    /// What is known after one more look.
    pub fn apply(&mut self, o: &Observation) {
        self.looks += 1;
        self.last_look = Some(o.started);
        self.not_before = o.not_before;
        let phase = match o.looked {
            Looked::Read | Looked::Same | Looked::NotModified => Phase::Present,
            Looked::Unreadable => Phase::Unreadable,
            Looked::Absent => Phase::Gone,
            // Not a look at the page: it says nothing about it.
            Looked::Cooling => return,
        };
        if phase == self.phase && o.why == self.why {
            self.run = self.run.saturating_add(1);
        } else {
            (self.phase, self.why, self.run) = (phase, o.why, 1);
            self.since = Some(o.started);
            self.told = Level::Silent;
        }
        if matches!(o.event_kind, Some(EventKind::Unreadable | EventKind::Removed)) {
            self.told = self.told.max(o.event_level.unwrap_or_default());
        }
        if phase != Phase::Present {
            return;
        }
        self.good += 1;
        if o.snapshot.is_some() && o.snapshot != self.snapshot {
            if let (Some(old), Some(when)) = (self.snapshot.take(), self.last_good) {
                self.earlier.push((old, when));
                let surplus = self.earlier.len().saturating_sub(Self::EARLIER);
                self.earlier.drain(..surplus);
            }
            self.snapshot.clone_from(&o.snapshot);
        }
        if o.looked != Looked::NotModified {
            self.body_sha256.clone_from(&o.body_sha256);
            self.recipe.clone_from(&o.recipe);
            self.validators.clone_from(&o.validators);
        }
        self.last_good = Some(o.started);
    }
}
