//! Two lists of blocks to a revision: which sentence became which, what moved, which words differ.
//!
//! Pure. Not here: what a difference means (`judge`).

use crate::model::{Block, Revision};

/// The difference between two texts. `compare(a, a)` has no hunks.
pub fn compare(before: &[Block], after: &[Block]) -> Revision {
    let _ = (before, after);
    Revision::default()
}
