//! The history record by record, each look with the target that it is of: one that was renamed is one target, and one
//! that was given an old name again is another.

use std::{
    collections::{BTreeMap, BTreeSet},
    vec,
};

use crate::{
    model::{Entry, Observation, Record, Subject, Target, TargetId},
    store::{Cursor, History, Looks, StoreError},
};

/// How many records are asked for at once.
const PAGE: usize = 1024;

/// The history of a store, from its first record on.
pub(super) struct Walk<'s, S> {
    store: &'s S,
    records: vec::IntoIter<Record>,
    next: Option<Cursor>,
}

impl<'s, S: History> Walk<'s, S> {
    pub(super) fn new(store: &'s S) -> Self {
        Self { store, records: Vec::new().into_iter(), next: Some(Cursor::default()) }
    }

    /// The next record; `None` at the end.
    pub(super) async fn record(&mut self) -> Result<Option<Record>, StoreError> {
        loop {
            if let Some(record) = self.records.next() {
                return Ok(Some(record));
            }
            let Some(from) = self.next.take() else { return Ok(None) };
            let page = self.store.history(&from, PAGE).await?;
            (self.records, self.next) = (page.records.into_iter(), page.next);
        }
    }
}

/// One target, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line(usize);

/// The targets of a history, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The name of each.
    names: Vec<TargetId>,
    /// Whose name it is.
    lines: BTreeMap<TargetId, Line>,
}

impl Names {
    fn line(&mut self, name: &TargetId) -> Line {
        if let Some(line) = self.lines.get(name) {
            return *line;
        }
        let line = Line(self.names.len());
        self.names.push(name.clone());
        self.lines.insert(name.clone(), line);
        line
    }

    fn rename(&mut self, from: &TargetId, to: &TargetId) {
        let Some(line) = self.lines.remove(from) else { return };
        if let Some(name) = self.names.get_mut(line.0) {
            name.clone_from(to);
        }
        self.lines.insert(to.clone(), line);
    }

    /// The name that a target has after the last record that was read.
    pub(super) fn now(&self, line: Line) -> Option<&TargetId> {
        self.names.get(line.0)
    }
}

/// Shows every look that was ever made to `see`, in the order of the history. The names are those of its end.
pub(super) async fn each_look(
    store: &impl History,
    mut see: impl FnMut(Line, Observation),
) -> Result<Names, StoreError> {
    let (mut walk, mut names) = (Walk::new(store), Names::default());
    while let Some(record) = walk.record().await? {
        match record.entry {
            Entry::Look(look) => see(names.line(&look.target), look),
            Entry::Renamed { from, to } => names.rename(&from, &to),
            Entry::Delivery { .. }
            | Entry::Resent { .. }
            | Entry::Trouble { .. }
            | Entry::Sink { .. }
            | Entry::Adopted { .. } => {}
        }
    }
    Ok(names)
}

/// The name that a target has now, asked by that name or by one that it had before; `None` where nothing was ever
/// looked at under the name. A name that another target has taken since is that one's.
///
/// # Errors
///
/// When the store cannot be read.
pub async fn name_now(store: &impl History, name: &TargetId) -> Result<Option<TargetId>, StoreError> {
    let mut known: Vec<TargetId> =
        store.subjects().await?.into_iter().map(|subject| subject.target).collect();
    known.dedup();
    if known.contains(name) {
        return Ok(Some(name.clone()));
    }
    for target in known {
        if store.names(&target).await?.contains(name) {
            return Ok(Some(target));
        }
    }
    Ok(None)
}

/// Targets that were never looked at and whose address was watched under a name that nobody has now: the new name, the
/// old one. Somebody may have changed an id and not said so.
///
/// # Errors
///
/// When the store cannot be read.
pub async fn earlier_names(
    store: &(impl Looks + History),
    targets: &[Target],
) -> Result<Vec<(TargetId, TargetId)>, StoreError> {
    let mut new = Vec::new();
    for target in targets {
        if store.state(&Subject::page(target.id.clone())).await?.looks == 0 {
            new.push(target);
        }
    }
    let mut found = Vec::new();
    let known = if new.is_empty() { Vec::new() } else { store.subjects().await? };
    let named: BTreeSet<&TargetId> = targets.iter().map(|target| &target.id).collect();
    let new: BTreeMap<&str, &TargetId> = new.iter().map(|target| (target.url.as_str(), &target.id)).collect();
    for old in known.into_iter().filter(|old| old.item.is_whole() && !named.contains(&old.target)) {
        let state = store.state(&old).await?;
        let now = state.address.as_deref().and_then(|address| new.get(address));
        found.extend(now.map(|now| ((*now).clone(), old.target)));
    }
    Ok(found)
}

/// Every name under which looks at some targets may be on record; of none named, `None`: all are meant.
pub(super) async fn all_names(
    store: &impl History,
    targets: &[TargetId],
) -> Result<Option<Vec<TargetId>>, StoreError> {
    let mut names = Vec::new();
    for target in targets {
        names.extend(store.names(target).await?);
    }
    Ok((!targets.is_empty()).then_some(names))
}
