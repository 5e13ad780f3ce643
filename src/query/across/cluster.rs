//! Sentences that are one line: those that one page made of another over time, as `compare` aligns its wordings, and those
//! that two bodies say in the same place, as `compare` aligns theirs.
//!
//! Pure. Not here: who says a line (`lines`).

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Scope,
    voices::{Heard, Version},
};
use crate::{
    compare::compare,
    judge,
    model::{Block, BlockKind, Relevance, Revision},
    text::{fold, key, words},
};

/// So many pairs of statements of different bodies are compared; of more, each with its neighbours.
const PAIRS: usize = 4_000;
/// Two bodies say one thing in sentences that share at least this much of their telling words.
const SHARED: f64 = 0.6;

/// A sentence, whoever says it and however often.
pub(super) struct Node {
    /// As it was first published.
    pub(super) text: String,
    /// The versions that hold it, in order.
    pub(super) versions: Vec<usize>,
    /// Whether it is about the incident anywhere.
    pub(super) about: bool,
    /// Where it was first met.
    pub(super) place: (usize, usize),
}

/// A version as its sentences.
pub(super) struct Reading {
    pub(super) version: Version,
    blocks: Vec<Block>,
    /// The sentence's node, for each sentence of `blocks`; none of headings.
    nodes: Vec<Option<usize>>,
}

/// Every version with its sentences.
pub(super) struct Read {
    pub(super) readings: Vec<Reading>,
    pub(super) nodes: Vec<Node>,
}

/// Which sentences are one line.
pub(super) struct Clusters {
    /// For each node its line.
    pub(super) of: Vec<usize>,
    /// A cap was met.
    pub(super) degraded: bool,
}

impl Read {
    pub(super) fn of(voices: &[Heard], versions: Vec<Version>, scope: &Scope<'_>) -> Self {
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        let mut read = Self { readings: Vec::with_capacity(versions.len()), nodes: Vec::new() };
        for (number, version) in versions.into_iter().enumerate() {
            let statement = &version.snapshot.statement;
            let blocks: Vec<Block> = statement.content.iter().chain(&statement.banner).cloned().collect();
            let mut nodes = Vec::new();
            let mut fresh = false;
            for block in &blocks {
                for sentence in &block.sentences {
                    if block.kind == BlockKind::Heading {
                        nodes.push(None);
                        continue;
                    }
                    let node = *known.entry(key(sentence)).or_insert_with(|| {
                        let (text, place) = (sentence.text.clone(), (number, nodes.len()));
                        read.nodes.push(Node { text, versions: Vec::new(), about: false, place });
                        read.nodes.len() - 1
                    });
                    if let Some(node) = read.nodes.get_mut(node) {
                        fresh |= !node.about;
                        if node.versions.last() != Some(&number) {
                            node.versions.push(number);
                        }
                    }
                    nodes.push(Some(node));
                }
            }
            let title = statement.title.clone();
            if fresh {
                let voice = voices.get(version.voice);
                let about = about(&blocks, title.as_deref(), voice, scope);
                for (node, about) in nodes.iter().zip(about) {
                    if let Some(node) = node.and_then(|node| read.nodes.get_mut(node)) {
                        node.about |= about;
                    }
                }
            }
            read.readings.push(Reading { version, blocks, nodes });
        }
        read
    }

    /// Joins sentences to lines.
    pub(super) fn clusters(&self) -> Clusters {
        let mut groups = Groups::of(&self.nodes);
        for (one, other) in self.lineage() {
            groups.join(one, other);
        }
        let (pairs, degraded) = self.pairs();
        let mut links = self.links(&pairs);
        // The most alike first; of equals those that were met first.
        links.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, one, other) in links {
            groups.join(one, other);
        }
        Clusters { of: groups.numbered(), degraded }
    }

    /// What became of each sentence from one wording of a page to the next.
    fn lineage(&self) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for two in self.readings.windows(2) {
            let [before, after] = two else { continue };
            if before.version.voice == after.version.voice && before.nodes != after.nodes {
                let revision = compare(&before.blocks, &after.blocks);
                found.extend(linked(&revision, before, after));
            }
        }
        found
    }

    /// Which statements of different bodies are compared: of each page its first wording and its newest, those that say the
    /// same only once; first with first and newest with newest.
    fn pairs(&self) -> (Vec<(usize, usize)>, bool) {
        let (mut firsts, mut lasts): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        for (n, reading) in self.readings.iter().enumerate() {
            let beside =
                |n: Option<usize>| n.and_then(|n| self.readings.get(n)).map(|other| other.version.voice);
            if beside(n.checked_sub(1)) != Some(reading.version.voice) {
                firsts.push(n);
            }
            if beside(Some(n + 1)) != Some(reading.version.voice) {
                lasts.push(n);
            }
        }
        let mut degraded = false;
        let mut pairs = Vec::new();
        for side in [&firsts, &lasts] {
            let mut met: FxHashSet<&[Option<usize>]> = FxHashSet::default();
            let distinct: Vec<usize> = side
                .iter()
                .copied()
                .filter(|n| self.readings.get(*n).is_some_and(|reading| met.insert(&reading.nodes)))
                .collect();
            let near = (PAIRS / 2 / distinct.len().max(1)).max(1);
            degraded |= near < distinct.len().saturating_sub(1);
            for (at, one) in distinct.iter().enumerate() {
                pairs.extend(distinct.iter().skip(at + 1).take(near).map(|other| (*one, *other)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let voice = |n: &usize| self.readings.get(*n).map(|reading| reading.version.voice);
        pairs.retain(|(one, other)| voice(one) != voice(other));
        (pairs, degraded)
    }

    /// The sentences that bodies say in the same place, and how alike they are.
    fn links(&self, pairs: &[(usize, usize)]) -> Vec<(f64, usize, usize)> {
        let stems: Vec<Vec<String>> = self.nodes.iter().map(|node| stems(&node.text)).collect();
        let mut found: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for (one, other) in pairs {
            let (Some(one), Some(other)) = (self.readings.get(*one), self.readings.get(*other)) else {
                continue;
            };
            let revision = compare(&one.blocks, &other.blocks);
            for (a, b) in linked(&revision, one, other) {
                let (Some(left), Some(right)) = (stems.get(a), stems.get(b)) else { continue };
                let share = shared(left, right);
                if share >= SHARED {
                    found.insert((a.min(b), a.max(b)), share);
                }
            }
        }
        found.into_iter().map(|((one, other), share)| (share, one, other)).collect()
    }
}

/// For each sentence of a version whether it is about the incident. What was given to a reporter was asked about it.
fn about(blocks: &[Block], title: Option<&str>, voice: Option<&Heard>, scope: &Scope<'_>) -> Vec<bool> {
    let target = voice.and_then(|voice| voice.number).and_then(|number| scope.targets.get(number));
    let subject = judge::Subject {
        body: "",
        incidents: std::slice::from_ref(scope.incident),
        relevance: target.map_or(Relevance::Page, |target| target.relevance),
        watches_banner: false,
        lexicons: scope.lexicons,
    };
    judge::about(blocks, title, &subject)
}

/// The linked sentences that differ, as nodes.
fn linked(revision: &Revision, before: &Reading, after: &Reading) -> Vec<(usize, usize)> {
    let node = |reading: &Reading, n: usize| reading.nodes.get(n).copied().flatten();
    let pairs = revision.alignment.iter();
    let pairs = pairs.filter_map(|pair| Some((node(before, pair.before)?, node(after, pair.after)?)));
    pairs.filter(|(one, other)| one != other).collect()
}

/// The telling words of a sentence, sorted, each once.
fn stems(text: &str) -> Vec<String> {
    let mut stems = words::stems(&fold(text));
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// The share of their telling words that two sentences have in common.
fn shared(one: &[String], other: &[String]) -> f64 {
    let common = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// Nodes that are joined, one after the other. No line holds two sentences of one wording: they are two things said.
struct Groups {
    parent: Vec<usize>,
    versions: Vec<Vec<usize>>,
}

impl Groups {
    fn of(nodes: &[Node]) -> Self {
        let versions = nodes.iter().map(|node| node.versions.clone()).collect();
        Self { parent: (0..nodes.len()).collect(), versions }
    }

    fn root(&mut self, mut node: usize) -> usize {
        while let Some(up) = self.parent.get(node).copied().filter(|up| *up != node) {
            let next = self.parent.get(up).copied().unwrap_or(up);
            if let Some(parent) = self.parent.get_mut(node) {
                *parent = next;
            }
            node = next;
        }
        node
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (root, child) = (one.min(other), one.max(other));
        let (Some(kept), Some(more)) = (self.versions.get(root), self.versions.get(child)) else { return };
        if root == child || more.iter().any(|version| kept.binary_search(version).is_ok()) {
            return;
        }
        let mut versions = [kept.as_slice(), more.as_slice()].concat();
        versions.sort_unstable();
        if let (Some(kept), Some(parent)) = (self.versions.get_mut(root), self.parent.get_mut(child)) {
            (*kept, *parent) = (versions, root);
        }
    }

    /// For each node the number of its line, in the order of their first nodes.
    fn numbered(mut self) -> Vec<usize> {
        let mut numbers: FxHashMap<usize, usize> = FxHashMap::default();
        (0..self.parent.len())
            .map(|node| {
                let next = numbers.len();
                let root = self.root(node);
                *numbers.entry(root).or_insert(next)
            })
            .collect()
    }
}
