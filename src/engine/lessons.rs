//! What a second look, moments after the first, teaches of a site: what moves by itself.
//!
//! Only where the server gives no validators, and only for a page that has a figure which may be a counter: most pages are
//! looked at once. Not here: what is learnt (`read::learn`).

use super::{again::reread, consider::record, happened};
use crate::{
    model::{Capture, EventKind, Looked, Observation, Snapshot, Target, TargetState},
    read,
    store::{Commit, Store, StoreError},
    text::Lexicons,
};

/// Whether a look is worth a second one at once.
pub(super) fn is_wanted(commit: &Commit) -> bool {
    commit.event.as_ref().is_some_and(|event| event.kind == EventKind::FirstSeen)
        && commit.observation.validators.is_none()
        && commit.snapshot.as_ref().is_some_and(|snapshot| read::may_move(&snapshot.statement))
}

/// What a second look comes to where it teaches something: the same wording, read with what is known now. Where it teaches
/// nothing it is a look like any other.
pub(super) fn learnt(
    target: &Target,
    state: &TargetState,
    observation: &Observation,
    capture: &Capture,
    store: &impl Store,
) -> Result<Option<Commit>, StoreError> {
    let Some(first) = &state.snapshot else { return Ok(None) };
    let memory = store.memory(target.host())?;
    let first = store.snapshot(&target.id, first)?;
    let recipe = read::recipe(target, memory.number);
    let before = if first.recipe == recipe {
        first.statement.clone()
    } else {
        reread(&first, &recipe, &memory, store)?
    };
    let Ok(now) = read::read(capture, &recipe, &memory).verdict else { return Ok(None) };
    let Some(next) = read::learn(&before, &now, &memory) else { return Ok(None) };
    let recipe = read::recipe(target, next.number);
    let words = reread(&first, &recipe, &next, store)?;
    let same = read::read(capture, &recipe, &next).verdict;
    // Whether there is a change at all is no question of words.
    let lexicons = Lexicons::default();
    if same.is_ok_and(|now| super::against::difference(&words, &now, target, &lexicons).0.changes.is_empty())
    {
        let mut observation = observation.clone();
        record(&mut observation, target, capture);
        observation.looked = Looked::Same;
        observation.recipe = Some(recipe.digest());
        let snapshot = Snapshot::new(target.id.clone(), first.provenance.clone(), recipe, words);
        let mut commit = happened::stands(target, state, observation);
        commit.observation.snapshot = Some(snapshot.id.clone());
        commit.snapshot = Some(snapshot);
        commit.memory = Some((target.host().to_owned(), next));
        return Ok(Some(commit));
    }
    // More than counters differ: then somebody may have been at work.
    Ok(None)
}
