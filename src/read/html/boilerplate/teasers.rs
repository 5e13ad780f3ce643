//! Teasers within the statement, known by their heading: what is new elsewhere on the site.

mod headings;

use std::cell::LazyCell;

use crate::{
    model::BlockKind,
    read::{
        cues::{has_cue, names_an_incident},
        html::{
            blocks::Raw,
            boilerplate::dropped::{Stripped, take_out},
        },
    },
    text::fold,
};
use headings::{ASIDES, OF_TEASERS, TEASERS};

/// Whether they are the few lines that such a heading stands above.
fn are_aside(key: &str, below: &[Raw]) -> bool {
    ASIDES.contains(&key)
        && below.len() <= 4
        && below.iter().map(|b| b.text.len()).sum::<usize>() <= 400
        && !below.iter().any(|b| has_cue(&b.text))
}

/// The most blocks that stand under such a heading.
const LONGEST: usize = 120;

/// What a heading says that stands above cards: "Council news", and not "News", which may head what is told.
const NEWS: [&str; 8] = ["news", "stories", "blog", "posts", "articles", "events", "vacancies", "jobs"];

/// Whether cards may stand under such a heading.
fn heads_cards(key: &str) -> bool {
    key.contains(' ') && (heads_teasers(key) || key.split(' ').any(|word| NEWS.contains(&word)))
}

fn heads_teasers(key: &str) -> bool {
    TEASERS.contains(&key) || OF_TEASERS.iter().any(|begins| key.starts_with(begins))
}

/// Whether they are cards: each a heading and two paragraphs at most, that lead elsewhere by the heading or by a few
/// words below it ("Read more"). News of an incident is told; what may go on with it is, unless the heading says "news".
fn are_cards(key: &str, blocks: &[Raw]) -> bool {
    // Its title is a heading, or a link.
    let is_heading = |b: &Raw| b.kind == BlockKind::Heading || is_title(b);
    let more = |b: &Raw| !is_heading(b) && b.all_links && b.text.split(' ').count() <= 4;
    let says = |b: &Raw| matches!(b.kind, BlockKind::Paragraph | BlockKind::Item) || b.all_links;
    // A date may stand in each card, above its heading or below.
    let dated =
        |b: &Raw| b.text.len() <= 24 && !b.text.ends_with('.') && b.text.bytes().any(|b| b.is_ascii_digit());
    let cards: Vec<&Raw> = blocks.iter().filter(|b| is_heading(b) || !dated(b) && !more(b)).collect();
    let leads = blocks.iter().filter(|b| more(b)).count();
    let news = heads_teasers(key) || key.split(' ').any(|word| NEWS.contains(&word));
    cards.first().is_some_and(|b| is_heading(b))
        && cards.iter().filter(|b| is_heading(b) && !b.all_links).count() <= if news { leads } else { 0 }
        && cards.iter().all(|b| is_heading(b) || says(b))
        && cards.windows(3).all(|three| three.iter().any(|b| is_heading(b)))
        && !blocks.iter().any(|b| has_cue(&b.text) || goes_on(&b.text, news))
}

/// Whether it is a link of several words: what a card leads to.
fn is_title(b: &Raw) -> bool {
    b.all_links && !b.links.is_empty() && b.text.split(' ').nth(2).is_some()
}

/// Whether a card may go on with what the page tells: "Update of 12 March", and not "Update on bins" where all is news.
fn goes_on(text: &str, news: bool) -> bool {
    const ON: [&str; 7] =
        ["statement", "copied", "records were", "our systems", "investigat", "bank details", "update of"];
    const MAY: [&str; 7] = ["update", "details", "records", "systems", "services", "police", "advice"];
    let key = fold(text);
    key.starts_with("update:")
        || ON.iter().any(|word| key.contains(word))
        || !news && MAY.iter().any(|word| key.contains(word))
}

/// Whether it is a link with little more than a date beside it.
fn is_dated(b: &Raw) -> bool {
    let linked: usize = b.links.iter().map(|(at, _)| at.len()).sum();
    let beside = b.text.len().saturating_sub(linked);
    linked > 0
        && beside <= 24
        && b.text.bytes().any(|b| b.is_ascii_digit())
        && !b.text.ends_with('.')
        && !has_cue(&b.text)
        && !goes_on(&b.text, false)
}

/// Takes out the teasers that stand within the statement: such a heading with nothing but links below it. Where
/// they are most of what is there, the page is that list.
pub(super) fn teasers(blocks: &mut Vec<Raw>, left: &mut Vec<Stripped>) {
    let words = |b: &[Raw]| b.iter().map(|b| b.text.len()).sum::<usize>();
    // What is left of the page so far; blocks go all at once at the end, for there may be many such headings.
    let mut all = words(blocks);
    let mut teased = vec![false; blocks.len()];
    let is_told = |b: &Raw| b.text.ends_with('.') && names_an_incident(&b.text);
    // From the first sentence that names the incident to the last; most pages have no teasers to ask it of.
    let told = LazyCell::new(|| {
        blocks.iter().position(is_told).unwrap_or(usize::MAX)
            ..blocks.iter().rposition(is_told).map_or(0, |last| last + 1)
    });
    let mut at = 0;
    while let Some(head) = blocks.get(at) {
        let level = head.level;
        at += 1;
        let may_head = head.kind == BlockKind::Heading
            || head.kind == BlockKind::Paragraph && blocks.get(at).is_some_and(is_title);
        if !may_head || head.text.len() > 40 {
            continue;
        }
        let key = fold(&head.text);
        let known = heads_teasers(&key) || heads_cards(&key) || ASIDES.contains(&key.as_str());
        // Some sites write it as a line of its own.
        let line = head.kind == BlockKind::Paragraph
            && TEASERS.contains(&key.as_str())
            && blocks.get(at).is_some_and(is_title);
        let level = if line { 6 } else { level };
        if head.kind != BlockKind::Heading && !line || !known {
            continue;
        }
        let rest = blocks.get(at..).unwrap_or(&[]);
        let rest = rest.get(..LONGEST.min(rest.len())).unwrap_or(&[]);
        let ends = |b: &Raw| {
            b.kind == BlockKind::Heading && b.level <= level && !b.all_links
                || line && b.kind == BlockKind::Paragraph
        };
        let end = rest.iter().position(ends);
        let below = rest.get(..end.unwrap_or(rest.len())).unwrap_or(&[]);
        // A few words without a link may be a date or a source; where no block is a link, they are what is told.
        let aside = |b: &Raw| b.text.len() <= 32 && !b.text.ends_with('.') || is_dated(b);
        let links = heads_teasers(&key)
            && below.iter().all(|b| b.all_links || aside(b))
            && (below.is_empty() || below.iter().any(|b| b.all_links || is_dated(b)));
        let cards = || heads_cards(&key) && are_cards(&key, below);
        // A statement may be shorter than the cards below it.
        let elsewhere = (links || are_aside(&key, below) || cards())
            && (words(below) * 2 < all || told.start < at || at + below.len() < told.end);
        if elsewhere {
            let end = at + below.len();
            all -= head.text.len() + words(below);
            teased.iter_mut().take(end).skip(at - 1).for_each(|teased| *teased = true);
            at = end;
        }
    }
    take_out(blocks, &teased, "teasers by their heading", left);
}
