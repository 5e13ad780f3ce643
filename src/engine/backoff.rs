//! When an address or a host is left alone for a while: as its server asks, or, where it asks for nothing, for a pause
//! that doubles.
//!
//! 429 is about the host, 503 about the address; the third address in succession that answers 503 makes it the host's.
//! Not here: keeping a pause (`store`), or how long a look waits for its turn (`fetch`).

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::{
    fetch::{Look, Outcome},
    model::TargetId,
};

/// The first pause, in seconds.
const FIRST: i64 = 60;
/// The longest pause that nobody asked for, in seconds: a page that is back is seen soon.
const LONGEST: i64 = 20 * 60;
/// So many addresses in succession speak for their host.
const ADDRESSES: usize = 3;

/// What one host's answers have come to, in the order of asking, over all rounds of one run.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    /// Addresses that answered 503 since any answered otherwise.
    overloaded: BTreeSet<TargetId>,
    held: Option<Timestamp>,
}

impl Backoff {
    /// A round begins: what was held before is the store's to know.
    pub(super) fn begin(&mut self) {
        self.held = None;
    }

    /// Until when the whole host is left alone, if it was asked to be in this round.
    pub(super) fn cooling_until(&self) -> Option<Timestamp> {
        self.held
    }

    /// Takes a look in and notes on it the pause that follows. `failed`: how many looks at that address had failed
    /// in a row before.
    pub(super) fn take(&mut self, target: &TargetId, look: &mut Look, failed: u32) {
        let status = match &look.outcome {
            Outcome::Answered(capture) => Some(capture.answer.status),
            Outcome::NotModified(_) => Some(304),
            Outcome::Failed { status, .. } => *status,
        };
        if status == Some(503) && look.host.is_none() {
            self.overloaded.insert(target.clone());
        } else {
            self.overloaded.clear();
        }
        if matches!(status, Some(429 | 503)) {
            let (until, host) = look.retry_after.unwrap_or_else(|| (pause(look.ended, failed), false));
            let host = host || status == Some(429) || self.overloaded.len() >= ADDRESSES;
            look.retry_after = Some((until, host));
        }
        // Another host, to which a page led, does not speak for this one.
        let own = look.retry_after.filter(|(_, whole)| *whole && look.host.is_none());
        self.held = own.map(|(until, _)| until).max(self.held);
    }
}

/// The end of a pause after so many failures in a row.
fn pause(now: Timestamp, failed: u32) -> Timestamp {
    let seconds = FIRST.saturating_mul(1 << failed.min(16)).min(LONGEST);
    now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Why;

    fn look(status: u16, asked: Option<&str>) -> Look {
        let now: Timestamp = "2024-01-19T11:00:00Z".parse().unwrap();
        let retry_after = asked.map(|until| (until.parse().unwrap(), status == 429));
        let outcome = Outcome::Failed {
            why: Why::HttpError,
            evidence: String::new(),
            status: Some(status),
            hops: Vec::new(),
        };
        Look { started: now, ended: now, outcome, retry_after, host: None, robots_ignored: false }
    }

    fn pauses(answers: &[(u16, Option<&str>, u32)]) -> Vec<Option<(String, bool)>> {
        let mut backoff = Backoff::default();
        let mut after = |(n, (status, asked, failed)): (usize, &(u16, Option<&str>, u32))| {
            let mut look = look(*status, *asked);
            backoff.begin();
            backoff.take(&format!("page-{n}").parse().unwrap(), &mut look, *failed);
            look.retry_after.map(|(until, host)| (until.strftime("%H:%M").to_string(), host))
        };
        answers.iter().enumerate().map(&mut after).collect()
    }

    #[test]
    fn a_pause_doubles_and_what_the_server_asks_holds() {
        let wait = |time: &str, host| Some((time.to_owned(), host));
        assert_eq!(
            pauses(&[(503, None, 0), (200, None, 0), (503, None, 3), (200, None, 0), (503, None, 60)]),
            [wait("11:01", false), None, wait("11:08", false), None, wait("11:20", false)]
        );
        assert_eq!(pauses(&[(503, Some("2024-01-19T13:00:00Z"), 9)]), [wait("13:00", false)]);
        assert_eq!(pauses(&[(429, None, 0)]), [wait("11:01", true)]);
    }

    #[test]
    fn the_third_address_in_succession_speaks_for_the_host() {
        let hosts = |answers: &[(u16, Option<&str>, u32)]| -> Vec<bool> {
            pauses(answers).into_iter().map(|pause| pause.is_some_and(|(_, host)| host)).collect()
        };
        assert_eq!(hosts(&[(503, None, 0), (503, None, 0), (503, None, 0)]), [false, false, true]);
        assert_eq!(hosts(&[(503, None, 0), (503, None, 0), (404, None, 0), (503, None, 0)]), [false; 4]);
    }

    #[test]
    fn one_address_speaks_for_itself_however_often() {
        let mut backoff = Backoff::default();
        for failed in 0..5 {
            let mut look = look(503, None);
            backoff.begin();
            backoff.take(&"page".parse().unwrap(), &mut look, failed);
            assert_eq!(look.retry_after.map(|(_, host)| host), Some(false));
        }
    }
}
