//! Splits and merges: a free sentence whose words are what its linked neighbour left of its counterpart.

use super::candidates::Candidates;
use super::likeness::Shape;
use super::links::Links;

/// The share of a part's telling words that must stand in what is left of the counterpart.
const COVERED: f64 = 0.70;
/// So many times the neighbours of what was joined are looked at.
const ROUNDS: usize = 4;
/// Parts that no link holds are looked for around a free sentence of so many telling words at least.
const WHOLE: usize = 6;
/// So many at least: of two, one is like enough to the whole to be linked.
const PARTS: usize = 3;
/// The share of its telling words that such parts must have together.
const TOGETHER: f64 = 0.60;
/// So many pairs of free sentences are tried for it.
const TRIED: usize = 20_000;

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

/// Joins free sentences that stand together and say, each a part, what one free sentence of the other side says: each of
/// them is too unlike the whole to be linked with it.
pub(super) fn gather(candidates: &Candidates<'_>, links: &mut Links) {
    let (old, new): (Vec<usize>, Vec<usize>) = (links.free_before().collect(), links.free_after().collect());
    if old.len().saturating_mul(new.len()) > TRIED {
        return;
    }
    for &i in &old {
        let Some(whole) = candidates.before(i) else { continue };
        let part = |j: &usize| candidates.after(*j);
        if let Some(run) = run(whole, &new, part, |j| links.of_after(*j).is_none())
            && let [first, rest @ ..] = &*run
        {
            links.add(i, *first);
            for j in rest {
                links.add_split(i, *j);
            }
        }
    }
    for &j in &new {
        let Some(whole) = candidates.after(j).filter(|_| links.of_after(j).is_none()) else { continue };
        let part = |i: &usize| candidates.before(*i);
        if let Some(run) = run(whole, &old, part, |i| links.of_before(*i).is_none())
            && let [first, rest @ ..] = &*run
        {
            links.add(*first, j);
            for i in rest {
                links.add_merged(*i, j);
            }
        }
    }
}

/// The longest run of free sentences, one beside the other, that are parts of a whole; none where they are not most of it.
fn run<'s>(
    whole: &Shape<'_>,
    free: &[usize],
    shape: impl Fn(&usize) -> Option<&'s Shape<'s>>,
    is_free: impl Fn(&usize) -> bool,
) -> Option<Vec<usize>> {
    if whole.telling.len() < WHOLE {
        return None;
    }
    let is_part = |n: &usize| {
        is_free(n) && shape(n).is_some_and(|part| !part.telling.is_empty() && share(part, whole) >= COVERED)
    };
    let parts: Vec<usize> = free.iter().copied().filter(is_part).collect();
    let longest = parts.chunk_by(|a, b| a + 1 == *b).max_by_key(|run| run.len())?;
    let said =
        |word: &&u32| longest.iter().filter_map(&shape).any(|part| part.telling.binary_search(word).is_ok());
    let together = whole.telling.iter().filter(said).count();
    (longest.len() >= PARTS && together as f64 >= TOGETHER * whole.telling.len() as f64)
        .then(|| longest.to_vec())
}

/// The share of a part's telling words that a whole has.
fn share(part: &Shape<'_>, whole: &Shape<'_>) -> f64 {
    let here = part.telling.iter().filter(|w| whole.telling.binary_search(w).is_ok()).count();
    here as f64 / part.telling.len() as f64
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
