//! Whose word it is: "the supplier says that fewer than 50 are affected". What is borrowed on one side and told as one's own
//! on the other.
//!
//! Not here: causes.

use crate::{
    judge::{
        finding::{Finding, quoted},
        sides::Sides,
    },
    model::{Label, Rule},
    text::{List, words},
};

/// Who is quoted is named in so many words at most.
const NAME: usize = 9;
/// The other side says the same from this share of the telling words, each way.
const SAME: f64 = 0.75;

/// What became of whose word it is.
pub(in crate::judge) fn findings(claims: &Sides<'_>) -> Option<Finding> {
    if !claims.paired() {
        return None;
    }
    let (old, new) = (claims.before.text.as_str(), claims.after.text.as_str());
    let says = |said: &str, other: &str| {
        words::coverage(said, other) >= SAME && words::coverage(other, said) >= SAME
    };
    match (quotation(old), quotation(new)) {
        (Some((who, said)), None) if says(&said, new) => {
            Some(Finding::new(Label::AttributionRemoved, Rule::Source, quoted(who)))
        }
        (None, Some((who, said))) if says(&said, old) => {
            Some(Finding::new(Label::AttributionAdded, Rule::Source, quoted(who)))
        }
        _ => None,
    }
}

/// Who is quoted, with the verb, and what is quoted.
fn quotation(text: &str) -> Option<(&str, String)> {
    let is_who = |words_: &str| {
        let said = words::words(words_).map(|w| w.strip_suffix("'s").unwrap_or(w));
        words::words(words_).count() <= NAME && said.into_iter().any(|w| List::SourceWho.has(w))
    };
    let bare = text.trim_end_matches(['.', '!']);
    if let Some(rest) = bare.strip_prefix("it is reported that ") {
        return Some(("it is reported", rest.to_owned()));
    }
    // "..., the supplier says."
    if let Some((said, who)) = bare.rsplit_once(", ")
        && List::SourceSays.iter().any(|says| format!("{who} ").ends_with(says))
        && is_who(who)
    {
        return Some((who, said.to_owned()));
    }
    let from = List::SourceHears.iter().find_map(|from| bare.find(from).map(|at| at + from.len()));
    if let Some((who, said)) = from.and_then(|at| bare.get(at..)).and_then(|rest| rest.split_once(" that "))
        && is_who(who)
    {
        return Some((who, said.to_owned()));
    }
    List::SourceSays.iter().find_map(|says| {
        let at = bare.find(says)?;
        let who = bare.get(..at).filter(|who| is_who(who))?;
        let said = bare.get(at + says.len()..)?;
        Some((who, said.strip_prefix("that ").unwrap_or(said).to_owned()))
    })
}
