//! The words of some rows as a statement has them, each letter with its place in the file.
//!
//! Not here: what is a link (`link`).

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::{
    model::Link,
    read::source::plain::{
        link::{Ends, link},
        rows::Row,
    },
};

/// The words of some rows: NFC, white space folded, links taken out of their brackets.
#[derive(Default)]
pub(super) struct Folded {
    pub(super) text: String,
    /// Start and end in the file of each scalar value of `text`.
    pub(super) source: Vec<(u32, u32)>,
    /// Links, with the byte at which their words begin.
    pub(super) links: Vec<(usize, Link)>,
    space: Option<(u32, u32)>,
}

impl Folded {
    pub(super) fn new(rows: &[Row<'_>]) -> Self {
        let mut out = Self::default();
        // A link may be wrapped, so rows are read as one text; they follow each other in the file.
        let text: String = rows.iter().map(|r| r.text).collect();
        let mut at = rows.first().map_or(0, |r| u32::try_from(r.at).unwrap_or(u32::MAX));
        let mut rest = text.as_str();
        let mut ends = Ends::new(&text);
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
