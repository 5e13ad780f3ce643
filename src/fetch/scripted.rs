//! A fetcher without a network: it answers from a function. The engine's test double.

use jiff::Timestamp;
use url::Url;

use crate::model::{Capture, Header, Hop, Why};

use super::{Fetcher, Look, Outcome, Request};

/// Answers each request by a function.
pub(crate) struct Scripted<F>(F);

impl<F: Fn(&Request) -> Look + Sync> Scripted<F> {
    /// A fetcher that answers so.
    pub(crate) fn new(answer: F) -> Self {
        Self(answer)
    }
}

impl<F: Fn(&Request) -> Look + Sync> Fetcher for Scripted<F> {
    async fn look(&self, request: Request) -> Look {
        (self.0)(&request)
    }
}

/// A look that ended in this response, all of it at the moment `at`.
pub(crate) fn answered(url: &Url, at: Timestamp, status: u16, headers: &[(&str, &str)], body: &[u8]) -> Look {
    let header = |(name, value): &(&str, &str)| Header {
        name: name.to_ascii_lowercase(),
        value: value.as_bytes().to_vec(),
    };
    let answer = Hop {
        url: url.clone(),
        started: at,
        ended: at,
        request: Vec::new(),
        version: "HTTP/1.1".to_owned(),
        status,
        response: headers.iter().map(header).collect(),
        peer: None,
        proxied: false,
        body: body.to_vec(),
    };
    look(at, Outcome::Answered(Box::new(Capture { redirects: Vec::new(), answer })))
}

/// A look that failed, all of it at the moment `at`.
pub(crate) fn failed(at: Timestamp, why: Why, evidence: &str) -> Look {
    look(at, Outcome::Failed { why, evidence: evidence.to_owned(), status: None, hops: Vec::new() })
}

fn look(at: Timestamp, outcome: Outcome) -> Look {
    Look { started: at, ended: at, outcome, retry_after: None, host: None, robots_ignored: false }
}
