//! Classes of words that are steps of a ladder: what was done, what the thing is called, how grave it is, how many it is.
//!
//! Not here: what a step up or down means (`rules`).

use crate::{
    judge::claims::means,
    model::Rule,
    text::{Class, Found, Lexicon, List, words},
};

/// What is done to data, from accessed to published.
pub(in crate::judge) const DEEDS: [Class; 5] =
    [Class::Deed1, Class::Deed2, Class::Deed3, Class::Deed4, Class::Deed5];

/// The same from "was affected", which leaves open what was done.
const HARMS: [Class; 6] =
    [Class::Deed0, Class::Deed1, Class::Deed2, Class::Deed3, Class::Deed4, Class::Deed5];

/// What incidents are called, from an issue to ransomware.
pub(in crate::judge) const NAMES: [Class; 4] = [Class::Name1, Class::Name2, Class::Name3, Class::Name4];

/// The ladders of severity, each with the name of its rule.
pub(in crate::judge) const SEVERITY: [(Rule, &[Class]); 5] = [
    (Rule::Deed, &DEEDS),
    (Rule::Harm, &HARMS),
    (Rule::Called, &NAMES),
    (Rule::Hurt, &[Class::Hurt1, Class::Hurt2, Class::Hurt3]),
    (Rule::Gravity, &[Class::Grave1, Class::Grave2, Class::Grave3, Class::Grave4]),
];

/// How many or how much, from few to all.
pub(in crate::judge) const AMOUNTS: [Class; 4] = [Class::Few, Class::Some, Class::Most, Class::All];

/// The highest of some classes, each a step of a ladder, in the clauses of a text that deny nothing.
pub(in crate::judge) fn highest(
    ladder: &[Class],
    positive: &str,
    lexicon: &Lexicon,
) -> Option<(usize, String)> {
    let step = |(n, class): (usize, &Class)| {
        let found = lexicon
            .find(*class, positive)
            .filter(|m| !means::is_a_means(positive, m) && !is_asked(positive, m))
            .find(|m| !is_a_promise(positive, m) && !is_put_out(positive, m));
        found.map(|found| (n + 1, found.as_str().to_owned()))
    };
    ladder.iter().enumerate().rev().find_map(step)
}

/// Whether "publish" is what a body does with what it found, and nothing done to data.
fn is_a_promise(text: &str, found: &Found<'_>) -> bool {
    let rest = text.get(found.end()..).unwrap_or_default();
    ["publish", "releas"].iter().any(|put| found.as_str().starts_with(put))
        && words::words(rest).take(4).any(|w| List::DeedFindings.has(w))
}

/// Whether it is only asked or looked into: "we are investigating whether data was stolen".
fn is_asked(text: &str, found: &Found<'_>) -> bool {
    let head = text.get(..found.start()).unwrap_or_default();
    let clause = head.rsplit(['|', ',', '.', ';']).next().unwrap_or_default();
    words::words(clause).any(|word| word == "whether")
}

/// Whether "taken" goes on as "down", "off line" or the like.
pub(in crate::judge) fn is_put_out(text: &str, found: &Found<'_>) -> bool {
    let rest = text.get(found.end()..).unwrap_or_default();
    matches!(found.as_str(), "taken" | "took" | "take")
        && words::words(rest).next().is_some_and(|next| List::DeedPutOut.has(next))
}
