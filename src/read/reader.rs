//! One reading, step by step: bytes, gate, source, items.
//!
//! Not here: any rule. Each step's rules stand in the module of that name.

use crate::{
    model::{Capture, MAX_DECODED, Memory, Recipe, Statement, Watch, Why},
    read::{
        bounds, dates, gate,
        html::{offers, page, prescan},
        reading::{Item, Note, Reading, Refusal},
        source::{
            decode::{size, text, undo},
            feed, index,
            json::{self, Found},
            kind::Kind,
            plain,
        },
        volatile,
    },
};

/// Reads a capture.
pub fn read(capture: &Capture, recipe: &Recipe, memory: &Memory) -> Reading {
    reading(capture, recipe, memory, None)
}

/// Reads a capture and says of each part of the page what became of it, and by which rule.
///
/// The last note suggests a selector, with the rule `suggested`.
pub fn explain(capture: &Capture, recipe: &Recipe, memory: &Memory) -> Reading {
    let mut explanation = Vec::new();
    let read = reading(capture, recipe, memory, Some(&mut explanation));
    Reading { explanation, ..read }
}

fn reading(capture: &Capture, recipe: &Recipe, memory: &Memory, notes: Option<&mut Vec<Note>>) -> Reading {
    let mut is_list = false;
    let items = items(capture, recipe, memory, (notes, &mut is_list));
    Reading { items, is_list, explanation: Vec::new() }
}

/// What kind of source a capture is, by its bytes, and the feeds that it offers where it is a page.
pub fn kind(capture: &Capture) -> (Watch, Vec<String>) {
    let answer = &capture.answer;
    let most = usize::try_from(MAX_DECODED).unwrap_or(usize::MAX);
    let Ok(body) = undo(&answer.body, answer.header("content-encoding").unwrap_or(""), most) else {
        return (Watch::Page, Vec::new());
    };
    let declared = answer.header("content-type");
    match Kind::sniff(&body, declared) {
        Kind::Feed => (Watch::Feed, Vec::new()),
        Kind::Json => (Watch::Json, Vec::new()),
        Kind::Map => (Watch::Index, Vec::new()),
        Kind::Html => {
            let markup = text(&body, declared).text;
            // A tree of any markup: what the prescan refuses has none built of it.
            let thinned = prescan::prescan(&markup, true).map(|source| source.html);
            (Watch::Page, thinned.map_or_else(|_| Vec::new(), |html| offers::feeds(&html, capture.landed())))
        }
        _ => (Watch::Page, Vec::new()),
    }
}

/// How many bytes a body has once its content coding is undone, no further than to one more than may be read; found without
/// keeping them.
pub fn unpacked(capture: &Capture, most: u64) -> usize {
    let answer = &capture.answer;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    size(&answer.body, answer.header("content-encoding").unwrap_or(""), most)
}

/// The element that structures the page and stands open where the body of a capture ends, if one does and no end of the page
/// is marked: by itself this says little, as many pages are written so; of a page that was closed before, that it was cut.
pub fn left_open(capture: &Capture, recipe: &Recipe) -> Option<&'static str> {
    let answer = &capture.answer;
    let most = usize::try_from(recipe.max_decoded.unwrap_or(MAX_DECODED)).unwrap_or(usize::MAX);
    let body = undo(&answer.body, answer.header("content-encoding").unwrap_or(""), most).ok()?;
    let declared = answer.header("content-type");
    let is_html = Kind::sniff(&body, declared) == Kind::Html;
    let source = is_html.then(|| prescan::prescan(&text(&body, declared).text, false).ok()).flatten()?;
    source.left_open
}

fn items(
    capture: &Capture,
    recipe: &Recipe,
    memory: &Memory,
    (notes, is_list): (Option<&mut Vec<Note>>, &mut bool),
) -> Result<Vec<Item>, Refusal> {
    let answer = &capture.answer;
    gate::before::headers(capture)?;
    let most = usize::try_from(recipe.max_decoded.unwrap_or(MAX_DECODED)).unwrap_or(usize::MAX);
    let body = undo(&answer.body, answer.header("content-encoding").unwrap_or(""), most);
    let declared = answer.header("content-type");
    // An error's own status says more than bytes that cannot be decoded.
    gate::before::status(capture, || {
        body.as_ref().map(|body| text(body, declared).text).unwrap_or_default()
    })?;
    let body = body?;
    let kind = Kind::sniff(&body, declared);
    if !kind.is_text() {
        return Err(kind.unread());
    }
    let decoded = text(&body, declared);
    gate::before::legible(&decoded)?;
    let found = match (&kind, recipe.watch) {
        // In place of a page it is an error's more often than not.
        (Kind::Json, Watch::Page | Watch::Banner | Watch::Document) => {
            return Err(Refusal::new(Why::OtherKind, "the body is JSON, which `\"watch\": \"json\"` reads"));
        }
        (Kind::Json, _) => Some(json::items(&decoded.text, capture.landed(), recipe, memory)?),
        (Kind::Map, Watch::Index) => Some(Found {
            items: index::items(&decoded.text, capture.landed(), recipe, memory)?,
            is_list: true,
        }),
        (Kind::Map, _) => {
            return Err(Refusal::new(
                Why::OtherKind,
                "the body is a map of a site, which `\"watch\": \"index\"` reads",
            ));
        }
        (Kind::Html, Watch::Index) => {
            // An error page in place of the list is told as one.
            page::statement(capture, &decoded, recipe, memory, None)?;
            let items = index::items(&decoded.text, capture.landed(), recipe, memory)?;
            Some(Found { items, is_list: true })
        }
        (Kind::Html, Watch::Json) => match json::embedded(&decoded.text) {
            Some(data) => Some(json::of(data, capture.landed(), recipe, memory)?),
            None => None,
        },
        _ => None,
    };
    if let Some(found) = found {
        *is_list = found.is_list;
        found.items.iter().try_for_each(|item| bounds::within(&item.statement))?;
        return Ok(found.items);
    }
    let mut items = match kind {
        Kind::Html => vec![Item::whole(page::statement(capture, &decoded, recipe, memory, notes)?)],
        Kind::Plain => vec![Item::whole(words(&decoded.text, memory)?)],
        Kind::Feed => {
            *is_list = true;
            let items = feed::items(&decoded.text, capture.landed(), memory)?;
            if recipe.watch == Watch::Index { index::about(items, recipe) } else { items }
        }
        other => return Err(other.unread()),
    };
    // What refuses a page has had its say: an error page in place of a feed is told as one.
    match recipe.watch {
        Watch::Feed if !*is_list => {
            return Err(Refusal::new(Why::OtherKind, "the body is a page, and no feed"));
        }
        Watch::Json => {
            return Err(Refusal::new(Why::OtherKind, "the body is no JSON, and has none for programs in it"));
        }
        _ => {}
    }
    items.iter().try_for_each(|item| bounds::within(&item.statement))?;
    if let Some(whole) = items.first_mut() {
        whole.statement.dates.extend(dates::header(answer));
    }
    Ok(items)
}

/// A plain text as a statement.
fn words(text: &str, memory: &Memory) -> Result<Statement, Refusal> {
    let mut read = plain::plain(text, false).statement;
    if read.content.is_empty() {
        return Err(Refusal::new(Why::Empty, "the text has no words"));
    }
    volatile::mark(&mut read.content, memory);
    Ok(read)
}
