//! What a text claims, clause by clause: who denies what, how surely; what was done; what works and what does not.
//!
//! Not here: what it means that two texts claim different things (`rules`).

mod cells;
mod certainty;
mod data;
mod denial;
mod ladders;
mod means;
pub(in crate::judge) mod moved;
mod negation;
pub(in crate::judge) mod opposites;
mod service;
mod split;
pub(in crate::judge) mod swaps;

pub(in crate::judge) use cells::Cells;
pub(in crate::judge) use denial::Denial;
pub(in crate::judge) use ladders::{AMOUNTS, DEEDS, NAMES, SEVERITY, highest};
pub(in crate::judge) use negation::{affirmed, hollow, is_open, not_excluded};
pub(in crate::judge) use service::Service;
pub(in crate::judge) use split::{clauses, sentences};
