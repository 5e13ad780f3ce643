//! Quiet looks of one pass in one line: looks that say nothing that the ones before them did not.
//!
//! A look is a word: the subject's place in the roster, `+` and the milliseconds from the start of the look written
//! before it (of the first, from the line's `started`), `.` and the milliseconds that it took; where the bytes were
//! others and the words the same, `=` and their SHA-256 in base64url. Looks that came to the same stand together, in
//! the order in which they began.

use std::collections::BTreeMap;

use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit};
use serde::{Deserialize, Serialize};

use super::{roster::Roster, short};
use crate::{
    model::{Clock, Digest, Entry, Looked, Observation, Phase, Subject, TargetState, Why},
    store::fold::Fold,
};

/// Quiet looks, as they stand in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Quiet {
    /// The roster that counts the subjects.
    #[serde(with = "short")]
    pub(crate) roster: Digest,
    /// When the first of them began.
    pub(crate) started: Timestamp,
    /// Which clock gave the times.
    #[serde(default, skip_serializing_if = "is_system")]
    pub(crate) clock: Clock,
    /// Through a proxy.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) proxied: bool,
    /// robots.txt closed the pages and was passed over, as the targets ask.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) robots_ignored: bool,
    /// The looks, by what they came to; of a failure the status code follows its reason.
    pub(crate) looks: BTreeMap<String, String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_system(clock: &Clock) -> bool {
    *clock == Clock::System
}

/// What the lines of a batch have in common.
type Flags = (Clock, bool, bool);
/// The looks of a line, by what they came to.
type Groups<'a> = BTreeMap<String, Vec<&'a Waiting>>;

/// Quiet looks as lines; all of them are of subjects in the roster.
pub(crate) fn write(looks: &[Waiting], roster: &[Subject]) -> Vec<Quiet> {
    let digest = Roster::digest(roster);
    let places: BTreeMap<&Subject, usize> = roster.iter().enumerate().map(|(n, s)| (s, n)).collect();
    let mut lines: Vec<(Flags, Groups<'_>)> = Vec::new();
    for waiting in looks {
        let look = &waiting.look;
        let flags = (look.clock, look.proxied, look.robots_ignored);
        let at = lines.iter().position(|(known, _)| *known == flags).unwrap_or_else(|| {
            lines.push((flags, BTreeMap::new()));
            lines.len() - 1
        });
        if let Some((_, groups)) = lines.get_mut(at) {
            groups.entry(group(waiting)).or_default().push(waiting);
        }
    }
    let line = |((clock, proxied, robots_ignored), groups): (Flags, Groups<'_>)| {
        let first = groups.values().flatten().map(|waiting| waiting.look.started).min().unwrap_or_default();
        let word = |looks: Vec<&Waiting>| words(looks, &places, first);
        Quiet {
            roster: digest.clone(),
            started: first,
            clock,
            proxied,
            robots_ignored,
            looks: groups.into_iter().map(|(name, looks)| (name, word(looks))).collect(),
        }
    };
    lines.into_iter().map(line).collect()
}

fn words(mut looks: Vec<&Waiting>, places: &BTreeMap<&Subject, usize>, first: Timestamp) -> String {
    use std::fmt::Write as _;

    looks.sort_by_key(|waiting| waiting.look.started);
    let mut out = String::new();
    let mut before = first;
    for Waiting { look, other } in looks {
        let Some(place) = places.get(&look.subject()) else { continue };
        let since = look.started.duration_since(before).as_millis();
        let took = look.ended.duration_since(look.started).as_millis().max(0);
        before += SignedDuration::from_millis(i64::try_from(since).unwrap_or(0));
        let gap = if out.is_empty() { "" } else { " " };
        // Writing into a string does not fail.
        let _ = write!(out, "{gap}{place}+{since}.{took}");
        if let Some(digest) = look.body_sha256.as_ref().filter(|_| *other) {
            let _ = write!(out, "={}", digest.to_base64url());
        }
    }
    out
}

fn group(Waiting { look, other }: &Waiting) -> String {
    let name = match look.looked {
        Looked::Read | Looked::Same if *other && look.body_sha256.is_some() => "other",
        Looked::Read | Looked::Same => "same",
        Looked::NotModified => "not-modified",
        Looked::Cooling => "cooling",
        Looked::Unreadable | Looked::Absent => {
            let why = look.why.map_or("bug", Why::name);
            return match look.status {
                Some(status) => format!("{why} {status}"),
                None => why.to_owned(),
            };
        }
    };
    name.to_owned()
}

/// A quiet look that is in no line yet, as it will come back from one.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    /// The look.
    pub(crate) look: Observation,
    /// Its bytes were others than those of the look before.
    pub(crate) other: bool,
}

/// A quiet look as a line keeps it: times in whole milliseconds, the interval no narrower than it was.
pub(crate) fn waiting(mut look: Observation, state: &TargetState) -> Waiting {
    let milli = |at: Timestamp, mode| at.round(TimestampRound::new().smallest(Unit::Millisecond).mode(mode));
    // At the ends of time, where there is nothing to round to, it stays as it is.
    look.started = milli(look.started, RoundMode::Floor).unwrap_or(look.started);
    look.ended = milli(look.ended, RoundMode::Ceil).unwrap_or(look.ended);
    let other = look.looked == Looked::Same && look.body_sha256 != state.body_sha256;
    Waiting { look, other }
}

impl Quiet {
    /// Folds the looks of the line, in the order in which they began, and answers them: what each came to is filled in
    /// from the state that its subject had.
    ///
    /// # Errors
    /// In words, what is wrong with the line; nothing of it is folded then.
    pub(crate) fn read(&self, roster: &[Subject], fold: &mut Fold) -> Result<Vec<Observation>, String> {
        let mut found = Vec::new();
        for (name, words) in &self.looks {
            let kind =
                kind(name).ok_or_else(|| format!("holds looks of the kind `{}`", name.escape_default()))?;
            let mut before = self.started;
            for word in words.split(' ').filter(|word| !word.is_empty()) {
                let (place, since, took, body) = parse(word)
                    .ok_or_else(|| format!("holds `{}`, which is no look", word.escape_default()))?;
                let subject =
                    roster.get(place).ok_or_else(|| format!("counts {place} of {}", roster.len()))?;
                let moved = |from: Timestamp, by: i64| from.checked_add(SignedDuration::from_millis(by)).ok();
                let times = moved(before, since).and_then(|started| Some((started, moved(started, took)?)));
                let (started, ended) = times.ok_or_else(|| "holds a moment out of range".to_owned())?;
                before = started;
                if (kind == Kind::Other) != body.is_some() {
                    return Err(format!(
                        "holds `{}` among looks of the kind `{name}`",
                        word.escape_default()
                    ));
                }
                let mut look = Observation::new(subject.clone(), started, ended);
                (look.clock, look.proxied, look.robots_ignored) =
                    (self.clock, self.proxied, self.robots_ignored);
                look.body_sha256 = body;
                found.push((kind, look));
            }
        }
        found.sort_by_key(|(_, look)| look.started);
        let filled = |(kind, mut look): (Kind, Observation)| {
            let state = fold.state(&look.subject());
            fill(&mut look, kind, &state);
            let entry = Entry::Look(look.clone());
            fold.apply(&entry);
            look
        };
        Ok(found.into_iter().map(filled).collect())
    }
}

/// What looks that stand together came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Same,
    Other,
    NotModified,
    Cooling,
    Failed(Why, Option<u16>),
}

/// What the name of a group says.
fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "same" => Kind::Same,
        "other" => Kind::Other,
        "not-modified" => Kind::NotModified,
        "cooling" => Kind::Cooling,
        failed => {
            let (why, status) =
                failed.split_once(' ').map_or((failed, None), |(why, status)| (why, Some(status)));
            let why = Why::ALL.iter().copied().find(|known| known.name() == why)?;
            Kind::Failed(why, status.map(str::parse).transpose().ok()?)
        }
    })
}

fn fill(look: &mut Observation, kind: Kind, state: &TargetState) {
    let wording = || state.snapshot.as_ref().map(|snapshot| snapshot.id.clone());
    match kind {
        Kind::Same | Kind::Other => {
            look.looked = Looked::Same;
            look.snapshot = wording();
            look.landed.clone_from(&state.landed);
            look.follows.clone_from(&state.follows);
            look.recipe.clone_from(&state.recipe);
            look.validators.clone_from(&state.validators);
            if kind == Kind::Same {
                look.body_sha256.clone_from(&state.body_sha256);
            }
        }
        Kind::NotModified => {
            look.looked = Looked::NotModified;
            look.status = Some(304);
            look.snapshot = wording();
        }
        Kind::Cooling => {
            look.looked = Looked::Cooling;
            look.why = Some(Why::Cooling);
            look.not_before = state.not_before;
        }
        Kind::Failed(why, status) => {
            (look.why, look.status) = (Some(why), status);
            // A failure is quiet only where its target stands so already.
            look.looked = if state.phase == Phase::Gone { Looked::Absent } else { Looked::Unreadable };
        }
    }
}

fn parse(word: &str) -> Option<(usize, i64, i64, Option<Digest>)> {
    let (word, body) = word.split_once('=').map_or((word, None), |(word, body)| (word, Some(body)));
    let (place, times) = word.split_once('+')?;
    let (since, took) = times.split_once('.')?;
    let body = match body {
        None => None,
        Some(body) => Some(Digest::from_base64url(body)?),
    };
    Some((place.parse().ok()?, since.parse().ok()?, took.parse::<u32>().ok()?.into(), body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::sample::at;

    fn subject(n: usize) -> Subject {
        format!("page-{n}").parse().unwrap()
    }

    fn look(n: usize, begun: i64, looked: Looked) -> Observation {
        let started = at(0) + SignedDuration::from_millis(begun);
        let ended = started + SignedDuration::from_millis(250);
        Observation { looked, ..Observation::new(subject(n), started, ended) }
    }

    fn plain(look: &Observation) -> Waiting {
        waiting(look.clone(), &TargetState::default())
    }

    #[test]
    fn quiet_looks_read_back_as_they_were_and_cost_little() {
        let roster: Vec<Subject> = (0..400).map(subject).collect();
        let mut looks: Vec<Observation> =
            (0..400).map(|n| look(n, 17 * i64::try_from(n).unwrap(), Looked::Same)).collect();
        looks[3].body_sha256 = Some(Digest::of(b"other bytes"));
        (looks[7].looked, looks[7].why, looks[7].status) =
            (Looked::Unreadable, Some(Why::HttpError), Some(503));
        (looks[9].looked, looks[9].status) = (Looked::NotModified, Some(304));
        let waiting: Vec<Waiting> = looks.iter().map(plain).collect();
        let lines = write(&waiting, &roster);
        assert_eq!(lines.len(), 1);
        let json = serde_json::to_string(&lines[0]).unwrap();
        assert!(json.len() < 400 + 400 * 13, "{} bytes", json.len());
        let read = lines[0].read(&roster, &mut Fold::default()).unwrap();
        assert_eq!(read.len(), 400);
        for (read, look) in read.iter().zip(&looks) {
            assert_eq!(
                (read.subject(), read.looked, read.started),
                (look.subject(), look.looked, look.started)
            );
            assert_eq!((read.ended, read.why, read.status), (look.ended, look.why, look.status));
            assert_eq!(read.body_sha256, look.body_sha256);
        }
    }

    #[test]
    fn a_line_that_counts_what_is_not_there_is_told() {
        let roster = vec![subject(0)];
        let mut quiet = write(&[plain(&look(0, 0, Looked::Same))], &roster).remove(0);
        for (name, word) in
            [("same", "1+0.1"), ("same", "0+0"), ("same", "0+9223372036854775807.1"), ("odd", "0+0.1")]
        {
            quiet.looks = [(name.to_owned(), word.to_owned())].into();
            assert!(quiet.read(&roster, &mut Fold::default()).is_err(), "{name} {word}");
        }
    }
}
