//! What two readings of one page, taken moments apart, teach of a site: what moves by itself is not the statement.
//!
//! Only the second look at first sight may teach this way: between looks further apart a publisher may have been at
//! work, and a figure that was revised twice is news twice. Not here: how memory is used (`boilerplate`, `volatile`).

use std::collections::BTreeSet;

use crate::{
    model::{Block, BlockKind, Memory, Statement},
    read::{dates, html::boilerplate, volatile},
};

/// The most that a site's memory holds of each kind.
const MOST: usize = 512;

/// Whether a statement has a short sentence with a figure that may move by itself ("Beds free: 12"): then a second look,
/// moments later, is worth its request.
pub fn may_move(statement: &Statement) -> bool {
    // The number of a heading or of an item counts nothing.
    let blocks = statement.content.iter().chain(&statement.banner).filter(|b| b.kind != BlockKind::Heading);
    let sentences = blocks.flat_map(|block| &block.sentences);
    sentences.filter(|sentence| sentence.volatile.is_none()).any(|sentence| {
        let words = sentence.text.split_whitespace().count();
        let figure = sentence.text.bytes().any(|b| b.is_ascii_digit());
        // A counter is a label with its figure; what ends in a full stop is said by somebody.
        figure && words <= SHORT && !sentence.text.ends_with('.') && !dates::is_date(&sentence.text)
    })
}

/// Counters say what they count in so many words.
const SHORT: usize = 7;

/// The memory after two readings that were taken moments apart by one recipe; none when they teach nothing, so that
/// looking does not by itself make a new number.
pub fn learn(first: &Statement, second: &Statement, memory: &Memory) -> Option<Memory> {
    let mut next = memory.clone();
    for (a, b) in [(&first.content, &second.content), (&first.banner, &second.banner)] {
        counters(a, b, &mut next.counters);
    }
    furniture(&first.content, &second.content, &mut next);
    if next.counters == memory.counters && next.furniture == memory.furniture {
        return None;
    }
    next.number += 1;
    Some(next)
}

/// Sentences that differ in nothing but their figures.
fn counters(first: &[Block], second: &[Block], known: &mut Vec<String>) {
    let keys = |blocks: &[Block]| -> BTreeSet<String> {
        blocks.iter().flat_map(|b| &b.sentences).map(crate::text::key).collect()
    };
    let (a, b) = (keys(first), keys(second));
    let came: BTreeSet<String> = b.difference(&a).map(|k| volatile::skeleton(k)).collect();
    for gone in a.difference(&b).map(|k| volatile::skeleton(k)) {
        if came.contains(&gone) && gone.contains('0') && known.len() < MOST && !known.contains(&gone) {
            known.push(gone);
        }
    }
}

/// Blocks of the leading and trailing run that are in one reading only.
fn furniture(first: &[Block], second: &[Block], next: &mut Memory) {
    let keys = |blocks: &[Block]| -> Vec<String> { blocks.iter().map(boilerplate::key).collect() };
    let (a, b) = (keys(first), keys(second));
    let (in_a, in_b): (BTreeSet<&String>, BTreeSet<&String>) = (a.iter().collect(), b.iter().collect());
    for (own, others) in [(&a, &in_b), (&b, &in_a)] {
        let strange = |k: &&String| !others.contains(*k);
        let tail = own.iter().rev().take_while(strange);
        let head = own.iter().skip(1).take_while(strange);
        for key in tail.chain(head) {
            let counted = next.counters.contains(&volatile::skeleton(key));
            if !counted && next.furniture.len() < MOST && !next.furniture.contains(key) {
                next.furniture.push(key.clone());
            }
        }
    }
}
