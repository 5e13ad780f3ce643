//! Sentences that are furniture of a page: what they say of themselves, and what they do not say.

use crate::judge::{
    labels::clauses::cells::Cells,
    lexicon::{Class, Lexicon},
    place::{Pages, Place},
    words,
};
use crate::model::fold;

const FURNITURE_WORDS: usize = 22;
const ANSWER_WORDS: usize = 4;
/// A block of so many sentences at most asks and takes answers.
const ANSWERED: usize = 12;

/// Whether a sentence is furniture: it says so, and nothing of what was done, by whom, or was not.
pub(super) fn is_furniture(text: &str, lexicon: &Lexicon, pages: &Pages<'_>) -> bool {
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
        && lexicon.find(Class::Boilerplate, text).any(|m| !goes_on(text, &m))
        && !TOLD.iter().any(|class| lexicon.find(*class, text).any(|m| !offers(m.end())))
        && !lexicon.has(Class::Prohibit, text)
        && !DONE.iter().any(|stem| words::words(text).any(|word| word.starts_with(stem)))
        && Cells::of(text, lexicon.language(), pages.lexicons()).denials.is_empty()
}

/// Whether what looks like furniture is the beginning of something said: "share this letter with your bank", "read more on
/// the regulator's website".
fn goes_on(text: &str, found: &regex::Match<'_>) -> bool {
    const OF_THE_PAGE: [&str; 14] = [
        "page", "article", "post", "story", "news", "content", "site", "website", "with", "on", "via", "by",
        "link", "update",
    ];
    let mut rest = words::words(text.get(found.end()..).unwrap_or_default());
    match found.as_str() {
        "share this" => rest.next().is_some_and(|next| !OF_THE_PAGE.contains(&next)),
        "read more" => {
            let before = text.get(..found.start()).is_some_and(|head| !head.trim().is_empty());
            before && rest.nth(1).is_some()
        }
        _ => false,
    }
}

/// Whether a few words only go with furniture in the same block: "Was this page helpful? Yes No".
pub(super) fn answers(place: &Place<'_>, pages: &Pages<'_>, side: &str, lexicon: &Lexicon) -> bool {
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
