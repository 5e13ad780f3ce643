//! The heaviest run of links that keeps one order on both sides.

/// A possible link and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighted {
    pub before: usize,
    pub after: usize,
    pub weight: f64,
}

/// The subset of greatest total weight that rises strictly on both sides, in order. O(n log n).
/// Of equals, the one that is found first, so the result is the same each time.
pub(super) fn heaviest(mut links: Vec<Weighted>) -> Vec<Weighted> {
    // On one `before`, descending `after`: so that no two of them can follow each other.
    links.sort_by(|a, b| (a.before, b.after).cmp(&(b.before, a.after)));
    let width = links.iter().map(|l| l.after + 1).max().unwrap_or(0);
    let mut best = Peaks { tree: vec![(0.0, None); width + 1] };
    let mut previous = Vec::with_capacity(links.len());
    let mut top: (f64, Option<usize>) = (0.0, None);
    for (n, link) in links.iter().enumerate() {
        let (sum, from) = best.below(link.after);
        let sum = sum + link.weight;
        previous.push(from);
        best.raise(link.after, (sum, Some(n)));
        if sum > top.0 {
            top = (sum, Some(n));
        }
    }
    let mut run = Vec::new();
    let mut at = top.1;
    while let Some(link) = at.and_then(|n| links.get(n)) {
        run.push(*link);
        at = at.and_then(|n| previous.get(n).copied().flatten());
    }
    run.reverse();
    run
}

/// A Fenwick tree of prefix maxima.
struct Peaks {
    tree: Vec<(f64, Option<usize>)>,
}

impl Peaks {
    /// The greatest among places before `place`.
    fn below(&self, place: usize) -> (f64, Option<usize>) {
        let mut at = place;
        let mut top = (0.0, None);
        while let Some(&entry) = self.tree.get(at).filter(|_| at > 0) {
            if entry.0 > top.0 {
                top = entry;
            }
            at &= at - 1;
        }
        top
    }

    fn raise(&mut self, place: usize, value: (f64, Option<usize>)) {
        let mut at = place + 1;
        while let Some(entry) = self.tree.get_mut(at) {
            if value.0 > entry.0 {
                *entry = value;
            }
            at += at & at.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_one_moved() {
        let link = |before, after, weight| Weighted { before, after, weight };
        let kept = heaviest(vec![link(0, 1, 3.0), link(1, 0, 9.0), link(2, 2, 1.0), link(2, 3, 4.0)]);
        assert_eq!(kept, vec![link(1, 0, 9.0), link(2, 3, 4.0)]);
    }
}
