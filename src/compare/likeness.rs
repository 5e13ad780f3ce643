//! How much two sentences resemble each other, 0 to 1: half by the words that they share, half by edit distance.

use super::text::Interner;
use crate::text::{is_stopword, is_word, tokens};

/// Sentences longer than this, in bytes, are compared by their words alone.
const LONGEST: usize = 2_048;

/// The least likeness of two lines about one thing.
const SAME_THING: f64 = 0.90;

/// A sentence, ready to be compared.
pub(super) struct Shape<'a> {
    pub key: &'a str,
    /// The numbers of its words, sorted, each once; of its marks where it has no word.
    pub words: Vec<u32>,
    /// The numbers of the words that tell it from others, without the plural's "s", sorted, each once.
    pub telling: Vec<u32>,
    /// How many words it has, repeats counted.
    pub count: usize,
    /// The number of what it is about, where it is a line that says so: "licensing" of "licensing: back".
    pub about: Option<u32>,
}

impl<'a> Shape<'a> {
    pub(super) fn of(key: &'a str, numbers: &mut Interner<'a>) -> Self {
        let (mut words, mut telling) = (Vec::new(), Vec::new());
        for word in tokens(key).filter_map(|t| key.get(t)).filter(|t| is_word(t)) {
            words.push(numbers.number(word));
            if tells(word) {
                telling.push(numbers.number(singular(word)));
            }
        }
        if words.is_empty() {
            words = tokens(key).filter_map(|t| key.get(t)).map(|t| numbers.number(t)).collect();
        }
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        telling.sort_unstable();
        telling.dedup();
        let about = about(key).map(|words| numbers.number(words));
        Self { key, words, telling, count, about }
    }
}

/// Of a line that names a thing and says how it stands, the most words of the thing and of what is said of it.
const THING: usize = 5;
const STANDING: usize = 14;

/// What such a line is about: what stands before its colon, or before its dash.
fn about(key: &str) -> Option<&str> {
    let (thing, said) = key.split_once(": ").or_else(|| key.split_once(" - "))?;
    let words = |text: &str| tokens(text).filter_map(|t| text.get(t)).filter(|t| is_word(t)).count();
    let thing = thing.trim_end();
    ((1..=THING).contains(&words(thing)) && (1..=STANDING).contains(&words(said))).then_some(thing)
}

/// Whether a word tells its sentence from others.
fn tells(word: &str) -> bool {
    !is_stopword(word)
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|w| w.len() > 3).unwrap_or(word)
}

/// One sentence against many: the table of where each byte stands in it is made once.
pub(super) struct Pattern<'a> {
    shape: &'a Shape<'a>,
    /// For each byte value, a bit for each place where it stands.
    table: Vec<u64>,
    blocks: usize,
}

impl<'a> Pattern<'a> {
    pub(super) fn of(shape: &'a Shape<'a>) -> Self {
        let bytes = shape.key.as_bytes();
        let blocks = if bytes.len() > LONGEST { 0 } else { bytes.len().div_ceil(64) };
        let mut table = vec![0_u64; 256 * blocks];
        for (n, &b) in bytes.iter().take(blocks * 64).enumerate() {
            if let Some(word) = table.get_mut(usize::from(b) * blocks + n / 64) {
                *word |= 1 << (n % 64);
            }
        }
        Self { shape, table, blocks }
    }

    /// The likeness to another sentence, and about how many steps it took; less than `least` may come out as 0.
    pub(super) fn likeness(&self, other: &Shape<'_>, least: f64) -> (f64, usize) {
        if self.shape.about.is_some() && self.shape.about == other.about {
            // Whatever is said of the thing, it is the same thing; the rest only orders what says it.
            let (rest, steps) = self.of_words(other, 0.0);
            return (SAME_THING + (1.0 - SAME_THING) * rest, steps);
        }
        self.of_words(other, least)
    }

    fn of_words(&self, other: &Shape<'_>, least: f64) -> (f64, usize) {
        let shared = shared(&self.shape.words, &other.words);
        let union = self.shape.words.len() + other.words.len() - shared;
        let jaccard = if union == 0 { 0.0 } else { shared as f64 / union as f64 };
        let (long, short) =
            (self.shape.key.len().max(other.key.len()), self.shape.key.len().min(other.key.len()));
        // The edit ratio cannot be more than the shorter one whole.
        let most = 2.0 * short as f64 / (long + short).max(1) as f64;
        if f64::midpoint(jaccard, most) < least {
            return (0.0, union);
        }
        if self.blocks == 0 || other.key.len() > LONGEST {
            return (jaccard, union);
        }
        let common = self.common(other.key.as_bytes());
        let ratio = 2.0 * common as f64 / (long + short).max(1) as f64;
        (f64::midpoint(jaccard, ratio), union + other.key.len() * self.blocks)
    }

    /// The length of the longest common subsequence: bit-parallel (Hyyrö 2004), 64 places a step. Most sentences are of
    /// one to four steps, which are kept in registers.
    fn common(&self, other: &[u8]) -> usize {
        match self.blocks {
            1 => self.common_in::<1>(other),
            2 => self.common_in::<2>(other),
            3 => self.common_in::<3>(other),
            4 => self.common_in::<4>(other),
            blocks => {
                let mut rows = vec![u64::MAX; blocks];
                for &b in other {
                    let from = usize::from(b) * blocks;
                    step(&mut rows, self.table.get(from..from + blocks).unwrap_or_default());
                }
                self.length(&rows)
            }
        }
    }

    fn common_in<const N: usize>(&self, other: &[u8]) -> usize {
        let mut rows = [u64::MAX; N];
        let (masks, _) = self.table.as_chunks::<N>();
        for &b in other {
            if let Some(masks) = masks.get(usize::from(b)) {
                step(&mut rows, masks);
            }
        }
        self.length(&rows)
    }

    fn length(&self, rows: &[u64]) -> usize {
        let ones: usize = rows.iter().map(|r| r.count_zeros() as usize).sum();
        ones.min(self.shape.key.len())
    }
}

/// One byte of the other text: the rows after it.
#[inline]
fn step(rows: &mut [u64], masks: &[u64]) {
    let mut carry = false;
    for (row, mask) in rows.iter_mut().zip(masks) {
        let hit = *row & mask;
        let (sum, over) = row.overflowing_add(hit);
        let (sum, more) = sum.overflowing_add(u64::from(carry));
        carry = over || more;
        *row = sum | (*row & !mask);
    }
}

/// How many numbers two sorted lists share.
pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    let mut b = b.iter().peekable();
    a.iter()
        .filter(|x| {
            while b.next_if(|y| y < x).is_some() {}
            b.next_if_eq(x).is_some()
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(a: &str, b: &str) -> f64 {
        let mut numbers = Interner::default();
        let (a, b) = (Shape::of(a, &mut numbers), Shape::of(b, &mut numbers));
        Pattern::of(&a).likeness(&b, 0.0).0
    }

    #[test]
    fn halves_of_words_and_letters() {
        assert!((like("the forms are back", "the forms are back") - 1.0).abs() < 1e-9);
        assert!(like("abc", "xyz").abs() < 1e-9);
        // Words 2 of 4; letters: "the cats" and "the cat" within "the cats sat", "the cat sat": 22 of 23.
        let half = f64::midpoint(2.0 / 4.0, 22.0 / 23.0);
        assert!((like("the cats sat", "the cat sat") - half).abs() < 1e-9);
        let long = "a long sentence goes on and on until it fills more than one block of sixty-four places in the table";
        assert!((like(long, &format!("{long}!")) - f64::midpoint(1.0, 2.0 * 99.0 / 199.0)).abs() < 0.01);
    }

    #[test]
    fn lines_about_one_thing_are_alike_whatever_they_say_of_it() {
        assert!(like("moorings: open", "moorings: shut again since the storm") > SAME_THING);
        assert!(like("moorings - open", "moorings - shut again since the storm") > SAME_THING);
        assert!(like("moorings: open", "slipway: shut again since the storm") < 0.3);
        assert!(like("we can say this much today, and no more: we are open", "moorings: open") < 0.5);
    }
}
