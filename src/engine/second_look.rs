//! What a second look, moments after the first, teaches of a site: what moves by itself.
//!
//! Only where the server gives no validators, and only for a page that has a figure which may be a counter: most pages are
//! looked at once. Not here: what is learnt (`read::learn`).

use super::{answer::record, transition};
use crate::{
    model::{Capture, EventKind, Looked, Memory, MemoryName, Observation, Snapshot, Target, TargetState},
    query::reread,
    read,
    store::{self, Blobs, Commit, History, Looks, StoreError},
    text::Lexicons,
};

/// Whether a look is worth a second one at once.
pub(super) fn is_wanted(commit: &Commit) -> bool {
    commit.look.item.is_whole()
        && commit.events.iter().any(|event| event.kind == EventKind::FirstSeen)
        && commit.look.validators.is_none()
        && commit.snapshots.first().is_some_and(|snapshot| read::may_move(&snapshot.statement))
}

/// What a second look comes to where it teaches something: the same wording, read with what is known now. Where it teaches
/// nothing it is a look like any other.
pub(super) async fn lesson(
    target: &Target,
    state: &TargetState,
    observation: &Observation,
    capture: &Capture,
    store: &(impl Looks + History + Blobs),
) -> Result<Option<Commit>, StoreError> {
    let Some(first) = &state.snapshot else { return Ok(None) };
    let (name, memory) = known(store.memory(target.host()).await?);
    let subject = observation.subject();
    let first = store.snapshot(&subject, &first.id).await?;
    let recipe = read::recipe(target, name);
    let before = if first.recipe == recipe {
        first.statement.clone()
    } else {
        reread(store, &first, &recipe, &memory).await?
    };
    let Ok(now) = read::read(capture, &recipe, &memory).whole() else { return Ok(None) };
    let Some(next) = read::learn(&before, &now, &memory) else { return Ok(None) };
    let recipe = read::recipe(target, Some(MemoryName::Digest(store::memory_digest(&next)?)));
    let words = reread(store, &first, &recipe, &next).await?;
    let same = read::read(capture, &recipe, &next).whole();
    // Whether there is a change at all is no question of words.
    let lexicons = Lexicons::default();
    if same.is_ok_and(|now| super::baseline::difference(&words, &now, target, &lexicons).0.changes.is_empty())
    {
        let mut observation = observation.clone();
        record(&mut observation, target, capture);
        observation.looked = Looked::Same;
        observation.recipe = Some(recipe.digest());
        let snapshot = Snapshot::new(subject, first.provenance.clone(), recipe, words);
        let mut commit = transition::stands(target, state, observation);
        commit.look.snapshot = Some(snapshot.id.clone());
        commit.snapshots.push(snapshot);
        commit.memory = Some((target.host().to_owned(), next));
        return Ok(Some(commit));
    }
    // More than counters differ: then somebody may have been at work.
    Ok(None)
}

/// What is known of a site, and the name that a recipe gives it; nothing where nothing was learnt.
pub(super) fn known(memory: Option<(MemoryName, Memory)>) -> (Option<MemoryName>, Memory) {
    memory.map_or_else(Default::default, |(name, memory)| (Some(name), memory))
}
