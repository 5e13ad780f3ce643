//! Asking: hosts in parallel, one host's targets one after the other, each host stopped when it asks for a pause.
//!
//! Not here: what came of a look (`consider`), or how one is made (`fetch`).

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::Timestamp;
use tokio::sync::{Mutex, Semaphore, mpsc};

use super::{WallClock, brake::Brake, consider};
use crate::{
    fetch::{Fetcher, Look, Request},
    model::Target,
    store::Store,
};

/// How many hosts are asked at once.
const HOSTS_AT_ONCE: usize = 64;
/// How many looks may wait for judgement: bounds the bodies held in memory.
pub(super) const WAITING: usize = 8;

/// What came of a target's turn.
#[derive(Debug)]
pub(super) enum Came {
    /// It was looked at.
    Looked(Look),
    /// It was looked at for the second time, moments after the first: what moves by itself shows.
    Twice(Look),
    /// It was not asked: of a kind not built yet, or left alone until a moment that the store knows or that is given.
    Held(Option<Timestamp>),
}

/// One target's turn.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) target: Arc<Target>,
    pub(super) came: Came,
}

/// What is said by a host's task.
#[derive(Debug)]
pub(super) enum Said {
    /// A target had its turn.
    Turn(Box<Turn>),
    /// All of that host's targets had.
    Idle(String),
}

/// A target's turn to come.
#[derive(Debug)]
pub(super) struct Next {
    target: Arc<Target>,
    /// None: it is not asked.
    request: Option<Request>,
    /// How many looks at it had failed in a row.
    failed: u32,
    /// It was first seen moments ago.
    twice: bool,
}

/// The targets by host, each with what is asked of it; `twice`: they were first seen moments ago.
pub(super) fn queues<'a>(
    targets: impl IntoIterator<Item = &'a Arc<Target>>,
    twice: bool,
    store: &impl Store,
    clock: WallClock,
) -> BTreeMap<String, Vec<Next>> {
    let mut hosts: BTreeMap<String, Vec<Next>> = BTreeMap::new();
    for target in targets {
        let state = store.state(&target.id);
        let request = consider::request(target, &state, store, clock);
        let next = Next { target: Arc::clone(target), request, failed: state.failed, twice };
        hosts.entry(target.host().to_owned()).or_default().push(next);
    }
    hosts
}

/// The tasks that ask, all of one program.
pub(super) struct Askers<F> {
    fetcher: Arc<F>,
    places: Arc<Semaphore>,
    said: mpsc::Sender<Said>,
    stopped: Arc<AtomicBool>,
    /// Of each host: one task at a time has it.
    brakes: BTreeMap<String, Arc<Mutex<Brake>>>,
}

impl<F: Fetcher + Send + 'static> Askers<F> {
    /// Askers, and where to listen to them.
    pub(super) fn new(fetcher: Arc<F>) -> (Self, mpsc::Receiver<Said>) {
        let (said, heard) = mpsc::channel(WAITING);
        let places = Arc::new(Semaphore::new(HOSTS_AT_ONCE));
        (Self { fetcher, places, said, stopped: Arc::default(), brakes: BTreeMap::new() }, heard)
    }

    /// From now on another fetcher asks.
    pub(super) fn change(&mut self, fetcher: Arc<F>) {
        self.fetcher = fetcher;
    }

    /// No look is begun any more; those in hand come to their end.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Starts one host's task. It ends early where nobody listens any more.
    pub(super) fn start(&mut self, host: String, queue: Vec<Next>) {
        let (fetcher, places, said) =
            (Arc::clone(&self.fetcher), Arc::clone(&self.places), self.said.clone());
        let stopped = Arc::clone(&self.stopped);
        let brake = Arc::clone(self.brakes.entry(host.clone()).or_default());
        tokio::spawn(async move {
            // The semaphore is never closed; were it, looking without a place would still be right.
            let _place = places.acquire().await;
            let mut brake = brake.lock().await;
            brake.begin();
            for Next { target, request, failed, twice } in queue {
                if stopped.load(Ordering::Relaxed) {
                    break;
                }
                let came = match request {
                    Some(_) if brake.held().is_some() => Came::Held(brake.held()),
                    Some(request) => {
                        let mut look = fetcher.look(request).await;
                        brake.take(&target.id, &mut look, failed);
                        if twice { Came::Twice(look) } else { Came::Looked(look) }
                    }
                    None => Came::Held(None),
                };
                if said.send(Said::Turn(Box::new(Turn { target, came }))).await.is_err() {
                    return;
                }
            }
            drop(brake);
            // Whoever no longer listens does not need to know.
            let _ = said.send(Said::Idle(host)).await;
        });
    }
}
