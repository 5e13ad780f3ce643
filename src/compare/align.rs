//! Which sentence became which: the steps in their order.
//!
//! Not here: how alike two sentences are (`likeness`), and what a link is (`links`).

use rustc_hash::FxHashMap;

use super::candidates::Candidates;
use super::chain::{Weighted, heaviest};
use super::links::Links;
use super::text::Texts;
use super::{answers, equal, parts};

/// Links at least this strong hold wherever the two stand, when each is the other's best.
const STRONG: f64 = 0.75;
/// Texts that keep less than this share of their words are two texts.
const KEPT: f64 = 0.10;
/// The least likeness within a gap of the backbone.
const IN_GAP: f64 = 0.35;
/// The least likeness between neighbouring gaps.
const NEXT_DOOR: f64 = 0.42;
/// The least likeness anywhere.
const ANYWHERE: f64 = 0.50;
/// The least likeness anywhere of sentences under [`FEW`] words.
const ANYWHERE_FEW: f64 = 0.62;
/// Fewer words than this are alike too easily.
const FEW: usize = 6;

/// Whether both ends of a link are free.
fn are_free(links: &Links, link: &Weighted) -> bool {
    links.of_before(link.before).is_none() && links.of_after(link.after).is_none()
}

/// The heaviest run of links in one order, by words: what is not in it has moved.
fn backbone(links: &Links, texts: &Texts<'_>) -> Vec<(usize, usize)> {
    let weight = |i, j| (texts.before.weight(i) + texts.after.weight(j)) as f64;
    let all = links.pairs().map(|(before, after)| Weighted { before, after, weight: weight(before, after) });
    heaviest(all.collect()).into_iter().map(|l| (l.before, l.after)).collect()
}

/// For each sentence of both sides, the gap of the backbone that it stands in.
fn gaps(backbone: &[(usize, usize)], before: usize, after: usize) -> (Vec<usize>, Vec<usize>) {
    let number = |len: usize, ends: Vec<usize>| {
        let mut ends = ends.into_iter().peekable();
        let mut gap = 0;
        (0..len)
            .map(|n| {
                while ends.next_if(|end| *end <= n).is_some() {
                    gap += 1;
                }
                gap
            })
            .collect()
    };
    (
        number(before, backbone.iter().map(|l| l.0).collect()),
        number(after, backbone.iter().map(|l| l.1).collect()),
    )
}

/// Which sentence became which, and what stayed in its place.
pub(super) struct Alignment {
    pub links: Links,
    /// The links that keep one order; the others have moved.
    pub backbone: Vec<(usize, usize)>,
    /// About how many words stay.
    pub kept: usize,
    /// A cap was met.
    pub degraded: bool,
}

impl Alignment {
    /// Whether a text of so many words is gone as a whole.
    pub(super) fn lost(&self, words: usize) -> bool {
        (self.kept as f64) < KEPT * words as f64
    }

    fn mirrored(self) -> Self {
        let backbone = self.backbone.into_iter().map(|(i, j)| (j, i)).collect();
        Self { links: self.links.mirrored(), backbone, ..self }
    }
}

/// Aligns two texts. What is open between equals is decided the same way from either side, so the alignment of
/// the texts exchanged is this one mirrored.
pub(super) fn align(texts: &Texts<'_>) -> Alignment {
    if texts.after.keys < texts.before.keys { ordered(&texts.mirrored()).mirrored() } else { ordered(texts) }
}

fn ordered(texts: &Texts<'_>) -> Alignment {
    let (mut links, degraded) = links(texts);
    let pairs: Vec<(usize, usize)> = links.pairs().collect();
    let kept = links.all().map(|(i, j)| texts.common_words(i, j)).sum();
    let mut alignment = Alignment { links: Links::none(0, 0), backbone: Vec::new(), kept, degraded };
    if alignment.lost(texts.before.all_words()) && alignment.lost(texts.after.all_words()) {
        // One text gave way to another: what they seem to share by likeness alone is chance.
        pairs.into_iter().filter(|&(i, j)| !texts.is_same(i, j)).for_each(|(i, j)| links.drop(i, j));
    }
    alignment.backbone = backbone(&links, texts);
    alignment.links = links;
    alignment
}

/// Links the sentences of two texts; true when a cap was met.
fn links(texts: &Texts<'_>) -> (Links, bool) {
    let (old, new) = (texts.before.len(), texts.after.len());
    let mut links = Links::none(old, new);
    equal::unique(texts, &mut links);
    if links.free_before().next().is_some() && links.free_after().next().is_some() {
        let (gap_before, gap_after) = gaps(&backbone(&links, texts), old, new);
        equal::repeats(texts, &mut links, &gap_before, &gap_after);
    }
    if links.free_before().next().is_none() || links.free_after().next().is_none() {
        return (links, false);
    }
    let mut candidates = Candidates::of(texts, &links);
    candidates.anywhere();
    strong(candidates.found(), &mut links);
    let gaps = in_gaps(texts, &mut candidates, &mut links);
    parts::join(&candidates, &mut links);
    parts::gather(&candidates, &mut links);
    anywhere(&candidates, &mut links);
    parts::join(&candidates, &mut links);
    next_door(candidates.found(), (&gaps.0, &gaps.1), &mut links);
    answers::link(texts, &mut links);
    (links, candidates.degraded)
}

/// Fills the gaps of the backbone, in order; gives the gap that each sentence stands in.
fn in_gaps(
    texts: &Texts<'_>,
    candidates: &mut Candidates<'_>,
    links: &mut Links,
) -> (Vec<usize>, Vec<usize>) {
    let (old, new) = gaps(&backbone(links, texts), texts.before.len(), texts.after.len());
    candidates.within(links, (&old, &new));
    let near = candidates.found().iter().filter(|l| are_free(links, l) && l.weight >= IN_GAP);
    let near = near.filter(|l| old.get(l.before) == new.get(l.after)).copied().collect();
    for link in heaviest(near) {
        links.add(link.before, link.after);
    }
    (old, new)
}

/// Links what is left between neighbouring gaps: a paragraph that steps over another takes nobody's counterpart away.
fn next_door(found: &[Weighted], (old, new): (&[usize], &[usize]), links: &mut Links) {
    let beside = |l: &&Weighted| match (old.get(l.before), new.get(l.after)) {
        (Some(a), Some(b)) => a.abs_diff(*b) == 1,
        _ => false,
    };
    let mut near: Vec<&Weighted> =
        found.iter().filter(|l| l.weight >= NEXT_DOOR && are_free(links, l)).filter(beside).collect();
    near.sort_by(|a, b| b.weight.total_cmp(&a.weight).then((a.before, a.after).cmp(&(b.before, b.after))));
    for link in near {
        links.add(link.before, link.after);
    }
}

/// Links what is left wherever it stands, the most alike first.
fn anywhere(candidates: &Candidates<'_>, links: &mut Links) {
    let least =
        |l: &Weighted| if candidates.words(l.before, l.after) < FEW { ANYWHERE_FEW } else { ANYWHERE };
    let left = candidates.found().iter().filter(|l| are_free(links, l) && l.weight >= least(l));
    let mut left: Vec<&Weighted> = left.collect();
    left.sort_by(|a, b| b.weight.total_cmp(&a.weight).then((a.before, a.after).cmp(&(b.before, b.after))));
    for link in left {
        links.add(link.before, link.after);
    }
}

/// Links pairs that are strongly alike, each the other's best.
fn strong(found: &[Weighted], links: &mut Links) {
    let mut best_before = FxHashMap::<usize, (f64, usize)>::default();
    let mut best_after = FxHashMap::<usize, (f64, usize)>::default();
    for l in found.iter().filter(|l| l.weight >= STRONG) {
        let b = best_before.entry(l.before).or_insert((0.0, 0));
        if l.weight > b.0 {
            *b = (l.weight, l.after);
        }
        let a = best_after.entry(l.after).or_insert((0.0, 0));
        if l.weight > a.0 {
            *a = (l.weight, l.before);
        }
    }
    let mut mutual: Vec<(usize, usize)> = best_before.iter().map(|(i, (_, j))| (*i, *j)).collect();
    mutual.retain(|(i, j)| best_after.get(j).is_some_and(|(_, back)| back == i));
    mutual.sort_unstable();
    for (i, j) in mutual {
        links.add(i, j);
    }
}
