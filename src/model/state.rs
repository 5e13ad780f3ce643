//! What is known of a target: folded from its observations, one after the other, and from nothing else.
//!
//! Its moments are those that clocks told. One that lies after a later look came of a clock that was ahead, or the clock of
//! that look is behind: the next look tells. Where two looks in a row are in order, what lies after them is set back to
//! them, so that nothing waits for a day that was never there. Until then, what lies in the future counts as now.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Digest, EventId, EventKind, Follows, Level, Looked, Observation, SnapshotRef, Validators, Why};

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

impl Phase {
    /// The name that people see.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Present => "present",
            Self::Unreadable => "unreadable",
            Self::Gone => "gone",
        }
    }
}

/// What is known of a target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetState {
    /// Where it stands.
    pub phase: Phase,
    /// Since when: the start of the first look that found it so.
    pub since: Option<Timestamp>,
    /// Why it is not present, as the last look found it.
    pub why: Option<Why>,
    /// How many looks in a row gave no statement.
    pub failed: u32,
    /// How many of them found that the page is not there.
    pub absent: u32,
    /// The loudest at which it was told, since the last good look, that it cannot be read.
    pub told_unreadable: Level,
    /// The loudest at which it was told, since the last good look, that the page is gone.
    pub told_gone: Level,
    /// The end of the first look, since the last good one, that could not read it.
    pub unreadable_from: Option<Timestamp>,
    /// The end of the first look, since the last good one, that did not find it.
    pub gone_from: Option<Timestamp>,
    /// The start of the last look that gave no statement.
    pub last_failed: Option<Timestamp>,
    /// The last good snapshot.
    pub snapshot: Option<SnapshotRef>,
    /// Since when its wording stands: the start of the first look that had it.
    pub worded: Option<Timestamp>,
    /// How many times in a row the wording went back to the one before it within [`TargetState::BRIEF`].
    pub flips: u32,
    /// It was told that an earlier wording is back, or that it goes to and fro, and not yet with which wording it stays:
    /// the start of the first look that had the present one.
    pub unsettled: Option<Timestamp>,
    /// The digest of the body that the last good look received.
    pub body_sha256: Option<Digest>,
    /// The digest of the recipe of the last good look.
    pub recipe: Option<Digest>,
    /// The start of the last look that had the wording of `snapshot`.
    pub last_good: Option<Timestamp>,
    /// The start of the last look, whatever came of it.
    pub last_look: Option<Timestamp>,
    /// The start of the last good look that received a body.
    pub last_body: Option<Timestamp>,
    /// The end of the last look that led to an event louder than silent, and the event.
    pub last_told: Option<(Timestamp, EventId)>,
    /// What to ask with next time.
    pub validators: Option<Validators>,
    /// The server's validators were found out to lie.
    pub distrusted: bool,
    /// The address that the target had at the last look.
    pub address: Option<String>,
    /// Where the last good look ended, when not at the target's own address.
    pub landed: Option<String>,
    /// Where good looks ended since the first that ended elsewhere, the target's own address being empty; at most 8.
    pub places: Vec<String>,
    /// The address that is asked in place of the target's own.
    pub follows: Option<Follows>,
    /// Not to be asked before this moment.
    pub not_before: Option<Timestamp>,
    /// Looks in all.
    pub looks: u64,
    /// Looks that read a statement, or were told that it stands.
    pub good: u64,
    /// Earlier wordings, oldest first, each with the start of the last look that had it; at most 64.
    pub earlier: Vec<(SnapshotRef, Timestamp)>,
}

impl TargetState {
    /// How many earlier wordings are remembered for `reverted`.
    const EARLIER: usize = 64;
    /// How many places are remembered.
    const PLACES: usize = 8;
    /// The longest pause that holds, in seconds: a day, and a moment for the clocks of two machines.
    const LONGEST_PAUSE: i64 = 24 * 60 * 60 + 60;
    /// A wording that stood shorter than this, in hours, and gave way to the one before it, was a flip.
    pub const BRIEF: i64 = 24;
    /// So many flips in a row are going to and fro.
    pub const FLAPPING: u32 = 2;
    /// A wording that came back and has stood for so long, in hours, has settled.
    pub const SETTLED: i64 = 24;

    /// What is known after one more look.
    pub fn apply(&mut self, o: &Observation) {
        self.looks += 1;
        if self.last_look.is_some_and(|last| last <= o.started) {
            self.set_back_to(o.started);
        }
        self.last_look = Some(o.started);
        self.not_before = o.not_before;
        if o.address.is_some() {
            self.address.clone_from(&o.address);
        }
        if let Some(event) =
            o.events.iter().max_by_key(|event| event.level).filter(|e| e.level > Level::Silent)
        {
            self.last_told = Some((o.ended, event.id.clone()));
        }
        let phase = match o.looked {
            Looked::Read | Looked::Same | Looked::NotModified => Phase::Present,
            Looked::Unreadable => Phase::Unreadable,
            Looked::Absent => Phase::Gone,
            // Not a look at the page: it says nothing about it.
            Looked::Cooling => return,
        };
        if phase != self.phase {
            (self.phase, self.since) = (phase, Some(o.started));
        }
        self.why = o.why;
        if phase == Phase::Present {
            self.good(o);
            return;
        }
        self.failed = self.failed.saturating_add(1);
        self.absent = self.absent.saturating_add(u32::from(phase == Phase::Gone));
        self.last_failed = Some(o.started);
        let from = if phase == Phase::Gone { &mut self.gone_from } else { &mut self.unreadable_from };
        from.get_or_insert(o.ended);
        let told = |kind| o.event(kind).map_or(Level::Silent, |event| event.level);
        self.told_unreadable = self.told_unreadable.max(told(EventKind::Unreadable));
        self.told_gone = self.told_gone.max(told(EventKind::Removed)).max(told(EventKind::Unlisted));
    }

    /// Sets back what lies after a moment that is sure not to lie in the future.
    fn set_back_to(&mut self, sure: Timestamp) {
        let moments = [
            &mut self.since,
            &mut self.unreadable_from,
            &mut self.gone_from,
            &mut self.last_failed,
            &mut self.worded,
            &mut self.unsettled,
            &mut self.last_good,
            &mut self.last_body,
        ];
        let told = self.last_told.iter_mut().map(|(when, _)| when);
        let earlier = self.earlier.iter_mut().map(|(_, when)| when);
        for moment in moments.into_iter().flatten().chain(told).chain(earlier) {
            *moment = sure.min(*moment);
        }
    }

    /// Whether a pause until then is to be kept. A server may ask for a day; what asks for longer was told by a clock that
    /// was ahead, or by nobody.
    pub fn pause_holds(until: Timestamp, now: Timestamp) -> bool {
        until > now && until.duration_since(now).as_secs() <= Self::LONGEST_PAUSE
    }

    fn good(&mut self, o: &Observation) {
        self.good += 1;
        (self.failed, self.absent) = (0, 0);
        (self.told_unreadable, self.told_gone) = (Level::Silent, Level::Silent);
        (self.unreadable_from, self.gone_from) = (None, None);
        let wording = self.wording_at(o);
        if wording.is_some() && (o.looked != Looked::Read || o.event(EventKind::Touched).is_some()) {
            // The same wording, read by another recipe or under another date.
            self.snapshot.clone_from(&wording);
        }
        if wording.is_some() && wording != self.snapshot {
            self.flips = self.flips_with(o);
            if let (Some(old), Some(when)) = (self.snapshot.take(), self.last_good) {
                self.earlier.push((old, when));
                let surplus = self.earlier.len().saturating_sub(Self::EARLIER);
                self.earlier.drain(..surplus);
            }
            self.snapshot = wording;
            self.worded = Some(o.started);
        }
        self.settle(o);
        if o.looked != Looked::NotModified {
            self.body_sha256.clone_from(&o.body_sha256);
            self.recipe.clone_from(&o.recipe);
            self.last_body = Some(o.started);
            self.distrusted |= o.lying;
            self.validators = o.validators.clone().filter(|_| !self.distrusted);
            self.landed.clone_from(&o.landed);
            self.follows.clone_from(&o.follows);
            let place = o.landed.clone().unwrap_or_default();
            let elsewhere = o.landed.is_some() || !self.places.is_empty();
            if elsewhere && !self.places.contains(&place) {
                self.places.push(place);
                let surplus = self.places.len().saturating_sub(Self::PLACES);
                self.places.drain(..surplus);
            }
        }
        self.last_good = Some(o.started);
    }

    /// Takes in what a look says of whether the wording stays as it was told.
    fn settle(&mut self, o: &Observation) {
        let told = |kind| o.event(kind).is_some_and(|event| event.level > Level::Silent);
        if o.event(EventKind::Settled).is_some() || told(EventKind::Revised) {
            self.unsettled = None;
        } else if told(EventKind::Reverted) || self.is_flapping() && o.event(EventKind::Reverted).is_some() {
            self.unsettled = Some(o.started);
        }
    }

    /// Since when a wording stands that came back, where it has stood for long enough to be the last word.
    pub fn settled(&self, now: Timestamp) -> Option<Timestamp> {
        self.unsettled.filter(|since| now.duration_since(*since).as_hours() >= Self::SETTLED)
    }

    /// The snapshot that was the wording at a look: one that came with it, or one that is known.
    fn wording_at(&self, o: &Observation) -> Option<SnapshotRef> {
        let id = o.snapshot.as_ref()?;
        let known = self.snapshot.iter().chain(self.earlier.iter().map(|(known, _)| known));
        o.snapshots.iter().chain(known).find(|snapshot| snapshot.id == *id).cloned()
    }

    /// What [`TargetState::flips`] will be after a look with other words.
    pub fn flips_with(&self, o: &Observation) -> u32 {
        let back = match (&o.snapshot, self.earlier.last()) {
            (Some(new), Some((before, _))) => {
                o.returns_to.as_ref() == Some(&before.id) || new.content() == before.id.content()
            }
            _ => false,
        };
        let brief = self.stood(o.started).is_some_and(|hours| hours < Self::BRIEF);
        if back && brief { self.flips.saturating_add(1) } else { 0 }
    }

    /// Whether its wording goes to and fro.
    pub fn is_flapping(&self) -> bool {
        self.flips >= Self::FLAPPING
    }

    /// What is known of an item, given what is known of its source: a look at the source that read it looked at each of its
    /// items, and only what differed was written down.
    #[must_use]
    pub fn as_of(mut self, source: &Self) -> Self {
        let last = match self.phase {
            Phase::Present => &mut self.last_good,
            _ => &mut self.last_failed,
        };
        *last = (*last).max(source.last_good);
        self
    }

    /// Grows with each look: a commit that was made from an older one is stale.
    pub fn version(&self) -> u64 {
        self.looks
    }

    /// For how many whole hours the present wording has stood.
    pub fn stood(&self, now: Timestamp) -> Option<i64> {
        Some(now.duration_since(self.worded?).as_hours().max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SnapshotId;

    #[test]
    fn what_a_clock_that_was_ahead_told_is_set_back_when_two_looks_say_otherwise() {
        let at = |hour: i64| Timestamp::from_second(hour * 3600).unwrap();
        let mut state = TargetState::default();
        let mut look = |hour: i64, words: u8| {
            let mut o = Observation::new("page".parse().unwrap(), at(hour), at(hour));
            o.looked = if words > 0 { Looked::Read } else { Looked::Unreadable };
            let id: SnapshotId = format!("19700101T000000Z-{words:08x}").parse().unwrap();
            o.snapshot = (words > 0).then(|| id.clone());
            o.snapshots = vec![SnapshotRef { id, sha256: Digest::of(&[words]) }];
            state.apply(&o);
            (state.worded, state.since)
        };
        assert_eq!(look(9000, 1), (Some(at(9000)), Some(at(9000))));
        assert_eq!(
            look(10, 0),
            (Some(at(9000)), Some(at(10))),
            "it may be the clock of this look that is wrong"
        );
        assert_eq!(look(11, 0), (Some(at(11)), Some(at(10))));
        // A clock that was behind for one look changes nothing of what was known.
        assert_eq!(look(20, 2), (Some(at(20)), Some(at(20))));
        assert_eq!((look(1, 0), look(21, 0)), ((Some(at(20)), Some(at(1))), (Some(at(20)), Some(at(1)))));
    }

    #[test]
    fn a_page_that_goes_to_and_fro_within_a_day_flips() {
        let mut state = TargetState::default();
        let mut look = |hour: i64, words: u8| {
            let at = Timestamp::from_second(hour * 3600).unwrap();
            let mut o = Observation::new("page".parse().unwrap(), at, at);
            o.looked = Looked::Read;
            let id: SnapshotId = format!("19700101T{:02}0000Z-{words:08x}", hour % 24).parse().unwrap();
            o.snapshot = Some(id.clone());
            o.snapshots = vec![SnapshotRef { id, sha256: Digest::of(&[words]) }];
            state.apply(&o);
            state.flips
        };
        assert_eq!(
            [look(0, 1), look(1, 2), look(2, 1), look(3, 2), look(4, 3), look(5, 2)],
            [0, 0, 1, 2, 0, 1]
        );
    }
}
