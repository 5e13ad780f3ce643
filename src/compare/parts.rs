//! Splits and merges: a free sentence whose words are what its linked neighbour left of its counterpart.

use super::candidates::Candidates;
use super::likeness::Shape;
use super::link::Links;

/// The share of a part's telling words that must stand in what is left of the counterpart.
const COVERED: f64 = 0.70;
/// A sentence becomes at most this many more.
const ROUNDS: usize = 4;

/// Joins free sentences to the links of their neighbours.
pub(super) fn join(candidates: &Candidates<'_>, links: &mut Links) {
    for _ in 0..ROUNDS {
        let splits: Vec<_> =
            links.free_after().filter_map(|j| Some((split(candidates, links, j)?, j))).collect();
        for &(i, j) in &splits {
            links.add_split(i, j);
        }
        let merges: Vec<_> =
            links.free_before().filter_map(|i| Some((i, merge(candidates, links, i)?))).collect();
        for &(i, j) in &merges {
            links.add_merged(i, j);
        }
        if splits.is_empty() && merges.is_empty() {
            return;
        }
    }
}

/// The old sentence that a free new one is a part of.
fn split(candidates: &Candidates<'_>, links: &Links, j: usize) -> Option<usize> {
    let part = candidates.after(j)?;
    let beside = [j.checked_sub(1), j.checked_add(1)].into_iter().flatten();
    let whole = beside.filter_map(|m| links.of_after(m)).filter(|i| !links.is_merged(*i)).filter_map(|i| {
        let others = links.news_of(i).filter_map(|m| candidates.after(m));
        Some((covered(part, candidates.before(i)?, others), i))
    });
    best(whole)
}

/// The new sentence that a free old one was merged into.
fn merge(candidates: &Candidates<'_>, links: &Links, i: usize) -> Option<usize> {
    let part = candidates.before(i)?;
    let beside = [i.checked_sub(1), i.checked_add(1)].into_iter().flatten();
    let whole = beside.filter_map(|m| links.of_before(m)).filter(|j| !links.is_split(*j)).filter_map(|j| {
        let others = links.olds_of(j).filter_map(|m| candidates.before(m));
        Some((covered(part, candidates.after(j)?, others), j))
    });
    best(whole)
}

fn best(whole: impl Iterator<Item = (f64, usize)>) -> Option<usize> {
    whole.filter(|w| w.0 >= COVERED).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|w| w.1)
}

/// The share of the part's telling words that the whole has and the other parts have not; all of them where the whole is
/// nothing but its parts, a word that they share being said once: "we restored telephones on Monday and email on Friday".
fn covered<'s>(part: &Shape<'_>, whole: &Shape<'_>, others: impl Iterator<Item = &'s Shape<'s>>) -> f64 {
    let mut left: Vec<u32> = whole.telling.clone();
    for other in others {
        left.retain(|w| other.telling.binary_search(w).is_err());
    }
    let here = part.telling.iter().filter(|w| left.binary_search(w).is_ok()).count();
    let said = part.telling.iter().all(|w| whole.telling.binary_search(w).is_ok());
    if part.telling.is_empty() {
        0.0
    } else if said && here == left.len() && here * 5 >= part.telling.len() * 3 {
        1.0
    } else {
        here as f64 / part.telling.len() as f64
    }
}
