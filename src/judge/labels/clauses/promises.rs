//! `commitment-added`, `commitment-dropped`: what somebody says will be done, and by when.

use super::{Claims, cells, quoted};
use crate::{
    judge::{
        labels::{Finding, facts::values::Values},
        lexicon::Class,
        words,
    },
    model::Label,
};

/// What became of the promises.
pub(super) fn findings(claims: &Claims<'_>) -> Option<Finding> {
    let promise = |cells: &cells::Cells<'_>| {
        cells
            .lexicon
            .first(Class::Promise, &cells.text)
            .or_else(|| will_be_done(&cells.text))
            .map(str::to_owned)
    };
    let (old, new) = (promise(&claims.before), promise(&claims.after));
    match (old, new) {
        (None, Some(found)) => {
            let said = claims.pages.before.says(&claims.after.text);
            (!said).then(|| Finding::new(Label::CommitmentAdded, "promise", quoted(&found)))
        }
        (Some(found), None) => {
            let said = claims.pages.after.says(&claims.before.text);
            (!said).then(|| Finding::new(Label::CommitmentDropped, "promise", quoted(&found)))
        }
        (Some(_), Some(_)) => weighed(claims).or_else(|| terms(claims)),
        (None, None) => None,
    }
}

/// "Mill Lane will be resurfaced": what will be done, and not what will be so or will be wanted.
fn will_be_done(text: &str) -> Option<&str> {
    const NOT_DONE: [&str; 12] = [
        "closed",
        "affected",
        "delayed",
        "disrupted",
        "suspended",
        "limited",
        "cancelled",
        "needed",
        "required",
        "used",
        "charged",
        "asked",
    ];
    let all: Vec<&str> = words::words(text).collect();
    all.windows(3).find_map(|three| match three {
        ["will", "be", done] if done.ends_with("ed") && !NOT_DONE.contains(done) => Some(*done),
        _ => None,
    })
}

/// What will be done becomes what will be thought about, or the reverse; or it was to be done so and so often.
fn weighed(claims: &Claims<'_>) -> Option<Finding> {
    const THOUGHT: [&str; 5] = ["consider", "explore", "look at", "think about", "discuss"];
    const OFTEN: [&str; 3] = ["daily", "weekly", "monthly"];
    let will = |text: &str| THOUGHT.into_iter().find(|thought| text.contains(&format!("will {thought} ")));
    let often = |text: &str| words::words(text).find_map(|w| OFTEN.into_iter().find(|often| w == *often));
    let (old, new) = (claims.before.text.as_str(), claims.after.text.as_str());
    let found = |label, words: &str| Some(Finding::new(label, "commitment", quoted(words)));
    match (will(old), will(new), often(old), often(new)) {
        (None, Some(thought), ..) => found(Label::CommitmentDropped, thought),
        (Some(thought), None, ..) => found(Label::CommitmentAdded, thought),
        (_, _, Some(often), None) => found(Label::CommitmentDropped, often),
        (_, _, None, Some(often)) => found(Label::CommitmentAdded, often),
        _ => None,
    }
}

/// A promise that stays and loses, or gains, its date or its quantity.
fn terms(claims: &Claims<'_>) -> Option<Finding> {
    const SPANS: [&str; 7] = [
        "within a day",
        "within a week",
        "within a fortnight",
        "within a month",
        "within a year",
        "within an hour",
        "within days",
    ];
    let bound = |values: &Values| {
        let spoken = || SPANS.iter().find(|span| values.text.contains(**span)).copied();
        values.binding().next().or_else(spoken).map(str::to_owned)
    };
    match (bound(claims.old), bound(claims.new)) {
        (Some(lost), None) => {
            Some(Finding::new(Label::CommitmentDropped, "deadline", format!("{} is gone", quoted(&lost))))
        }
        (None, Some(set)) => Some(Finding::new(Label::CommitmentAdded, "deadline", quoted(&set))),
        _ => {
            let vague =
                |cells: &cells::Cells<'_>| cells.lexicon.first(Class::Vague, &cells.text).map(str::to_owned);
            match (vague(&claims.before), vague(&claims.after)) {
                (None, Some(word))
                    if claims.old.binding().next().is_some() || by_then(&claims.before.text) =>
                {
                    Some(Finding::new(Label::CommitmentDropped, "deadline", quoted(&word)))
                }
                _ => None,
            }
        }
    }
}

/// Whether a text sets a term that is no date, or says how often: "before half term", "weekly".
fn by_then(text: &str) -> bool {
    const TERMS: [&str; 6] =
        [" half term", " the end of ", " the start of ", " christmas", " easter", " the weekend"];
    if ["weekly", "daily", "monthly"].iter().any(|often| text.contains(often)) {
        return true;
    }
    ["before", "by", "within"]
        .iter()
        .any(|word| TERMS.iter().any(|term| text.contains(&format!("{word}{term}"))))
}
