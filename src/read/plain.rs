//! A text file as a statement, with the way back: which place of the file each character of a sentence came from.
//!
//! Not here: HTML. Any text is read; nothing is refused.

use std::ops::Range;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::sentences::split;
use crate::model::{Block, BlockKind, Link, Sentence, Span, Statement};

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

/// The lines with what ends them; a carriage return with its line feed ends one.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.find(['\n', '\r', '\u{2028}', '\u{2029}']).map_or(rest.len(), |at| {
            let tail = rest.get(at..).unwrap_or_default();
            let len =
                if tail.starts_with("\r\n") { 2 } else { tail.chars().next().map_or(0, char::len_utf8) };
            at + len
        });
        let (line, tail) = rest.split_at(end);
        rest = tail;
        (!line.is_empty()).then_some(line)
    })
}

/// A line of the file and where it begins, in scalar values.
#[derive(Clone, Copy)]
struct Row<'a> {
    text: &'a str,
    at: usize,
}

/// A block before its sentences are told apart.
struct Raw<'a> {
    kind: BlockKind,
    rows: Vec<Row<'a>>,
}

fn one_a_line<'a>(rows: &[Row<'a>]) -> Vec<Raw<'a>> {
    let paragraphs =
        rows.chunk_by(|a, b| a.is_empty() == b.is_empty()).filter(|c| c.iter().any(|r| !r.is_empty()));
    paragraphs.map(|c| Raw { kind: BlockKind::Paragraph, rows: c.to_vec() }).collect()
}

fn blocks<'a>(rows: &[Row<'a>]) -> Vec<Raw<'a>> {
    let mut out: Vec<Raw<'a>> = Vec::new();
    let mut open = false;
    for (n, &row) in rows.iter().enumerate() {
        if row.is_empty() {
            open = false;
            continue;
        }
        let last = out.last_mut().filter(|_| open);
        match (row.after_bullet(), last) {
            (Some(item), last) if last.as_ref().is_none_or(|l| l.gives_way_to(item, rows.get(n + 1))) => {
                out.push(Raw { kind: BlockKind::Item, rows: vec![item] });
            }
            (_, Some(last)) => last.rows.push(row),
            (_, None) => out.push(Raw { kind: BlockKind::Paragraph, rows: vec![row] }),
        }
        open = true;
    }
    out
}

/// Short lines without a full stop before another block, unless they lead a list in or give the page's date.
fn name_headings(blocks: &mut [Raw<'_>]) {
    let Some((_, before_last)) = blocks.split_last_mut() else { return };
    for block in before_last {
        // A heading may be wrapped too; a few rows are enough to see that it is short.
        let text = block.rows.iter().take(4).map(|r| r.text.trim()).collect::<Vec<_>>().join(" ");
        let short = text.chars().count() <= 100 && text.split_whitespace().count() <= 14;
        let open = !text.ends_with(['.', '!', '…', ':', ';', ',']);
        if block.kind == BlockKind::Paragraph && short && open && !gives_a_date(&text) {
            block.kind = BlockKind::Heading;
        }
    }
}

/// "Last updated 3 March": furniture, not the name of what follows.
fn gives_a_date(text: &str) -> bool {
    let lower = text.to_lowercase();
    let stamps = [
        "updated",
        "reviewed",
        "published",
        "modified",
        "diweddar",
        "adolyg",
        "cyhoedd",
        "mis à jour",
        "mise à jour",
        "publié",
    ];
    lower.bytes().any(|b| b.is_ascii_digit()) && stamps.iter().any(|s| lower.contains(s))
}

impl<'a> Row<'a> {
    fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The row without its bullet.
    fn after_bullet(&self) -> Option<Row<'a>> {
        let lead = self.text.trim_start();
        let rest = lead.strip_prefix(['-', '*', '•'])?;
        let skipped = self.text.len() - rest.len();
        (rest.starts_with(char::is_whitespace) && !rest.trim().is_empty()).then(|| Row {
            text: rest,
            at: self.at + self.text.get(..skipped).map_or(0, |s| s.chars().count()),
        })
    }
}

impl Raw<'_> {
    /// Whether a bullet right under this block begins an item, or is a dash that wrapping put at the head of a line.
    fn gives_way_to(&self, item: Row<'_>, next: Option<&Row<'_>>) -> bool {
        let ended =
            self.rows.last().is_none_or(|r| r.text.trim_end().ends_with(['.', ':', ';', '!', '?', ',']));
        let goes_on = item.text.trim_start().starts_with(char::is_lowercase);
        self.kind == BlockKind::Item || ended || !goes_on || next.is_some_and(|r| r.after_bullet().is_some())
    }
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
                let folded = Folded::of(rows);
                self.push(&folded, 0..folded.text.len(), &mut (0, 0), &mut sentences);
            }
        } else {
            let folded = Folded::of(&raw.rows);
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

/// The words of some rows: NFC, white space folded, links taken out of their brackets.
#[derive(Default)]
struct Folded {
    text: String,
    /// Start and end in the file of each scalar value of `text`.
    source: Vec<(u32, u32)>,
    /// Links, with the byte at which their words begin.
    links: Vec<(usize, Link)>,
    space: Option<(u32, u32)>,
}

impl Folded {
    fn of(rows: &[Row<'_>]) -> Self {
        let mut out = Self::default();
        // A link may be wrapped, so rows are read as one text; they follow each other in the file.
        let text: String = rows.iter().map(|r| r.text).collect();
        let mut at = rows.first().map_or(0, |r| u32::try_from(r.at).unwrap_or(u32::MAX));
        let mut rest = text.as_str();
        let mut ends = Ends { text: &text, known: 0 };
        while let Some(open) = rest.find('[') {
            let (before, tail) = rest.split_at(open);
            out.write(before, &mut at);
            let Some((words, address)) = link(tail, &mut ends) else {
                out.write("[", &mut at);
                rest = tail.get(1..).unwrap_or_default();
                continue;
            };
            at = at.saturating_add(1);
            let begins = out.text.len() + usize::from(out.space.is_some());
            out.write(words, &mut at);
            let shown = out.text.get(begins..).unwrap_or_default().trim().to_owned();
            at = at.saturating_add(u32::try_from(address.chars().count() + 3).unwrap_or(u32::MAX));
            out.links.push((begins, Link { words: shown, address: address.to_owned() }));
            rest = tail.get(words.len() + address.len() + 4..).unwrap_or_default();
        }
        out.write(rest, &mut at);
        out
    }

    /// Adds words that begin at `at` in the file, and moves `at` past them.
    fn write(&mut self, words: &str, at: &mut u32) {
        let plain = words.is_ascii() || is_nfc_quick(words.chars()) == IsNormalized::Yes;
        if plain && !words.contains('\u{feff}') {
            self.write_plain(words, at);
            return;
        }
        let mut rest = words;
        while let Some(first) = rest.chars().next() {
            let more = rest.get(first.len_utf8()..).unwrap_or_default();
            // Marks join the letter before them; what they make together came from all of them.
            let marks = if plain || first.is_whitespace() {
                0
            } else {
                more.len() - more.trim_start_matches(joins).len()
            };
            let (cluster, tail) = rest.split_at(first.len_utf8() + marks);
            rest = tail;
            let from = *at;
            *at = at.saturating_add(u32::try_from(cluster.chars().count()).unwrap_or(u32::MAX));
            if first.is_whitespace() {
                self.space.get_or_insert((from, *at)).1 = *at;
                continue;
            }
            // A byte order mark, at the head of a file or where two were joined, is no word.
            let shown = cluster.chars().filter(|c| *c != '\u{feff}');
            for c in shown.nfc() {
                if let Some(space) = self.space.take().filter(|_| !self.text.is_empty()) {
                    self.text.push(' ');
                    self.source.push(space);
                }
                self.text.push(c);
                self.source.push((from, *at));
            }
        }
    }
}

impl Folded {
    /// The same for words that are NFC already: each letter came from itself.
    fn write_plain(&mut self, words: &str, at: &mut u32) {
        self.text.reserve(words.len());
        self.source.reserve(words.len());
        for c in words.chars() {
            let from = *at;
            *at = at.saturating_add(1);
            if c.is_whitespace() {
                self.space.get_or_insert((from, *at)).1 = *at;
                continue;
            }
            if let Some(space) = self.space.take().filter(|_| !self.text.is_empty()) {
                self.text.push(' ');
                self.source.push(space);
            }
            self.text.push(c);
            self.source.push((from, *at));
        }
    }
}

/// Marks and conjoining letters that NFC may put together with what stands before them.
fn joins(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{1160}'..='\u{11FF}' | '\u{D7B0}'..='\u{D7FF}')
}

/// Where addresses end; asked in order, so that a text of broken links is searched once.
struct Ends<'a> {
    text: &'a str,
    known: usize,
}

impl Ends<'_> {
    /// How far the next closing bracket or white space is, in bytes, `left` being what is left of the text.
    fn next(&mut self, left: &str) -> usize {
        let here = self.text.len() - left.len();
        if self.known < here {
            self.known =
                left.find(|c: char| c == ')' || c.is_whitespace()).map_or(usize::MAX, |at| here + at);
        }
        self.known - here
    }
}

/// The words and the address of `[words](address)` at the head of `text`, within sane lengths.
fn link<'a>(text: &'a str, ends: &mut Ends<'_>) -> Option<(&'a str, &'a str)> {
    let inner = text.strip_prefix('[')?;
    let close = inner.char_indices().take(400).find(|(_, c)| matches!(c, '[' | ']'))?.0;
    let (words, tail) = inner.split_at(close);
    let target = tail.strip_prefix("](")?;
    let end = Some(ends.next(target)).filter(|end| *end <= LONGEST)?;
    let address = target.get(..end)?;
    (target.get(end..)?.starts_with(')') && !address.is_empty() && !words.trim().is_empty())
        .then_some((words, address))
}

/// No address is longer, in bytes.
const LONGEST: usize = 2_000;

#[cfg(test)]
mod tests;
