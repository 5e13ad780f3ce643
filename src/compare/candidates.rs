//! Which sentences may have become which: pairs of free sentences that share rare words, with their likeness.
//!
//! Not here: choosing among them (`link`).

use rustc_hash::{FxHashMap, FxHashSet};

use super::chain::Weighted;
use super::likeness::{Pattern, Shape};
use super::links::Links;
use super::text::{Interner, Texts};

/// Up to so many pairs, all are looked at; above, those that share rare words.
const ALL_PAIRS: usize = 20_000;
/// Up to so many pairs within one gap of the backbone, all are looked at.
const ALL_IN_GAP: usize = 20_000;
/// Rare words that are looked up for a sentence.
const RARE: usize = 10;
/// A word in more sentences than this is not rare.
const COMMON: usize = 48;
/// The most alike by rare words, that are looked at closely.
const CLOSEST: usize = 10;
/// Less than this is no likeness.
const LEAST: f64 = 0.20;
/// Steps of comparison in all; one is about a nanosecond.
const STEPS: usize = 60_000_000;

/// The sentences of both sides without an equal on the other, and the pairs among them that were found alike.
pub(super) struct Candidates<'a> {
    before: Vec<Option<Shape<'a>>>,
    after: Vec<Option<Shape<'a>>>,
    seen: FxHashSet<(usize, usize)>,
    found: Vec<Weighted>,
    steps: usize,
    /// A cap was met.
    pub degraded: bool,
}

impl<'a> Candidates<'a> {
    /// Prepares the sentences that are free.
    pub(super) fn of(texts: &Texts<'a>, links: &Links) -> Self {
        let mut numbers = Interner::default();
        let mut shape = |free: bool, key: &'a String| free.then(|| Shape::of(key, &mut numbers));
        let old = texts.before.keys.iter().enumerate();
        let mut before: Vec<_> = old.map(|(n, key)| shape(links.of_before(n).is_none(), key)).collect();
        let new = texts.after.keys.iter().enumerate();
        let mut after: Vec<_> = new.map(|(n, key)| shape(links.of_after(n).is_none(), key)).collect();
        only_once(&mut before);
        only_once(&mut after);
        Self { before, after, seen: FxHashSet::default(), found: Vec::new(), steps: 0, degraded: false }
    }

    pub(super) fn before(&self, i: usize) -> Option<&Shape<'a>> {
        self.before.get(i)?.as_ref()
    }

    pub(super) fn after(&self, j: usize) -> Option<&Shape<'a>> {
        self.after.get(j)?.as_ref()
    }

    /// The pairs found so far.
    pub(super) fn found(&self) -> &[Weighted] {
        &self.found
    }

    /// Words of the shorter of two.
    pub(super) fn words(&self, i: usize, j: usize) -> usize {
        let count = |s: Option<&Shape<'_>>| s.map_or(0, |s| s.count);
        count(self.before(i)).min(count(self.after(j)))
    }

    /// Looks everywhere: at all pairs, or where there are many, at those that share rare words.
    pub(super) fn anywhere(&mut self) {
        let old: Vec<usize> = (0..self.before.len()).filter(|i| self.before(*i).is_some()).collect();
        let new: Vec<usize> = (0..self.after.len()).filter(|j| self.after(*j).is_some()).collect();
        if old.len().saturating_mul(new.len()) <= ALL_PAIRS {
            for &i in &old {
                self.compare(i, &new);
            }
            return;
        }
        let mut standing: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for &j in &new {
            for &word in self.after(j).map(|s| s.words.as_slice()).unwrap_or_default() {
                standing.entry(word).or_default().push(j);
            }
        }
        let mut score: FxHashMap<usize, f64> = FxHashMap::default();
        for &i in &old {
            let words = self.before(i).map(|s| s.words.as_slice()).unwrap_or_default();
            let mut rare: Vec<&Vec<usize>> = words.iter().filter_map(|w| standing.get(w)).collect();
            rare.sort_by_key(|places| places.len());
            score.clear();
            for places in rare.iter().take(RARE).take_while(|places| places.len() <= COMMON) {
                for &j in *places {
                    *score.entry(j).or_default() += 1.0 / places.len() as f64;
                }
            }
            let mut closest: Vec<(f64, usize)> = score.iter().map(|(j, s)| (*s, *j)).collect();
            let nearer = |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
            if closest.len() > CLOSEST {
                closest.select_nth_unstable_by(CLOSEST, nearer);
                closest.truncate(CLOSEST);
            }
            closest.sort_unstable_by(nearer);
            let closest: Vec<usize> = closest.iter().map(|c| c.1).collect();
            self.compare(i, &closest);
        }
    }

    /// Looks at all pairs of free sentences within each gap, `gaps` giving the gap of each sentence of a side.
    pub(super) fn within(&mut self, links: &Links, gaps: (&[usize], &[usize])) {
        let mut old: Vec<(usize, usize)> = gaps.0.iter().copied().zip(0..).collect();
        let mut new: Vec<(usize, usize)> = gaps.1.iter().copied().zip(0..).collect();
        old.retain(|(_, i)| links.of_before(*i).is_none());
        new.retain(|(_, j)| links.of_after(*j).is_none());
        let mut rest = new.as_slice();
        for gap in old.chunk_by(|a, b| a.0 == b.0) {
            let number = gap.first().map_or(0, |g| g.0);
            rest = rest.get(rest.partition_point(|n| n.0 < number)..).unwrap_or_default();
            let here: Vec<usize> = rest.iter().take_while(|n| n.0 == number).map(|n| n.1).collect();
            if gap.len().saturating_mul(here.len()) <= ALL_IN_GAP {
                for &(_, i) in gap {
                    self.compare(i, &here);
                }
            } else {
                self.degraded = true;
            }
        }
    }

    /// Looks at one old sentence beside some new ones.
    fn compare(&mut self, i: usize, others: &[usize]) {
        let Some(shape) = self.before.get(i).and_then(Option::as_ref) else { return };
        let pattern = Pattern::of(shape);
        for &j in others.iter().filter(|&&j| self.seen.insert((i, j))) {
            if self.steps > STEPS {
                self.degraded = true;
                return;
            }
            let Some(other) = self.after.get(j).and_then(Option::as_ref) else { continue };
            let (weight, steps) = pattern.likeness(other, LEAST);
            self.steps += steps;
            if weight >= LEAST {
                self.found.push(Weighted { before: i, after: j, weight });
            }
        }
    }
}

/// Leaves what a line is about to those that no other line of their side is about: "Q:" and "A:" name nothing.
fn only_once(side: &mut [Option<Shape<'_>>]) {
    let mut lines: FxHashMap<u32, usize> = FxHashMap::default();
    for about in side.iter().flatten().filter_map(|shape| shape.about) {
        *lines.entry(about).or_default() += 1;
    }
    for shape in side.iter_mut().flatten() {
        shape.about = shape.about.filter(|about| lines.get(about) == Some(&1));
    }
}
