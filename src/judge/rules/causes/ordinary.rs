//! Phrases of a cause that name none: "run by a contractor", "by the end of May", "messages that claim to come from us".
//!
//! Not here: a cause that is looked for (`inquiry`).

use crate::{
    judge::claims::Cells,
    text::{Found, List, words},
};

/// Whether "by a contractor" says who does what somebody always does, "run by a contractor", or who did what the other side
/// says was done by somebody else. Whoever did one thing or another to it was named before too: "seen by an outsider",
/// "stolen by an outsider".
pub(in crate::judge) fn is_ordinary(text: &str, found: &Found<'_>, other: &Cells<'_>) -> bool {
    let said = found.as_str();
    let act = words::words(head(text, found)).last();
    let acts = said.starts_with("by ")
        && act
            .is_some_and(|act| List::CauseOrdinaryAct.has(act) || other.text.contains(&format!("{act} by ")));
    let by = [" by a", " by an", " by the"].into_iter().find(|by| said.ends_with(by));
    acts || said.starts_with("criminals ") && other.text.contains("criminals")
        || by.zip(next(text, found)).is_some_and(|(by, who)| other.text.contains(&format!("{by} {who}")))
}

/// "We will report on the attack by the end of May."
pub(in crate::judge) fn is_of_time(text: &str, found: &Found<'_>) -> bool {
    found.as_str().ends_with(" by the") && next(text, found).is_some_and(|next| List::CauseTime.has(next))
}

/// "Messages that claim to come from us" are feared, and name no cause.
pub(in crate::judge) fn is_claimed(text: &str, found: &Found<'_>) -> bool {
    let head = head(text, found).trim_end();
    found.as_str().ends_with(" from") && List::CausePretends.closing(head).is_some()
}

/// Whether a reason is given for what is said or promised to the reader, and not for what happened: "we are telling you
/// because we want to be open", "nobody will lose out because a claim was late".
pub(in crate::judge) fn is_said_to_reader(text: &str, found: &Found<'_>) -> bool {
    let clause = head(text, found).rsplit([',', '.', ';', '|']).next().unwrap_or_default();
    let whom = words::words(clause).next().is_some_and(|w| matches!(w, "you" | "your" | "nobody" | "no"));
    let promised = whom && words::words(clause).any(|w| matches!(w, "will" | "won't"));
    let reason =
        ["because", "as a result of", "due to"].iter().any(|words| found.as_str().starts_with(words));
    reason && (promised || List::CauseOrdinaryTells.within(clause).is_some())
}

fn head<'t>(text: &'t str, found: &Found<'_>) -> &'t str {
    text.get(..found.start()).unwrap_or_default()
}

fn next<'t>(text: &'t str, found: &Found<'_>) -> Option<&'t str> {
    words::words(text.get(found.end()..).unwrap_or_default()).next()
}
