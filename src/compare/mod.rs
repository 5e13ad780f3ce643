//! Two lists of blocks to a revision: which sentence became which, what moved, which words differ.
//!
//! In order: equal keys are linked; sentences that resemble each other strongly are linked wherever they stand;
//! the heaviest run of links in one order is the backbone; gaps in it are filled in order, by weaker likeness;
//! what is left is linked anywhere or between neighbouring gaps, joined to a neighbour that was split or merged, or set
//! beside what answers the same question. Words are compared within
//! linked sentences only. Every step has a cap; a revision that met one says so.
//!
//! Pure. Not here: what a difference means (`judge`).

mod align;
mod answers;
mod candidates;
mod chain;
pub mod departures;
mod equal;
mod hunks;
mod likeness;
mod links;
mod parts;
mod spans;
mod text;

use crate::model::{Block, Revision};

/// The difference between two texts. `compare(a, a)` has no hunks.
pub fn compare(before: &[Block], after: &[Block]) -> Revision {
    // Nearly every look at nearly every page.
    if let Some(alignment) = equal::aligned(before, after) {
        return Revision { alignment, ..Revision::default() };
    }
    let (before, after) = (text::Side::of(before), text::Side::of(after));
    let texts = text::Texts::of(&before, &after);
    hunks::revision(&texts, &align::align(&texts))
}

#[cfg(test)]
mod tests;
