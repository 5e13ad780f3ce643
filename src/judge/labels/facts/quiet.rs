//! What only looks different: `cosmetic`, `date-stamp`, `boilerplate`.

use super::{
    Finding, Place, spelling,
    values::{self, Kind, Values},
};
use crate::judge::place::Pages;
use crate::{
    judge::{
        language::Language,
        lexicon::{Class, Lexicon},
        words,
    },
    model::{BlockKind, ChangeKind, Label, Sentence, fold},
};

/// With more words it says something besides the date, or besides the furniture.
const STAMP_WORDS: usize = 14;
const FURNITURE_WORDS: usize = 22;
const ANSWER_WORDS: usize = 4;

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
    let furniture = |side: &&str| {
        words::words(side).count() <= FURNITURE_WORDS
            && lexicon.has(Class::Boilerplate, side)
            && !lexicon.has(Class::NoEvidence, side)
            && ![Class::Name2, Class::Name3, Class::Name4].iter().any(|name| lexicon.has(*name, side))
    };
    if !sides.is_empty() && sides.iter().all(|side| furniture(side) || answers(place, pages, side, lexicon)) {
        let word = sides.iter().find_map(|side| lexicon.first(Class::Boilerplate, side)).unwrap_or_default();
        return Some(Finding::new(Label::Boilerplate, "boilerplate", format!("“{word}”")));
    }
    if stamp(place, pages, values) {
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
            let moved = place.kind == ChangeKind::Moved && place.hunk.spans.is_empty();
            return (!moved)
                .then(|| Finding::new(Label::Cosmetic, "same-key", "the same words, set otherwise"));
        }
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        // "A cyber-incident" is "a cyber incident".
        let unjoined = |text: &str| {
            let text = ["e-mail", "on-line", "off-line"]
                .iter()
                .fold(text.to_owned(), |text, word| text.replace(word, &word.replace('-', "")));
            text.split(['-', ' ']).collect::<Vec<_>>().join(" ")
        };
        if squeezed(&old) == squeezed(&new) || unjoined(&old) == unjoined(&new) {
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

/// Whether a few words only go with furniture in the same block: "Was this page helpful? Yes No".
fn answers(place: &Place<'_>, pages: &Pages<'_>, side: &str, lexicon: &Lexicon) -> bool {
    let at = [(&pages.before, &place.hunk.at.before), (&pages.after, &place.hunk.at.after)];
    let mut blocks = at.into_iter().flat_map(|(page, at)| at.iter().filter_map(|&n| page.block(n)));
    words::words(side).count() <= ANSWER_WORDS
        && blocks.any(|(_, block)| {
            block.sentences.len() > 1 && lexicon.has(Class::Boilerplate, &fold(&block.text()))
        })
}

fn links(side: &[&Sentence]) -> Vec<String> {
    side.iter().flat_map(|s| &s.links).map(|l| l.address.clone()).collect()
}

/// One value in two forms and nothing else.
fn other_form((old, new): (&Values, &Values)) -> Option<(String, String)> {
    let (gone, come) = values::differences(old, new);
    let frames = bare(&old.frame) == bare(&new.frame);
    if !gone.is_empty() || !come.is_empty() || old.all.len() != new.all.len() || !frames {
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

/// Whether both sides only say when the page was updated; or are nothing but a date.
fn stamp(place: &Place<'_>, pages: &Pages<'_>, (old, new): (&Values, &Values)) -> bool {
    let side = |sentences: &[&Sentence], values: &Values, text: &str| {
        if sentences.is_empty() {
            return true;
        }
        let text = fold(text);
        let dates = values.all.iter().any(|v| matches!(v.kind, Kind::Date | Kind::Time));
        let others = values.all.iter().any(|v| !matches!(v.kind, Kind::Date | Kind::Time | Kind::Number));
        let language = Language::of(&text, pages.language());
        let said = Language::ALL.iter().any(|l| {
            pages.lexicon(*l).has(Class::Stamp, &text) && (*l == language || language == Language::English)
        }) || pages.lexicon(pages.language()).has(Class::Stamp, &text);
        let rest = words::words(&values.frame).filter(|w| w.chars().any(char::is_alphabetic)).count();
        let alone = rest == 0
            || rest <= 2
                && words::words(&values.frame).all(|w| {
                    matches!(w, "at" | "on" | "from" | "by" | "date" | "gmt" | "bst" | "à" | "am")
                        || !w.chars().any(char::is_alphabetic)
                });
        dates && !others && (alone || said && rest <= STAMP_WORDS && short_frame(&values.frame))
    };
    let listed = |page: &crate::judge::place::Page<'_>, at: &[usize]| {
        at.iter()
            .any(|n| page.block(*n).is_some_and(|(_, b)| matches!(b.kind, BlockKind::Item | BlockKind::Row)))
    };
    if listed(&pages.before, &place.hunk.at.before) || listed(&pages.after, &place.hunk.at.after) {
        return false;
    }
    let same_frame = place.before.is_empty() || place.after.is_empty() || {
        let frame = |v: &Values| {
            words::words(&v.frame)
                .filter(|w| w.chars().any(char::is_alphabetic))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (a, b) = (frame(old), frame(new));
        a == b || a.len().max(b.len()) <= 8
    };
    (!place.before.is_empty() || !place.after.is_empty())
        && same_frame
        && side(&place.before, old, &place.old)
        && side(&place.after, new, &place.new)
}

/// Whether what is left beside the dates is about a page and not about an event.
fn short_frame(frame: &str) -> bool {
    const EVENTS: &[&str] = &[
        "advice",
        "notice",
        "until",
        "will",
        "meeting",
        "event",
        "people",
        "data",
        "customers",
        "services",
        "records",
        "system",
        "systems",
        "password",
        "details",
        "we",
        "our",
    ];
    /// What says of itself when it was looked at again is about the page, whatever it calls itself.
    const PLAINLY: &[&str] =
        &["last reviewed", "last updated", "last changed", "last modified", "last checked"];
    PLAINLY.iter().any(|words| frame.contains(words)) || !words::words(frame).any(|w| EVENTS.contains(&w))
}
