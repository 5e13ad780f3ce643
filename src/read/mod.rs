//! Bytes to statement: decode, gate (is this content at all), find the statement, prune, banners, blocks, dates.
//!
//! A pure function of capture, recipe and memory. Not here: comparing with an earlier reading.

use crate::model::{Capture, Memory, Recipe, Statement, Why};

mod about;
mod banners;
mod blocks;
mod consent;
mod cues;
mod dates;
mod decode;
mod dom;
mod explain;
mod gate;
mod learn;
mod links;
mod marks;
mod parts;
pub mod plain;
mod prune;
mod reader;
mod root;
pub mod selector;
mod sharing;
mod story;
mod thin;
mod tidy;
mod volatile;

pub use learn::{learn, may_move};

/// What a reading came to.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The statement, or why there is none.
    pub verdict: Result<Statement, Refusal>,
    /// What was kept and dropped, and by which rule; filled only when asked for.
    pub explanation: Vec<Note>,
}

/// Why bytes are not a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason's name.
    pub why: Why,
    /// What was seen that says so, in words.
    pub evidence: String,
}

impl Refusal {
    fn new(why: Why, evidence: impl Into<String>) -> Self {
        Self { why, evidence: evidence.into() }
    }
}

/// One line of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Kept as content, kept as a banner, or dropped.
    pub fate: Fate,
    /// The rule that decided.
    pub rule: &'static str,
    /// The element, as a short CSS selector.
    pub element: String,
    /// How its words begin.
    pub words: String,
}

/// What became of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Part of the statement.
    Content,
    /// A site-wide notice.
    Banner,
    /// Left out.
    Dropped,
    /// Where the statement was found; as `suggested`, the selector to write to have it always found there.
    Root,
}

/// The start of a text, at most so many bytes of it, cut between characters.
fn clip(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

/// Reads a capture.
pub fn read(capture: &Capture, recipe: &Recipe, memory: &Memory) -> Reading {
    reader::run(capture, recipe, memory, false)
}

/// Reads a capture and says of each part of the page what became of it, and by which rule.
///
/// The last note suggests a selector, with the rule `suggested`.
pub fn explain(capture: &Capture, recipe: &Recipe, memory: &Memory) -> Reading {
    reader::run(capture, recipe, memory, true)
}
