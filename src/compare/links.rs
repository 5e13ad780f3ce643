//! Which sentence is linked to which, and to which further ones.
//!
//! Not here: which deserve it (`align` and the steps that it takes).

use std::collections::BTreeMap;

/// Links between the two sides. Each sentence names its counterpart; where two do not name each other, the one
/// that is named by none is a further part of a split or a merge.
pub(super) struct Links {
    before: Vec<Option<usize>>,
    after: Vec<Option<usize>>,
    /// Further parts: old sentences by the new one they were merged into, new ones by the old one they split from.
    merged: BTreeMap<usize, Vec<usize>>,
    split: BTreeMap<usize, Vec<usize>>,
}

impl Links {
    pub(super) fn none(before: usize, after: usize) -> Self {
        Self {
            before: vec![None; before],
            after: vec![None; after],
            merged: BTreeMap::new(),
            split: BTreeMap::new(),
        }
    }

    /// Links two sentences, if both are free.
    pub(super) fn add(&mut self, i: usize, j: usize) {
        if let (Some(a @ None), Some(b @ None)) = (self.before.get_mut(i), self.after.get_mut(j)) {
            (*a, *b) = (Some(j), Some(i));
        }
    }

    /// Makes a free new sentence a further part of an old one.
    pub(super) fn add_split(&mut self, i: usize, j: usize) {
        if let Some(free @ None) = self.after.get_mut(j) {
            *free = Some(i);
            self.split.entry(i).or_default().push(j);
        }
    }

    /// Makes a free old sentence a further part of a new one.
    pub(super) fn add_merged(&mut self, i: usize, j: usize) {
        if let Some(free @ None) = self.before.get_mut(i) {
            *free = Some(j);
            self.merged.entry(j).or_default().push(i);
        }
    }

    /// The new sentence that an old one became, or became part of.
    pub(super) fn of_before(&self, i: usize) -> Option<usize> {
        self.before.get(i).copied().flatten()
    }

    /// The old sentence that a new one was, or was part of.
    pub(super) fn of_after(&self, j: usize) -> Option<usize> {
        self.after.get(j).copied().flatten()
    }

    /// Old sentences without a counterpart.
    pub(super) fn free_before(&self) -> impl Iterator<Item = usize> + '_ {
        self.before.iter().enumerate().filter(|(_, j)| j.is_none()).map(|(i, _)| i)
    }

    /// New sentences without a counterpart.
    pub(super) fn free_after(&self) -> impl Iterator<Item = usize> + '_ {
        self.after.iter().enumerate().filter(|(_, i)| i.is_none()).map(|(j, _)| j)
    }

    /// The links of those that name each other, in the order of the old side.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let named = self.before.iter().enumerate().filter_map(|(i, j)| j.map(|j| (i, j)));
        named.filter(|&(i, j)| self.of_after(j) == Some(i))
    }

    /// All links, those to further parts among them.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let split = self.split.iter().flat_map(|(i, parts)| parts.iter().map(|j| (*i, *j)));
        let merged = self.merged.iter().flat_map(|(j, parts)| parts.iter().map(|i| (*i, *j)));
        self.pairs().chain(split).chain(merged)
    }

    /// All new sentences that an old one became.
    pub(super) fn news_of(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.of_before(i).into_iter().chain(self.split.get(&i).into_iter().flatten().copied())
    }

    /// All old sentences that became a new one.
    pub(super) fn olds_of(&self, j: usize) -> impl Iterator<Item = usize> + '_ {
        self.of_after(j).into_iter().chain(self.merged.get(&j).into_iter().flatten().copied())
    }

    /// Whether an old sentence shares its counterpart with others.
    pub(super) fn is_merged(&self, i: usize) -> bool {
        self.of_before(i).is_some_and(|j| self.merged.contains_key(&j))
    }

    /// Whether a new sentence shares its counterpart with others.
    pub(super) fn is_split(&self, j: usize) -> bool {
        self.of_after(j).is_some_and(|i| self.split.contains_key(&i))
    }

    /// Drops what links a new sentence to old ones, and these to others.
    pub(super) fn drop(&mut self, i: usize, j: usize) {
        let olds: Vec<usize> = self.olds_of(j).collect();
        let news: Vec<usize> = self.news_of(i).collect();
        for n in olds {
            if let Some(link) = self.before.get_mut(n) {
                *link = None;
            }
        }
        for n in news {
            if let Some(link) = self.after.get_mut(n) {
                *link = None;
            }
        }
        self.merged.remove(&j);
        self.split.remove(&i);
    }

    /// The same seen from the other side.
    pub(super) fn mirrored(self) -> Self {
        Self { before: self.after, after: self.before, merged: self.split, split: self.merged }
    }
}
