//! What becomes of a look that the store does not keep: it is put on record that the target is damaged, or met a bug, and
//! told once. Where even that event cannot be kept, the look alone is.
//!
//! Not here: why the store refuses (`store`).

use std::sync::Arc;

use super::{WallClock, evaluate};
use crate::{
    model::{Event, Observation, Target},
    store::{Commit, Kept, Refusal, Store, StoreError},
};

/// What was put on record in place of a look.
pub(super) struct Instead {
    pub(super) look: Observation,
    pub(super) events: Vec<Event>,
}

/// Puts on record what kept the store from keeping the look at a target.
///
/// # Errors
/// When the store cannot be written.
pub(super) async fn commit_instead(
    store: &impl Store,
    target: &Arc<Target>,
    refusal: Refusal,
    clock: WallClock,
) -> Result<Option<Instead>, StoreError> {
    let state = store.state(&evaluate::subject(target)).await?;
    let commit = evaluate::failed(target, &state, refusal.why, &refusal.seen, clock);
    let bare = Commit::bare(commit.version, commit.look.clone());
    for commit in [commit, bare] {
        let instead = Instead { look: commit.look.clone(), events: commit.events.clone() };
        if store.commit(clock.now(), vec![commit]).await? == [Kept::Kept] {
            return Ok(Some(instead));
        }
    }
    Ok(None)
}
