//! Whether a denial spares less than another, or other things: "no data" and "no significant data", "no data apart from
//! names", "no payroll data" and "no pension data".
//!
//! Not here: how surely it is denied, and of which deed (`compared`).

use crate::{
    judge::claims::{
        NAMES,
        swaps::{self, Swap},
    },
    text::{Class, Lexicon, List, words},
};

/// Words as evidence where the second denial, in the words of the first and some more, spares less than it.
pub(in crate::judge) fn narrowed(whole: &str, part: &str, lexicon: &Lexicon) -> Option<String> {
    let swaps = swaps::swaps(whole, part);
    let little = |words: &[&str]| words::stems(&words.join(" ")).is_empty();
    if swaps.iter().any(|swap| !little(&swap.gone)) {
        return None;
    }
    swaps.iter().find(|swap| restricts(swap, lexicon)).map(|swap| swap.come.join(" "))
}

/// Whether what was put in stands before what is spared: after "no", after "none of our", or before a thing that "was not".
fn is_before_the_spared(swap: &Swap<'_>) -> bool {
    let [.., last] = *swap.before else { return false };
    let of_none = match *swap.before {
        [.., none, of, _] => of == "of" && List::DeniedNone.has(none),
        _ => false,
    };
    let was_not = match *swap.after {
        [_, verb, not, ..] => matches!(verb, "was" | "were" | "is" | "are" | "has" | "have") && not == "not",
        _ => false,
    };
    List::DeniedNone.has(last) || List::Possessive.has(last) && (of_none || was_not)
}

fn restricts(swap: &Swap<'_>, lexicon: &Lexicon) -> bool {
    let said = swap.come.join(" ");
    if lexicon.has(Class::Except, &said) || swap.come.iter().any(|word| List::DeniedNearly.has(word)) {
        return true;
    }
    let telling = swap.come.iter().any(|w| !List::DeniedWeak.has(w) && !words::stems(w).is_empty());
    if !telling || lexicon.has(Class::Absolute, &said) || lexicon.has(Class::ForNow, &said) {
        return false;
    }
    // Another thing of a list is no word that restricts.
    if swap.come.iter().any(|word| matches!(*word, "or" | "and" | "nor" | "ou" | "ni" | "na" | "neu")) {
        return false;
    }
    let [first, ..] = *swap.come else { return false };
    let of_the_incident = NAMES.iter().any(|class| lexicon.has(*class, &said)) || said.contains("attack");
    // "Significant" in "no significant data", "seriously" in "was seriously hurt".
    let of_the_thing = !swap.after.is_empty() && is_before_the_spared(swap);
    let of_the_deed =
        (first.ends_with("ly") || first.ends_with("ment") || first == "badly") && !swap.after.is_empty();
    of_the_thing && swap.come.len() <= 3
        || of_the_deed && swap.come.len() <= 2
        || List::DeniedBound.has(first) && !of_the_incident
}

/// What one denial spares and the other spares in its place: the same sentence, and another thing.
pub(in crate::judge) fn swapped(old: &str, new: &str, lexicon: &Lexicon) -> Option<String> {
    /// What has rules of its own is no thing that is spared.
    const OTHERS: [Class; 5] = [Class::Harm, Class::HarmOwn, Class::Negation, Class::NoEvidence, Class::Deny];
    let swaps = swaps::swaps(old, new);
    let [swap] = &*swaps else { return None };
    let (gone, come) = (swap.gone.join(" "), swap.come.join(" "));
    let is_thing = |text: &str, words: &[&str]| {
        words.len() <= 2
            && !words::stems(text).is_empty()
            && !text.contains(|c: char| c.is_ascii_digit())
            && !OTHERS.iter().chain(&NAMES).any(|class| lexicon.has(*class, text))
    };
    let same = swap.gone.iter().any(|a| swap.come.iter().any(|b| swaps::is_synonym(a, b)));
    // What stands in the denial, and not beside it: "no payroll data", "pension data was not".
    let denies = |words: &mut dyn Iterator<Item = &&str>| {
        words.take(NEAR).any(|word| lexicon.has(Class::Negation, word))
    };
    let denied = denies(&mut swap.before.iter().rev()) || denies(&mut swap.after.iter());
    (denied && is_thing(&gone, &swap.gone) && is_thing(&come, &swap.come) && !same)
        .then(|| format!("“{gone}” → “{come}”"))
}

/// So far from what negates stands what is spared.
const NEAR: usize = 6;

/// Whether a denial of a part of what there is became one of all of it: "no bank details were taken", "no data was".
pub(in crate::judge) fn is_of_all(part: &str, all: &str, lexicon: &Lexicon) -> bool {
    let said = words::stems(part);
    let mut more =
        words::words(all).filter(|w| words::stems(w).iter().any(|stem| !said.contains(stem))).peekable();
    more.peek().is_some() && more.all(|word| lexicon.has(Class::Data, word))
}
