//! Organisations that a text names, known by their shape and by lists.
//!
//! Not here: which of them are new to a statement (`rules/parties`).

mod lists;
mod party;
pub(in crate::judge) mod replaced;
mod run;
pub(in crate::judge) mod runs;
mod shape;
mod split;
