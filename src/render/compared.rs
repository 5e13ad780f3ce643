//! Two whole statements beside each other as HTML: what changed in its place, what did not folded away.
//!
//! Not here: how a change looks (`html`).

use std::{collections::BTreeSet, fmt::Write as _};

use super::{Style, escape, html};
use crate::model::{Block, Change, Level, Part, Revision, Statement};

/// Two statements and what `compare` and `judge` made of them.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The statement before.
    pub before: &'a Statement,
    /// The statement after.
    pub after: &'a Statement,
    /// How the statement's sentences are linked.
    pub content: &'a Revision,
    /// How the banner's sentences are linked.
    pub banner: &'a Revision,
    /// Every change of both parts.
    pub changes: &'a [Change],
    /// What it comes to, in one line; empty when there is no change.
    pub headline: &'a str,
}

/// Two statements as a whole document. Every change is shown, whatever the style's detail.
pub fn compared_html(title: &str, compared: &Compared<'_>, style: &Style) -> String {
    let mut out = String::new();
    if !compared.headline.is_empty() {
        let _ = writeln!(out, "<p><strong>{}</strong></p>", escape::html(compared.headline));
    }
    let parts = [
        (Part::Banner, &compared.before.banner, &compared.after.banner, compared.banner),
        (Part::Content, &compared.before.content, &compared.after.content, compared.content),
    ];
    for (part, before, after, revision) in parts {
        if part == Part::Banner && before.is_empty() && after.is_empty() {
            continue;
        }
        if part == Part::Banner {
            out.push_str("<h2>Notices to all visitors</h2>\n");
        }
        let changes: Vec<&Change> = compared.changes.iter().filter(|c| c.part == part).collect();
        let said = match changes.iter().map(|c| c.level).max() {
            None => "The wording is the same.",
            Some(Level::Silent) => "The wording is the same but for its form.",
            Some(Level::Note) => "The wording changed, but not about the incident.",
            Some(Level::Alert) => "The wording about the incident changed.",
        };
        let _ = writeln!(out, "<p>{said}</p>");
        out.push_str(&table(&sentences(after), revision, &changes, style));
    }
    html::document(title, &out)
}

fn sentences(blocks: &[Block]) -> Vec<&str> {
    blocks.iter().flat_map(|b| &b.sentences).map(|s| s.text.as_str()).collect()
}

/// Where a row stands: behind which new sentence, and, for words that are gone, in which order of the old.
type Place = (Option<usize>, Option<usize>);

enum Row<'a> {
    Same(&'a str),
    Changed(&'a Change),
}

fn table(after: &[&str], revision: &Revision, changes: &[&Change], style: &Style) -> String {
    let touched: BTreeSet<usize> = changes.iter().flat_map(|c| c.at.after.iter().copied()).collect();
    let mut rows: Vec<(Place, Row<'_>)> = after
        .iter()
        .enumerate()
        .filter(|(n, _)| !touched.contains(n))
        .map(|(n, text)| ((Some(n), None), Row::Same(text)))
        .collect();
    rows.extend(changes.iter().map(|change| (place(change, revision), Row::Changed(change))));
    rows.sort_by_key(|(place, _)| *place);

    let mut out = String::new();
    let mut same: Vec<&str> = Vec::new();
    for (_, row) in rows {
        match row {
            Row::Same(text) => same.push(text),
            Row::Changed(change) => {
                fold(&mut out, &mut same);
                html::row(&mut out, change, style);
            }
        }
    }
    fold(&mut out, &mut same);
    html::table(&out)
}

/// At its first new sentence; words that are gone, behind the new place of what stood before them.
fn place(change: &Change, revision: &Revision) -> Place {
    if let Some(first) = change.at.after.iter().min() {
        return (Some(*first), None);
    }
    let first = change.at.before.iter().min().copied();
    let behind = revision
        .alignment
        .iter()
        .filter(|pair| first.is_some_and(|first| pair.before < first))
        .max_by_key(|pair| pair.before);
    (behind.map(|pair| pair.after), first.or(Some(0)))
}

/// A row that opens to the sentences that both sides have.
fn fold(out: &mut String, same: &mut Vec<&str>) {
    let count = match same.len() {
        0 => return,
        1 => "1 sentence, unchanged".to_owned(),
        n => format!("{n} sentences, unchanged"),
    };
    let _ = write!(out, "<tr><td colspan=\"2\"><details><summary>{count}</summary>");
    for sentence in same.drain(..) {
        let _ = write!(out, "<p>{}</p>", escape::html(sentence));
    }
    out.push_str("</details></td></tr>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{ChangeKind, Pair, Sentence, Sentences},
        render::tests::change,
    };

    fn statement(texts: &[&str]) -> Statement {
        let block = |t: &&str| Block {
            sentences: vec![Sentence { text: (*t).to_owned(), ..Sentence::default() }],
            ..Block::default()
        };
        Statement { content: texts.iter().map(block).collect(), ..Statement::default() }
    }

    fn at(mut change: Change, before: &[usize], after: &[usize]) -> Change {
        change.at = Sentences { before: before.to_vec(), after: after.to_vec() };
        change
    }

    #[test]
    fn every_change_stands_in_its_place_and_the_rest_is_folded() {
        let before = statement(&["Front.", "Opening.", "We are sorry.", "Phones work.", "Close."]);
        let after = statement(&["Opening.", "We are very sorry.", "New.", "Close."]);
        let pair = |before, after| Pair { before, after };
        let content = Revision {
            alignment: vec![pair(1, 0), pair(2, 1), pair(4, 3)],
            hunks: Vec::new(),
            degraded: false,
        };
        let changes = [
            at(change(ChangeKind::Removed, "Phones work.", "", &[]), &[3], &[]),
            at(change(ChangeKind::Removed, "Front.", "", &[]), &[0], &[]),
            at(
                change(ChangeKind::Edited, "We are sorry.", "We are very sorry.", &[[(0, 0), (7, 12)]]),
                &[2],
                &[1],
            ),
            at(change(ChangeKind::Added, "", "New.", &[]), &[], &[2]),
        ];
        let compared = Compared {
            before: &before,
            after: &after,
            content: &content,
            banner: &Revision::default(),
            changes: &changes,
            headline: "Changed: “<b>”",
        };
        let page = compared_html("Before and after", &compared, &Style::default());
        let order = [
            "<p><strong>Changed: “&lt;b&gt;”</strong></p>",
            "<td><del>Front.</del></td><td></td>",
            "<summary>1 sentence, unchanged</summary><p>Opening.</p>",
            "<td>We are sorry.</td><td>We are <ins>very</ins> sorry.</td>",
            "<td><del>Phones work.</del></td><td></td>",
            "<td></td><td><ins>New.</ins></td>",
            "<summary>1 sentence, unchanged</summary><p>Close.</p>",
        ];
        let found: Vec<usize> =
            order.iter().map(|o| page.find(o).unwrap_or_else(|| panic!("{o}\n{page}"))).collect();
        assert!(found.is_sorted(), "{found:?}\n{page}");
    }

    #[test]
    fn what_is_no_alert_is_not_called_news_of_the_incident() {
        let (one, two) = (statement(&["Open at 9."]), statement(&["Open at 10."]));
        let mut edit = at(change(ChangeKind::Edited, "Open at 9.", "Open at 10.", &[]), &[0], &[0]);
        edit.level = Level::Note;
        let none = Revision::default();
        let told = |changes: &[Change]| {
            let compared =
                Compared { before: &one, after: &two, content: &none, banner: &none, changes, headline: "" };
            compared_html("x", &compared, &Style::default())
        };
        assert!(told(&[edit]).contains("changed, but not about the incident"));
        assert!(told(&[]).contains("The wording is the same."));
    }
}
