//! What the log comes to: states, pauses, memories and the outbox, folded line after line; and `state.json`, where
//! that is written down so that a run reads only what came after.
//!
//! The log is the truth. A `state.json` that is missing or garbled is made again; one that has seen lines which the
//! log no longer has says that the log was damaged.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    StoreError, disk,
    layout::{self, Named},
    log::{self, Position, Reader},
};
use crate::model::{Digest, Entry, EventId, Line, Observation, TargetId, TargetState};

/// An event and the file that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Its id.
    pub(crate) id: EventId,
    /// Its file.
    pub(crate) path: String,
}

/// What the log comes to, up to a position.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fold {
    /// Up to where.
    pub(crate) position: Position,
    /// The states of the targets.
    pub(crate) targets: BTreeMap<TargetId, TargetState>,
    /// The names that targets had before, the newest last.
    pub(crate) names: BTreeMap<TargetId, Vec<TargetId>>,
    /// Until when each host asked not to be asked.
    pub(crate) cooling: BTreeMap<String, Timestamp>,
    /// The newest memory of each host, by its folder.
    pub(crate) memory: BTreeMap<String, u32>,
    /// For each sink that ever took an event, what it has not taken, in order.
    pub(crate) outbox: BTreeMap<String, Vec<Kept>>,
}

impl Fold {
    /// What is known after one more line. `past` gives every event before the line, in order, and is asked only when
    /// a sink takes its first.
    pub(crate) fn apply<E>(
        &mut self,
        line: &Line,
        past: impl FnOnce() -> Result<Vec<Kept>, E>,
    ) -> Result<(), E> {
        match &line.entry {
            Entry::Look(look) => {
                self.targets.entry(look.target.clone()).or_default().apply(look);
                if let (Some(host), Some(until), true) = (&look.host, look.not_before, look.whole_host) {
                    self.cooling.insert(host.clone(), until);
                }
                for file in &look.files {
                    if let Some(Named::Memory(host, number)) = layout::parse(&file.path) {
                        self.memory.insert(host, number);
                    }
                }
                if let Some(kept) = event_of(look) {
                    self.outbox.values_mut().for_each(|waiting| waiting.push(kept.clone()));
                }
            }
            Entry::Delivery { sink, events } => {
                if !self.outbox.contains_key(sink) {
                    self.outbox.insert(sink.clone(), past()?);
                }
                let taken: BTreeSet<&EventId> = events.iter().collect();
                if let Some(waiting) = self.outbox.get_mut(sink) {
                    waiting.retain(|kept| !taken.contains(&kept.id));
                }
            }
            Entry::Sink { sink } => {
                self.outbox.entry(sink.clone()).or_default();
            }
            Entry::Renamed { from, to } => {
                if let Some(state) = self.targets.remove(from) {
                    self.targets.insert(to.clone(), state);
                }
                let mut names = self.names.remove(from).unwrap_or_default();
                names.push(from.clone());
                self.names.insert(to.clone(), names);
            }
        }
        Ok(())
    }
}

impl Fold {
    /// A target's name and those that it had before, the newest first: where its files may lie.
    pub(crate) fn names_of<'a>(&'a self, target: &'a TargetId) -> impl Iterator<Item = &'a TargetId> {
        std::iter::once(target).chain(self.names.get(target).into_iter().flatten().rev())
    }

    /// Whether a rename would go from a history that is there to a name that has none.
    pub(crate) fn may_rename(&self, from: &TargetId, to: &TargetId) -> bool {
        self.targets.contains_key(from) && !self.targets.contains_key(to)
    }
}

/// The event that a look led to, with its file.
pub(crate) fn event_of(look: &Observation) -> Option<Kept> {
    let id = look.event.as_ref()?;
    let path = look
        .files
        .iter()
        .find(|file| matches!(layout::parse(&file.path), Some(Named::Event(..))))?
        .path
        .clone();
    Some(Kept { id: id.clone(), path })
}

/// Every event of the log's first `lines` lines, in order.
pub(crate) fn events_before(root: &Path, lines: u64) -> Result<Vec<Kept>, StoreError> {
    let mut kept = Vec::new();
    for line in Reader::new(root, Position::default())? {
        let line = line?;
        if line.n >= lines {
            break;
        }
        if let Entry::Look(look) = &line.entry {
            kept.extend(event_of(look));
        }
    }
    Ok(kept)
}

/// What `state.json` holds is one line: the schema, the SHA-256 of the fold's JSON so that a changed digit is not
/// believed, and that JSON.
const OPENS: &str = "{\"schema\":\"onrecord.state/3\",\"sha256\":\"";
const GOES_ON: &str = "\",\"fold\":";
const ENDS: &str = "}\n";

/// Whether the bytes of `state.json` are of an older onrecord, which made another of it: the next run makes it anew.
pub(crate) fn is_of_an_older_version(bytes: &[u8]) -> bool {
    const ANY: &[u8] = b"{\"schema\":\"onrecord.state/";
    let version = |bytes: &[u8]| -> Option<u32> {
        let rest = bytes.strip_prefix(ANY)?;
        let end = rest.iter().position(|b| !b.is_ascii_digit())?;
        std::str::from_utf8(rest.get(..end)?).ok()?.parse().ok()
    };
    matches!((version(bytes), version(OPENS.as_bytes())), (Some(theirs), Some(ours)) if theirs < ours)
}

/// `state.json` for a fold.
pub(crate) fn to_json(fold: &Fold) -> Vec<u8> {
    let body = serde_json::to_string(fold).unwrap_or_default();
    let sha256 = Digest::of(body.as_bytes());
    format!("{OPENS}{sha256}{GOES_ON}{body}{ENDS}").into_bytes()
}

/// The fold in the bytes of `state.json`; `None` when they are not what was written.
pub(crate) fn from_json(bytes: &[u8]) -> Option<Fold> {
    let rest = bytes.strip_prefix(OPENS.as_bytes())?.strip_suffix(ENDS.as_bytes())?;
    let (sha256, rest) = rest.split_at_checked(64)?;
    let body = rest.strip_prefix(GOES_ON.as_bytes())?;
    if Digest::of(body).as_str().as_bytes() != sha256 {
        return None;
    }
    serde_json::from_slice(body).ok()
}

/// What `state.json` knows. `None` when it is missing, or is not what was written.
pub(crate) fn load(root: &Path) -> Result<Option<Fold>, StoreError> {
    Ok(disk::read(&root.join(layout::STATE))?.and_then(|bytes| from_json(&bytes)))
}

/// A fold brought up to the end of the log.
#[derive(Debug)]
pub(crate) struct Folded {
    pub(crate) fold: Fold,
    /// The looks after what `state.json` knew: what a crash may have left unfinished.
    pub(crate) fresh: Vec<Observation>,
    /// The file, and the length of its whole lines, when the log's last line is torn.
    pub(crate) torn: Option<(String, u64)>,
}

/// Folds the log: what `state.json` knows, and the lines after it.
pub(crate) fn fold(root: &Path) -> Result<Folded, StoreError> {
    let known = load(root)?.unwrap_or_default();
    if !log::holds(root, &known.position)? {
        let path = root.join(layout::LOG).join(known.position.day.as_deref().unwrap_or_default());
        return Err(StoreError::Damaged {
            path,
            seen: format!(
                "line {} of the log is not the one that state.json has seen",
                known.position.lines.saturating_sub(1)
            ),
            advice: "restore the log from a copy or from git; or remove state.json to go on from the log as it is",
        });
    }
    let mut folded = Folded::after(known);
    let mut reader = Reader::new(root, folded.fold.position.clone())?;
    while let Some(line) = reader.next() {
        let line = line?;
        let n = line.n;
        folded.add(line, || events_before(root, n))?;
        folded.fold.position = reader.position().clone();
    }
    folded.torn = reader.torn().cloned();
    Ok(folded)
}

/// Folds what can be read of a log, for reading only: what does not add up is passed over here, and is named by
/// whoever reads the lines.
pub(crate) fn fold_what_is_whole(root: &Path) -> Result<Folded, StoreError> {
    match fold(root) {
        Err(StoreError::Damaged { .. }) => {}
        other => return other,
    }
    let mut folded = Folded::after(Fold::default());
    let mut past = Vec::new();
    let mut reader = Reader::new(root, Position::default())?;
    while let Some(step) = reader.step()? {
        let Some(line) = step.line else { continue };
        if let Entry::Look(look) = &line.entry {
            past.extend(event_of(look));
        }
        folded.add(line, || Ok::<_, StoreError>(past.clone()))?;
    }
    folded.fold.position = reader.position().clone();
    Ok(folded)
}

impl Folded {
    fn after(fold: Fold) -> Self {
        Self { fold, fresh: Vec::new(), torn: None }
    }

    fn add<E>(&mut self, line: Line, past: impl FnOnce() -> Result<Vec<Kept>, E>) -> Result<(), E> {
        self.fold.apply(&line, past)?;
        if let Entry::Look(look) = line.entry
            && !look.files.is_empty()
        {
            self.fresh.push(look);
        }
        Ok(())
    }
}
