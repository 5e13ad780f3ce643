//! `hedge-added`, `hedge-removed`: the same claim, less or more surely.
//!
//! Not here: denials, whose doubt is their own (`denial`).

use crate::{
    judge::{
        claims::Cells,
        finding::{Finding, quoted},
        sides::Sides,
    },
    model::{Label, Rule},
    text::words,
};

/// `hedge-added`, `hedge-removed`: the same claim, less or more surely.
pub(in crate::judge) fn findings(claims: &Sides<'_>) -> Option<Finding> {
    let (old, new) = (&claims.before.certainty, &claims.after.certainty);
    if !claims.paired() || old.0 == new.0 {
        return None;
    }
    let added = new.0 < old.0;
    let word = if added { &new.1 } else { &old.1 }.as_deref().unwrap_or_default();
    let (mine, other) = if added { (&claims.after, &claims.before) } else { (&claims.before, &claims.after) };
    let moved = if added { claims.moved.come(word) } else { claims.moved.gone(word) };
    let label = if added { Label::HedgeAdded } else { Label::HedgeRemoved };
    (moved && is_of_the_same(word, mine, other)).then(|| Finding::new(label, Rule::Certainty, quoted(word)))
}

/// Whether what a word makes doubtful is said on the other side too: one of the telling words that follow it.
fn is_of_the_same(word: &str, mine: &Cells<'_>, other: &Cells<'_>) -> bool {
    const NEAR: usize = 4;
    let Some(at) = mine.positive.find(word) else { return true };
    let (head, rest) = mine.positive.split_at(at);
    let rest = rest.get(word.len()..).unwrap_or_default();
    let said = words::stems(&other.text);
    let long = |stem: &String| stem.chars().nth(1).is_some();
    let mut near = words::stems(rest).into_iter().filter(long).take(NEAR).peekable();
    // "Data was taken, apparently": then what stands before it.
    if near.peek().is_none() {
        return words::stems(head).iter().rev().take(NEAR).any(|stem| said.contains(stem));
    }
    let near: Vec<String> = near.collect();
    near.iter().filter(|stem| said.contains(stem)).count() * 2 >= near.len()
}
