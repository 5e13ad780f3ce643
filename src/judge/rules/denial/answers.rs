//! `denial-withdrawn`, `denial-added`, `service-restored`, `service-disrupted` of an answer in a word: what it denies is in
//! the question above it.
//!
//! Not here: sentences that say themselves what they deny (`denial`).

use crate::{
    judge::{
        finding::{Finding, quoted},
        sides::Sides,
    },
    model::{Label, Rule},
    text::{Class, List, words},
};

/// What became of the answer, where one side answers in a word and both stand under one question.
pub(in crate::judge) fn turned(claims: &Sides<'_>) -> Option<Finding> {
    let at = &claims.place.hunk.at;
    let (old, new) = (*at.before.first()?, *at.after.first()?);
    let question = claims.pages.before.folded.get(old.checked_sub(1)?)?;
    let asked = claims.pages.after.folded.get(new.checked_sub(1)?)?;
    if question != asked || !question.ends_with('?') {
        return None;
    }
    let (was, is) = (answer(&claims.before.text), answer(&claims.after.text));
    if was == is {
        return None;
    }
    let lexicon = claims.before.lexicon;
    // "Was data taken?" is denied by no, "is my data safe?" by yes.
    let safe = ["safe", "secure"].iter().any(|word| words::words(question).any(|w| w == *word));
    let denying = if safe || lexicon.has(Class::HarmOwn, question) {
        Some(true)
    } else if lexicon.has(Class::Harm, question) {
        Some(false)
    } else {
        None
    };
    let evidence = || format!("{} {} → {}", quoted(question), claims.place.old, claims.place.new);
    let told = |label| Some(Finding::new(label, Rule::Answer, evidence()));
    if denying.is_some() {
        return if was == denying {
            told(Label::DenialWithdrawn)
        } else if is == denying {
            told(Label::DenialAdded)
        } else {
            None
        };
    }
    let of_a_service = lexicon.has(Class::Can, question) || lexicon.has(Class::Up, question);
    match (was, is) {
        (Some(false), Some(true)) if of_a_service => told(Label::ServiceRestored),
        (Some(true), Some(false)) if of_a_service => told(Label::ServiceDisrupted),
        _ => None,
    }
}

/// Whether an answer begins with yes or with no.
fn answer(text: &str) -> Option<bool> {
    let first = words::words(text).next()?;
    if List::AnswerYes.has(first) { Some(true) } else { List::AnswerNo.has(first).then_some(false) }
}
