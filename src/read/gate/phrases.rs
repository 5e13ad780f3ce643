//! What error pages, closed doors and servers say: the lists, and what is asked of an error answer.
//!
//! Not here: how many of these words refuse a page (`after::absence`).

pub(super) mod names;
pub(super) mod said;

use crate::read::clip::clip;
use names::MAINTENANCE;

/// Words of maintenance in the body of an error answer.
pub(super) fn says_maintenance(body: &str) -> Option<&'static str> {
    let start = clip(body, 20_000).to_lowercase();
    MAINTENANCE.iter().find(|p| start.contains(**p)).copied()
}
