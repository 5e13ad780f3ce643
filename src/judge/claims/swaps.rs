//! What was put in, left out or put in another's place between two texts that are else the same, word for word.
//!
//! Not here: what it means (`rules`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::text::words;

/// Texts of more words than this, taken times each other, are not set beside each other.
const MOST: usize = 250_000;

/// Words that differ at one place; either side may be empty, not both.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::judge) struct Swap<'t> {
    pub gone: Vec<&'t str>,
    pub come: Vec<&'t str>,
    /// The words before it and after it in the new text.
    pub before: Vec<&'t str>,
    pub after: Vec<&'t str>,
}

/// Where two folded texts differ, in order; nothing where they are too long to be looked at.
pub(in crate::judge) fn swaps<'t>(old: &'t str, new: &'t str) -> Vec<Swap<'t>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (words::words(old).collect(), words::words(new).collect());
    if old.len().saturating_mul(new.len()) > MOST {
        return Vec::new();
    }
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let differs = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    differs
        .map(|op| {
            let (gone, come) = (op.old_range(), op.new_range());
            Swap {
                before: new.get(..come.start).unwrap_or_default().to_vec(),
                after: new.get(come.end..).unwrap_or_default().to_vec(),
                gone: old.get(gone).unwrap_or_default().to_vec(),
                come: new.get(come).unwrap_or_default().to_vec(),
            }
        })
        .collect()
}

static GROUPS: LazyLock<FxHashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut groups: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (n, group) in groups_of_words().enumerate() {
        for word in group.split_whitespace() {
            groups.entry(words::stem(word)).or_default().push(n);
        }
    }
    groups
});

/// Lines of words that say much the same.
fn groups_of_words() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../../text/lexicons/synonyms.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether two words say much the same: one stem, or one group.
pub(in crate::judge) fn is_synonym(one: &str, other: &str) -> bool {
    let (one, other) = (words::stem(one), words::stem(other));
    let groups = |stem: &str| GROUPS.get(stem).map(Vec::as_slice).unwrap_or_default();
    one == other || groups(one).iter().any(|group| groups(other).contains(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_told_with_what_stands_around_it() {
        let swap = |old, new| swaps(old, new).into_iter().map(|s| (s.gone, s.come)).collect::<Vec<_>>();
        assert_eq!(swap("no data was lost", "no staff data was lost"), [(vec![], vec!["staff"])]);
        assert_eq!(swap("the gate is red", "the gate is blue"), [(vec!["red"], vec!["blue"])]);
        assert_eq!(swap("the gate", "the gate"), []);
    }

    #[test]
    fn no_word_stands_twice_in_a_group() {
        for group in groups_of_words() {
            let mut words: Vec<&str> = group.split_whitespace().collect();
            words.sort_unstable();
            assert!(words.windows(2).all(|two| two.first() != two.last()), "{group}");
            assert!(words.len() > 1, "{group}");
        }
    }
}
