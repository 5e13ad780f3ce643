//! Words that stand in attributes: of pictures, and addresses that are hidden from robots.
//!
//! Not here: where in a block they go (`builder`).

use crate::read::{
    cues,
    html::dom::{Page, Tag},
};

/// A picture's words are a sentence from so many on.
const POSTER: usize = 6;

/// What a picture says that is all there is in a cell ("Offline") or, outside of a row of data, in a paragraph; what a
/// gauge shows.
pub(super) fn said<'p>(page: &Page<'p>, i: usize, in_row: bool) -> Option<&'p str> {
    let name = page.get(i).element?.name();
    if matches!(name, "meter" | "progress") {
        return page.attr(i, "value").map(str::trim).filter(|_| page.words(i, 1).is_empty());
    }
    if !in_row {
        return posted(page, i);
    }
    let says = match name {
        "img" => "alt",
        "svg" => "aria-label",
        "span" | "i" if page.attr(i, "role") == Some("img") => "aria-label",
        "abbr" | "i" | "span" => "title",
        _ => return None,
    };
    let cell = page.ancestors(i).find(|a| page.get(*a).tag == Tag::Cell)?;
    let bare = page.words(cell, 1).is_empty();
    page.attr(i, says).map(str::trim).filter(|words| bare && !words.is_empty())
}

/// What a picture says that is all there is in a paragraph and is a sentence: a poster.
fn posted<'p>(page: &Page<'p>, i: usize) -> Option<&'p str> {
    page.get(i).element.filter(|e| e.name() == "img")?;
    // A sentence, or one that names an incident.
    let said = |alt: &&str| alt.ends_with(['.', '!', '?']) || cues::names_an_incident(alt);
    let alt = page.attr(i, "alt").map(str::trim).filter(said)?;
    let alone = page.get(page.get(i).up).tag == Tag::P && page.words(page.get(i).up, 1).is_empty();
    (alone && alt.split(' ').count() >= POSTER).then_some(alt)
}

/// A mail address that Cloudflare has hidden: hexadecimal, the first byte is the key of the others.
pub(super) fn unhidden(hidden: &str) -> Option<String> {
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(hidden.as_bytes()).ok()?;
    let (key, rest) = bytes.split_first()?;
    let mail = String::from_utf8(rest.iter().map(|b| b ^ key).collect()).ok()?;
    (mail.contains('@') && mail.len() < 255).then_some(mail)
}
