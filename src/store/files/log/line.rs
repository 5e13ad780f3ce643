//! One line of a segment: the hash of the line before, when it was written, and what it holds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de};

use super::{Quiet, roster::Roster, short};
use crate::model::{Digest, Entry};

/// What a line holds: an entry, or what is needed to read the lines after it.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "lines are read and written one at a time")]
pub(crate) enum Body {
    /// The first line of a segment.
    Segment(Segment),
    /// Whom lines of quiet looks count, written out once.
    Roster(Roster),
    /// Quiet looks of one pass.
    Quiet(Quiet),
    /// What `state.json` holds, just before this line.
    State(State),
    /// An entry of its own.
    Entry(Entry),
}

/// The first line of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Segment {
    /// The run that writes it.
    pub(crate) run: Run,
    /// The program and its version.
    pub(crate) by: String,
    /// The heads that it follows; none for the first of a store.
    pub(crate) follows: Vec<Head>,
}

/// The last line of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Head {
    /// The segment's name below `log/`.
    pub(crate) segment: String,
    /// The SHA-256 of the line, without its line feed.
    #[serde(with = "short")]
    pub(crate) line: Digest,
}

/// What `state.json` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// The SHA-256 of its bytes.
    #[serde(with = "short")]
    pub(crate) sha256: Digest,
}

/// The name of one run of the program: eight hex digits by chance.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub(crate) struct Run(String);

impl Run {
    /// A new run.
    pub(crate) fn new() -> Self {
        Self(format!("{:08x}", fastrand::u32(..)))
    }

    /// The name as it is written.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Run {
    fn deserialize<D: de::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let run = String::deserialize(d)?;
        let well = run.len() == 8 && run.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if well { Ok(Self(run)) } else { Err(de::Error::custom("a run is eight hex digits")) }
    }
}

/// A line, read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// The hash of the line before; none for the first of a segment.
    pub(crate) prev: Option<Digest>,
    /// When it was written.
    pub(crate) at: Timestamp,
    /// What it holds.
    pub(crate) body: Body,
}

#[derive(Serialize)]
struct Out<'a, T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    prev: Option<String>,
    at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'static str>,
    #[serde(flatten)]
    body: &'a T,
}

#[derive(Deserialize)]
struct Opening {
    #[serde(default)]
    prev: Option<String>,
    at: Timestamp,
    entry: String,
}

/// The bytes of a line, without its line feed.
pub(crate) fn write(prev: Option<&Digest>, at: Timestamp, body: &Body) -> serde_json::Result<Vec<u8>> {
    fn out<T: Serialize>(
        prev: Option<&Digest>,
        at: Timestamp,
        entry: Option<&'static str>,
        body: &T,
    ) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(&Out { prev: prev.map(Digest::to_base64url), at, entry, body })
    }
    match body {
        Body::Segment(segment) => out(prev, at, Some("segment"), segment),
        Body::Roster(roster) => out(prev, at, Some("roster"), roster),
        Body::Quiet(quiet) => out(prev, at, Some("quiet"), quiet),
        Body::State(state) => out(prev, at, Some("state"), state),
        Body::Entry(entry) => out(prev, at, None, entry),
    }
}

/// What the bytes of a line say.
///
/// # Errors
/// In words, what is wrong with them.
pub(crate) fn read(bytes: &[u8]) -> Result<Line, String> {
    let wrong = |error: serde_json::Error| format!("cannot be read: {error}");
    let Opening { prev, at, entry } = serde_json::from_slice(bytes).map_err(wrong)?;
    let prev = match prev {
        None => None,
        Some(text) => Some(Digest::from_base64url(&text).ok_or("does not say what it follows")?),
    };
    let body = match entry.as_str() {
        "segment" => Body::Segment(serde_json::from_slice(bytes).map_err(wrong)?),
        "roster" => Body::Roster(serde_json::from_slice(bytes).map_err(wrong)?),
        "quiet" => Body::Quiet(serde_json::from_slice(bytes).map_err(wrong)?),
        "state" => Body::State(serde_json::from_slice(bytes).map_err(wrong)?),
        _ => Body::Entry(serde_json::from_slice(bytes).map_err(wrong)?),
    };
    Ok(Line { prev, at, body })
}
