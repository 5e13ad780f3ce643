//! `attribution-added`, `attribution-removed`: a cause, an agent, or whose word it is.
//!
//! Not here: which words of a side name a cause (`side`).

mod inquiry;
mod ordinary;
mod side;
mod sources;

use crate::{
    judge::{
        claims::{self, Cells},
        finding::{Finding, quoted},
        rules::causes::side::{Side, is_not},
        sides::Sides,
    },
    model::{Label, Rule},
    text::{Class, List, words},
};

/// What became of causes and agents, and of whose word it is.
pub(in crate::judge) fn findings(claims: &Sides<'_>) -> Vec<Finding> {
    let mut found = causes(claims);
    let source = sources::findings(claims);
    found.extend(source.filter(|source| found.iter().all(|cause| cause.label != source.label)));
    found
}

fn causes(claims: &Sides<'_>) -> Vec<Finding> {
    // A cause that one side denies is spoken of on both; that nobody knows it names none.
    let spoken = |cells: &Cells<'_>| {
        let mut found = cells.lexicon.find(Class::Cause, &cells.text);
        found.any(|m| !inquiry::is_sought(&cells.text, &m)) && !inquiry::is_unknown(&cells.text)
    };
    let told = |label, evidence: String| vec![Finding::new(label, Rule::Cause, evidence)];
    let cause = |cells, other| Side { cells, other }.cause();
    let (old, new) = (cause(&claims.before, &claims.after), cause(&claims.after, &claims.before));
    match (old, new) {
        (None, Some(found)) if !spoken(&claims.before) => {
            let said = claims.pages.before.says(&claims.after.text, &claims.place.hunk.at.before);
            if said { Vec::new() } else { told(Label::AttributionAdded, quoted(&found)) }
        }
        // "It is not the result of an attack" becomes "it is".
        (None, Some(found)) if is_denied(&claims.before, &claims.after, &found) && claims.paired() => {
            told(Label::AttributionAdded, quoted(&found))
        }
        (Some(found), None) if is_denied(&claims.after, &claims.before, &found) && claims.paired() => {
            told(Label::AttributionRemoved, quoted(&found))
        }
        (Some(found), None) if !spoken(&claims.after) => {
            let said = claims.pages.after.says(&claims.before.text, &claims.place.hunk.at.after);
            if said { Vec::new() } else { told(Label::AttributionRemoved, quoted(&found)) }
        }
        (Some(old), Some(new)) if claims.paired() => exchanged(claims, &old, &new),
        _ => Vec::new(),
    }
}

/// One cause in another's place: the one is gone and the other has come. Of two incidents the graver is told (`severity`).
fn exchanged(claims: &Sides<'_>, old: &str, new: &str) -> Vec<Finding> {
    let reasons = reason(&claims.before, old).zip(reason(&claims.after, new));
    let Some((was, is)) = reasons.filter(|_| old != new || is_followed(old)) else { return Vec::new() };
    let named =
        |cells: &Cells<'_>, text: &str| claims::NAMES.iter().any(|class| cells.lexicon.has(*class, text));
    let other =
        words::coverage(&was, &claims.after.text) <= 0.0 && words::coverage(&is, &claims.before.text) <= 0.0;
    if !other || named(&claims.before, &was) && named(&claims.after, &is) {
        return Vec::new();
    }
    let evidence = format!("{} → {}", quoted(&was), quoted(&is));
    [Label::AttributionAdded, Label::AttributionRemoved]
        .map(|label| Finding::new(label, Rule::Cause, evidence.clone()))
        .into()
}

/// Whether what follows a phrase is the cause, and not what an agent did: "due to", and not "a criminal group".
fn is_followed(cause: &str) -> bool {
    cause.rsplit(' ').next().is_none_or(|last| !List::CauseAgent.has(last))
}

/// What stands behind a cause: "human error" of "the result of human error".
fn reason(cells: &Cells<'_>, cause: &str) -> Option<String> {
    const LENGTH: usize = 3;
    let at = cells.positive.find(cause)? + cause.len();
    let rest = cells.positive.get(at..)?;
    let end = rest.find([',', '.', ';', '|']).unwrap_or(rest.len());
    let words: Vec<&str> = words::words(rest.get(..end)?).take(LENGTH).collect();
    (!words::stems(&words.join(" ")).is_empty()).then(|| words.join(" "))
}

/// Whether a side says of a cause, in these very words, that it was not so, and the other does not leave it open.
fn is_denied(cells: &Cells<'_>, other: &Cells<'_>, cause: &str) -> bool {
    if claims::not_excluded(&other.text, other.lexicon).is_some() {
        return false;
    }
    let be = ["was ", "is ", "were ", "been ", "be ", "are "];
    let cause = be.iter().find_map(|be| cause.strip_prefix(be)).unwrap_or(cause);
    let head = cells.text.find(cause).and_then(|at| cells.text.get(..at)).unwrap_or_default();
    is_not(head)
}
