//! Bytes to statement: decode, gate (is this content at all), find the statement, prune, banners, blocks, dates.
//!
//! A pure function of capture, recipe and memory. Not here: comparing with an earlier reading.

use crate::model::{Capture, Memory, Recipe, Statement, Why};

pub mod plain;
pub mod sentences;

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
    /// Where the statement was found.
    Root,
}

/// Reads a capture.
pub fn read(capture: &Capture, recipe: &Recipe, memory: &Memory) -> Reading {
    let _ = (capture, recipe, memory);
    Reading {
        verdict: Err(Refusal { why: Why::Unsupported, evidence: "not built".to_owned() }),
        explanation: Vec::new(),
    }
}
