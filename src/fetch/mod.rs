//! The only place that knows HTTP: one look at one address, politely, within caps, whatever comes of it.
//!
//! Not here: what the bytes mean. An error page is an answer like any other; `read` refuses it. Nor when to look:
//! the engine knows the schedule and the cool-downs, this folder only keeps the pause between two requests.

mod access;
mod after;
mod allowance;
mod body;
mod clients;
mod error;
mod exchange;
mod fault;
mod gate;
mod guard;
mod http;
mod identity;
mod opening;
mod outgoing;
mod proxies;
mod redirect;
mod resolver;
mod robots;
mod rules;
#[cfg(test)]
pub(crate) mod scripted;

pub use error::ClientError;
pub use http::{Http, HttpOptions};
pub use outgoing::{Answer, Outgoing};
pub use proxies::Proxies;
pub use robots::KeptRobots;

use jiff::Timestamp;
use url::Url;

use crate::model::{Capture, Hop, Validators, Why};

/// What is asked for one look.
#[derive(Debug, Clone)]
pub struct Request {
    /// The address.
    pub url: Url,
    /// What to revalidate with, if anything.
    pub validators: Option<Validators>,
    /// The time allowed for the whole look, redirects included, waiting for the host's turn not counted.
    pub timeout: std::time::Duration,
    /// The least pause between two requests to one host.
    pub delay: std::time::Duration,
    /// The most bytes received.
    pub max_body: u64,
    /// Whether private addresses may be asked.
    pub allow_private: bool,
    /// Whether robots.txt is passed over.
    pub ignore_robots: bool,
    /// The proxy; without it the environment's.
    pub proxy: Option<Url>,
}

/// One look, timed.
#[derive(Debug, Clone)]
pub struct Look {
    /// When the first request for the page was begun (robots.txt not counted).
    pub started: Timestamp,
    /// When the last response was whole, or the attempt was given up.
    pub ended: Timestamp,
    /// What came of it.
    pub outcome: Outcome,
    /// Set when the server asked for a pause: not before this moment, and whether that holds for the whole host (429).
    pub retry_after: Option<(Timestamp, bool)>,
    /// The host that was asked last, where redirects led to another: whom a pause that was asked for is due to.
    pub host: Option<String>,
    /// robots.txt closed the page and was passed over, as the request asks.
    pub robots_ignored: bool,
}

impl Look {
    /// What was received, where a whole response came.
    pub fn capture(&self) -> Option<&Capture> {
        match &self.outcome {
            Outcome::Answered(capture) => Some(capture),
            Outcome::NotModified(_) | Outcome::Failed { .. } => None,
        }
    }
}

/// What came of a look. Not a `Result`: "refused", "nothing changed" and "broken" are different facts.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// A final response came whole, whatever its status.
    Answered(Box<Capture>),
    /// 304: the page stands as the validators say. The hops, the 304 last.
    NotModified(Vec<Hop>),
    /// There is no whole response.
    Failed {
        /// Why.
        why: Why,
        /// What was seen, in words.
        evidence: String,
        /// The status code, where a server answered.
        status: Option<u16>,
        /// What was exchanged before it failed.
        hops: Vec<Hop>,
    },
}

/// Looks at an address. Implemented over HTTP, and by scripts in tests.
pub trait Fetcher: Sync {
    /// One look. Never fails: what went wrong is part of the outcome.
    fn look(&self, request: Request) -> impl Future<Output = Look> + Send;
}
