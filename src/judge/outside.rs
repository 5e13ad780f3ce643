//! A further judge, from outside: what it is asked, and what becomes of its answer. It may add labels, which are marked as
//! its own; it never takes one away or makes anything quieter.
//!
//! Not here: running it (`engine::judging`).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    judge::level,
    model::{Change, ChangeKind, Event, Label, Level, Part, Reason, Source},
};

/// The version of the question.
pub const SCHEMA: &str = "onrecord.pairs/1";
/// The most bytes of an answer.
pub const LONGEST_ANSWER: usize = 256 << 10;
/// The most bytes of changed sentences that it is asked about.
const MOST: usize = 256 << 10;
/// The most characters of its evidence that are kept.
const EVIDENCE: usize = 300;

/// What it is asked: the sentences of every change, before and after, with the labels that they have.
#[derive(Debug, Serialize)]
struct Question<'a> {
    schema: &'static str,
    target: &'a str,
    body: &'a str,
    url: &'a str,
    pairs: Vec<Pair<'a>>,
}

#[derive(Debug, Serialize)]
struct Pair<'a> {
    #[serde(rename = "pair")]
    number: usize,
    part: Part,
    kind: ChangeKind,
    before: &'a [String],
    after: &'a [String],
    labels: &'a [Label],
    relevant: bool,
}

/// What it answers: labels for pairs, each with the words that show it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    labels: Vec<Given>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    pair: usize,
    label: Label,
    #[serde(default)]
    evidence: String,
}

/// The question about an event, as one line of JSON; none where it has no changes.
pub fn question(event: &Event) -> Option<String> {
    let mut left = MOST;
    let pairs: Vec<Pair<'_>> = event
        .changes
        .iter()
        .enumerate()
        .take_while(|(_, change)| {
            let bytes: usize = change.before.iter().chain(&change.after).map(String::len).sum();
            let fits = bytes <= left;
            left = left.saturating_sub(bytes);
            fits
        })
        .map(|(number, change)| Pair {
            number,
            part: change.part,
            kind: change.kind,
            before: &change.before,
            after: &change.after,
            labels: &change.labels,
            relevant: change.relevant,
        })
        .collect();
    let (target, body, url) = (event.target.as_str(), event.body.as_str(), event.url.as_str());
    let question = Question { schema: SCHEMA, target, body, url, pairs };
    (!question.pairs.is_empty()).then(|| serde_json::to_string(&question).ok()).flatten()
}

/// Adds the labels of an answer to an event's changes, which stay in order of weight; the headline stays as it was.
///
/// # Errors
/// What is wrong with the answer; then nothing of it is taken.
pub fn add(event: &mut Event, answer: &[u8]) -> Result<(), String> {
    if answer.len() > LONGEST_ANSWER {
        return Err(format!("its answer is longer than {} KiB", LONGEST_ANSWER >> 10));
    }
    let answer: Answer =
        serde_json::from_slice(answer).map_err(|error| format!("its answer is not as agreed: {error}"))?;
    if let Some(given) = answer.labels.iter().find(|given| given.pair >= event.changes.len()) {
        return Err(format!("its answer speaks of pair {}, and there is none", given.pair));
    }
    let mut new: HashMap<usize, Vec<Given>> = HashMap::new();
    for given in answer.labels {
        new.entry(given.pair).or_default().push(given);
    }
    let mut loudest = Level::Silent;
    for (n, change) in event.changes.iter_mut().enumerate() {
        for given in new.remove(&n).unwrap_or_default() {
            label(change, &given);
        }
        change.level = change.level.max(level::decide(change));
        loudest = loudest.max(change.level);
    }
    event.changes.sort_by_cached_key(level::order);
    // What goes to and fro has been told; an outside judge does not tell it again.
    if !event.flapping {
        event.level = event.level.max(loudest);
    }
    Ok(())
}

fn label(change: &mut Change, given: &Given) {
    if change.labels.contains(&given.label) {
        return;
    }
    change.labels.push(given.label);
    change.labels.sort_unstable();
    let evidence = given.evidence.split_whitespace().collect::<Vec<_>>().join(" ");
    change.reasons.push(Reason {
        rule: given.label.name(),
        evidence: evidence.chars().take(EVIDENCE).collect(),
        source: Source::External,
    });
}
