//! What went wrong on the wire, as a [`Why`] and plain words. Errors are told apart by their types, down the chain
//! of causes, never by their texts.

use std::{error::Error, io, io::ErrorKind, time::Duration};

use crate::model::Why;

use super::resolver::RefusedAddress;

/// The longest evidence, in characters.
const LONGEST: usize = 240;

/// Whether trying again soon may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Retry {
    /// No.
    Never,
    /// Once, at once: a server that restarts refuses connections for a moment, and a resolver may be busy.
    Once,
    /// A few times, with growing pauses.
    Backoff,
}

/// A request without a whole response.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) why: Why,
    pub(super) evidence: String,
    /// The status code, where the head of a response had come.
    pub(super) status: Option<u16>,
    pub(super) retry: Retry,
}

impl Fault {
    /// A fault that stays one. The evidence may hold text from outside.
    pub(super) fn new(why: Why, evidence: &str) -> Self {
        Self { why, evidence: shown(evidence), status: None, retry: Retry::Never }
    }

    pub(super) fn with_status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    fn retrying(self, retry: Retry) -> Self {
        Self { retry, ..self }
    }

    /// No answer in time.
    pub(super) fn timeout(peer: &str, allowed: Duration) -> Self {
        Self::new(Why::Timeout, &format!("no answer from {peer} within {}", seconds(allowed)))
    }

    /// What an error before the response's head means. `peer` is the server, or the proxy, with its port.
    pub(super) fn before_head(error: &reqwest::Error, peer: &str, tls: bool) -> Self {
        let cause = root(error);
        if let Some(refused) = find::<RefusedAddress>(error) {
            return Self::new(Why::RefusedAddress, &refused.to_string());
        }
        if let Some(tls) = find::<rustls::Error>(error) {
            return Self::new(Why::Tls, &format!("no safe connection to {peer}: {tls}"));
        }
        if error.is_timeout() {
            let what = if error.is_connect() { "no connection to" } else { "no answer from" };
            return Self::new(Why::Timeout, &format!("{what} {peer} in time"));
        }
        if error.is_dns() {
            let evidence = format!("the name in {peer} has no address: {cause}");
            return Self::new(Why::Dns, &evidence).retrying(Retry::Once);
        }
        let kind = find::<io::Error>(error).map(io::Error::kind);
        if kind == Some(ErrorKind::ConnectionRefused) {
            return Self::new(Why::Connect, &format!("connection refused by {peer}")).retrying(Retry::Once);
        }
        if matches!(
            kind,
            Some(ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe)
        ) {
            return Self::new(Why::Reset, &format!("{peer} broke the connection")).retrying(Retry::Backoff);
        }
        if error.is_connect() {
            let why = if tls && kind == Some(ErrorKind::UnexpectedEof) { Why::Tls } else { Why::Connect };
            return Self::new(why, &format!("no connection to {peer}: {cause}"));
        }
        if error.is_builder() || find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
            return Self::new(Why::HttpError, &format!("the answer of {peer} is not valid HTTP: {cause}"));
        }
        Self::new(Why::Reset, &format!("{peer} closed the connection without an answer"))
            .retrying(Retry::Backoff)
    }

    /// What an error within the body means, after `got` of its `announced` bytes.
    pub(super) fn within_body(
        error: &reqwest::Error,
        peer: &str,
        got: usize,
        announced: Option<u64>,
    ) -> Self {
        let of = announced.map(|n| format!(" of {n}")).unwrap_or_default();
        if error.is_timeout() {
            return Self::new(Why::Timeout, &format!("the body from {peer} stopped after {got}{of} bytes"));
        }
        let why = if got == 0 { Why::Reset } else { Why::Truncated };
        let evidence = format!("{peer} closed the connection after {got}{of} bytes of the body");
        Self::new(why, &evidence).retrying(if got == 0 { Retry::Backoff } else { Retry::Never })
    }
}

/// A duration as people say it.
pub(super) fn seconds(d: Duration) -> String {
    format!("{} s", (d.as_secs_f64() * 10.0).round() / 10.0)
}

/// Text from outside as it may stand in a line of a log: short, with control and invisible characters escaped.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST));
    for c in text.chars().take(LONGEST) {
        match c {
            '\'' | '"' | '\\' => out.push(c),
            // Its escape for what cannot be printed covers direction marks, too.
            c => out.extend(c.escape_debug()),
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// The causes of an error, itself first. An `io::Error` hides the error that it wraps from `source`.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        match wrapped {
            Some(inner) => Some(inner as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
    // A chain that leads into a circle would be a fault of a library; it must not hang a look.
    .take(16)
}

fn find<T: Error + 'static>(error: &reqwest::Error) -> Option<&T> {
    // The innermost: outer io errors only carry it.
    causes(error).filter_map(|e| e.downcast_ref::<T>()).last()
}

fn root(error: &reqwest::Error) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_short_and_carries_no_escape_codes() {
        let fault = Fault::new(Why::Reset, &format!("\u{1b}[2J\u{202e}\"x\"\n{}", "a".repeat(1000)));
        assert!(fault.evidence.starts_with("\\u{1b}[2J\\u{202e}\"x\"\\n"), "{}", fault.evidence);
        assert!(fault.evidence.chars().count() < 300);
        assert_eq!(seconds(Duration::from_millis(2500)), "2.5 s");
    }
}
