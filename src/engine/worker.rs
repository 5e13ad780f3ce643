//! Workers: a task a host, which asks that host's targets one after the other and evaluates what came of each.
//!
//! Not here: what comes of an answer (`evaluate`), how one is asked for (`fetch`), or committing it (`pass`).

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::{Mutex, Semaphore, mpsc, oneshot};

use super::{
    Judging, WallClock,
    backoff::Backoff,
    budget::{Budget, Room},
    evaluate::{self, Attempt},
    evaluation::Evaluation,
};
use crate::{
    fetch::Fetcher,
    model::{Target, TargetState, Why},
    store::{Commit, Refusal, Store, StoreError},
};

/// How many hosts are asked at once.
const HOSTS_AT_ONCE: usize = 64;
/// How many looks are evaluated at once, and how many wait to be committed: bounds the bodies held in memory.
const AT_ONCE: usize = 8;

/// What a worker says.
pub(super) enum Message {
    /// A look, evaluated.
    Look(Box<Evaluated>),
    /// The store gives nothing more, or a task ended that should not have.
    Broken(StoreError),
    /// All of a host's targets had their turn.
    Idle(String),
}

/// A look, evaluated and judged.
pub(super) struct Evaluated {
    pub(super) target: Arc<Target>,
    pub(super) commit: Commit,
    /// The commits of its items, which come before it.
    pub(super) items: Vec<Commit>,
    /// It was the second look in a row, which is none of its own to people.
    pub(super) second: bool,
    /// Held until it is committed.
    pub(super) room: Option<Room>,
    /// Told when it is committed.
    pub(super) committed: oneshot::Sender<()>,
}

/// A target's turn to come.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) target: Arc<Target>,
    /// It was first seen moments ago.
    pub(super) second: bool,
}

/// The workers of one run.
pub(super) struct Workers<F, S> {
    fetcher: Arc<F>,
    store: S,
    clock: WallClock,
    places: Arc<Semaphore>,
    evaluations: Arc<Semaphore>,
    budget: Budget,
    said: mpsc::Sender<Message>,
    stopped: Arc<AtomicBool>,
    /// Of each host: one task at a time has it.
    backoffs: BTreeMap<String, Arc<Mutex<Backoff>>>,
}

impl<F: Fetcher + Send + 'static, S: Store> Workers<F, S> {
    /// Workers, and where to listen to them.
    pub(super) fn new(fetcher: Arc<F>, store: S, clock: WallClock) -> (Self, mpsc::Receiver<Message>) {
        let (said, heard) = mpsc::channel(AT_ONCE);
        let workers = Self {
            fetcher,
            store,
            clock,
            places: Arc::new(Semaphore::new(HOSTS_AT_ONCE)),
            evaluations: Arc::new(Semaphore::new(AT_ONCE)),
            budget: Budget::new(),
            said,
            stopped: Arc::default(),
            backoffs: BTreeMap::new(),
        };
        (workers, heard)
    }

    /// From now on another fetcher asks.
    pub(super) fn replace_fetcher(&mut self, fetcher: Arc<F>) {
        self.fetcher = fetcher;
    }

    /// No look is begun any more; those in hand come to their end.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Starts one host's task. It ends early where nobody listens any more.
    pub(super) fn start(&mut self, host: String, turns: Vec<Turn>, judging: &Arc<Judging>) {
        let worker = Worker {
            fetcher: Arc::clone(&self.fetcher),
            store: self.store.clone(),
            clock: self.clock,
            evaluations: Arc::clone(&self.evaluations),
            budget: self.budget.clone(),
            judging: Arc::clone(judging),
            said: self.said.clone(),
        };
        let (places, stopped) = (Arc::clone(&self.places), Arc::clone(&self.stopped));
        let backoff = Arc::clone(self.backoffs.entry(host.clone()).or_default());
        let (said, name) = (self.said.clone(), host);
        let asked = tokio::spawn(async move {
            // The semaphore is never closed; were it, looking without a place would still be right.
            let _place = places.acquire().await;
            let mut backoff = backoff.lock().await;
            backoff.begin();
            for turn in turns {
                if stopped.load(Ordering::Relaxed) {
                    break;
                }
                let done = worker.turn(turn, &mut backoff).await;
                let said = match done {
                    Ok(Some(committed)) => {
                        // What was learnt of a site holds for the next look at it.
                        let _ = committed.await;
                        continue;
                    }
                    Ok(None) => continue,
                    Err(Gone::Unheard) => return,
                    Err(Gone::Store(error)) => Message::Broken(error),
                };
                let _ = worker.said.send(said).await;
                return;
            }
        });
        tokio::spawn(async move {
            // Also where the task met a bug: a run that waited for it would never end.
            let _ = asked.await;
            // Whoever no longer listens does not need to know.
            let _ = said.send(Message::Idle(name)).await;
        });
    }
}

/// What one host's task works with.
struct Worker<F, S> {
    fetcher: Arc<F>,
    store: S,
    clock: WallClock,
    evaluations: Arc<Semaphore>,
    budget: Budget,
    judging: Arc<Judging>,
    said: mpsc::Sender<Message>,
}

/// Why a task ends before its last target.
enum Gone {
    /// Nobody listens any more.
    Unheard,
    /// The store cannot be read at all.
    Store(StoreError),
}

impl<F: Fetcher + Send + 'static, S: Store> Worker<F, S> {
    /// One target's turn; what tells when it is committed, where the next turn must wait for that.
    async fn turn(&self, turn: Turn, backoff: &mut Backoff) -> Result<Option<oneshot::Receiver<()>>, Gone> {
        let Turn { target, second } = turn;
        let state = self.store.state(&evaluate::subject(&target)).await.map_err(Gone::Store)?;
        let (Evaluation { mut commit, mut items }, room) =
            match self.attempt(&target, &state, second, backoff).await {
                Ok((attempt, room)) => (self.evaluated(&target, &state, attempt).await, room),
                Err(Refusal { why, seen }) => (self.failed(&target, &state, why, &seen).into(), None),
            };
        for commit in items.iter_mut().chain([&mut commit]) {
            self.judging.ask(commit).await;
        }
        let waits = commit.memory.is_some();
        let (committed, done) = oneshot::channel();
        let evaluated = Evaluated { target, commit, items, second, room, committed };
        self.said.send(Message::Look(Box::new(evaluated))).await.map_err(|_| Gone::Unheard)?;
        Ok(waits.then_some(done))
    }

    /// Asks for a target's page, where it is to be asked for. A fault of the fetcher at one page is that page's.
    async fn attempt(
        &self,
        target: &Target,
        state: &TargetState,
        second: bool,
        backoff: &mut Backoff,
    ) -> Result<(Attempt, Option<Room>), Refusal> {
        let Some(request) = evaluate::request(target, state, &self.store, self.clock).await? else {
            return Ok((Attempt::NotAsked(None), None));
        };
        if backoff.cooling_until().is_some() {
            return Ok((Attempt::NotAsked(backoff.cooling_until()), None));
        }
        let mut room = self.budget.body(target).await;
        let fetcher = Arc::clone(&self.fetcher);
        let asked = tokio::spawn(async move { fetcher.look(request).await });
        let stopped =
            |_| Refusal { why: Why::Bug, seen: "it stopped while the page was asked for".to_owned() };
        let mut look = asked.await.map_err(stopped)?;
        room.shrink(look.capture());
        backoff.take(&target.id, &mut look, state.failed);
        Ok((if second { Attempt::Second(look) } else { Attempt::First(look) }, Some(room)))
    }

    fn failed(&self, target: &Target, state: &TargetState, why: Why, seen: &str) -> Commit {
        evaluate::failed(target, state, why, seen, self.clock)
    }

    /// What an attempt came to. A fault in one page, or in what was kept of it, is that page's and ends nothing else.
    async fn evaluated(&self, target: &Arc<Target>, state: &TargetState, attempt: Attempt) -> Evaluation {
        let _room = self.budget.work(attempt.unpacked(target)).await;
        // The semaphore is never closed.
        let _place = self.evaluations.acquire().await;
        let (store, clock) = (self.store.clone(), self.clock);
        let (page, judging) = (Arc::clone(target), Arc::clone(&self.judging));
        let evaluation = tokio::spawn(async move {
            evaluate::evaluate(&page, attempt, judging.lexicons(), &store, clock).await
        });
        match evaluation.await {
            Ok(Ok(evaluation)) => evaluation,
            Ok(Err(error)) => self.failed(target, state, Why::Damaged, &error.to_string()).into(),
            Err(_) => self.failed(target, state, Why::Bug, "it stopped at this page").into(),
        }
    }
}
