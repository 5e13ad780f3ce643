//! Sentences that are furniture of a page: what they say of themselves, and what they do not say.

use crate::{
    judge::{
        claims::Cells,
        context::{Pages, Place},
    },
    text::{Class, Found, Lexicon, List, fold, words},
};

const FURNITURE_WORDS: usize = 22;
/// So many words invite to follow, at most.
const INVITES: usize = 14;
const ANSWER_WORDS: usize = 4;
/// A block of so many sentences at most asks and takes answers.
const ANSWERED: usize = 12;

/// Whether a sentence is furniture: it says so, and nothing of what was done, by whom, or was not.
pub(in crate::judge) fn is_furniture(text: &str, lexicon: &Lexicon, pages: &Pages<'_>) -> bool {
    const TOLD: [Class; 7] = [
        Class::NoEvidence,
        Class::Name2,
        Class::Name3,
        Class::Name4,
        Class::Deed2,
        Class::Deed3,
        Class::Deed4,
    ];
    // "Download our app" takes nothing from anybody.
    let offers = |end: usize| {
        let what = [" our app", " the app", " this page"];
        text.get(end..).is_some_and(|rest| what.iter().any(|what| rest.starts_with(what)))
    };
    // "Follow us on Facebook for the latest on the incident" tells nothing of it, where it goes on to nothing else.
    let follows = ["follow us on ", "find us on "].iter().any(|words| text.starts_with(words))
        && !text.trim_end_matches('.').contains([',', ';', ':', '.', '-'])
        && words::words(text).count() <= INVITES;
    let invites = |class: Class| follows && matches!(class, Class::Name2 | Class::Name3);
    words::words(text).count() <= FURNITURE_WORDS
        && (labelled(text) || lexicon.find(Class::Boilerplate, text).any(|m| !goes_on(text, &m)))
        && !TOLD.iter().any(|class| !invites(*class) && lexicon.find(*class, text).any(|m| !offers(m.end())))
        && !lexicon.has(Class::Prohibit, text)
        && !List::FurnitureIncident.iter().any(|stem| words::words(text).any(|word| word.starts_with(stem)))
        && Cells::of(text, lexicon.language(), pages.lexicons()).denials.is_empty()
}

/// Whether a line is what a template puts beside an article: "Photo: the town hall", "Views: 1,204", "Share: X | Facebook".
fn labelled(text: &str) -> bool {
    const MOST: usize = 7;
    let rest = text
        .split_once(':')
        .filter(|(label, _)| List::FurnitureLabel.has(label))
        .map(|(_, rest)| rest)
        .or_else(|| List::FurnitureOpening.iter().find_map(|head| text.strip_prefix(head)));
    rest.is_some_and(|rest| words::words(rest).count() <= MOST && !rest.trim_end().ends_with('.'))
}

/// Whether what looks like furniture is the beginning of something said: "share this letter with your bank", "read more on
/// the regulator's website".
fn goes_on(text: &str, found: &Found<'_>) -> bool {
    let mut rest = words::words(text.get(found.end()..).unwrap_or_default());
    match found.as_str() {
        "share this" => rest.next().is_some_and(|next| !List::FurniturePage.has(next)),
        "read more" => {
            let before = text.get(..found.start()).is_some_and(|head| !head.trim().is_empty());
            before && rest.nth(1).is_some()
        }
        _ => false,
    }
}

/// Whether a few words only go with furniture in the same block: "Was this page helpful? Yes No".
pub(in crate::judge) fn answers(place: &Place<'_>, pages: &Pages<'_>, side: &str, lexicon: &Lexicon) -> bool {
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
