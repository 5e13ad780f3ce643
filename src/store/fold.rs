//! What the log comes to: states, pauses, memories and the outbox, folded record after record. Pure.
//!
//! Not here: reading the log, or writing down what it came to (`files`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{error::StoreError, layout};
use crate::model::{
    Digest, Entry, EventId, EventRef, ItemKey, Level, MemoryRef, Observation, SnapshotId, SnapshotRef,
    Subject, TargetId, TargetState,
};

/// The name under which stores of format 1 kept what was printed. A terminal has no outbox any more.
const TERMINAL: &str = "terminal";

/// An event that waits for a sink.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// What it happened to.
    pub(crate) subject: Subject,
    /// The event.
    pub(crate) id: EventId,
    /// The end of its interval.
    pub(crate) until: Timestamp,
    /// How loud it is.
    pub(crate) level: Level,
    /// The digest of its bytes.
    pub(crate) sha256: Digest,
}

impl Waiting {
    /// An event of a subject.
    pub(crate) fn of(subject: &Subject, event: &EventRef) -> Self {
        let EventRef { id, until, level, sha256, .. } = event;
        Self {
            subject: subject.clone(),
            id: id.clone(),
            until: *until,
            level: *level,
            sha256: sha256.clone(),
        }
    }
}

/// A target that an index led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Adopted {
    /// Its address.
    pub(crate) url: String,
    /// The target that led to it.
    pub(crate) from: TargetId,
}

/// What the log comes to, up to a place in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fold {
    /// The states of the subjects.
    pub(crate) subjects: BTreeMap<Subject, TargetState>,
    /// The names that targets had before, the newest last.
    pub(crate) names: BTreeMap<TargetId, Vec<TargetId>>,
    /// Until when each host asked not to be asked.
    pub(crate) cooling: BTreeMap<String, Timestamp>,
    /// The newest memory of each host, by its folder.
    pub(crate) memory: BTreeMap<String, MemoryRef>,
    /// For each sink that was begun, what it has not taken, in order.
    pub(crate) outbox: BTreeMap<String, Vec<Waiting>>,
    /// Why sinks do not take what waits for them, as it was last said.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) troubles: BTreeMap<String, String>,
    /// Targets that an index led to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) adopted: BTreeMap<TargetId, Adopted>,
    /// Whom the lines of quiet looks count: the newest list that was written out.
    #[serde(default)]
    pub(crate) roster: Vec<Subject>,
}

impl Fold {
    /// What is known after one more entry.
    pub(crate) fn apply(&mut self, entry: &Entry) {
        match entry {
            Entry::Look(look) => self.look(look),
            Entry::Delivery { sink, events, refused } => {
                let gone: BTreeSet<&EventId> =
                    events.iter().chain(refused.iter().map(|refused| &refused.event)).collect();
                if let Some(waiting) = self.outbox.get_mut(sink) {
                    waiting.retain(|waiting| !gone.contains(&waiting.id));
                }
            }
            Entry::Resent { sink, target, item, event, level, until, sha256 } => {
                if let Some(waiting) = self.outbox.get_mut(sink)
                    && !waiting.iter().any(|waiting| waiting.id == *event)
                {
                    waiting.push(Waiting {
                        subject: Subject { target: target.clone(), item: item.clone() },
                        id: event.clone(),
                        until: *until,
                        level: *level,
                        sha256: sha256.clone(),
                    });
                }
            }
            Entry::Trouble { sink, why: Some(why) } => {
                self.troubles.insert(sink.clone(), why.clone());
            }
            Entry::Trouble { sink, why: None } => {
                self.troubles.remove(sink);
            }
            Entry::Sink { sink } if sink != TERMINAL => {
                self.outbox.entry(sink.clone()).or_default();
            }
            Entry::Sink { .. } => {}
            Entry::Renamed { from, to } => self.rename(from, to),
            Entry::Adopted { target, url, from, .. } => {
                self.adopted.insert(target.clone(), Adopted { url: url.clone(), from: from.clone() });
            }
        }
    }

    fn look(&mut self, look: &Observation) {
        let subject = look.subject();
        if let Some(memory) = &look.memory {
            self.memory.insert(layout::host_folder(&memory.host), memory.clone());
        }
        for event in &look.events {
            let waiting = Waiting::of(&subject, event);
            self.outbox.values_mut().for_each(|sink| sink.push(waiting.clone()));
        }
        // What others saw is on record, and says nothing of where a target stands.
        if !look.source.is_own() {
            return;
        }
        if let (Some(host), Some(until), true) = (&look.host, look.not_before, look.whole_host) {
            self.cooling.insert(host.clone(), until);
        }
        let source = (!subject.item.is_whole())
            .then(|| self.subjects.get(&Subject::page(subject.target.clone())).cloned())
            .flatten();
        let state = self.subjects.entry(subject).or_default();
        if let Some(source) = source {
            *state = std::mem::take(state).as_of(&source);
        }
        state.apply(look);
    }

    /// The items of a target that were ever seen, and what is known of each.
    pub(crate) fn items(&self, target: &TargetId) -> Vec<(ItemKey, TargetState)> {
        let whole = Subject::page(target.clone());
        let source = self.state(&whole);
        let range = self.subjects.range(whole..).take_while(|(subject, _)| subject.target == *target);
        range
            .filter(|(subject, _)| !subject.item.is_whole())
            .map(|(subject, state)| (subject.item.clone(), state.clone().as_of(&source)))
            .collect()
    }

    fn rename(&mut self, from: &TargetId, to: &TargetId) {
        let (moved, stay): (BTreeMap<_, _>, BTreeMap<_, _>) =
            std::mem::take(&mut self.subjects).into_iter().partition(|(subject, _)| subject.target == *from);
        self.subjects = stay;
        self.subjects.extend(moved.into_iter().map(|(subject, state)| (subject.under(to), state)));
        let mut names = self.names.remove(from).unwrap_or_default();
        names.push(from.clone());
        self.names.insert(to.clone(), names);
    }

    /// The entry that says why a sink does not take what waits for it; none where that was said last.
    pub(crate) fn troubled(&self, sink: &str, why: Option<&str>) -> Option<Entry> {
        let known = self.troubles.get(sink).map(String::as_str);
        (known != why).then(|| Entry::Trouble { sink: sink.to_owned(), why: why.map(str::to_owned) })
    }

    /// The entry by which an event waits for a sink again; none where it waits already.
    pub(crate) fn resent(
        &self,
        sink: &str,
        event: &EventId,
        found: Option<Waiting>,
    ) -> Result<Option<Entry>, StoreError> {
        let found = found.ok_or_else(|| StoreError::Unknown(format!("event {event}")))?;
        let begun = self.outbox.get(sink);
        let begun = begun.ok_or_else(|| StoreError::Unknown(format!("sink `{}`", sink.escape_default())))?;
        let waits = begun.iter().any(|waiting| waiting.id == *event);
        let Waiting { subject, id, until, level, sha256 } = found;
        Ok((!waits).then(|| Entry::Resent {
            sink: sink.to_owned(),
            target: subject.target,
            item: subject.item,
            event: id,
            level,
            until,
            sha256,
        }))
    }

    /// The targets that an index led to: each with its address, and the target that led to it, under its name now.
    pub(crate) fn adopted(&self) -> Vec<(TargetId, String, TargetId)> {
        let now = |old: &TargetId| {
            let renamed = self.names.iter().find(|(_, before)| before.contains(old));
            renamed.map_or(old, |(now, _)| now).clone()
        };
        let rows = self.adopted.iter();
        rows.map(|(target, adopted)| (target.clone(), adopted.url.clone(), now(&adopted.from))).collect()
    }

    /// What is known of a subject.
    pub(crate) fn state(&self, subject: &Subject) -> TargetState {
        self.subjects.get(subject).cloned().unwrap_or_default()
    }

    /// A target's name and those that it had before, the newest first: where its files may lie.
    pub(crate) fn names_of<'a>(&'a self, target: &'a TargetId) -> impl Iterator<Item = &'a TargetId> {
        std::iter::once(target).chain(self.names.get(target).into_iter().flatten().rev())
    }

    /// A subject under its name and those that it had before, the newest first.
    pub(crate) fn homes<'a>(&'a self, subject: &'a Subject) -> impl Iterator<Item = Subject> + 'a {
        self.names_of(&subject.target).map(|name| subject.under(name))
    }

    /// Whether a rename would go from a history that is there to a name that has none.
    pub(crate) fn may_rename(&self, from: &TargetId, to: &TargetId) -> bool {
        let known = |target: &TargetId| self.subjects.keys().any(|subject| subject.target == *target);
        known(from) && !known(to)
    }

    /// The snapshot as the state of its subject names it.
    pub(crate) fn snapshot_ref(&self, subject: &Subject, id: &SnapshotId) -> Option<&SnapshotRef> {
        let state = self.subjects.get(subject)?;
        let earlier = state.earlier.iter().rev().map(|(snapshot, _)| snapshot);
        state.snapshot.iter().chain(earlier).find(|snapshot| snapshot.id == *id)
    }

    /// Two folds are one record of the same looks: what a server gave to ask with is not in every line of the log.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        let plain = |fold: &Self| {
            let mut fold = fold.clone();
            fold.subjects.values_mut().for_each(|state| state.validators = None);
            fold
        };
        plain(self) == plain(other)
    }
}
