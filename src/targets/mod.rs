//! `targets.json`: what is watched. Loads with positions, names every fault of a file in one run, resolves the
//! defaults.
//!
//! Not here: looking at targets. A wrong file touches neither network nor store.
