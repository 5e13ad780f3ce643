//! How loud a change is, and which of two is told first.

use std::cmp::Reverse;

use crate::{
    model::{Change, ChangeKind, Label, Level},
    text::{Class, Language, List, fold, lexicon},
};

/// `alert` for relevant wording, `note` for a plain move or other wording, `silent` for what means nothing.
pub(super) fn decide(change: &Change) -> Level {
    let quiet = |label: &Label| matches!(label, Label::Cosmetic | Label::DateStamp | Label::Boilerplate);
    if !change.labels.is_empty() && change.labels.iter().all(quiet) {
        return Level::Silent;
    }
    let words_stand = match change.kind {
        ChangeKind::Moved => change.labels.is_empty(),
        ChangeKind::Split | ChangeKind::Merged => {
            let parts = change.before.len().max(change.after.len());
            same_words(&change.before.join(" "), &change.after.join(" "), parts)
        }
        _ => false,
    };
    if change.relevant && !words_stand { Level::Alert } else { Level::Note }
}

/// Whether two texts, one of them of so many sentences, have the same words in the same order, marks, capitals and what
/// joins the sentences aside.
pub(super) fn same_words(before: &str, after: &str, sentences: usize) -> bool {
    let words = |side: &str| -> Vec<String> {
        let cut = side.split(|c: char| !c.is_alphanumeric());
        cut.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (old, new) = (words(before), words(after));
    let bare = |words: &[String]| -> Vec<String> {
        words.iter().filter(|word| !List::SentenceJoiner.has(word.as_str())).cloned().collect()
    };
    // One word joins two sentences, and no more.
    old.len().abs_diff(new.len()) < sentences.max(2) && bare(&old) == bare(&new)
}

/// The weightiest first: by level, then what concerns people, then by the first label's weight.
pub(super) fn order(change: &Change) -> (Reverse<Level>, u8, Label) {
    let gone = change.kind == ChangeKind::StatementRemoved;
    let first = change.labels.first().copied().unwrap_or(Label::Other);
    (Reverse(change.level), weight(change, first), if gone { Label::DenialWithdrawn } else { first })
}

/// What is told before what: an admission, a deed, a figure of people and what is denied; then what happened to things;
/// then what is promised and advised; last when more will be said.
fn weight(change: &Change, first: Label) -> u8 {
    match first {
        _ if change.kind == ChangeKind::StatementRemoved => 0,
        // What only moved, or wakes nobody, is looked at no closer: there may be a megabyte of it.
        _ if change.labels.is_empty() || change.level < Level::Alert => 4,
        Label::DenialWithdrawn => 0,
        Label::Other | Label::Reworded if tells_when(change) => 5,
        Label::Other | Label::HedgeRemoved | Label::HedgeAdded | Label::NumberRevised if admits(change) => 1,
        Label::NumberRevised if counts_people(change) => 1,
        Label::DenialHedged | Label::DenialStrengthened | Label::DenialAdded => 2,
        Label::Other => 4,
        Label::Reworded => 5,
        _ => 3,
    }
}

/// Whether a side tells of data that was taken, or of people that were hurt, as the other did not.
fn admits(change: &Change) -> bool {
    const DEEDS: [Class; 5] = [Class::Deed3, Class::Deed4, Class::Deed5, Class::Hurt2, Class::Hurt3];
    let tells = |side: &[String]| {
        side.iter().any(|text| {
            let text = fold(text);
            let lexicon = lexicon::builtin(Language::of(&text, Language::English));
            let done = DEEDS.iter().any(|class| lexicon.has(*class, &text));
            let of = lexicon.has(Class::Data, &text) || List::People.within(&text).is_some();
            done && of && !lexicon.has(Class::Negation, &text)
        })
    };
    tells(&change.after) && !tells(&change.before)
}

fn counts_people(change: &Change) -> bool {
    change.after.iter().any(|text| {
        let text = text.to_lowercase();
        List::People.within(&text).is_some()
    })
}

/// Whether it only tells when more will be said, or looked at again.
fn tells_when(change: &Change) -> bool {
    let mut texts = change.before.iter().chain(&change.after).map(|text| text.to_lowercase());
    texts.all(|text| List::NextUpdate.within(&text).is_some())
}
