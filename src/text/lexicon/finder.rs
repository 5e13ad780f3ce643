//! Where words of a class stand: one walk over the places where words begin, asking of each only the entries that begin
//! with its letter.
//!
//! Not here: how an entry is read (`pattern`), and which class is asked (`mod.rs`).

use std::ops::Range;

use super::pattern::{Pattern, is_of_word};
use crate::text::Language;

/// A word or phrase of a class, where it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Found<'t> {
    pub(crate) fn as_str(&self) -> &'t str {
        self.text
    }

    pub(crate) fn start(&self) -> usize {
        self.start
    }

    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end()
    }
}

/// The entries of a class, ready to be looked for.
#[derive(Debug)]
pub(super) struct Finder {
    /// The longest first, so that what is found is the whole phrase.
    patterns: Vec<Pattern>,
    /// For each first byte, where the numbers of the patterns that may begin with it stand.
    heads: Vec<Range<usize>>,
    numbers: Vec<usize>,
    /// Whether one begins with a mark, which stands anywhere.
    anywhere: bool,
}

impl Finder {
    pub(super) fn new<'a>(entries: impl Iterator<Item = &'a str>, language: Language) -> Self {
        let mut entries: Vec<&str> = entries.collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
        let anywhere =
            entries.iter().any(|entry| !entry.starts_with(|c: char| c.is_alphanumeric() || c == '('));
        let patterns: Vec<Pattern> = entries.into_iter().map(|entry| Pattern::new(entry, language)).collect();
        let mut by_head: Vec<(u8, usize)> = Vec::new();
        for (number, pattern) in patterns.iter().enumerate() {
            match pattern.heads() {
                Some(heads) => by_head.extend(heads.into_iter().map(|head| (head, number))),
                None => by_head.extend((0..=u8::MAX).map(|head| (head, number))),
            }
        }
        by_head.sort_unstable();
        let from = |head: usize| by_head.partition_point(|(other, _)| usize::from(*other) < head);
        let heads = (0..=usize::from(u8::MAX)).map(|head| from(head)..from(head + 1)).collect();
        Self { patterns, heads, numbers: by_head.into_iter().map(|(_, number)| number).collect(), anywhere }
    }

    /// What is found first from a byte of the text on.
    fn next<'t>(&self, text: &'t str, from: usize) -> Option<Found<'t>> {
        let bytes = text.as_bytes();
        let mut within = from.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(|b| is_letter(*b));
        for (start, &head) in bytes.iter().enumerate().skip(from) {
            let inside = std::mem::replace(&mut within, is_letter(head)) && within;
            if inside && !self.anywhere {
                continue;
            }
            let numbers = self.heads.get(usize::from(head)).and_then(|range| self.numbers.get(range.clone()));
            let mut patterns =
                numbers.unwrap_or_default().iter().filter_map(|number| self.patterns.get(*number));
            if let Some(end) = patterns.find_map(|pattern| pattern.end(text, start)) {
                return text.get(start..end).map(|text| Found { text, start });
            }
        }
        None
    }

    /// Everything that is found, from left to right.
    pub(super) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Found<'t>> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.next(text, from)?;
            from = found.end();
            Some(found)
        })
    }
}

/// Whether a byte can only be part of a word: between two such no word begins.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii() && is_of_word(char::from(byte))
}
