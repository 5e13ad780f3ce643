//! What a reading comes to: a statement or the reason why there is none, and on request what became of each part.
//!
//! Not here: how a page is read (`reader`).

use crate::model::{Statement, Why};

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
    pub(super) fn new(why: Why, evidence: impl Into<String>) -> Self {
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
