//! Lines that say when the page was written, looked at again or published.
//!
//! Not here: the dates of what it tells of (`values`).

use crate::{
    judge::{
        context::{Page, Pages, Place},
        values::{self, Kind, Values},
    },
    model::{BlockKind, Sentence},
    text::{Class, Language, Lexicons, List, fold, words},
};

/// With more words it says something besides the date, or besides the furniture.
const STAMP_WORDS: usize = 14;

/// Whether a line ages by itself or says how long it takes to read: "Published 2 days ago", "4 min read".
pub(in crate::judge) fn is_aged(text: &str) -> bool {
    let line = text.trim_end_matches('.');
    let short = words::words(line).count() <= 6;
    short
        && (line.ends_with(" ago") && List::StampAge.opening(line).is_some()
            || line.ends_with(" min read")
            || line.ends_with(" minute read"))
}

/// Whether a text, folded, only says when the page was updated, or is nothing but a date; `page` is the language around it.
pub(in crate::judge) fn says_when(text: &str, found: &Values, page: Language, lexicons: &Lexicons) -> bool {
    // When a feast or a week is over is no date of the page.
    let day = |v: &values::Value| {
        matches!(v.kind, Kind::Date | Kind::Time) && !v.canonical.starts_with(values::FEAST)
    };
    let dates = found.all.iter().any(day);
    let others = found.all.iter().any(|v| !matches!(v.kind, Kind::Date | Kind::Time | Kind::Number));
    let language = Language::of(text, page);
    let known = [language, page];
    let mut spoken = Language::ALL.iter().filter(|l| known.contains(l) || language == Language::English);
    let said = spoken.find(|l| lexicons.of(**l).has(Class::Stamp, text)).copied();
    let rest = words::words(&found.frame).filter(|w| w.chars().any(char::is_alphabetic)).count();
    let alone = rest == 0
        || rest <= 2
            && words::words(&found.frame)
                .all(|w| List::StampFiller.has(w) || !w.chars().any(char::is_alphabetic));
    let of_page = said.is_some_and(|language| is_of_the_page(&found.frame, language));
    dates
        && !others
        && (alone || said.is_some() && rest <= STAMP_WORDS && short_frame(&found.frame) && of_page)
}

/// Whether both sides only say when the page was updated; or are nothing but a date.
pub(in crate::judge) fn stamp(place: &Place<'_>, pages: &Pages<'_>, (old, new): (&Values, &Values)) -> bool {
    let side = |sentences: &[&Sentence], found: &Values, text: &str| {
        sentences.is_empty() || says_when(&fold(text), found, pages.language(), pages.lexicons())
    };
    // What a question or a lead-in asks for is no stamp: "When did it begin?"
    let asked = |page: &Page<'_>, at: &[usize]| {
        let before = at.first().and_then(|n| n.checked_sub(1)).and_then(|n| page.sentences.get(n));
        before.is_some_and(|s| s.text.trim_end().ends_with(['?', ':']))
    };
    if asked(&pages.before, &place.hunk.at.before) || asked(&pages.after, &place.hunk.at.after) {
        return false;
    }
    // When services return, or more is said, is no date of the page, though it stands alone under its heading.
    let awaited = |page: &Page<'_>, at: &[usize]| {
        let said = |n: usize| page.sentences.get(n).map(|s| fold(&s.text)).unwrap_or_default();
        let here = at.first().copied().unwrap_or(0);
        let above = here.checked_sub(1).map(said).unwrap_or_default();
        let label = above.split(' ').count() <= 6 && !above.ends_with('.');
        at.iter().any(|n| said(*n).starts_with("next update"))
            || label && List::StampAwaited.within(&above).is_some()
    };
    if awaited(&pages.before, &place.hunk.at.before) || awaited(&pages.after, &place.hunk.at.after) {
        return false;
    }
    let listed = |page: &Page<'_>, at: &[usize]| {
        at.iter()
            .any(|n| page.block(*n).is_some_and(|(_, b)| matches!(b.kind, BlockKind::Item | BlockKind::Row)))
    };
    if listed(&pages.before, &place.hunk.at.before) || listed(&pages.after, &place.hunk.at.after) {
        return false;
    }
    // A date that heads what is said below it, once the page has begun to speak, is that of what is told there.
    let heads = |page: &Page<'_>, at: &[usize]| {
        let kind = |n: usize| page.blocks.get(n).map(|b| b.kind);
        at.iter().filter_map(|n| page.block(*n)).any(|(n, block)| {
            let spoken = n.checked_sub(1).and_then(kind).is_some_and(|above| above != BlockKind::Heading);
            let said = kind(n + 1).is_some_and(|below| below != BlockKind::Heading);
            block.kind == BlockKind::Heading && spoken && said
        })
    };
    let (was, is) = (&place.hunk.at.before, &place.hunk.at.after);
    if !place.before.is_empty() && heads(&pages.before, was) && heads(&pages.after, is) {
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

/// Whether what is left beside the dates speaks of the page itself, and not of a firewall that was last updated.
fn is_of_the_page(frame: &str, language: Language) -> bool {
    let all: Vec<&str> = words::words(frame).filter(|w| w.chars().any(char::is_alphabetic)).collect();
    if language != Language::English {
        return List::StampOtherThing.within(frame).is_none();
    }
    let unknown = all.iter().filter(|w| !List::StampNoun.has(w) && !List::StampWord.has(w)).count();
    let known = all.iter().any(|w| List::StampNoun.has(w)) || all.contains(&"by");
    !all.iter().any(|w| List::StampNoPage.has(w)) && unknown <= if known { 4 } else { 0 }
}

/// Whether what is left beside the dates is about a page and not about an event.
fn short_frame(frame: &str) -> bool {
    List::StampPlain.within(frame).is_some() || !words::words(frame).any(|w| List::StampEvent.has(w))
}
