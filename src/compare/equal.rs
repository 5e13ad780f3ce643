//! Links between sentences of equal key.

use super::{links::Links, text::Texts};
use crate::model::{Block, Link, Pair, Sentence};

/// The pairs of two texts that differ in nothing that is compared: each sentence with the one in its place. None where
/// any two differ, even where more than a glance would find them equal.
pub(super) fn aligned(before: &[Block], after: &[Block]) -> Option<Vec<Pair>> {
    let sentences = |blocks: &'_ [Block]| blocks.iter().map(|block| block.sentences.len()).sum::<usize>();
    let count = sentences(after);
    let each = |blocks| <[Block]>::iter(blocks).flat_map(|block| &block.sentences);
    let same =
        sentences(before) == count && each(before).zip(each(after)).all(|(old, new)| is_same(old, new));
    same.then(|| (0..count).map(|n| Pair { before: n, after: n }).collect())
}

fn is_same(old: &Sentence, new: &Sentence) -> bool {
    match (&old.volatile, &new.volatile) {
        (None, None) => {
            old.text == new.text && old.links.iter().map(Link::bare).eq(new.links.iter().map(Link::bare))
        }
        (old, new) => old == new,
    }
}

/// Links equal keys: at both ends, where they stand once on each side, and beside such links.
/// Equal sentences that stand several times are left to [`repeats`].
pub(super) fn unique(texts: &Texts<'_>, links: &mut Links) {
    let (before, after) = (&texts.before_ids, &texts.after_ids);
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    (0..head).for_each(|n| links.add(n, n));
    let room = before.len().min(after.len()) - head;
    let tail = before.iter().rev().zip(after.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    (1..=tail).for_each(|n| links.add(before.len() - n, after.len() - n));

    let mut seen = vec![(0_u32, 0_u32, 0_usize, 0_usize); texts.distinct];
    for (n, &id) in before.iter().enumerate().filter(|(n, _)| links.of_before(*n).is_none()) {
        if let Some(s) = seen.get_mut(id as usize) {
            (s.0, s.2) = (s.0 + 1, n);
        }
    }
    for (n, &id) in after.iter().enumerate().filter(|(n, _)| links.of_after(*n).is_none()) {
        if let Some(s) = seen.get_mut(id as usize) {
            (s.1, s.3) = (s.1 + 1, n);
        }
    }
    for &(_, _, i, j) in seen.iter().filter(|s| s.0 == 1 && s.1 == 1) {
        links.add(i, j);
    }
    let anchors: Vec<(usize, usize)> = links.pairs().collect();
    for &(i, j) in &anchors {
        let onward = (i + 1..before.len()).zip(j + 1..after.len());
        grow(texts, links, onward);
        grow(texts, links, (0..i).rev().zip((0..j).rev()));
    }
}

/// Links free neighbours while they are equal.
fn grow(texts: &Texts<'_>, links: &mut Links, steps: impl Iterator<Item = (usize, usize)>) {
    for (i, j) in steps {
        let free = links.of_before(i).is_none() && links.of_after(j).is_none();
        if !free || texts.before_ids.get(i) != texts.after_ids.get(j) {
            return;
        }
        links.add(i, j);
    }
}

/// Links what is still equal and free: first in its order within each gap of the backbone, then in its order anywhere.
pub(super) fn repeats(texts: &Texts<'_>, links: &mut Links, gap_before: &[usize], gap_after: &[usize]) {
    for anywhere in [false, true] {
        let place = |gaps: &[usize], n: usize| if anywhere { 0 } else { gaps.get(n).copied().unwrap_or(0) };
        let mut old: Vec<(u32, usize, usize)> = Vec::new();
        let mut new: Vec<(u32, usize, usize)> = Vec::new();
        for (n, &id) in texts.before_ids.iter().enumerate().filter(|(n, _)| links.of_before(*n).is_none()) {
            old.push((id, place(gap_before, n), n));
        }
        for (n, &id) in texts.after_ids.iter().enumerate().filter(|(n, _)| links.of_after(*n).is_none()) {
            new.push((id, place(gap_after, n), n));
        }
        old.sort_unstable();
        new.sort_unstable();
        let mut rest = new.into_iter().peekable();
        for (id, gap, i) in old {
            while rest.next_if(|n| (n.0, n.1) < (id, gap)).is_some() {}
            if let Some((_, _, j)) = rest.next_if(|n| (n.0, n.1) == (id, gap)) {
                links.add(i, j);
            }
        }
    }
}
