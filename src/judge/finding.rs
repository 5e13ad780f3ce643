//! A label with the rule that gave it and the words that were its evidence.
//!
//! Not here: any rule (`rules`), and how sure one is (`certainty`).

use crate::model::{Label, Reason, Rule};

/// A label with the rule that gave it and its evidence.
pub(in crate::judge) struct Finding {
    pub label: Label,
    pub rule: Rule,
    pub evidence: String,
}

impl Finding {
    pub(in crate::judge) fn new(label: Label, rule: Rule, evidence: impl Into<String>) -> Self {
        Self { label, rule, evidence: evidence.into() }
    }

    pub(in crate::judge) fn into_reason(self) -> Reason {
        Reason::own(self.rule, self.evidence)
    }
}

/// Words as evidence.
pub(in crate::judge) fn quoted(words: &str) -> String {
    format!("“{words}”")
}
