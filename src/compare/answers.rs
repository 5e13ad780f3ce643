//! Answers in a word: "Was data taken? No." that becomes "Was data taken? Yes." Alone, two such words are not alike; under
//! one question they are what it was answered, and is.

use super::links::Links;
use super::text::{Side, Texts};

/// An answer in a word has so many words at most.
const SHORT: usize = 2;

/// Links the free sentences that stand at once after one question, where one of them is a word or two.
pub(super) fn link(texts: &Texts<'_>, links: &mut Links) {
    let asked: Vec<(usize, usize)> =
        links.pairs().filter(|&(i, j)| asks(texts.before, i) && asks(texts.after, j)).collect();
    for (i, j) in asked {
        let (old, new) = (i + 1, j + 1);
        let free = links.of_before(old).is_none() && links.of_after(new).is_none();
        if free && (is_short(texts.before, old) || is_short(texts.after, new)) {
            links.add(old, new);
        }
    }
}

fn asks(side: &Side<'_>, n: usize) -> bool {
    side.keys.get(n).is_some_and(|key| key.ends_with('?'))
}

fn is_short(side: &Side<'_>, n: usize) -> bool {
    side.keys.get(n).is_some_and(|key| !key.ends_with('?')) && side.words(n) <= SHORT
}
