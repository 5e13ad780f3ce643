//! Which way the reach went, as a finding.

use crate::{
    judge::finding::Finding,
    model::{Label, Rule},
};

/// A wider or a narrower reach.
pub(in crate::judge) fn finding(wider: bool, rule: Rule, evidence: String) -> Finding {
    Finding::new(if wider { Label::ScopeWidened } else { Label::ScopeNarrowed }, rule, evidence)
}
