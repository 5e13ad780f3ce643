//! How many bytes may be in hand at once, whatever so many hosts answer: bodies that are received or wait to be committed,
//! and what reading and comparing make of them. What does not fit waits.
//!
//! Not here: how large one body may be (`fetch`), and what is read of it (`read`).

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::model::{Capture, Target};

/// A permit stands for so many bytes.
const UNIT: usize = 1 << 10;
/// Bodies in hand. A request holds room for the largest body that its target may have until it is answered, and for the
/// body from then on until that is committed.
const BODIES: usize = 512 << 20;
/// What is made of bodies: text, tree, blocks, differences.
const WORK: usize = 320 << 20;
/// So many bytes are made of one that is read, at most: measured on pages of tags, of words and of entities.
const MADE: usize = 12;

/// The room for bytes of one process.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    bodies: Arc<Semaphore>,
    work: Arc<Semaphore>,
}

/// Room that is held; given back when dropped.
#[derive(Debug)]
pub(super) struct Room(Option<OwnedSemaphorePermit>);

impl Budget {
    pub(super) fn new() -> Self {
        Self { bodies: Arc::new(Semaphore::new(BODIES / UNIT)), work: Arc::new(Semaphore::new(WORK / UNIT)) }
    }

    /// Waits for room for any body that a target may have.
    pub(super) async fn body(&self, target: &Target) -> Room {
        room(&self.bodies, usize::try_from(target.max_body).unwrap_or(usize::MAX), BODIES).await
    }

    /// Waits for room for what is made of a body of so many bytes, unpacked.
    pub(super) async fn work(&self, unpacked: usize) -> Room {
        room(&self.work, unpacked.saturating_mul(MADE), WORK).await
    }
}

impl Room {
    /// Gives back what is more than a body needs: as received, and as it is written.
    pub(super) fn shrink(&mut self, capture: Option<&Capture>) {
        let needed = capture.map_or(0, |capture| units(capture.answer.body.len().saturating_mul(2)));
        if let Some(held) = &mut self.0
            && let Some(surplus) = held.num_permits().checked_sub(needed)
        {
            drop(held.split(surplus));
        }
    }
}

/// Room for so many bytes; for more than there is in all, all of it.
async fn room(of: &Arc<Semaphore>, bytes: usize, all: usize) -> Room {
    let permits = u32::try_from(units(bytes.min(all))).unwrap_or(u32::MAX);
    // The semaphore is never closed; were it, working without room would still be right.
    Room(Arc::clone(of).acquire_many_owned(permits).await.ok())
}

fn units(bytes: usize) -> usize {
    bytes.div_ceil(UNIT)
}

#[cfg(test)]
mod tests {
    use tokio::time::{Duration, timeout};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_does_not_fit_waits_until_there_is_room() {
        let budget = Budget::new();
        let first = budget.work(WORK / MADE / 2).await;
        let second = budget.work(WORK / MADE / 2).await;
        let mut third = Box::pin(budget.work(1 << 20));
        assert!(timeout(Duration::from_mins(1), &mut third).await.is_err(), "there is no room");
        drop(first);
        assert!(timeout(Duration::from_mins(1), third).await.is_ok());
        drop(second);
        // What is larger than all there is has all of it, and does not wait for ever.
        assert!(timeout(Duration::from_mins(1), budget.work(usize::MAX)).await.is_ok());
    }
}
