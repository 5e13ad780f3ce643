//! A text file as a statement, with the way back: which place of the file each character of a sentence came from.
//!
//! Not here: HTML. Any text is read; nothing is refused.

mod folded;
mod link;
mod rows;

use std::ops::Range;

use crate::{
    model::{Block, BlockKind, Sentence, Span, Statement},
    text::sentences::split,
};
use folded::Folded;
use rows::{Raw, Row, blocks, lines_of, name_headings, one_a_line};

/// A text file, read.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    /// What it says; all in `content`.
    pub statement: Statement,
    /// Where each sentence of the content stands in the file: start and end, in Unicode scalar values.
    pub offsets: Vec<(usize, usize)>,
    /// For each sentence, where each of its scalar values stands in the file.
    sources: Vec<Vec<(u32, u32)>>,
    /// There were more sentences than are told apart: what comes after them stands as one.
    pub degraded: bool,
    /// So many are told apart.
    most: usize,
}

/// So many sentences are told apart in any text, and in a long one as many as it has runs of [`SHORT`] bytes. No text
/// that anybody wrote has more; megabytes of bullets and full stops do.
const MOST: usize = 50_000;
const SHORT: usize = 64;

impl Plain {
    /// Where in the file a span stands that counts through the sentences `at`, joined by one space.
    /// None when it names no place in them.
    pub fn place(&self, at: &[usize], span: Span) -> Option<Span> {
        let (mut start, mut end, mut base) = (None, None, 0);
        for source in at.iter().map(|&n| self.sources.get(n)) {
            let source = source?;
            let inside = |p: usize| p.checked_sub(base).filter(|p| *p < source.len());
            let first = inside(span.0).or((start.is_none() && span.0 < base).then_some(0));
            start = start.or(first.and_then(|p| source.get(p)).map(|s| s.0));
            let past = span.1.saturating_sub(base).min(source.len());
            end = past.checked_sub(1).and_then(|p| source.get(p)).map(|s| s.1).or(end);
            base += source.len() + 1;
        }
        let (start, end) = (start? as usize, end? as usize);
        (start < end && span.0 < span.1).then_some(Span(start, end))
    }
}

/// Reads a text file. An empty line ends a block, a line that begins with a bullet is an item, a short line without
/// a full stop before another block is a heading (level 2), `[words](address)` is a link; with `lines`, each line
/// is one sentence.
pub fn plain(text: &str, lines: bool) -> Plain {
    let mut plain = Plain { most: MOST.max(text.len() / SHORT), ..Plain::default() };
    let mut position = 0;
    let mut rows: Vec<Row<'_>> = Vec::new();
    for line in lines_of(text) {
        rows.push(Row { text: line, at: position });
        position += line.chars().count();
    }
    let mut blocks = if lines { one_a_line(&rows) } else { blocks(&rows) };
    if !lines {
        name_headings(&mut blocks);
    }
    for block in blocks {
        let begins = block.rows.first().map_or(0, |row| row.at);
        if plain.room() == 0 {
            let first = rows.partition_point(|row| row.at <= begins).saturating_sub(1);
            let rest = Raw { kind: BlockKind::Paragraph, rows: rows.split_off(first) };
            plain.degraded = true;
            plain.add(&rest, false);
            break;
        }
        plain.add(&block, lines);
    }
    plain
}

impl Plain {
    /// How many more sentences are told apart.
    fn room(&self) -> usize {
        self.most.saturating_sub(self.offsets.len())
    }

    fn add(&mut self, raw: &Raw<'_>, lines: bool) {
        let mut sentences = Vec::new();
        if lines {
            let (each, rest) = raw.rows.split_at(raw.rows.len().min(self.room()));
            self.degraded |= !rest.is_empty();
            for rows in each.chunks(1).chain((!rest.is_empty()).then_some(rest)) {
                let folded = Folded::new(rows);
                self.push(&folded, 0..folded.text.len(), &mut (0, 0), &mut sentences);
            }
        } else {
            let folded = Folded::new(&raw.rows);
            let whole = 0..folded.text.len();
            let mut parts = if raw.kind == BlockKind::Heading || self.room() == 0 {
                vec![whole]
            } else {
                split(&folded.text)
            };
            if let Some(last) = parts.last().filter(|_| parts.len() > self.room()).map(|last| last.end) {
                parts.truncate(self.room().max(1));
                self.degraded = true;
                if let Some(part) = parts.last_mut() {
                    part.end = last;
                }
            }
            let mut reached = (0, 0);
            for part in parts {
                self.push(&folded, part, &mut reached, &mut sentences);
            }
        }
        if !sentences.is_empty() {
            let level = if raw.kind == BlockKind::Heading { 2 } else { 0 };
            self.statement.content.push(Block { kind: raw.kind, level, sentences });
        }
    }

    /// Adds a sentence; `reached`: the bytes and the scalar values up to the end of the one before it.
    fn push(
        &mut self,
        folded: &Folded,
        part: Range<usize>,
        reached: &mut (usize, usize),
        sentences: &mut Vec<Sentence>,
    ) {
        let Some(text) = folded.text.get(part.clone()).filter(|t| !t.is_empty()) else { return };
        let from = reached.1 + folded.text.get(reached.0..part.start).map_or(0, |t| t.chars().count());
        let until = from + text.chars().count();
        *reached = (part.end, until);
        let source: Vec<(u32, u32)> = folded.source.get(from..until).unwrap_or_default().to_vec();
        let place =
            |s: Option<&(u32, u32)>, end: bool| s.map_or(0, |s| (if end { s.1 } else { s.0 }) as usize);
        let first = folded.links.partition_point(|(at, _)| *at < part.start);
        let links = folded.links.iter().skip(first).take_while(|(at, _)| *at < part.end);
        let links = links.map(|(_, link)| link.clone()).collect();
        self.offsets.push((place(source.first(), false), place(source.last(), true)));
        self.sources.push(source);
        sentences.push(Sentence { text: text.to_owned(), volatile: None, links });
    }
}

#[cfg(test)]
mod tests;
