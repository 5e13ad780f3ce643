//! Which words differ between two texts. Exact: nothing outside the spans differs.
//!
//! Not here: which texts are compared (`hunks`). `similar` finds the words that stay.

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::{
    model::{Span, SpanPair},
    text::tokens,
};

/// With less than this share of their letters in common, two texts are shown as replaced whole.
const IN_COMMON: f64 = 0.35;
/// Pairs of words that may be set beside each other in one revision.
const PAIRS: usize = 24_000_000;

/// Compares words, with one budget for a whole revision.
pub(super) struct Words {
    left: usize,
    /// The budget was met: some texts are shown as replaced between their equal ends.
    pub degraded: bool,
}

impl Words {
    pub(super) fn new() -> Self {
        Self { left: PAIRS, degraded: false }
    }

    /// Where two texts differ, in scalar values; empty for equal texts only. The same, mirrored, the other way round.
    pub(super) fn between(&mut self, before: &str, after: &str) -> Vec<SpanPair> {
        if before <= after {
            return self.ordered(before, after);
        }
        let mirrored = self.ordered(after, before);
        mirrored.into_iter().map(|s| SpanPair { before: s.after, after: s.before }).collect()
    }

    fn ordered(&mut self, before: &str, after: &str) -> Vec<SpanPair> {
        if before == after {
            return Vec::new();
        }
        let mut numbers = Numbers::default();
        let (old, new) = (Line::of(before, &mut numbers), Line::of(after, &mut numbers));
        let mut found = Found { old: &old, new: &new, spans: Vec::new(), capitals: Vec::new(), common: 0 };
        let same = |(a, b): &(&u32, &u32)| a == b;
        let head = old.words.iter().zip(&new.words).take_while(same).count();
        let room = old.words.len().min(new.words.len()) - head;
        let tail = old.words.iter().rev().zip(new.words.iter().rev()).take(room).take_while(same).count();
        let (old_end, new_end) = (old.words.len() - tail, new.words.len() - tail);
        found.equal(0, 0, head);
        for op in self.middle(&old.words, &new.words, (head, old_end), (head, new_end)) {
            let (i, j) = (op.old_range(), op.new_range());
            match op {
                DiffOp::Equal { len, .. } => found.equal(head + i.start, head + j.start, len),
                _ => found.differ((head + i.start, head + i.end), (head + j.start, head + j.end)),
            }
        }
        found.equal(old_end, new_end, tail);
        if found.spans.is_empty() {
            found.spans.append(&mut found.capitals);
        }
        let letters = old.letters(0, old.words.len()) + new.letters(0, new.words.len());
        if found.spans.is_empty() || ((2 * found.common) as f64) < IN_COMMON * letters as f64 {
            return vec![SpanPair { before: whole(before), after: whole(after) }];
        }
        found.spans
    }

    /// The steps from one to the other between the equal ends, counted from there.
    fn middle(&mut self, old: &[u32], new: &[u32], i: (usize, usize), j: (usize, usize)) -> Vec<DiffOp> {
        let old = old.get(i.0..i.1).unwrap_or_default();
        let new = new.get(j.0..j.1).unwrap_or_default();
        if old.is_empty() && new.is_empty() {
            return Vec::new();
        }
        let pairs = old.len().saturating_mul(new.len());
        if pairs > self.left {
            self.degraded = true;
            return vec![DiffOp::Replace {
                old_index: 0,
                old_len: old.len(),
                new_index: 0,
                new_len: new.len(),
            }];
        }
        self.left -= pairs;
        capture_diff_slices(Algorithm::Patience, old, new)
    }
}

/// All of a text, unless it is empty.
pub(super) fn whole(text: &str) -> Option<Span> {
    (!text.is_empty()).then(|| Span(0, text.chars().count()))
}

/// Words as numbers, those that differ in nothing but capitals having one: "Since" at the head of a sentence is the
/// "since" that stood within it.
#[derive(Default)]
struct Numbers {
    seen: FxHashMap<String, u32>,
}

impl Numbers {
    fn number(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
        *self.seen.entry(word.to_lowercase()).or_insert(next)
    }
}

/// A text as numbered words.
struct Line<'a> {
    text: &'a str,
    words: Vec<u32>,
    /// Where each word stands: in bytes, and in scalar values.
    places: Vec<(usize, usize, Span)>,
}

impl<'a> Line<'a> {
    fn of(text: &'a str, numbers: &mut Numbers) -> Self {
        let (mut words, mut places) = (Vec::new(), Vec::new());
        let (mut byte, mut at) = (0, 0);
        let scalars = |from: usize, to: usize| text.get(from..to).map_or(0, |t| t.chars().count());
        for range in tokens(text) {
            words.push(numbers.number(text.get(range.clone()).unwrap_or_default()));
            at += scalars(byte, range.start);
            let start = at;
            at += scalars(range.start, range.end);
            byte = range.end;
            places.push((range.start, range.end, Span(start, at)));
        }
        Self { text, words, places }
    }

    /// From the first of some words to the last.
    fn span(&self, from: usize, to: usize) -> Option<Span> {
        let words = self.places.get(from..to)?;
        Some(Span(words.first()?.2.0, words.last()?.2.1))
    }

    /// Whether a word opens a sentence.
    fn opens(&self, n: usize) -> bool {
        n.checked_sub(1).is_none_or(|last| matches!(self.word(last), Some("." | "!" | "?")))
    }

    /// A word as it stands.
    fn word(&self, n: usize) -> Option<&'a str> {
        self.places.get(n).and_then(|p| self.text.get(p.0..p.1))
    }

    /// What stands before a word that is not the first: its text and its place.
    fn gap(&self, n: usize) -> Option<(&'a str, Span)> {
        let (last, next) = (self.places.get(n.checked_sub(1)?)?, self.places.get(n)?);
        Some((self.text.get(last.1..next.0)?, Span(last.2.1, next.2.0)))
    }

    /// Letters of some words.
    fn letters(&self, from: usize, to: usize) -> usize {
        self.places.get(from..to).unwrap_or_default().iter().map(|p| p.2.1 - p.2.0).sum()
    }
}

/// Spans as they are found, from left to right.
struct Found<'l, 'a> {
    old: &'l Line<'a>,
    new: &'l Line<'a>,
    spans: Vec<SpanPair>,
    /// Words that have a capital on one side because they open a sentence there: told only where nothing else differs.
    capitals: Vec<SpanPair>,
    /// Letters that stay.
    common: usize,
}

impl Found<'_, '_> {
    /// Words that stay. The white space between them may differ all the same.
    fn equal(&mut self, i: usize, j: usize, len: usize) {
        self.common += self.old.letters(i, i + len);
        for n in 0..len {
            let gaps = self.old.gap(i + n).filter(|_| n > 0).zip(self.new.gap(j + n));
            if let Some(((old, before), (new, after))) = gaps.filter(|((old, _), (new, _))| old != new) {
                let some = |text: &str, span: Span| (!text.is_empty()).then_some(span);
                self.spans.push(SpanPair { before: some(old, before), after: some(new, after) });
            }
            let (old, new) = (self.old.word(i + n), self.new.word(j + n));
            if old == new {
                continue;
            }
            let opens = self.old.opens(i + n) || self.new.opens(j + n);
            if opens && old.zip(new).is_some_and(|(old, new)| is_capital(old, new)) {
                let at = (self.old.span(i + n, i + n + 1), self.new.span(j + n, j + n + 1));
                self.capitals.push(SpanPair { before: at.0, after: at.1 });
            } else {
                self.differ((i + n, i + n + 1), (j + n, j + n + 1));
            }
        }
    }

    fn differ(&mut self, i: (usize, usize), j: (usize, usize)) {
        self.spans.push(SpanPair { before: self.old.span(i.0, i.1), after: self.new.span(j.0, j.1) });
    }
}

/// Whether two words differ in the first letter's capital and in nothing else.
fn is_capital(old: &str, new: &str) -> bool {
    let (mut old, mut new) = (old.chars(), new.chars());
    let first = old.next().zip(new.next());
    first.is_some_and(|(a, b)| a.to_lowercase().eq(b.to_lowercase())) && old.as_str() == new.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of each span, old and new.
    fn differ<'t>(before: &'t str, after: &'t str) -> Vec<(String, String)> {
        let cut = |text: &'t str, span: Option<Span>| {
            span.map_or_else(String::new, |s| text.chars().skip(s.0).take(s.1 - s.0).collect())
        };
        let spans = Words::new().between(before, after);
        spans.iter().map(|s| (cut(before, s.before), cut(after, s.after))).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn words_that_differ_and_no_others() {
        for (before, after, want) in [
            ("No data was taken.", "No data was copied.", &[("taken", "copied")][..]),
            // A capital tells where a sentence begins; elsewhere it may tell one word from another.
            ("No data was taken.", "Data was taken.", &[("No", "")]),
            ("Shut. It is safe", "shut. it is safe", &[("Shut", "shut"), ("It", "it")]),
            ("We say that it failed.", "We say that IT failed.", &[("it", "IT")]),
            ("It failed in may.", "It failed in May.", &[("may", "May")]),
            ("It is safe.", "It is not safe.", &[("", "not")]),
            ("The café’s till is shut", "The café’s tills are shut", &[("till is", "tills are")]),
            ("Ring us (free).", "Ring us ( free).", &[("", " ")]),
            ("We said “no”.", "We said \"no\".", &[("“", "\""), ("”", "\"")]),
            (
                "Bins go out on Monday.",
                "Ask your landlord for keys!",
                &[("Bins go out on Monday.", "Ask your landlord for keys!")],
            ),
        ] {
            assert_eq!(differ(before, after), pairs(want), "{before} / {after}");
        }
    }

    #[test]
    fn a_budget_met_is_said_and_stays_right() {
        let mut words = Words { left: 3, degraded: false };
        let spans = words.between("Keep one two three end.", "Keep four five six end.");
        assert!(words.degraded);
        assert_eq!(spans, [SpanPair { before: Some(Span(5, 18)), after: Some(Span(5, 18)) }]);
    }
}
