//! Why a change was judged as it was, in words, each rule as people would name it.

use crate::{
    model::{Change, Rule, Source},
    render::marks,
};

/// Why it was judged so, each reason once.
pub(in crate::render) fn because(change: &Change) -> String {
    let mut out: Vec<String> = Vec::new();
    for reason in &change.reasons {
        // What was not said is told where somebody asks for every rule.
        if reason.rule() == Some(Rule::Perhaps) {
            continue;
        }
        let outside = format!("outside judge: {}", reason.rule.replace('-', " "));
        let rule = if reason.source == Source::External {
            &outside
        } else {
            match reason.rule() {
                Some(rule) => rule.in_words(),
                None => &reason.rule,
            }
        };
        let said = match (rule, reason.evidence.trim()) {
            ("", evidence) => evidence.to_owned(),
            (rule, "") => rule.to_owned(),
            (rule, evidence) => format!("{rule} ({})", in_brief(evidence)),
        };
        if !said.is_empty() && !out.contains(&said) {
            out.push(said);
        }
    }
    out.join("; ")
}

/// The evidence, each side of its arrow cut to a length that can be taken in: the sentences stand above it.
fn in_brief(evidence: &str) -> String {
    const LONG: usize = 64;
    let cut = |side: &str| {
        let head = marks::head(side, LONG);
        if head.len() == side.len() {
            return side.to_owned();
        }
        let close = if side.starts_with('“') { "…”" } else { "…" };
        format!("{}{close}", head.trim_end_matches([',', ';', ':']))
    };
    evidence.split(" → ").map(cut).collect::<Vec<_>>().join(" → ")
}
