//! What only looks different: `cosmetic`, `date-stamp`, `boilerplate`.

mod furniture;
mod stamps;

use super::{
    Finding, Place, spelling,
    values::{self, Values},
};
use crate::{
    judge::{language::Language, lexicon::Class, place::Pages, words},
    model::{ChangeKind, Label, Sentence, fold},
};
use furniture::{answers, is_furniture};
use stamps::{is_aged, stamp};

/// Words that a space makes, or takes.
const TELL: [&str; 7] = ["no", "not", "now", "none", "never", "may", "can"];

/// The label of a place where nothing that means anything changed, if it is one.
pub(in crate::judge::labels) fn quiet(
    place: &Place<'_>,
    pages: &Pages<'_>,
    values: (&Values, &Values),
) -> Option<Finding> {
    let (old, new) = (fold(&place.old), fold(&place.new));
    let language = Language::of(&old, Language::of(&new, pages.language()));
    let lexicon = pages.lexicon(language);
    let sides: Vec<&str> =
        [&old, &new].into_iter().map(String::as_str).filter(|side| !side.is_empty()).collect();
    // That the statement is gone is told, whatever else went with it.
    if place.kind == ChangeKind::StatementRemoved {
        return None;
    }
    let negations = |side: &str| lexicon.count(Class::Negation, side);
    let turned = !old.is_empty() && !new.is_empty() && negations(&old) != negations(&new);
    let quiet = |side: &Sentence| {
        let text = fold(&side.text);
        is_furniture(&text, lexicon, pages) || answers(place, pages, &text, lexicon)
    };
    if !sides.is_empty() && !turned && place.before.iter().chain(&place.after).all(|side| quiet(side)) {
        let word = sides.iter().find_map(|side| lexicon.first(Class::Boilerplate, side)).unwrap_or_default();
        return Some(Finding::new(Label::Boilerplate, "boilerplate", format!("“{word}”")));
    }
    let aged = place.before.iter().chain(&place.after).all(|side| is_aged(&fold(&side.text)));
    if aged && !sides.is_empty() || stamp(place, pages, values) {
        let shown = |side: &str| if side.is_empty() { "-".to_owned() } else { format!("“{side}”") };
        return Some(Finding::new(
            Label::DateStamp,
            "date-stamp",
            format!("{} → {}", shown(&place.old), shown(&place.new)),
        ));
    }
    if place.before.is_empty() || place.after.is_empty() || links(&place.before) != links(&place.after) {
        return None;
    }
    if matches!(place.kind, ChangeKind::Edited | ChangeKind::Moved) {
        if place.same_key() {
            return (place.kind != ChangeKind::Moved)
                .then(|| Finding::new(Label::Cosmetic, "same-key", "the same words, set otherwise"));
        }
        // A full stop at the end of an item says nothing.
        let unstopped = |side: &[&Sentence]| -> Vec<String> {
            side.iter().map(|s| fold(&s.text).trim_end_matches(['.', ';', ',']).to_owned()).collect()
        };
        if unstopped(&place.before) == unstopped(&place.after) {
            return Some(Finding::new(Label::Cosmetic, "same-key", "the same words, with another stop"));
        }
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        // "Now here" is not "nowhere", nor "1 23" "12 3".
        let tells = |mine: &str, other: &str| {
            let mut only = words::words(mine).filter(|w| words::words(other).all(|o| o != *w));
            only.any(|w| TELL.contains(&w) || w.bytes().any(|b| b.is_ascii_digit()))
        };
        let tells = tells(&old, &new) || tells(&new, &old);
        // "A cyber-incident" is "a cyber incident".
        let unjoined = |text: &str| {
            let text = ["e-mail", "on-line", "off-line"]
                .iter()
                .fold(text.to_owned(), |text, word| text.replace(word, &word.replace('-', "")));
            text.split(['-', ' ']).collect::<Vec<_>>().join(" ")
        };
        // "100-200" are more than two numbers.
        let ranges = |text: &str| {
            let bytes = text.as_bytes();
            let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
            (1..bytes.len())
                .filter(|&at| bytes.get(at) == Some(&b'-') && digit(at - 1) && digit(at + 1))
                .count()
        };
        let unjoined = |a: &str, b: &str| ranges(a) == ranges(b) && unjoined(a) == unjoined(b);
        if !tells && squeezed(&old) == squeezed(&new) || unjoined(&old, &new) {
            return Some(Finding::new(Label::Cosmetic, "same-letters", "only white space differs"));
        }
        if let Some((a, b)) = other_form(values) {
            return Some(Finding::new(Label::Cosmetic, "same-value", format!("{a} = {b}")));
        }
        if let Some((wrong, right)) = spelling::mended(&place.old, &place.new, language) {
            return Some(Finding::new(Label::Cosmetic, "spelling", format!("{wrong} → {right}")));
        }
    }
    None
}

fn links(side: &[&Sentence]) -> Vec<String> {
    side.iter().flat_map(|s| &s.links).map(|l| l.address.clone()).collect()
}

/// One value in two forms and nothing else.
fn other_form((old, new): (&Values, &Values)) -> Option<(String, String)> {
    let (gone, come) = values::differences(old, new);
    let frames = bare(&old.frame) == bare(&new.frame);
    // "17:00 BST" is another time than "17:00 GMT".
    let zone = |values: &Values| {
        words::words(&values.text).find(|w| matches!(*w, "gmt" | "bst" | "utc" | "cet")).map(str::to_owned)
    };
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
