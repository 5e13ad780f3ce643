//! `attribution-added`, `attribution-removed`: a cause, an agent, or whose word it is.

mod sought;
mod sources;

use super::{Cells, Claims, cells, quoted};
use crate::{
    judge::{labels::Finding, lexicon::Class, words},
    model::Label,
};

/// Words that speak of something that is known already.
const DEFINITE: [&str; 16] = [
    "the",
    "this",
    "these",
    "that",
    "our",
    "last",
    "yesterday's",
    "la",
    "le",
    "les",
    "cette",
    "cet",
    "ce",
    "y",
    "yr",
    "ein",
];

/// Where the article begins that some phrases of a cause end in: "due to the".
fn article(found: &regex::Match<'_>) -> usize {
    found.as_str().rfind(' ').map_or(found.end(), |at| found.start() + at)
}

/// What became of causes and agents, and of whose word it is.
pub(super) fn findings(claims: &Claims<'_>) -> Vec<Finding> {
    let mut found = causes(claims);
    let source = sources::findings(claims);
    found.extend(source.filter(|source| found.iter().all(|cause| cause.label != source.label)));
    found
}

fn causes(claims: &Claims<'_>) -> Vec<Finding> {
    // A cause that one side denies is spoken of on both; that nobody knows it names none.
    const UNKNOWN: [&str; 8] = [
        "know who ",
        "known who ",
        "clear who ",
        "know what caused",
        "known what caused",
        "clear what caused",
        "established what caused",
        "cause is not ",
    ];
    let unknown = |cells: &Cells<'_>| UNKNOWN.iter().any(|words| cells.text.contains(words));
    let spoken = |cells: &Cells<'_>| {
        let mut found = cells.lexicon.find(Class::Cause, &cells.text);
        found.any(|m| !sought::is_sought(&cells.text, &m)) && !unknown(cells)
    };
    // "Because of the incident" names what came of it, and no cause of it.
    let of_it = |cells: &Cells<'_>, other: &Cells<'_>, end: usize| {
        let near: Vec<&str> = words::words(cells.positive.get(end..).unwrap_or_default()).take(4).collect();
        let definite = near.first().is_some_and(|w| DEFINITE.contains(w) || w.starts_with("l'"));
        // What the other side speaks of too is known already.
        let known = near.get(1).is_some_and(|w| w.len() > 3 && words::words(&other.text).any(|o| o == *w));
        let event = known || near.iter().any(|w| matches!(*w, "contamination" | "recall" | "closure"));
        definite && (event || cells::NAMES.iter().any(|class| cells.lexicon.has(*class, &near.join(" "))))
    };
    // "An error led to the outage", and not "the outage led to delays".
    let led = |cells: &Cells<'_>, other: &Cells<'_>| {
        // And not "emailed to", nor "what caused it".
        let led =
            [" led to ", " leading to ", " caused ", " carried out "].into_iter().find_map(|words| {
                let at = cells.positive.find(words)?;
                let who = words::words(cells.positive.get(..at)?).last()?;
                let asks =
                    matches!(who, "what" | "who" | "be" | "been" | "being" | "is" | "was" | "were" | "are");
                (!asks).then_some((words, at))
            })?;
        let end = led.1 + led.0.len();
        let near: Vec<&str> = words::words(cells.positive.get(end..).unwrap_or_default()).take(4).collect();
        let named = cells::NAMES.iter().any(|class| cells.lexicon.has(*class, &near.join(" ")));
        let led_to = led.0.starts_with(" lead") || led.0.starts_with(" led");
        (of_it(cells, other, end) && (named || led_to)).then(|| led.0.trim().to_owned())
    };
    let cause = |cells: &Cells<'_>, other: &Cells<'_>| {
        if unknown(cells) {
            return None;
        }
        // "Call early because lines are busy" gives a reason for advice.
        let advises = cells.lexicon.has(Class::Advice, &cells.positive);
        let found = cells.lexicon.find(Class::Cause, &cells.positive);
        let found = found.filter(|m| !advises || m.as_str() != "because");
        // "Selon toute vraisemblance" names nobody.
        let likely = |end: usize| cells.positive.get(end..).is_some_and(|rest| rest.starts_with(" toute"));
        // "To blame for the outage" says what it came of.
        let blames = |m: &regex::Match<'_>| {
            ["to blame", "charged", "l'origine"].iter().any(|w| m.as_str().starts_with(w))
        };
        // "Criminals stopped our phones": so does what did it.
        let acts = |m: &regex::Match<'_>| {
            ["stopped", "took", "knocked", "brought", "cut"].iter().any(|w| m.as_str().ends_with(w))
        };
        let names_it = |m: &regex::Match<'_>| {
            // "According to the police, the attack was launched from abroad": who says so is no part of it.
            m.as_str() != "according to" && (of_it(cells, other, m.end()) || of_it(cells, other, article(m)))
        };
        // "We will report on the attack by the end of May."
        let by_then = |m: &regex::Match<'_>| {
            const WHEN: [&str; 8] =
                ["end", "start", "beginning", "middle", "close", "time", "weekend", "summer"];
            let next = words::words(cells.positive.get(m.end()..).unwrap_or_default()).next();
            m.as_str().ends_with(" by the") && next.is_some_and(|next| WHEN.contains(&next))
        };
        // "Messages that claim to come from us" are feared, and name no cause.
        let claimed = |m: &regex::Match<'_>| {
            let head = cells.positive.get(..m.start()).unwrap_or_default().trim_end();
            let to = [
                "claim to",
                "claims to",
                "claiming to",
                "pretend to",
                "pretending to",
                "purport to",
                "purporting to",
            ];
            m.as_str().ends_with(" from") && to.iter().any(|to| head.ends_with(to))
        };
        let denied = |m: &regex::Match<'_>| is_not(cells.positive.get(..m.start()).unwrap_or_default());
        // Whoever did one thing or another to it was named before: "seen by an outsider", "stolen by an outsider".
        let by = |m: &regex::Match<'_>| {
            if is_ordinary(&cells.positive, m, other) {
                return true;
            }
            if m.as_str().starts_with("criminals ") && other.text.contains("criminals") {
                return true;
            }
            let article = [" by a", " by an", " by the"].into_iter().find(|by| m.as_str().ends_with(by));
            let who = words::words(cells.positive.get(m.end()..).unwrap_or_default()).next();
            article.zip(who).is_some_and(|(by, who)| other.text.contains(&format!("{by} {who}")))
        };
        found
            .filter(|m| !claimed(m) && !by(m) && !denied(m) && !by_then(m))
            .filter(|m| !sought::is_sought(&cells.positive, m) && !is_said_to_reader(&cells.positive, m))
            .find(|m| (blames(m) || acts(m) || !names_it(m)) && !likely(m.end()))
            .map(|m| m.as_str().to_owned())
            .or_else(|| led(cells, other))
    };

    let told = |label, evidence: String| vec![Finding::new(label, "cause", evidence)];
    let (old, new) = (cause(&claims.before, &claims.after), cause(&claims.after, &claims.before));
    match (old, new) {
        (None, Some(found)) if !spoken(&claims.before) => {
            let said = claims.pages.before.says(&claims.after.text, &claims.place.hunk.at.before);
            if said { Vec::new() } else { told(Label::AttributionAdded, quoted(&found)) }
        }
        // "It is not the result of an attack" becomes "it is".
        (None, Some(found)) if is_denied(&claims.before, &claims.after, &found) && claims.paired() => {
            told(Label::AttributionAdded, quoted(&found))
        }
        (Some(found), None) if is_denied(&claims.after, &claims.before, &found) && claims.paired() => {
            told(Label::AttributionRemoved, quoted(&found))
        }
        (Some(found), None) if !spoken(&claims.after) => {
            let said = claims.pages.after.says(&claims.before.text, &claims.place.hunk.at.after);
            if said { Vec::new() } else { told(Label::AttributionRemoved, quoted(&found)) }
        }
        (Some(old), Some(new)) if claims.paired() => exchanged(claims, &old, &new),
        _ => Vec::new(),
    }
}

/// One cause in another's place: the one is gone and the other has come. Of two incidents the graver is told (`severity`).
fn exchanged(claims: &Claims<'_>, old: &str, new: &str) -> Vec<Finding> {
    let reasons = reason(&claims.before, old).zip(reason(&claims.after, new));
    let Some((was, is)) = reasons.filter(|_| old != new || is_followed(old)) else { return Vec::new() };
    let named =
        |cells: &Cells<'_>, text: &str| cells::NAMES.iter().any(|class| cells.lexicon.has(*class, text));
    let other =
        words::covered(&was, &claims.after.text) <= 0.0 && words::covered(&is, &claims.before.text) <= 0.0;
    if !other || named(&claims.before, &was) && named(&claims.after, &is) {
        return Vec::new();
    }
    let evidence = format!("{} → {}", quoted(&was), quoted(&is));
    [Label::AttributionAdded, Label::AttributionRemoved]
        .map(|label| Finding::new(label, "cause", evidence.clone()))
        .into()
}

/// Whether what follows a phrase is the cause, and not what an agent did: "due to", and not "a criminal group".
fn is_followed(cause: &str) -> bool {
    const AGENTS: [&str; 12] = [
        "group",
        "gang",
        "hackers",
        "cybercriminals",
        "criminals",
        "actor",
        "actors",
        "insider",
        "have",
        "pirates",
        "troseddwyr",
        "hacwyr",
    ];
    cause.rsplit(' ').next().is_none_or(|last| !AGENTS.contains(&last))
}

/// Whether "by a contractor" says who does what somebody always does, "run by a contractor", or who did what the other side
/// says was done by somebody else.
fn is_ordinary(text: &str, found: &regex::Match<'_>, other: &Cells<'_>) -> bool {
    const ACTS: [&str; 22] = [
        "run",
        "managed",
        "hosted",
        "held",
        "owned",
        "operated",
        "provided",
        "supplied",
        "sent",
        "supported",
        "maintained",
        "written",
        "built",
        "led",
        "kept",
        "stored",
        "processed",
        "handled",
        "employed",
        "used",
        "found",
        "spotted",
    ];
    let act = words::words(text.get(..found.start()).unwrap_or_default()).last();
    found.as_str().starts_with("by ")
        && act.is_some_and(|act| ACTS.contains(&act) || other.text.contains(&format!("{act} by ")))
}

/// Whether a reason is given for what is said or promised to the reader, and not for what happened: "we are telling you
/// because we want to be open", "nobody will lose out because a claim was late".
fn is_said_to_reader(text: &str, found: &regex::Match<'_>) -> bool {
    const TELLS: [&str; 9] = [
        "telling you",
        "writing to",
        "are telling",
        "are saying",
        "getting this",
        "receiving this",
        "received this",
        "contacting you",
        "are publishing",
    ];
    let head = text.get(..found.start()).unwrap_or_default();
    let clause = head.rsplit([',', '.', ';', '|']).next().unwrap_or_default();
    let whom = words::words(clause).next().is_some_and(|w| matches!(w, "you" | "your" | "nobody" | "no"));
    let promised = whom && words::words(clause).any(|w| matches!(w, "will" | "won't"));
    let reason =
        ["because", "as a result of", "due to"].iter().any(|words| found.as_str().starts_with(words));
    reason && (promised || TELLS.iter().any(|words| clause.contains(words)))
}

/// What stands behind a cause: "human error" of "the result of human error".
fn reason(cells: &Cells<'_>, cause: &str) -> Option<String> {
    const LENGTH: usize = 3;
    let at = cells.positive.find(cause)? + cause.len();
    let rest = cells.positive.get(at..)?;
    let end = rest.find([',', '.', ';', '|']).unwrap_or(rest.len());
    let words: Vec<&str> = words::words(rest.get(..end)?).take(LENGTH).collect();
    (!words::telling(&words.join(" ")).is_empty()).then(|| words.join(" "))
}

/// Whether a side says of a cause, in these very words, that it was not so, and the other does not leave it open.
fn is_denied(cells: &Cells<'_>, other: &Cells<'_>, cause: &str) -> bool {
    if cells::not_excluded(&other.text, other.lexicon).is_some() {
        return false;
    }
    let be = ["was ", "is ", "were ", "been ", "be ", "are "];
    let cause = be.iter().find_map(|be| cause.strip_prefix(be)).unwrap_or(cause);
    let head = cells.text.find(cause).and_then(|at| cells.text.get(..at)).unwrap_or_default();
    is_not(head)
}

/// Whether what stands before a cause says that it was not so.
fn is_not(head: &str) -> bool {
    words::words(head).last().is_some_and(|word| matches!(word, "not" | "never" | "nor"))
}
