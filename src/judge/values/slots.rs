//! Values that took the place of others: the words around them stand, so they are said of the same.
//!
//! Not here: values that came or went (`differences`).

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::judge::values::{Kind, Value, Values, differences, same};

/// Texts of more words than this, taken times each other, are not set beside each other.
const MOST: usize = 250_000;

/// Each value that another of its kind stands for on the other side, in order.
pub(in crate::judge) fn exchanged<'v>(old: &'v Values, new: &'v Values) -> Vec<(&'v Value, &'v Value)> {
    let mut found = aligned(old, new);
    // Where a sentence was put anew, the only value of a kind that is gone stands for the only one that came.
    let (gone, come) = differences(old, new);
    for kind in [Kind::Number, Kind::Date, Kind::Time, Kind::Version] {
        let only = |side: &[&'v Value]| {
            let mut of_kind = side.iter().copied().filter(|value| value.kind == kind);
            let first = of_kind.next();
            first.filter(|_| of_kind.next().is_none())
        };
        if found.iter().all(|pair| pair.0.kind != kind) {
            found.extend(only(&gone).zip(only(&come)));
        }
    }
    found
}

/// The same, by the words around them alone.
fn aligned<'v>(old: &'v Values, new: &'v Values) -> Vec<(&'v Value, &'v Value)> {
    let (mine, others) = (tokens(old), tokens(new));
    if mine.len().saturating_mul(others.len()) > MOST {
        return Vec::new();
    }
    let keys = |side: &[Token<'v>]| side.iter().map(|token| token.key.clone()).collect::<Vec<_>>();
    let ops = capture_diff_slices(Algorithm::Myers, &keys(&mine), &keys(&others));
    let mut found = Vec::new();
    let (mut gone, mut come): (Vec<&Value>, Vec<&Value>) = (Vec::new(), Vec::new());
    let mut pair = |gone: &mut Vec<&'v Value>, come: &mut Vec<&'v Value>| {
        gone.retain(|value| {
            let at = come.iter().position(|other| same(value, other));
            at.map(|n| come.remove(n)).is_none()
        });
        for value in gone.drain(..) {
            if let Some(n) = come.iter().position(|other| other.kind == value.kind) {
                found.push((value, come.remove(n)));
            }
        }
        come.clear();
    };
    for op in &ops {
        if matches!(op, DiffOp::Equal { .. }) {
            pair(&mut gone, &mut come);
            continue;
        }
        let values = |side: &[Token<'v>], at: std::ops::Range<usize>| {
            side.get(at).unwrap_or_default().iter().filter_map(|t| t.value).collect::<Vec<_>>()
        };
        gone.extend(values(&mine, op.old_range()));
        come.extend(values(&others, op.new_range()));
    }
    pair(&mut gone, &mut come);
    found
}

/// A word, or a value whole.
struct Token<'v> {
    key: String,
    value: Option<&'v Value>,
}

fn tokens(side: &Values) -> Vec<Token<'_>> {
    let words = |from: usize, to: usize| {
        let text = side.text.get(from..to).unwrap_or_default();
        let cut = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
        cut.map(|word| Token { key: word.to_owned(), value: None }).collect::<Vec<_>>()
    };
    let (mut out, mut at) = (Vec::new(), 0);
    for value in &side.all {
        out.extend(words(at, value.at.start));
        out.push(Token { key: format!("{:?} {}", value.kind, value.canonical), value: Some(value) });
        at = value.at.end;
    }
    out.extend(words(at, side.text.len()));
    out
}
