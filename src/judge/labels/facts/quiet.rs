//! What only looks different: `cosmetic`, `date-stamp`, `boilerplate`.

use super::{
    Finding, Place, spelling,
    values::{self, Kind, Values},
};
use crate::judge::place::Pages;
use crate::{
    judge::{
        labels::clauses::cells::Cells,
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
/// Words that a space makes, or takes.
const TELL: [&str; 7] = ["no", "not", "now", "none", "never", "may", "can"];
/// A block of so many sentences at most asks and takes answers.
const ANSWERED: usize = 12;

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
            let moved = place.kind == ChangeKind::Moved && place.hunk.spans.is_empty();
            return (!moved)
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

/// Whether a sentence is furniture: it says so, and nothing of what was done, by whom, or was not.
fn is_furniture(text: &str, lexicon: &Lexicon, pages: &Pages<'_>) -> bool {
    const TOLD: [Class; 7] = [
        Class::NoEvidence,
        Class::Name2,
        Class::Name3,
        Class::Name4,
        Class::Deed2,
        Class::Deed3,
        Class::Deed4,
    ];
    /// What is done to data or by somebody who had no right to, as stems.
    const DONE: [&str; 18] = [
        "intruder",
        "attacker",
        "hacker",
        "criminal",
        "gang",
        "thie",
        "fraudster",
        "affect",
        "hijack",
        "lost",
        "compromis",
        "expos",
        "sold",
        "leak",
        "wiped",
        "delet",
        "encrypt",
        "published on",
    ];
    // "Download our app" takes nothing from anybody.
    let offers = |end: usize| {
        text.get(end..).is_some_and(|rest| rest.starts_with(" our app") || rest.starts_with(" the app"))
    };
    words::words(text).count() <= FURNITURE_WORDS
        && lexicon.has(Class::Boilerplate, text)
        && !TOLD.iter().any(|class| lexicon.find(*class, text).any(|m| !offers(m.end())))
        && !lexicon.has(Class::Prohibit, text)
        && !DONE.iter().any(|stem| words::words(text).any(|word| word.starts_with(stem)))
        && Cells::of(text, lexicon.language(), pages.lexicons()).denials.is_empty()
}

/// Whether a line ages by itself or says how long it takes to read: "Published 2 days ago", "4 min read".
fn is_aged(text: &str) -> bool {
    const BEGINS: [&str; 6] =
        ["updated ", "last updated ", "published ", "posted ", "reviewed ", "modified "];
    let line = text.trim_end_matches('.');
    let short = words::words(line).count() <= 6;
    short
        && (line.ends_with(" ago") && BEGINS.iter().any(|begins| line.starts_with(begins))
            || line.ends_with(" min read")
            || line.ends_with(" minute read"))
}

/// Whether a few words only go with furniture in the same block: "Was this page helpful? Yes No".
fn answers(place: &Place<'_>, pages: &Pages<'_>, side: &str, lexicon: &Lexicon) -> bool {
    let at = [(&pages.before, &place.hunk.at.before), (&pages.after, &place.hunk.at.after)];
    let mut blocks = at.into_iter().flat_map(|(page, at)| at.iter().filter_map(|&n| page.block(n)));
    let short = |text: &str| words::words(text).count() <= ANSWER_WORDS;
    short(side)
        && blocks.any(|(_, block)| {
            let mut others = block.sentences.iter().take(ANSWERED + 1).map(|s| fold(&s.text)).peekable();
            block.sentences.len() > 1
                && block.sentences.len() <= ANSWERED
                && others
                    .all(|text| short(&text) && !text.ends_with('?') || is_furniture(&text, lexicon, pages))
                && lexicon.has(Class::Boilerplate, &fold(&block.text()))
        })
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
        let known = [language, pages.language()];
        let mut spoken = Language::ALL.iter().filter(|l| known.contains(l) || language == Language::English);
        let said = spoken.find(|l| pages.lexicon(**l).has(Class::Stamp, &text)).copied();
        let rest = words::words(&values.frame).filter(|w| w.chars().any(char::is_alphabetic)).count();
        let alone = rest == 0
            || rest <= 2
                && words::words(&values.frame).all(|w| {
                    matches!(w, "at" | "on" | "from" | "by" | "date" | "gmt" | "bst" | "à" | "am")
                        || !w.chars().any(char::is_alphabetic)
                });
        let page = said.is_some_and(|language| is_of_the_page(&values.frame, language));
        dates
            && !others
            && (alone || said.is_some() && rest <= STAMP_WORDS && short_frame(&values.frame) && page)
    };
    // What a question or a lead-in asks for is no stamp: "When did it begin?"
    let asked = |page: &crate::judge::place::Page<'_>, at: &[usize]| {
        let before = at.first().and_then(|n| n.checked_sub(1)).and_then(|n| page.sentences.get(n));
        before.is_some_and(|s| s.text.trim_end().ends_with(['?', ':']))
    };
    if asked(&pages.before, &place.hunk.at.before) || asked(&pages.after, &place.hunk.at.after) {
        return false;
    }
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

/// Whether what is left beside the dates speaks of the page itself, and not of a firewall that was last updated.
fn is_of_the_page(frame: &str, language: Language) -> bool {
    const NOUNS: [&str; 16] = [
        "page",
        "notice",
        "statement",
        "article",
        "post",
        "story",
        "document",
        "information",
        "guidance",
        "website",
        "site",
        "content",
        "news",
        "update",
        "web",
        "version",
    ];
    const STAMP: [&str; 44] = [
        "issue",
        "this",
        "the",
        "last",
        "next",
        "date",
        "of",
        "on",
        "at",
        "by",
        "is",
        "was",
        "were",
        "be",
        "been",
        "first",
        "updated",
        "reviewed",
        "published",
        "posted",
        "modified",
        "changed",
        "edited",
        "checked",
        "revised",
        "added",
        "created",
        "issued",
        "correct",
        "as",
        "due",
        "review",
        "latest",
        "revision",
        "publication",
        "release",
        "and",
        "to",
        "it",
        "in",
        "am",
        "pm",
        "gmt",
        "bst",
    ];
    const OTHERS: [&str; 6] = ["pare-feu", "antivirus", "logiciel", "sauvegarde", "wal dân", "feddalwedd"];
    const NOT: [&str; 8] =
        ["hackers", "attackers", "intruder", "intruders", "gang", "criminals", "ransomware", "group's"];
    let all: Vec<&str> = words::words(frame).filter(|w| w.chars().any(char::is_alphabetic)).collect();
    if language != Language::English {
        return !OTHERS.iter().any(|thing| frame.contains(thing));
    }
    let unknown = all.iter().filter(|w| !NOUNS.contains(w) && !STAMP.contains(w)).count();
    let known = all.iter().any(|w| NOUNS.contains(w)) || all.contains(&"by");
    !all.iter().any(|w| NOT.contains(w)) && unknown <= if known { 4 } else { 0 }
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
