//! One pass over the targets: the whole program on one screen.
//!
//! Hosts are asked in parallel, one host's targets one after the other; what comes back is read, compared and
//! judged in one place, committed in groups, and only then told.

use std::{collections::BTreeMap, sync::Arc};

use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
};

use super::{WallClock, consider::consider};
use crate::{
    fetch::{Fetcher, Look, Request},
    model::{Looked, Target},
    store::{Commit, Store, StoreError},
};

/// How many hosts are asked at once.
const HOSTS_AT_ONCE: usize = 64;
/// How many looks may wait for judgement: bounds the bodies held in memory.
const WAITING: usize = 8;
/// How many looks are made durable together.
const GROUP: usize = 64;

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

/// Looks once at every target and commits what was seen. `seen` is called after each look, for progress.
pub async fn pass<F, S>(
    targets: &[Target],
    fetcher: Arc<F>,
    store: &mut S,
    clock: WallClock,
    mut seen: impl FnMut(&Target),
) -> Result<Tally, Fault>
where
    F: Fetcher + Send + 'static,
    S: Store,
{
    let mut tally = Tally::default();
    let mut looks = begin(targets, &fetcher, store, clock);
    let mut group: Vec<Commit> = Vec::with_capacity(GROUP);
    while let Some((index, look)) = looks.recv().await {
        let target = &targets[index];
        // A fault in one page is recorded as that page's and does not end the pass.
        let considered = std::panic::AssertUnwindSafe(|| consider(target, look, store, clock));
        let commit = match std::panic::catch_unwind(considered) {
            Ok(commit) => commit?,
            Err(_) => super::consider::broken(target, store, clock),
        };
        match commit.observation.looked {
            Looked::Read => tally.read += 1,
            Looked::Same | Looked::NotModified => tally.unchanged += 1,
            Looked::Unreadable | Looked::Absent => tally.without += 1,
            Looked::Cooling => tally.cooling += 1,
        }
        seen(target);
        group.push(commit);
        if group.len() >= GROUP {
            store.commit(clock.now(), std::mem::take(&mut group))?;
        }
    }
    store.commit(clock.now(), group)?;
    store.settle()?;
    Ok(tally)
}

/// Starts the looks. A target that must not be asked yet, or that nobody can read yet, comes back as `None`.
fn begin<F: Fetcher + Send + 'static>(
    targets: &[Target],
    fetcher: &Arc<F>,
    store: &impl Store,
    clock: WallClock,
) -> mpsc::Receiver<(usize, Option<Look>)> {
    let (sender, receiver) = mpsc::channel(WAITING);
    let mut hosts: BTreeMap<String, Vec<(usize, Option<Request>)>> = BTreeMap::new();
    for (index, target) in targets.iter().enumerate() {
        let request = super::consider::request(target, store, clock);
        hosts.entry(target.host().to_owned()).or_default().push((index, request));
    }
    let places = Arc::new(Semaphore::new(HOSTS_AT_ONCE));
    let mut tasks = JoinSet::new();
    for (_, queue) in hosts {
        let (sender, fetcher, places) = (sender.clone(), Arc::clone(fetcher), Arc::clone(&places));
        tasks.spawn(async move {
            // The semaphore is never closed; were it, looking without a place would still be right.
            let _place = places.acquire().await;
            for (index, request) in queue {
                let look = match request {
                    Some(request) => Some(fetcher.look(request).await),
                    None => None,
                };
                // A receiver that is gone means that the pass has ended with a fault.
                if sender.send((index, look)).await.is_err() {
                    return;
                }
            }
        });
    }
    tasks.detach_all();
    receiver
}
