//! Why a change was judged as it was, in words: the rules of `judge` as people would name them.

use crate::{
    model::{Change, Source},
    render::marks,
};

/// Why it was judged so, each reason once.
pub(in crate::render) fn because(change: &Change) -> String {
    let mut out: Vec<String> = Vec::new();
    for reason in &change.reasons {
        // What was not said is told where somebody asks for every rule.
        if reason.rule == "perhaps" {
            continue;
        }
        let outside = format!("outside judge: {}", reason.rule.replace('-', " "));
        let rule = if reason.source == Source::External {
            &outside
        } else {
            rule_in_words(&reason.rule).unwrap_or(&reason.rule)
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

/// A rule of `judge` in words; empty where its evidence says it all. None for a rule of another store's time.
pub fn rule_in_words(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "denial" => "a denial",
        "denial-certainty" => "how sure the denial is",
        "denied-less" => "less is denied",
        "denied-more" => "more is denied",
        "denied-other" => "something else is denied",
        "instead" => "another word",
        "intruders" => "whether they are in",
        "place" => "where it is",
        "source" => "whose word it is",
        "span" => "how long",
        "answer" => "the answer to a question",
        "opposite" => "the opposite",
        "state" => "the state of it",
        "since" => "since when",
        "commitment" => "what is promised",
        "negation" => "a negation",
        "certainty" => "how sure the claim is",
        "deed" | "harm" => "what was done",
        "name" => "what the thing is called",
        "hurt" | "gravity" | "rating" => "how grave it is",
        "cause" => "a cause or an agent",
        "figure" => "how many",
        "amount" => "how much",
        "list" => "the list of what is affected",
        "item" => "an item",
        "service" => "whether it works",
        "promise" => "what will be done",
        "deadline" => "by when",
        "advice" => "what readers should do",
        "contact" | "hours" => "how to reach them",
        "link" => "where the words lead",
        "number" | "bound" => "a number",
        "version" => "a version",
        "date" => "a date",
        "party" => "who is named",
        "spelling" => "a slip of the pen",
        "same-value" => "one value in two forms",
        "boilerplate" => "furniture",
        "date-stamp" => "when the page was updated",
        "perhaps" => "perhaps",
        "page" | "term" | "heading" | "block" | "lead-in" | "next-block" | "next-section" | "no-term"
        | "furniture" | "fact" | "same-claims" | "same-key" | "same-letters" => "",
        _ => return None,
    })
}
