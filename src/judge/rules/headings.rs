//! What stands above a line says of it: what is listed under "Not working" does not work.
//!
//! Not here: what a line says of itself (`states`), lists within a sentence (`scope`).

use crate::{
    judge::{
        claims::{self, Cells},
        context::Page,
        finding::{Finding, quoted},
        rules::states,
        sides::Sides,
    },
    model::{Block, BlockKind, Label, Rule},
    text::{Class, Language, List, fold, words},
};

/// What a heading or a lead-in says of the items under it.
pub(in crate::judge) struct Above<'p> {
    /// That they work, or are not reached.
    pub clear: bool,
    /// Its words, as published.
    pub words: &'p str,
    /// Whether it speaks of data, and not of services.
    of_data: bool,
}

/// What stands above an item says of it: its lead-in, or the nearest heading.
pub(in crate::judge) fn above<'p>(page: &Page<'p>, sentence: usize, language: Language) -> Option<Above<'p>> {
    let (n, block) = page.block(sentence)?;
    if !matches!(block.kind, BlockKind::Item | BlockKind::Row) {
        return None;
    }
    let lead = page.lead_in(n).map(|(_, block)| block);
    lead.into_iter()
        .chain(page.headings(n).take(1).map(|(_, block)| block))
        .find_map(|lead| says(page, lead, language, is_name(&block.text())))
}

/// What a heading or a lead-in says; what stands under it is `bare` where it is but a name.
fn says<'p>(page: &Page<'p>, lead: &'p Block, language: Language, bare: bool) -> Option<Above<'p>> {
    // The last sentence leads in; what stands before it in the same paragraph may speak of anything.
    let words = &lead.sentences.last()?.text;
    let text = fold(words);
    if lead.kind != BlockKind::Heading && !bare && !leads_in(&text) {
        return None;
    }
    let cells = Cells::of(&text, language, page.lexicons);
    let has = |class| cells.lexicon.has(class, &text);
    let clear = match name(&text, &cells) {
        Some(clear) => clear,
        None if cells.service.up.is_some() || !cells.denials.is_empty() || has(Class::LeadUp) => true,
        None if has(Class::Affected) || has(Class::Down) => false,
        None => return None,
    };
    let deeds = claims::DEEDS.iter().any(|deed| has(*deed));
    (claims::clauses(&text).count() > 0).then_some(Above { clear, words, of_data: deeds || has(Class::Data) })
}

/// Whether an item is but a name: "Mastodon Social".
fn is_name(text: &str) -> bool {
    const LONG: usize = 4;
    let words = words::words(text).count();
    (1..=LONG).contains(&words) && !text.ends_with(['.', '?', '!'])
}

/// Whether a sentence says that a list follows: it ends in a colon, or speaks of what follows.
fn leads_in(text: &str) -> bool {
    const LONG: usize = 9;
    // "Services that are not affected" stands above a list without a stop.
    let bare = !text.ends_with(['.', '!', '?']) && words::words(text).count() <= LONG;
    text.ends_with(':') || bare || words::words(text).any(|word| List::HeadingFollows.has(word))
}

/// Whether an item names things, and does not tell what happened: no clause, and no time before it.
fn names_things(text: &str) -> bool {
    const LONG: usize = 16;
    let dated = text.get(..4).is_some_and(|head| head.bytes().all(|b| b.is_ascii_digit()));
    !dated
        && !text.ends_with('?')
        && words::words(text).count() <= LONG
        && !words::words(text).any(|word| List::HeadingTells.has(word))
}

/// Whether a heading is but the name of a state: "Working", "Services not available", "What is back".
fn name(text: &str, cells: &Cells<'_>) -> Option<bool> {
    let kept: Vec<&str> = words::words(text).filter(|w| !List::HeadingFrame.has(w)).collect();
    let (negated, state) = match kept.as_slice() {
        ["not", state] => (true, *state),
        [state] => (false, *state),
        _ => return None,
    };
    let is = |class| cells.lexicon.find(class, state).any(|m| m.as_str() == state);
    let up = is(Class::StateUp);
    (up || is(Class::StateDown)).then_some(up != negated)
}

/// An item whose words stand and that went from under one heading to under one that says the opposite.
pub(in crate::judge) fn moved(claims: &Sides<'_>) -> Option<Finding> {
    let at = &claims.place.hunk.at;
    let old = above(&claims.pages.before, *at.before.first()?, claims.before.language)?;
    let new = above(&claims.pages.after, *at.after.first()?, claims.after.language)?;
    // Its own words stand, and so does what they say of it.
    if old.clear == new.clear || states::own(&claims.after.text, claims.after.lexicon).is_some() {
        return None;
    }
    let label = match (old.of_data || new.of_data, new.clear) {
        (true, true) => Label::ScopeNarrowed,
        (true, false) => Label::ScopeWidened,
        (false, true) => Label::ServiceRestored,
        (false, false) => Label::ServiceDisrupted,
    };
    Some(Finding::new(
        label,
        Rule::Heading,
        format!("under {} → under {}", quoted(old.words), quoted(new.words)),
    ))
}

/// An item that came or went in a list of what is affected, or of what is not.
pub(in crate::judge) fn listed(claims: &Sides<'_>) -> Option<(bool, String)> {
    let hunk = &claims.place.hunk.at;
    let added = claims.added();
    let (page, at, cells) = if added {
        (&claims.pages.after, &hunk.after, &claims.after)
    } else {
        (&claims.pages.before, &hunk.before, &claims.before)
    };
    let above = above(page, *at.first()?, claims.after.language)?;
    let state = states::own(&cells.text, cells.lexicon).is_some();
    let other = if added { &claims.pages.before } else { &claims.pages.after };
    if !state && !names_things(&cells.text) || !other.like(&cells.text, SAID).is_empty() {
        return None;
    }
    // What the item says of itself stands, whatever stands above it.
    let works = states::own(&cells.text, cells.lexicon).map(|(state, _)| state == states::State::Up);
    let works = works.or_else(|| claimed(cells));
    if works.is_some_and(|works| works != above.clear) {
        return None;
    }
    Some((added != above.clear, format!("under {}", quoted(above.words))))
}

/// The other side says an item from this share of its telling words.
const SAID: f64 = 0.8;

/// What an item that is more than a name claims of its thing.
fn claimed(cells: &Cells<'_>) -> Option<bool> {
    let line = cells.text.contains(": ") || cells.text.contains(" - ");
    if !line && !words::words(&cells.text).any(|w| List::HeadingVerb.has(w)) {
        return None;
    }
    let service = &cells.service;
    if service.down.is_some() {
        Some(false)
    } else {
        (service.up.is_some() || service.again.is_some() || !cells.denials.is_empty()).then_some(true)
    }
}
