//! How much of the page an element is: most of its words, the story, what readers say.
//!
//! Not here: what its words say (`asked`), and how they are counted (`sums`).

use rustc_hash::FxHashMap;

use crate::read::html::{
    dom::Tag,
    hints::Hints,
    prune::{
        rules::Rules,
        sums::{between, is_prose},
    },
};

/// Bytes of words that are more than any furniture has.
const MANY_WORDS: u64 = 1500;

/// So many paragraphs under one element are a story.
const RUN: usize = 4;

/// Bytes of prose that no menu has.
const SPEECH: u32 = 400;

impl Rules<'_, '_> {
    pub(super) fn sum(&self, sums: &[u32], i: usize) -> u32 {
        between(sums, self.page, i)
    }

    /// Bytes of all words.
    fn words(&self, i: usize) -> u64 {
        u64::from(self.sum(self.plain, i)) + u64::from(self.sum(self.linked, i))
    }

    /// Whether it holds more than half of the page's plain words.
    pub(super) fn is_most(&self, i: usize) -> bool {
        u64::from(self.sum(self.plain, i)) * 2 > self.all.0
    }

    /// Whether it holds most of the words of another element, links counted.
    pub(super) fn is_most_of(&self, i: usize, other: usize) -> bool {
        self.words(i) * 100 >= self.words(other) * 60
    }

    /// Whether there is hardly anything on the page but what readers say, or little above it in the main element.
    pub(super) fn is_talk(&self, i: usize) -> bool {
        let own = u64::from(self.sum(self.prose, i));
        let above = |h1: usize| {
            let at = |k: usize| self.prose.get(k).copied().unwrap_or(0);
            u64::from(at(i).saturating_sub(at(self.page.get(h1).end)))
        };
        own * 5 > self.all.1 * 4
            || self.in_main(i)
                && self.words(i) >= MANY_WORDS
                && self.h1.is_some_and(|h1| h1 < i && above(h1) * 10 < own)
    }

    /// Whether it holds most of the page's prose, several paragraphs of it in a row: nothing beside a statement does.
    pub(super) fn is_the_story(&self, i: usize) -> bool {
        let page = self.page;
        let prose = self.sum(self.prose, i);
        if u64::from(prose) * 2 <= self.all.1 {
            return false;
        }
        let lead = |k: usize| {
            page.children(k).any(|c| page.get(c).tag == Tag::Text && is_prose(page.get(c).text.trim()))
        };
        let paragraph = |k: &usize| {
            matches!(page.get(*k).tag, Tag::P | Tag::Block) && self.sum(self.prose, *k) > 0 && lead(*k)
        };
        let mut runs: FxHashMap<usize, usize> = FxHashMap::default();
        page.within(i).filter(paragraph).any(|k| {
            let run = runs.entry(page.get(k).up).or_default();
            *run += 1;
            *run >= RUN
        })
    }

    /// Whether there would hardly be anything left of the main element, or of the page, without it: many words, most of
    /// them not in links.
    pub(super) fn is_the_page(&self, i: usize) -> bool {
        let page = self.page;
        let is_main = |a: &usize| {
            page.get(*a).tag == Tag::Main || page.get(*a).hints.any(Hints::ROLE_MAIN | Hints::MAIN)
        };
        let scope = page.ancestors(i).find(is_main).unwrap_or(0);
        let own = self.words(i);
        own >= MANY_WORDS
            && own * 100 >= self.words(scope) * 85
            && u64::from(self.sum(self.prose, i)) * 2 >= own
    }

    /// Whether it speaks rather than leads anywhere, whatever it is called: no menu does.
    pub(super) fn speaks(&self, i: usize) -> bool {
        self.sum(self.prose, i) >= SPEECH && self.sum(self.prose, i) / 4 >= self.sum(self.linked, i)
    }
}
