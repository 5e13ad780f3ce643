//! A thread that writes what it is given, so that whoever gives never waits for a reader.
//!
//! What is not written yet is bounded: past the bound, texts are left out and counted, and where the reader would have come
//! upon them it finds a word about that. Not here: what the texts say.

use std::{
    collections::VecDeque,
    io::{self, Write},
    panic::{self, AssertUnwindSafe},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// Nobody reads what is printed any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody reads what is printed any more")]
pub struct Closed;

/// The thread, and what waits for it.
#[derive(Debug)]
pub(super) struct Printer {
    shared: Arc<Shared>,
    room: usize,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Piece>,
    /// The bytes that wait or are being written.
    bytes: usize,
    /// Nothing more comes.
    ended: bool,
    /// The thread is done: all is written, or nothing more can be.
    done: Option<io::Result<()>>,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    /// So many events were left out here.
    Missed(u64),
}

impl Printer {
    /// Writes to `out`, of which a reader may be slow, stand still or go away. While `room` bytes wait, nothing more is
    /// taken; `missed` puts into words that events were left out.
    pub(super) fn new(
        out: impl Write + Send + 'static,
        room: usize,
        missed: impl Fn(u64) -> String + Send + 'static,
    ) -> Self {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let started = thread::Builder::new().name("printer".to_owned()).spawn(move || {
            let written = panic::catch_unwind(AssertUnwindSafe(|| write_all(&theirs, out, missed)));
            theirs.end(written.unwrap_or_else(|_| Err(io::Error::other("the printer stopped"))));
        });
        if let Err(error) = started {
            shared.end(Err(error));
        }
        Self { shared, room }
    }

    /// Takes what `text` gives, about so many events, or leaves it out when too much waits. Never waits.
    pub(super) fn take(&self, events: u64, text: impl FnOnce() -> String) -> Result<(), Closed> {
        let full = {
            let mut state = self.shared.lock();
            if state.done.is_some() {
                return Err(Closed);
            }
            if events == 0 {
                return Ok(());
            }
            let full = state.bytes >= self.room;
            if full {
                match state.waiting.back_mut() {
                    Some(Piece::Missed(missed)) => *missed += events,
                    _ => state.waiting.push_back(Piece::Missed(events)),
                }
            }
            full
        };
        if !full {
            let text = text();
            let mut state = self.shared.lock();
            state.bytes += text.len();
            state.waiting.push_back(Piece::Text(text));
        }
        self.shared.changed.notify_all();
        Ok(())
    }

    /// Waits until what was taken is written, at most so long where a limit is given. A reader that went away has read
    /// enough.
    pub(super) fn finish(self, limit: Option<Duration>) -> io::Result<()> {
        let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
        let mut state = self.shared.lock();
        state.ended = true;
        self.shared.changed.notify_all();
        loop {
            if let Some(done) = state.done.take() {
                return match done {
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                    done => done,
                };
            }
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                return Ok(());
            }
            state = self.shared.wait(state, left);
        }
    }
}

impl Drop for Printer {
    fn drop(&mut self) {
        self.shared.lock().ended = true;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, limit: Option<Duration>) -> MutexGuard<'a, State> {
        match limit {
            Some(limit) => {
                let waited = self.changed.wait_timeout(state, limit);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
            None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// The next piece; None when nothing more comes.
    fn next(&self) -> Option<Piece> {
        let mut state = self.lock();
        loop {
            if let Some(piece) = state.waiting.pop_front() {
                return Some(piece);
            }
            if state.ended {
                return None;
            }
            state = self.wait(state, None);
        }
    }

    fn end(&self, done: io::Result<()>) {
        let mut state = self.lock();
        state.waiting.clear();
        state.done = Some(done);
        self.changed.notify_all();
    }
}

fn write_all(shared: &Shared, mut out: impl Write, missed: impl Fn(u64) -> String) -> io::Result<()> {
    while let Some(piece) = shared.next() {
        let (text, counted) = match piece {
            Piece::Text(text) => (text, true),
            Piece::Missed(events) => (missed(events), false),
        };
        out.write_all(text.as_bytes())?;
        out.flush()?;
        if counted {
            shared.lock().bytes -= text.len();
        }
    }
    Ok(())
}
