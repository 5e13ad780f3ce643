//! What a look came to, ready to be committed, and what a page and an item of a list share in coming to it.
//!
//! Not here: which of them it was (`evaluate`, `items`).

use super::{baseline::Baseline, transition};
use crate::{
    model::{Digest, Looked, Observation, Provenance, Recipe, Snapshot, Statement, Target, TargetState},
    store::Commit,
};

/// What a look came to: the commit of its source, and, before it, those of its items.
#[derive(Debug)]
pub(super) struct Evaluation {
    pub(super) commit: Commit,
    pub(super) items: Vec<Commit>,
}

impl From<Commit> for Evaluation {
    fn from(commit: Commit) -> Self {
        Self { commit, items: Vec::new() }
    }
}

/// The words are those of the last good look.
pub(super) fn same_words(
    target: &Target,
    state: &TargetState,
    mut observation: Observation,
    baseline: &Baseline,
    recipe: Recipe,
) -> Commit {
    observation.looked = Looked::Same;
    let subject = observation.subject();
    let mut commit = transition::stands(target, state, observation);
    commit.look.snapshot = Some(baseline.snapshot.id.clone());
    if baseline.snapshot.recipe != recipe {
        // The same capture in the words of today's recipe: later looks compare without reading it again.
        let (last, words) = (&baseline.snapshot, baseline.statement.clone());
        let snapshot = Snapshot::new(subject, last.provenance.clone(), recipe, words);
        commit.look.snapshot = Some(snapshot.id.clone());
        commit.snapshots.push(snapshot);
    }
    commit
}

/// Whether nothing is said otherwise, the stated date included.
pub(super) fn stands(baseline: &Baseline, statement: &Statement) -> bool {
    baseline.judgement.changes.is_empty()
        && baseline.interlude.is_none()
        && stated(&baseline.statement) == stated(statement)
}

/// The date that a statement gives for itself, as written.
fn stated(statement: &Statement) -> Option<&str> {
    statement.stated_date().map(|date| date.text.as_str())
}

/// Where the words of a look came from.
pub(super) fn provenance(target: &Target, look: &Observation, capture: Digest) -> Provenance {
    Provenance {
        url: target.url.to_string(),
        landed: look.landed.clone(),
        started: look.started,
        ended: look.ended,
        body_sha256: look.body_sha256.clone().unwrap_or_else(|| capture.clone()),
        capture,
    }
}
