//! One connection a host, and a pause between two requests to it. Hosts do not wait for each other.
//!
//! Not here: how long the pause is, and cool-downs that outlast a run.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Mutex as Queue, OwnedMutexGuard},
    time::Instant,
};

/// Above so many hosts, those that nobody waits for are forgotten: redirects may lead to ever new names.
const MANY: usize = 4096;

/// After so long without a request, no pause still runs.
const LONGEST: Duration = Duration::from_hours(1);

/// When the last request to a host ended.
type Ended = Option<Instant>;

/// The gates of all hosts.
#[derive(Default)]
pub(super) struct Gates {
    hosts: Mutex<HashMap<String, Arc<Queue<Ended>>>>,
}

/// A host's turn: nobody else asks it until this is dropped.
pub(super) struct Turn(OwnedMutexGuard<Ended>);

impl Drop for Turn {
    fn drop(&mut self) {
        *self.0 = Some(Instant::now());
    }
}

impl Gates {
    /// Waits until the host is free and `pause` has passed since its last request. First come, first served.
    pub(super) async fn turn(&self, host: &str, pause: Duration) -> Turn {
        let ended = self.gate(host).lock_owned().await;
        if let Some(free) = ended.and_then(|ended| ended.checked_add(pause))
            && free > Instant::now()
        {
            tokio::time::sleep_until(free).await;
        }
        Turn(ended)
    }

    fn gate(&self, host: &str) -> Arc<Queue<Ended>> {
        // The name with the root's dot is the same host.
        let host = host.trim_end_matches('.');
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = hosts.get(host) {
            return Arc::clone(gate);
        }
        if hosts.len() >= MANY {
            // A pause that still runs must not be forgotten.
            hosts.retain(|_, gate| {
                gate.try_lock().map_or(true, |ended| ended.is_some_and(|at| at.elapsed() < LONGEST))
            });
        }
        Arc::clone(hosts.entry(host.to_owned()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_host_rests_between_two_turns_and_others_do_not_wait() {
        let (gates, pause) = (Gates::default(), Duration::from_millis(60));
        let begun = Instant::now();
        drop(gates.turn("wantsum.example", pause).await);
        let held = gates.turn("eastmarch.example", pause).await;
        assert!(begun.elapsed() < pause, "the first turns are free");
        drop(gates.turn("wantsum.example", pause).await);
        assert!(begun.elapsed() >= pause);
        assert!(
            tokio::time::timeout(pause, gates.turn("eastmarch.example.", Duration::ZERO)).await.is_err(),
            "a second look had the host at the same time"
        );
        drop(held);
    }
}
