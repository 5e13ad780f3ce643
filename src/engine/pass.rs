//! One pass over the targets: the whole program on one screen.
//!
//! Hosts are asked in parallel, one host's targets one after the other (`hosts`); what comes back is read, compared and
//! judged in one place (`consider`), committed in groups, and only then told.

use std::sync::Arc;

use super::{
    Judging, WallClock,
    consider::{broken, consider},
    hosts::{self, Askers, Said, Turn},
    lessons,
};
use crate::{
    fetch::Fetcher,
    model::{Looked, Target},
    store::{Commit, Store, StoreError},
};

/// How many looks are made durable together.
pub(super) const GROUP: usize = 64;

/// What a pass came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Looks that gave the wording that was known.
    pub unchanged: usize,
    /// Looks that gave a wording not seen at the look before.
    pub read: usize,
    /// Looks that gave no statement.
    pub without: usize,
    /// Targets that were not asked, because their server wants a pause.
    pub cooling: usize,
}

/// What ends a pass before its time.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Looks once at every target, judges and commits what was seen. `seen` is called after each look, for progress.
pub async fn pass<F, S>(
    targets: &[Arc<Target>],
    fetcher: Arc<F>,
    store: &mut S,
    judging: &Judging,
    clock: WallClock,
    mut seen: impl FnMut(&Target),
) -> Result<Tally, Fault>
where
    F: Fetcher + Send + 'static,
    S: Store,
{
    let mut tally = Tally::default();
    let mut again = round(targets, false, &fetcher, store, judging, clock, |target, commit| {
        tally.count(commit.observation.looked);
        seen(target);
    })
    .await?;
    if !again.is_empty() {
        again = round(&again, true, &fetcher, store, judging, clock, |_, _| ()).await?;
    }
    debug_assert!(again.is_empty(), "a second look asks for no third");
    store.settle()?;
    Ok(tally)
}

/// Looks once at each target; gives those that are worth a second look at once.
async fn round<F, S>(
    targets: &[Arc<Target>],
    twice: bool,
    fetcher: &Arc<F>,
    store: &mut S,
    judging: &Judging,
    clock: WallClock,
    mut seen: impl FnMut(&Target, &Commit),
) -> Result<Vec<Arc<Target>>, Fault>
where
    F: Fetcher + Send + 'static,
    S: Store,
{
    let (mut askers, mut heard) = Askers::new(Arc::clone(fetcher));
    for (host, queue) in hosts::queues(targets, twice, store, clock) {
        askers.start(host, queue);
    }
    // What is heard ends with the last task.
    drop(askers);
    let mut again = Vec::new();
    let mut group: Vec<Commit> = Vec::with_capacity(GROUP);
    while let Some(said) = heard.recv().await {
        let Said::Turn(turn) = said else { continue };
        let target = Arc::clone(&turn.target);
        let mut commit = come(*turn, store, judging, clock)?;
        judging.ask(&mut commit).await;
        seen(&target, &commit);
        // What was learnt of a site holds for the next look at it.
        let learnt = commit.memory.is_some();
        if lessons::is_wanted(&commit) {
            again.push(target);
        }
        group.push(commit);
        if group.len() >= GROUP || learnt {
            store.commit(clock.now(), std::mem::take(&mut group))?;
        }
    }
    store.commit(clock.now(), group)?;
    Ok(again)
}

/// What a target's turn came to. A fault in one page is recorded as that page's and ends nothing else.
pub(super) fn come(
    turn: Turn,
    store: &impl Store,
    judging: &Judging,
    clock: WallClock,
) -> Result<Commit, StoreError> {
    let target = Arc::clone(&turn.target);
    let lexicons = judging.lexicons();
    let considered = std::panic::AssertUnwindSafe(|| consider(&target, turn.came, lexicons, store, clock));
    std::panic::catch_unwind(considered).unwrap_or_else(|_| Ok(broken(&target, store, clock)))
}

impl Tally {
    /// Counts a look.
    pub(super) fn count(&mut self, looked: Looked) {
        match looked {
            Looked::Read => self.read += 1,
            Looked::Same | Looked::NotModified => self.unchanged += 1,
            Looked::Unreadable | Looked::Absent => self.without += 1,
            Looked::Cooling => self.cooling += 1,
        }
    }
}
