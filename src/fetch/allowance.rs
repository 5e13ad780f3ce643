//! The time allowed for one look: it runs while the network is waited for, not while the host's turn is.

use std::time::Duration;

use tokio::time::{Instant, timeout};

/// What is left of a look's time.
pub(super) struct Allowance {
    whole: Duration,
    left: Duration,
}

impl Allowance {
    pub(super) fn new(whole: Duration) -> Self {
        Self { whole, left: whole }
    }

    /// All the time that there was.
    pub(super) fn whole(&self) -> Duration {
        self.whole
    }

    /// What is left.
    pub(super) fn left(&self) -> Duration {
        self.left
    }

    /// Runs `work` for at most `cap` and at most what is left; nothing when it took longer.
    pub(super) async fn within<F: Future>(&mut self, cap: Duration, work: F) -> Option<F::Output> {
        let begun = Instant::now();
        let done = timeout(self.left.min(cap), work).await.ok();
        self.left = self.left.saturating_sub(begun.elapsed());
        done
    }
}
