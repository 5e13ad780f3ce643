//! Dates that a page claims, each with where it stood. Claims, not facts; outside the text.
//!
//! Not here: how a date is written (`dates`).

use serde_json::Value;

use crate::{
    model::{Block, ClaimedDate, DateSource},
    read::{
        dates::{cue, value, visible},
        html::dom::{Page, Tag},
    },
};

/// The most bytes of one JSON-LD block that are looked at.
const MOST_JSON: usize = 256 << 10;

/// `meta` names, and whether they speak of the last change.
const METAS: [(&str, bool); 20] = [
    ("article:published_time", false),
    ("article:modified_time", true),
    ("og:updated_time", true),
    ("dcterms.modified", true),
    ("dcterms.issued", false),
    ("dcterms.created", false),
    ("dcterms.date", false),
    ("dc.date.modified", true),
    ("dc.date.issued", false),
    ("dc.date.created", false),
    ("dc.date", false),
    ("dc.created", false),
    ("dc.modified", true),
    ("last-modified", true),
    ("datepublished", false),
    ("datemodified", true),
    ("date", false),
    ("pubdate", false),
    ("lastmod", true),
    ("egms.updated", true),
];

/// The dates that a page claims, in the order of the sources.
pub(in crate::read) fn collect(
    page: &Page<'_>,
    within: &[usize],
    json_ld: &[String],
    content: &[Block],
) -> Vec<ClaimedDate> {
    let mut found = Vec::new();
    for block in json_ld.iter().filter(|b| b.len() <= MOST_JSON) {
        if let Ok(value) = serde_json::from_str::<Value>(block.trim()) {
            json(&value, &mut found);
        }
    }
    for (name, modified) in METAS {
        if let Some(text) = page.meta(name) {
            push(&mut found, DateSource::Meta, modified, text);
        }
    }
    times(page, within, &mut found);
    for text in content.iter().flat_map(|b| &b.sentences).map(|s| s.text.as_str()) {
        if let Some((modified, date)) = visible(text) {
            push(&mut found, DateSource::Visible, modified, date);
        }
    }
    found
}

fn push(found: &mut Vec<ClaimedDate>, source: DateSource, modified: bool, text: &str) {
    let text = text.trim();
    if text.is_empty()
        || text.len() > 64
        || found.iter().any(|d| d.source == source && d.modified == modified)
    {
        return;
    }
    found.push(ClaimedDate { source, modified, text: text.to_owned(), value: value(text) });
}

fn json(top: &Value, found: &mut Vec<ClaimedDate>) {
    let mut open = vec![top];
    let mut steps = 0;
    while let Some(value) = open.pop() {
        steps += 1;
        if steps > 4096 {
            return;
        }
        match value {
            Value::Object(map) => {
                for (name, modified) in [("datePublished", false), ("dateModified", true)] {
                    if let Some(text) = map.get(name).and_then(Value::as_str) {
                        push(found, DateSource::JsonLd, modified, text);
                    }
                }
                open.extend(
                    map.get("@graph")
                        .into_iter()
                        .chain(map.get("mainEntity"))
                        .chain(map.get("mainEntityOfPage")),
                );
            }
            Value::Array(items) => open.extend(items.iter().rev()),
            _ => {}
        }
    }
}

/// `time` elements of the statement whose line says what they are.
fn times(page: &Page<'_>, within: &[usize], found: &mut Vec<ClaimedDate>) {
    for i in within.iter().flat_map(|r| page.within(*r)).filter(|i| page.get(*i).tag == Tag::Time).take(16) {
        let line = page.ancestors(i).find(|a| !page.get(*a).tag.is_inline()).unwrap_or(i);
        let words = page.words(line, 120);
        if let Some(modified) = cue(&words) {
            let text = page.attr(i, "datetime").map_or_else(|| page.words(i, 64), str::to_owned);
            push(found, DateSource::Time, modified, &text);
        }
    }
}
