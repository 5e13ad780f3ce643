//! The sentences of a side, numbered through its blocks, and keys as numbers.

use rustc_hash::FxHashMap;

use crate::{
    model::{Block, BlockKind, Sentence},
    text::key,
};

/// One side's sentences and what they are compared by.
pub(super) struct Side<'a> {
    pub sentences: Vec<&'a Sentence>,
    pub keys: Vec<String>,
    /// Whether each is a heading.
    is_heading: Vec<bool>,
}

impl<'a> Side<'a> {
    pub(super) fn of(blocks: &'a [Block]) -> Self {
        let sentences: Vec<&Sentence> = blocks.iter().flat_map(|b| &b.sentences).collect();
        let keys = sentences.iter().copied().map(key).collect();
        let heads = blocks.iter().flat_map(|b| b.sentences.iter().map(|_| b.kind == BlockKind::Heading));
        Self { sentences, keys, is_heading: heads.collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.sentences.len()
    }

    /// About how many words a sentence has; at least one.
    pub(super) fn words(&self, n: usize) -> usize {
        self.keys.get(n).map_or(0, |k| k.bytes().filter(|b| *b == b' ').count()) + 1
    }

    /// What it weighs where one of two has moved. A heading stands, and the item that was above it and is below it has
    /// moved, though it has more words.
    pub(super) fn weight(&self, n: usize) -> usize {
        const HEADING: usize = 6;
        self.words(n) + if self.is_heading.get(n) == Some(&true) { HEADING } else { 0 }
    }

    /// About how many words all sentences have.
    pub(super) fn all_words(&self) -> usize {
        (0..self.len()).map(|n| self.words(n)).sum()
    }

    /// Some sentences as published, joined by one space.
    pub(super) fn joined(&self, at: &[usize]) -> String {
        let texts = at.iter().filter_map(|&n| self.sentences.get(n)).map(|s| s.text.as_str());
        texts.collect::<Vec<_>>().join(" ")
    }
}

/// Both sides, equal keys having equal numbers.
pub(super) struct Texts<'a> {
    pub before: &'a Side<'a>,
    pub after: &'a Side<'a>,
    pub before_ids: Vec<u32>,
    pub after_ids: Vec<u32>,
    /// How many numbers there are.
    pub distinct: usize,
}

impl<'a> Texts<'a> {
    pub(super) fn of(before: &'a Side<'a>, after: &'a Side<'a>) -> Self {
        let mut numbers = Interner::default();
        let before_ids = before.keys.iter().map(|k| numbers.number(k)).collect();
        let after_ids = after.keys.iter().map(|k| numbers.number(k)).collect();
        Self { before, after, before_ids, after_ids, distinct: numbers.len() }
    }

    /// The other way round.
    pub(super) fn mirrored(&self) -> Self {
        let (before_ids, after_ids) = (self.after_ids.clone(), self.before_ids.clone());
        Self { before: self.after, after: self.before, before_ids, after_ids, distinct: self.distinct }
    }

    /// Whether two sentences have one key.
    pub(super) fn is_same(&self, i: usize, j: usize) -> bool {
        self.before_ids.get(i).is_some_and(|a| self.after_ids.get(j) == Some(a))
    }

    /// About how many words two sentences share, in any order.
    pub(super) fn common_words(&self, i: usize, j: usize) -> usize {
        if self.is_same(i, j) {
            return self.before.words(i);
        }
        let mut count: FxHashMap<&str, usize> = FxHashMap::default();
        for word in self.before.keys.get(i).into_iter().flat_map(|k| k.split(' ')) {
            *count.entry(word).or_default() += 1;
        }
        let words = self.after.keys.get(j).into_iter().flat_map(|k| k.split(' '));
        words
            .filter(|w| {
                count.get_mut(w).is_some_and(|left| std::mem::replace(left, left.saturating_sub(1)) > 0)
            })
            .count()
    }
}

/// Strings as small numbers, in order of first sight.
#[derive(Default)]
pub(super) struct Interner<'a> {
    seen: FxHashMap<&'a str, u32>,
}

impl<'a> Interner<'a> {
    pub(super) fn number(&mut self, text: &'a str) -> u32 {
        let next = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
        *self.seen.entry(text).or_insert(next)
    }

    pub(super) fn len(&self) -> usize {
        self.seen.len()
    }
}
