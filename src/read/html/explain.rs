//! Why a page read as it did: the root, every dropped node with its rule, every block with its rule, and which
//! selector to write where it read wrong.
//!
//! Not here: how that is shown.

use crate::{
    model::BlockKind,
    read::{
        clip::clip,
        html::{
            blocks::Raw,
            boilerplate::Stripped,
            dom::{Page, Tag},
            parts::Parts,
            prune::Facts,
        },
        reading::{Fate, Note},
    },
};

/// What a reading came to, for telling.
pub(in crate::read) struct Seen<'a, 'p> {
    pub(in crate::read) page: &'a Page<'p>,
    pub(in crate::read) facts: &'a Facts,
    pub(in crate::read) parts: &'a Parts<'a>,
    pub(in crate::read) raw: &'a [Raw],
    pub(in crate::read) dropped: &'a [Stripped],
}

/// How much of a node's words a note shows, in bytes.
const SHOWN: usize = 72;

/// Writes the notes, in the order of the page.
pub(in crate::read) fn notes(out: &mut Vec<Note>, seen: &Seen<'_, '_>) {
    let (page, parts) = (seen.page, seen.parts);
    out.extend(parts.idle.iter().map(|css| Note {
        fate: Fate::Dropped,
        rule: "nothing: no match",
        element: (*css).to_owned(),
        words: String::new(),
    }));
    let note =
        |fate, rule, i: usize| Note { fate, rule, element: page.selector(i), words: page.words(i, SHOWN) };
    out.extend(parts.root.nodes.iter().map(|i| note(Fate::Root, parts.root.rule, *i)));
    let mut rows: Vec<(usize, Note)> = Vec::new();
    let mut i = 0;
    while i < page.nodes.len() {
        let end = page.get(i).end.max(i + 1);
        let inside = parts.root.nodes.iter().any(|r| *r == i || page.within(*r).contains(&i));
        let holds = parts.root.nodes.iter().any(|r| page.within(i).contains(r));
        let rule = if parts.alerts.contains(&i) {
            rows.push((i, note(Fate::Banner, "notice to all visitors", i)));
            i = end;
            continue;
        } else if parts.removed.contains(&i) {
            Some("remove")
        } else if inside && parts.drops(page, seen.facts, i) {
            seen.facts.rule(i).or(Some("no words"))
        } else if !inside && !holds && !page.get(i).tag.is_inline() && page.get(i).tag != Tag::Void {
            seen.facts.rule(i).or(Some("outside the statement"))
        } else {
            None
        };
        let Some(rule) = rule else {
            i += 1;
            continue;
        };
        let told = note(Fate::Dropped, rule, i);
        // A box that holds a notice is looked into.
        if parts.alerts.range(i..end).next().is_some() {
            i += 1;
            continue;
        }
        if !told.words.is_empty() && page.get(i).tag != Tag::Head {
            rows.push((i, told));
        }
        i = end;
    }
    let cut = |text: &str| clip(text, SHOWN).to_owned();
    rows.extend(seen.raw.iter().map(|b| {
        let rule = kept(b);
        let element = page.selector(holder(page, b));
        (b.node, Note { fate: Fate::Content, rule, element, words: cut(&b.text) })
    }));
    rows.extend(seen.dropped.iter().map(|l| {
        (
            l.node,
            Note { fate: Fate::Dropped, rule: l.rule, element: page.selector(l.node), words: cut(&l.text) },
        )
    }));
    rows.sort_by_key(|(i, _)| *i);
    out.extend(rows.into_iter().map(|(_, n)| n));
    out.extend(parts.root.nodes.first().map(|i| Note {
        fate: Fate::Root,
        rule: "suggested",
        element: suggestion(page, *i),
        words: page.words(*i, SHOWN),
    }));
}

/// The element that a block is called by: the row, the item or the paragraph, and not the link it begins with.
fn holder(page: &Page<'_>, block: &Raw) -> usize {
    let is = |i: &usize| match block.kind {
        BlockKind::Row => page.get(*i).tag == Tag::Row,
        BlockKind::Item => matches!(page.get(*i).tag, Tag::Li | Tag::Term),
        BlockKind::Quote => page.get(*i).tag == Tag::Quote,
        _ => !page.get(*i).tag.is_inline(),
    };
    std::iter::once(block.node).chain(page.ancestors(block.node)).find(is).unwrap_or(block.node)
}

fn kept(block: &Raw) -> &'static str {
    match block.kind {
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Item => "item",
        BlockKind::Row => "row of a table",
        BlockKind::Quote => "quotation",
        BlockKind::Other => "text by itself",
    }
}

/// A selector that matches one element of the page: its own, or below the nearest ancestor that has a name.
pub(in crate::read) fn suggestion(page: &Page<'_>, i: usize) -> String {
    let own = page.selector(i);
    let alike = |s: &str| {
        (0..page.nodes.len())
            .filter(|k| page.get(*k).element.is_some() && page.selector(*k) == s)
            .take(2)
            .count()
    };
    if own.contains('#') || alike(&own) == 1 {
        return own;
    }
    let above = page
        .ancestors(i)
        .map(|a| page.selector(a))
        .find(|s| s.contains('#') || (!s.is_empty() && alike(s) == 1));
    above.map_or(own.clone(), |above| format!("{above} {own}"))
}
