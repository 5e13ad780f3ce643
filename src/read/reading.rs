//! What a reading comes to: what the source holds or the reason why it is none, and on request what became of each part.
//!
//! Not here: how a page is read (`reader`).

use crate::model::{ItemKey, Statement, Why};

/// What a reading came to.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What the source holds, in its order, or why it is none. A page holds one, with the empty key.
    pub items: Result<Vec<Item>, Refusal>,
    /// What was kept and dropped, and by which rule; filled only when asked for.
    pub explanation: Vec<Note>,
}

impl Reading {
    /// The statement of a source that is one as a whole, or why it is none.
    ///
    /// # Errors
    /// Why it is none.
    pub fn whole(self) -> Result<Statement, Refusal> {
        let count = self.items.as_ref().map_or(0, Vec::len);
        let whole = self.items?.into_iter().find(|item| item.key.is_whole());
        whole.map(|item| item.statement).ok_or_else(|| {
            Refusal::new(Why::Unsupported, format!("it holds {count} statements and is none as a whole"))
        })
    }
}

/// One statement of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Which of them.
    pub key: ItemKey,
    /// What it says.
    pub statement: Statement,
}

impl Item {
    /// The one item of a source that is a statement as a whole.
    pub(super) fn whole(statement: Statement) -> Self {
        Self { key: ItemKey::WHOLE, statement }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_several_statements_is_none_as_a_whole() {
        let read = |keys: &[&str]| {
            let item = |key: &&str| Item { key: key.parse().unwrap(), statement: Statement::default() };
            let items = Ok(keys.iter().map(item).collect());
            Reading { items, explanation: Vec::new() }.whole().map_err(|refusal| refusal.why)
        };
        assert_eq!(read(&[""]), Ok(Statement::default()));
        assert_eq!(read(&["https://news.wantsum.example/1"]), Err(Why::Unsupported));
    }
}
