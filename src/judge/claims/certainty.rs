//! How surely a text says what it says.
//!
//! Not here: how surely it denies (`denial`).

use crate::text::{Class, Found, Language, Lexicon, List, words};

/// How surely something is said: 3 plainly, 2 probably, 1 possibly.
pub(in crate::judge) fn certainty(text: &str, lexicon: &Lexicon) -> (u8, Option<String>) {
    // "As soon as possible" and "it is possible to pay" are no doubt.
    let sure = |m: &Found<'_>| {
        let (head, rest) =
            (text.get(..m.start()).unwrap_or_default(), text.get(m.end()..).unwrap_or_default());
        let whole = ["possible", "posibl", "phosibl"].iter().any(|word| m.as_str().starts_with(word));
        whole
            && (List::DoubtDenied.closing(head).is_some()
                || rest.starts_with(" to ")
                || rest.starts_with(" de ")
                || rest.starts_with(" by "))
    };
    // What is being looked into is open.
    let mut open = text.match_indices("whether ");
    if open.any(|(at, _)| {
        words::words(text.get(..at).unwrap_or_default()).last().is_some_and(|w| List::HedgeAsking.has(w))
    }) {
        return (1, Some("whether".to_owned()));
    }
    let possible = || lexicon.find(Class::Possible, text).find(|m| !sure(m)).map(|m| m.as_str());
    if let Some(found) = possible().or_else(|| modal_may(text)).or_else(|| conditional(text, lexicon)) {
        return (1, Some(found.to_owned()));
    }
    match lexicon.first(Class::Probable, text) {
        Some(found) => (2, Some(found.to_owned())),
        None => (3, None),
    }
}

/// The conditional of French, by which reports are told without answering for them: "proviendrait".
pub(in crate::judge) fn conditional<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    const SHORTEST: usize = 7;
    let is = |w: &&str| {
        w.len() >= SHORTEST
            && (w.ends_with("rait") || w.ends_with("raient"))
            && !["trait", "traient", "devrait", "devraient"].iter().any(|end| w.ends_with(end))
    };
    if lexicon.language() == Language::French { words::words(text).find(is) } else { None }
}

/// "May" as a verb: not the month, and not what a reader may do.
fn modal_may(text: &str) -> Option<&str> {
    let all: Vec<&str> = words::words(text).collect();
    let month = |w: Option<&&str>| {
        w.is_none_or(|w| {
            w.len() <= 2 && w.starts_with(|c: char| c.is_ascii_digit())
                || matches!(
                    *w,
                    "in" | "until"
                        | "by"
                        | "since"
                        | "of"
                        | "early"
                        | "late"
                        | "mid"
                        | "from"
                        | "to"
                        | "on"
                        | "and"
                        | "last"
                        | "you"
                        | "the"
                        | "during"
                        | "over"
                        | "this"
                        | "next"
                )
        })
    };
    let is = |n: usize| {
        let before = n.checked_sub(1).and_then(|n| all.get(n));
        let after = all.get(n + 1);
        // "Ms May will attend."
        let name =
            before.is_some_and(|w| matches!(*w, "ms" | "mr" | "mrs" | "miss" | "dr" | "cllr" | "councillor"));
        !month(before)
            && !name
            && !all.get(n + 1).is_some_and(|w| List::MayMonth.has(w))
            && after.is_some_and(|w| {
                w.starts_with(char::is_alphabetic)
                    && !matches!(*w, "and" | "or" | "to" | "is" | "are" | "was" | "were" | "will" | "has")
            })
    };
    (0..all.len()).find(|&n| all.get(n) == Some(&"may") && is(n)).and_then(|n| all.get(n).copied())
}
