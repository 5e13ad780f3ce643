//! What a reading comes to: what the source holds or the reason why it is none, and on request what became of each part.
//!
//! Not here: how a page is read (`reader`).

use crate::model::{BlockKind, ItemKey, Statement, Why};

/// What a reading came to.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What the source holds, in its order, or why it is none. A page holds one, with the empty key; a source of several
    /// holds the list of them first, with the empty key.
    pub items: Result<Vec<Item>, Refusal>,
    /// Whether the source is one that holds several statements, though it may hold none just now.
    pub is_list: bool,
    /// What was kept and dropped, and by which rule; filled only when asked for.
    pub explanation: Vec<Note>,
}

impl Reading {
    /// The statement of a source that is one as a whole, or why it is none.
    ///
    /// # Errors
    /// Why it is none.
    pub fn whole(self) -> Result<Statement, Refusal> {
        self.item(&ItemKey::WHOLE)
    }

    /// One statement of a source; of a source that holds several, [`ItemKey::WHOLE`] is the list of them.
    ///
    /// # Errors
    /// Why the source is none, or that it has no such item.
    pub fn item(self, key: &ItemKey) -> Result<Statement, Refusal> {
        let count = self.items.as_ref().map_or(0, Vec::len);
        let found = self.items?.into_iter().find(|item| item.key == *key);
        found.map(|item| item.statement).ok_or_else(|| {
            Refusal::new(Why::Unsupported, format!("it holds {count} statements, and not the one asked for"))
        })
    }

    /// All that a source says as one text: of a feed, its entries one after the other.
    ///
    /// # Errors
    /// Why it is none.
    pub fn joined(self) -> Result<Statement, Refusal> {
        Ok(join(self.items?))
    }
}

/// Items as one text: that of the only one, else the heading of their list and what each says.
pub fn join(items: Vec<Item>) -> Statement {
    let mut items = items.into_iter();
    let mut joined = items.next().map(|item| item.statement).unwrap_or_default();
    if items.len() > 0 {
        joined.content.retain(|block| block.kind == BlockKind::Heading);
        joined.content.extend(items.flat_map(|item| item.statement.content));
    }
    joined
}

/// One statement of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Which of them.
    pub key: ItemKey,
    /// What it says.
    pub statement: Statement,
    /// Whether it leaves its list by itself once newer ones have come.
    pub ages: bool,
}

impl Item {
    /// The one item of a source that is a statement as a whole.
    pub(super) fn whole(statement: Statement) -> Self {
        Self { key: ItemKey::WHOLE, statement, ages: false }
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
            let item =
                |key: &&str| Item { key: key.parse().unwrap(), statement: Statement::default(), ages: true };
            let items = Ok(keys.iter().map(item).collect());
            Reading { items, is_list: true, explanation: Vec::new() }.whole().map_err(|refusal| refusal.why)
        };
        assert_eq!(read(&[""]), Ok(Statement::default()));
        assert_eq!(read(&["https://news.wantsum.example/1"]), Err(Why::Unsupported));
    }
}
