//! `advice-changed`: what the reader should, must or need not do.

use super::{Claims, cells, quoted};
use crate::{
    judge::labels::{Finding, facts::values::Values},
    model::Label,
    text::{Class, Found, Lexicon, words},
};

/// Under this share of the same telling words it is other advice.
const SAME: f64 = 0.7;

/// What stands after a noun that looks like a verb.
const NO_COMMAND: &[&str] = &[
    "does",
    "do",
    "did",
    "remains",
    "remain",
    "works",
    "was",
    "is",
    "are",
    "were",
    "has",
    "have",
    "and",
    "or",
    "will",
    "addresses",
    "details",
    "systems",
    "system",
    "of",
    "services",
    "service",
    "centre",
    "number",
    "numbers",
    "lines",
];

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Turn {
    Do,
    DoNot,
    NeedNot,
}

struct Advice<'t> {
    turn: Turn,
    clause: &'t str,
}

/// What became of the advice.
pub(super) fn findings(claims: &Claims<'_>) -> Option<Finding> {
    let all = |cells: &cells::Cells<'_>| -> Vec<(Turn, String)> {
        let lexicon = cells.lexicon;
        // "Why was the boil water notice issued?"
        let asks = cells.text.ends_with('?') && cells::sentences(&cells.text).count() == 1;
        let sentences = cells::sentences(&cells.text).filter(|_| !asks);
        sentences
            .flat_map(cells::clauses)
            .filter_map(|c| advice(c, lexicon))
            .map(|a| (a.turn, a.clause.to_owned()))
            .collect()
    };
    let (old, new) = (all(&claims.before), all(&claims.after));
    let differs = |mine: &[(Turn, String)], others: &[(Turn, String)]| {
        let same = |a: &(Turn, String)| others.iter().any(|b| a.0 == b.0 && is_same(&a.1, &b.1));
        mine.iter().find(|a| !same(a)).map(|a| a.1.clone())
    };
    if claims.added() && claims.pages.before.says(&claims.after.text, &claims.place.hunk.at.before)
        || claims.removed() && claims.pages.after.says(&claims.before.text, &claims.place.hunk.at.after)
    {
        return None;
    }
    let gone = differs(&old, &new).or_else(|| more(&claims.before, &new, &claims.after));
    let come = differs(&new, &old).or_else(|| more(&claims.after, &old, &claims.before));
    let evidence = match (gone, come) {
        (Some(gone), Some(come)) => format!("{} → {}", quoted(&gone), quoted(&come)),
        (Some(gone), None) => format!("{} is gone", quoted(&gone)),
        (None, Some(come)) => quoted(&come),
        (None, None) => return None,
    };
    Some(Finding::new(Label::AdviceChanged, "advice", evidence))
}

/// Advice that stands beside what is advised on both sides, in the same clause: "..., and change your passwords"; or in its
/// place.
fn more(mine: &cells::Cells<'_>, others: &[(Turn, String)], other: &cells::Cells<'_>) -> Option<String> {
    let found = mine.lexicon.find(Class::Advice, &mine.text).map(|m| m.as_str());
    // "..., and to change their PIN".
    let also = |text: &str| text.match_indices(" and to ").count();
    if !others.is_empty()
        && also(&mine.text) > also(&other.text)
        && mine.lexicon.has(Class::Advice, &mine.text)
    {
        return mine.text.rfind(" and to ").and_then(|at| mine.text.get(at + 1..)).map(str::to_owned);
    }
    let new = |words: &&str| !words::telling(words).is_empty() && words::covered(words, &other.text) <= 0.0;
    let joins =
        |text: &str| words::words(text).filter(|w| matches!(*w, "and" | "or" | "a" | "ac" | "et")).count();
    let longer = joins(&mine.text) > joins(&other.text);
    // "Change your password" for "contact your bank": each side has what the other has not.
    let theirs = other.lexicon.find(Class::Advice, &other.text).map(|m| m.as_str());
    let lost = |words: &str| words::telling(words).len() > 1 && words::covered(words, &mine.text) <= 0.0;
    let exchanged = theirs.into_iter().any(lost);
    if others.is_empty() || !longer && !exchanged {
        return None;
    }
    // "Hang up and report it to your bank."
    let last = mine.text.rsplit_once(" and ").map(|(_, last)| last).filter(|last| {
        let commands = mine.lexicon.find(Class::Imperative, last).next().is_some_and(|m| m.start() == 0);
        longer && commands && words::covered(last, &other.text) <= 0.0
    });
    if let Some(last) = last {
        return Some(last.to_owned());
    }
    found.into_iter().find(|words| new(words)).map(str::to_owned)
}

fn advice<'t>(clause: &'t str, lexicon: &Lexicon) -> Option<Advice<'t>> {
    let commands = lexicon.find(Class::Imperative, clause).any(|m| {
        let (head, tail) =
            (clause.get(..m.start()).unwrap_or_default(), clause.get(m.end()..).unwrap_or_default());
        // "Email, Teams and the payroll are working" names things.
        if tail.starts_with(',') && matches!(m.as_str(), "email" | "e-mail" | "phone" | "text") {
            return false;
        }
        // "Boil water notice: questions" is a name.
        let noun = words::words(tail).take(3).any(|w| matches!(w, "notice" | "order" | "advisory"));
        if m.as_str() == "boil" && noun {
            return false;
        }
        // "Email was affected", "contact details": a thing, and no command.
        if words::words(tail).next().is_some_and(|next| NO_COMMAND.contains(&next)) {
            return false;
        }
        words::words(head).count() == 0
            || head.ends_with(", ") && head.starts_with("if ")
            || head == "only "
            || matches!(words::words(head).last(), Some("please" | "also" | "then" | "instead"))
                && !is_said_of_others(head)
    });
    // "It should be fixed by Friday" is what is hoped, and no advice.
    let hoped = |m: &Found<'_>| {
        const DONE: [&str; 9] = [
            "resolved",
            "restored",
            "complete",
            "completed",
            "back",
            "fixed",
            "over",
            "available",
            "working",
        ];
        let next = words::words(clause.get(m.end()..).unwrap_or_default()).next();
        m.as_str().ends_with("should be") && next.is_some_and(|next| DONE.contains(&next))
    };
    // "It is important to stress that nobody was hurt" asks nothing of anybody.
    let said = |m: &Found<'_>| {
        const SAYS: [&str; 9] = [
            "stress",
            "note",
            "say",
            "emphasise",
            "recognise",
            "acknowledge",
            "point",
            "understand",
            "clarify",
        ];
        let next = words::words(clause.get(m.end()..).unwrap_or_default()).next();
        m.as_str().ends_with(" to") && next.is_some_and(|next| SAYS.contains(&next))
    };
    // "We will avoid any delay" is no advice.
    let own = |m: &Found<'_>| {
        m.as_str() == "avoid" && is_said_of_others(clause.get(..m.start()).unwrap_or_default())
    };
    let advised = lexicon.find(Class::Advice, clause).any(|m| !hoped(&m) && !said(&m) && !own(&m));
    if !commands && !advised {
        return None;
    }
    let turn = if lexicon.has(Class::NoNeed, clause) {
        Turn::NeedNot
    } else if lexicon.has(Class::Prohibit, clause) {
        Turn::DoNot
    } else {
        Turn::Do
    };
    Some(Advice { turn, clause })
}

/// Whether what stands before a verb makes it what somebody does or will do: "officers will also contact", "we avoid".
fn is_said_of_others(head: &str) -> bool {
    let told = |w: &str| matches!(w, "will" | "would" | "shall" | "could" | "we" | "they" | "who");
    let mut words: Vec<&str> = words::words(head).collect();
    while words.last().is_some_and(|last| matches!(*last, "also" | "then" | "instead")) {
        words.pop();
    }
    words.last().is_some_and(|last| told(last))
}

/// Whether two clauses say much of the same, figures aside, and by the same means.
fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (Values::of(a).frame, Values::of(b).frame);
    let plain = |frame: &str| -> String {
        let figure = |w: &&str| !w.contains(|c: char| c.is_ascii_digit());
        words::words(frame).filter(figure).collect::<Vec<_>>().join(" ")
    };
    let (old, new) = (plain(&a), plain(&b));
    words::covered(&old, &new).min(words::covered(&new, &old)) >= SAME && !by_other_means(&a, &b)
}

/// Whether it is to be done by other means, or with somebody else: "by card", "by cash". `a`, `b`: without values.
fn by_other_means(a: &str, b: &str) -> bool {
    const BY: [&str; 6] = ["by", "on", "in", "via", "with", "using"];
    let means = |text: &str, other: &str| -> Vec<String> {
        let all: Vec<&str> = words::words(text).collect();
        let others: Vec<&str> = words::words(other).collect();
        let pairs = all.windows(2).filter_map(|two| match two {
            [by, what] if BY.contains(by) && !others.contains(what) => Some((*what).to_owned()),
            _ => None,
        });
        pairs
            .filter(|what| !words::telling(what).is_empty() && what.chars().all(char::is_alphabetic))
            .collect()
    };
    let (old, new) = (means(a, b), means(b, a));
    old.len() == 1 && new.len() == 1 && words::words(a).count().abs_diff(words::words(b).count()) <= 1
}
