//! What is known of each origin's robots.txt, and how long it holds (RFC 9309, section 2.4).
//!
//! Not here: fetching a file (`access`), and what its rules say (`rules`).

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::Why;

use super::{
    Request,
    access::{self, Access, Verdict},
    exchange::Wire,
};

/// How long rules hold (section 2.4).
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How long a server's error holds.
const ERROR: SignedDuration = SignedDuration::from_mins(10);
/// How long a failure holds: long enough that the other pages of a dead host do not each wait for it.
const FAILURE: SignedDuration = SignedDuration::from_secs(60);
/// How long rules serve whose file cannot be fetched any more (sections 2.3.1.4 and 2.4).
const STALE: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Above so many origins, the outdated ones are forgotten.
const MANY: usize = 4096;
/// Rules of so many bytes are heavy, and so many heavy ones are kept: a watched site may redirect to ever new names
/// with ever new rules.
const HEAVY: (usize, usize) = (16 * 1024, 64);

/// Rules as they can be kept between runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRobots {
    /// The origin: scheme, host and port.
    pub origin: String,
    /// When they were fetched.
    pub fetched: Timestamp,
    /// The rules that apply to this program, as a robots.txt of their own.
    pub rules: String,
}

#[derive(Clone)]
struct Entry {
    fetched: Timestamp,
    /// When it is to be fetched again.
    until: Timestamp,
    access: Access,
}

impl Entry {
    fn new(fetched: Timestamp, access: Access) -> Self {
        let holds = match &access {
            Access::Rules(_) => DAY,
            Access::Closed(..) => ERROR,
            // Another target of the same host may be allowed what this one is not.
            Access::Failed(fault) if fault.why == Why::RefusedAddress => SignedDuration::ZERO,
            Access::Failed(_) => FAILURE,
        };
        Self { fetched, until: fetched.checked_add(holds).unwrap_or(fetched), access }
    }

    /// A clock that was set back makes nothing fresh.
    fn is_fresh(&self, now: Timestamp) -> bool {
        self.fetched <= now && now < self.until
    }

    /// This, or the rules known before it where the file cannot be had. A server that asks for a pause gets it.
    fn or_rules_of(self, before: Self) -> Self {
        let unknown = matches!(self.access, Access::Closed(_, None) | Access::Failed(_));
        let recent = self.fetched.duration_since(before.fetched) < STALE;
        if unknown && recent && matches!(before.access, Access::Rules(_)) {
            return Self { until: self.until, ..before };
        }
        self
    }
}

type Cell = Arc<tokio::sync::Mutex<Option<Entry>>>;

/// What is known of each origin.
#[derive(Default)]
pub(super) struct Cache {
    origins: Mutex<HashMap<String, Cell>>,
    heavy: Mutex<VecDeque<String>>,
}

impl Cache {
    /// Asks an origin's rules about a page, fetching them first where needed. Looks at one origin wait for one
    /// fetch. Its time is its own, not the page's.
    pub(super) async fn ask(&self, wire: &Wire, url: &Url, request: &Request) -> Verdict {
        let origin = url.origin().ascii_serialization();
        let cell = self.cell(&origin, wire.now());
        let mut entry = cell.lock().await;
        let access = if let Some(known) = entry.as_ref().filter(|e| e.is_fresh(wire.now())) {
            known.access.clone()
        } else {
            let access = access::fetch(wire, url, request).await;
            let fetched = Entry::new(wire.now(), access);
            let next = match entry.take() {
                Some(before) => fetched.or_rules_of(before),
                None => fetched,
            };
            entry.insert(next).access.clone()
        };
        drop(entry);
        if let Access::Rules(rules) = &access
            && rules.weight() > HEAVY.0
        {
            self.lighten(origin);
        }
        access.verdict(url)
    }

    /// Forgets the heavy rules that were asked longest ago, but for these.
    fn lighten(&self, origin: String) {
        let mut heavy = self.heavy.lock().unwrap_or_else(PoisonError::into_inner);
        heavy.retain(|other| *other != origin);
        heavy.push_back(origin);
        if heavy.len() > HEAVY.1
            && let Some(oldest) = heavy.pop_front()
        {
            self.origins.lock().unwrap_or_else(PoisonError::into_inner).remove(&oldest);
        }
    }

    fn cell(&self, origin: &str, now: Timestamp) -> Cell {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cell) = origins.get(origin) {
            return Arc::clone(cell);
        }
        if origins.len() >= MANY {
            origins.retain(|_, cell| {
                cell.try_lock().map_or(true, |entry| entry.as_ref().is_some_and(|e| e.is_fresh(now)))
            });
        }
        Arc::clone(origins.entry(origin.to_owned()).or_default())
    }

    /// The rules known now.
    pub(super) fn kept(&self) -> Vec<KeptRobots> {
        let origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        let mut kept: Vec<_> = origins
            .iter()
            .filter_map(|(origin, cell)| {
                let entry = cell.try_lock().ok()?;
                let Some(Entry { fetched, access: Access::Rules(rules), .. }) = entry.as_ref() else {
                    return None;
                };
                Some(KeptRobots { origin: origin.clone(), fetched: *fetched, rules: rules.write() })
            })
            .collect();
        kept.sort_unstable_by(|a, b| a.origin.cmp(&b.origin));
        kept
    }

    /// Takes over rules kept by an earlier run; each holds a day from when it was fetched.
    pub(super) fn seed(&self, kept: impl IntoIterator<Item = KeptRobots>) {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        for KeptRobots { origin, fetched, rules } in kept {
            let entry = Entry::new(fetched, Access::rules(rules.as_bytes()));
            origins.insert(origin, Arc::new(tokio::sync::Mutex::new(Some(entry))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::fault::Fault;

    const AT: Timestamp = Timestamp::UNIX_EPOCH;
    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    fn failed() -> Access {
        Access::Failed(Fault::new(Why::Dns, ""))
    }

    #[test]
    fn rules_hold_a_day_and_failures_a_minute() {
        assert!(Entry::new(AT, Access::free()).is_fresh(AT + HOUR * 23));
        assert!(!Entry::new(AT, Access::free()).is_fresh(AT + HOUR * 24));
        assert!(!Entry::new(AT, Access::free()).is_fresh(AT - HOUR));
        assert!(!Entry::new(AT, failed()).is_fresh(AT + HOUR));
    }

    #[test]
    fn known_rules_serve_while_the_file_cannot_be_had() {
        let known = || Entry::new(AT, Access::rules(b"User-agent: *\nDisallow: /"));
        let is_rules = |entry: Entry| matches!(entry.access, Access::Rules(_));
        let later = AT + HOUR * 25;
        let kept = Entry::new(later, failed()).or_rules_of(known());
        assert!(kept.is_fresh(later) && !kept.is_fresh(later + HOUR) && kept.fetched == AT);
        assert!(is_rules(kept));
        assert!(!is_rules(Entry::new(AT + HOUR * 24 * 31, failed()).or_rules_of(known())));
        let pause = Access::Closed(Fault::new(Why::HttpError, ""), Some((later, true)));
        assert!(!is_rules(Entry::new(later, pause).or_rules_of(known())));
    }

    #[test]
    fn heavy_rules_are_few_and_kept_ones_are_taken_over() {
        let cache = Cache::default();
        let rules = "User-agent: *\nDisallow: /a".to_owned();
        cache.seed((0..=HEAVY.1).map(|n| KeptRobots {
            origin: format!("https://{n}.example"),
            fetched: AT,
            rules: rules.clone(),
        }));
        assert_eq!(cache.kept().len(), HEAVY.1 + 1);
        for n in 0..=HEAVY.1 {
            cache.lighten(format!("https://{n}.example"));
        }
        let kept = cache.kept();
        assert!(kept.len() == HEAVY.1 && kept.iter().all(|kept| kept.origin != "https://0.example"));
    }
}
