//! What changes are judged by beside the terms of their target: words, and where targets.json names one, a further judge
//! from outside.
//!
//! The outside judge is asked once for each event with changes, before the event is on record. It is off unless named, it
//! can only add, and when it is late, fails or answers wrongly the event stays as it was. Not here: what it is asked
//! (`judge::outside`).

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    judge::outside,
    model::{EventKind, JudgeSpec},
    sinks::program,
    store::Commit,
    text::Lexicons,
};

/// After so many failures in a row it is left alone for a while: each costs its whole time.
const PATIENCE: u32 = 3;
/// For how long.
const PAUSE: Duration = Duration::from_mins(10);

/// What changes are judged by.
#[derive(Debug, Default)]
pub struct Judging {
    lexicons: Lexicons,
    outside: Option<JudgeSpec>,
    known: Mutex<Known>,
}

/// How the outside judge has done.
#[derive(Debug, Default)]
struct Known {
    failed: u32,
    not_before: Option<Instant>,
    trouble: Option<String>,
}

impl Judging {
    /// By these words, and by that program where there is one.
    pub fn new(lexicons: Lexicons, outside: Option<JudgeSpec>) -> Self {
        Self { lexicons, outside, known: Mutex::default() }
    }

    /// The words.
    pub fn lexicons(&self) -> &Lexicons {
        &self.lexicons
    }

    /// What went wrong when the outside judge was last asked.
    pub fn trouble(&self) -> Option<String> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).trouble.clone()
    }

    /// Asks the outside judge about an event with changes.
    pub(super) async fn ask(&self, commit: &mut Commit) {
        let first = commit.events.first_mut();
        // What has settled was judged when it came.
        let Some(event) = first.filter(|event| event.kind != EventKind::Settled) else { return };
        let Some(spec) = &self.outside else { return };
        let Some(question) = outside::question(event).filter(|_| self.is_wanted()) else { return };
        let (run, timeout, mut judged) = (spec.run.clone(), spec.timeout, event.clone());
        let asked = tokio::spawn(async move {
            let asked = program::ask(&run, &question, outside::LONGEST_ANSWER);
            let answer = match tokio::time::timeout(timeout, asked).await {
                Ok(answer) => answer.and_then(|answer| outside::add(&mut judged, &answer)),
                Err(_) => Err(format!("it took longer than {timeout:?} and was stopped")),
            };
            (judged, answer)
        });
        // A fault of the program at one answer leaves the event as it was.
        let answer = match asked.await {
            Ok((judged, answer)) => {
                *event = judged;
                answer
            }
            Err(_) => Err("onrecord stopped at its answer, which is a bug".to_owned()),
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.failed = if answer.is_err() { known.failed.saturating_add(1) } else { 0 };
        known.not_before = (known.failed >= PATIENCE).then(|| Instant::now() + PAUSE);
        known.trouble = answer.err();
    }

    fn is_wanted(&self) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.not_before.is_none_or(|when| when <= Instant::now())
    }
}
