//! `cosmetic`: the same words in another form: stops, spaces, hyphens, spelling, a value written otherwise.
//!
//! Not here: what words of a page are furniture (`furniture`), dates that only move (`stamps`).

use crate::{
    judge::{
        context::Place,
        finding::Finding,
        values::{self, Values, bare_address},
    },
    model::{ChangeKind, Label, Rule, Sentence},
    text::{Language, List, fold, spelling, words},
};

/// Time zones, as they stand beside an hour.
const ZONES: [&str; 20] = [
    "gmt", "bst", "utc", "cet", "cest", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "ist", "eet",
    "eest", "wet", "aest", "aedt", "jst",
];

/// The label of a place where nothing but the form changed. `old`, `new`: its two sides, folded.
pub(in crate::judge) fn cosmetic(
    place: &Place<'_>,
    values: (&Values, &Values),
    (old, new): (&str, &str),
    language: Language,
) -> Option<Finding> {
    if place.before.is_empty() || place.after.is_empty() || links(&place.before) != links(&place.after) {
        return None;
    }
    if !matches!(place.kind, ChangeKind::Edited | ChangeKind::Moved) {
        return None;
    }
    let found = |rule, evidence: String| Some(Finding::new(Label::Cosmetic, rule, evidence));
    if place.same_key() {
        let moved = place.kind == ChangeKind::Moved;
        return if moved { None } else { found(Rule::SameKey, "the same words, set otherwise".to_owned()) };
    }
    if unstopped(&place.before) == unstopped(&place.after) {
        return found(Rule::SameKey, "the same words, with another stop".to_owned());
    }
    if is_squeezed(old, new) || is_unjoined(old, new) {
        return found(Rule::SameLetters, "only white space differs".to_owned());
    }
    if let Some((a, b)) = other_form(values) {
        return found(Rule::SameValue, format!("{a} = {b}"));
    }
    let (wrong, right) = spelling::mended(&place.old, &place.new, language)?;
    found(Rule::Spelling, format!("{wrong} → {right}"))
}

fn links(side: &[&Sentence]) -> Vec<String> {
    side.iter().flat_map(|s| &s.links).map(|l| bare_address(&l.address)).collect()
}

/// A full stop at the end of an item says nothing.
fn unstopped(side: &[&Sentence]) -> Vec<String> {
    side.iter().map(|s| fold(&s.text).trim_end_matches(['.', ';', ',']).to_owned()).collect()
}

/// Whether only spaces differ, and none that tells: "now here" is not "nowhere", nor "1 23" "12 3".
fn is_squeezed(old: &str, new: &str) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let tells = |mine: &str, other: &str| {
        let mut only = words::words(mine).filter(|w| words::words(other).all(|o| o != *w));
        only.any(|w| List::TellingShort.has(w) || w.bytes().any(|b| b.is_ascii_digit()))
    };
    squeezed(old) == squeezed(new) && !tells(old, new) && !tells(new, old)
}

/// Whether only hyphens differ: "a cyber-incident" is "a cyber incident". "100-200" are more than two numbers.
fn is_unjoined(old: &str, new: &str) -> bool {
    let unjoined = |text: &str| {
        let text = ["e-mail", "on-line", "off-line"]
            .iter()
            .fold(text.to_owned(), |text, word| text.replace(word, &word.replace('-', "")));
        text.split(['-', ' ']).collect::<Vec<_>>().join(" ")
    };
    ranges(old) == ranges(new) && unjoined(old) == unjoined(new)
}

/// How many hyphens stand between two digits.
fn ranges(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (1..bytes.len()).filter(|&at| bytes.get(at) == Some(&b'-') && digit(at - 1) && digit(at + 1)).count()
}

/// One value in two forms and nothing else.
fn other_form((old, new): (&Values, &Values)) -> Option<(String, String)> {
    let (gone, come) = values::differences(old, new);
    let frames = bare(&old.frame) == bare(&new.frame);
    // "17:00 BST" is another time than "17:00 GMT".
    let zone = |values: &Values| words::words(&values.text).find(|w| ZONES.contains(w)).map(str::to_owned);
    let zones = zone(old).zip(zone(new)).is_some_and(|(old, new)| old != new);
    if !gone.is_empty() || !come.is_empty() || old.all.len() != new.all.len() || !frames || zones {
        return None;
    }
    let mut others = old.all.iter().zip(&new.all).filter(|(a, b)| a.text != b.text);
    let (a, b) = others.next()?;
    Some((a.text.clone(), b.text.clone()))
}

/// White space folded, and without the article that may stand before a date: "on the 5th of June".
fn bare(frame: &str) -> String {
    // "At 5 p.m." may end a sentence by its own dot.
    let mut words = frame.trim_end_matches('.').split_whitespace().peekable();
    let mut out = Vec::new();
    while let Some(word) = words.next() {
        let dated = words.peek().is_some_and(|next| next.starts_with('\u{2}'));
        if !(dated && matches!(word, "the" | "le" | "y")) {
            out.push(word);
        }
    }
    out.join(" ")
}
