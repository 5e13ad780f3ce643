//! Lists of what is affected, or of what is not: in a sentence, and item by item.
//!
//! Not here: how many of something (`scope`).

use crate::{
    judge::{
        claims::{self, Cells},
        finding::{Finding, quoted},
        rules::{headings, scope::reach::finding},
        sides::Sides,
    },
    model::Rule,
    text::{Class, Language, List, words},
};

/// At most so many more words make a longer list; with more it is another sentence.
const MORE: usize = 10;

/// A list that grew or shrank within a sentence.
pub(in crate::judge) fn list(claims: &Sides<'_>) -> Option<Finding> {
    longer(&claims.before, &claims.after, &claims.before.text, &claims.after.text)
}

pub(in crate::judge) fn positive_list(claims: &Sides<'_>) -> Option<Finding> {
    let wider = |text: &str, cells: &Cells<'_>| cells.lexicon.has(Class::Wider, text);
    let (old, new) = (&claims.before.positive, &claims.after.positive);
    if old.is_empty() || new.is_empty() || wider(old, &claims.before) == wider(new, &claims.after) {
        return None;
    }
    let affected =
        claims.before.lexicon.has(Class::Affected, old) && claims.after.lexicon.has(Class::Affected, new);
    let grew = wider(new, &claims.after);
    affected.then(|| finding(grew, Rule::List, if grew { quoted(new) } else { quoted(old) }))
}

fn longer(before: &Cells<'_>, after: &Cells<'_>, old: &str, new: &str) -> Option<Finding> {
    let speaks = |cells: &Cells<'_>, text: &str| {
        const SPEAKS: [Class; 4] = [Class::Affected, Class::Down, Class::HarmOwn, Class::Advice];
        // What readers can do, or are asked to, is no list of what is affected.
        if List::ScopeReader.within(text).is_some() {
            return false;
        }
        SPEAKS.iter().any(|class| cells.lexicon.has(*class, text))
            || cells.lexicon.has(Class::Holds, text) && cells.lexicon.has(Class::Data, text)
    };
    let works = |cells: &Cells<'_>| cells.service.up.is_some() && cells.service.down.is_none();
    // A shorter list of what works is a longer one of what does not.
    let denied = !before.denials.is_empty() && !after.denials.is_empty() || works(before) && works(after);
    // A longer list of what is left out of it turns the direction once more.
    let left_out = excepted(old).zip(excepted(new)).is_some_and(|(old, new)| old != new);
    if !denied && (!speaks(before, old) || !speaks(after, new)) {
        return None;
    }
    let extra = |part: &str, whole: &str| -> Option<String> {
        let (stems, all): (Vec<_>, Vec<_>) = (words::stems(part), words::stems(whole));
        let fresh = |w: &&str| words::stems(w).first().is_some_and(|stem| !stems.contains(stem));
        let more: Vec<&str> = words::words(whole).filter(fresh).collect();
        let kept = stems.iter().all(|w| all.contains(w));
        let few = !more.is_empty() && more.len() <= MORE;
        let told = |word: &&str| word.len() > 4 && word.ends_with("ed");
        let negates = |word: &&str| after.lexicon.has(Class::Negation, word);
        let things =
            more.iter().any(|word| is_thing(word)) && !more.iter().any(|word| told(word) || negates(word));
        (kept && few && things && verbs(whole) <= verbs(part)).then(|| more.join(" "))
    };
    let joined = |text: &str| words::words(text).filter(|w| is_join(w, after.language)).count();
    // A comma parts the items of a list where something joins the last of them.
    let joins = |text: &str| match (joined(text), text.matches('•').count()) {
        (0, items) => items,
        (joined, items) => joined + items + text.matches(',').count(),
    };
    // Doubt, a cause, and what else was done to the same, are no list.
    let other = |cells: &Cells<'_>, text: &str| {
        const OTHER: [Class; 5] =
            [Class::ForNow, Class::NoEvidence, Class::Possible, Class::Probable, Class::Cause];
        OTHER.iter().map(|class| cells.lexicon.count(*class, text)).sum::<usize>()
    };
    let deeds = |part: &str, whole: &str| {
        let more: Vec<&str> = words::words(whole).filter(|w| words::words(part).all(|p| p != *w)).collect();
        claims::DEEDS.iter().any(|class| after.lexicon.has(*class, &more.join(" ")))
    };
    if other(before, old) != other(after, new) {
        return None;
    }
    let extra = |part: &str, whole: &str| extra(part, whole).filter(|_| !deeds(part, whole));
    let denied = denied != left_out;
    if let Some(more) = extra(old, new).filter(|_| joins(new) > joins(old)) {
        return Some(finding(!denied, Rule::List, format!("with {}", quoted(&more))));
    }
    if let Some(less) = extra(new, old).filter(|_| joins(old) > joins(new)) {
        return Some(finding(denied, Rule::List, format!("without {}", quoted(&less))));
    }
    None
}

/// Whether a word may name a thing of a list: "versions" only says of what kind.
fn is_thing(word: &str) -> bool {
    word.len() > 1 && !List::ScopeNoThing.has(word)
}

/// How many verbs say that there is a clause: one more is more than an item of a list.
fn verbs(text: &str) -> usize {
    words::words(text).filter(|w| List::ScopeVerb.has(w)).count()
}

/// What one side leaves out of what was reached, and the other tells of it: "but excluded dates of birth".
pub(in crate::judge) fn left_out(claims: &Sides<'_>) -> Option<Finding> {
    let part = |text: &str| -> Option<Vec<String>> {
        let at = List::ScopeLeftOut.iter().find_map(|out| text.find(out).map(|at| at + out.len()))?;
        Some(words::stems(text.get(at..)?))
    };
    let (old, new) = (claims.before.text.as_str(), claims.after.text.as_str());
    let says = |cells: &Cells<'_>| {
        [Class::Affected, Class::Holds, Class::Harm]
            .iter()
            .any(|class| cells.lexicon.has(*class, &cells.text))
    };
    if !says(&claims.before) || !says(&claims.after) {
        return None;
    }
    let told = |part: &[String], text: &str| {
        let all = words::stems(text);
        !part.is_empty() && part.iter().all(|word| all.contains(word))
    };
    match (part(old), part(new)) {
        (Some(out), None) if told(&out, new) => Some(finding(true, Rule::List, quoted(new))),
        (None, Some(out)) if told(&out, old) => Some(finding(false, Rule::List, quoted(new))),
        _ => None,
    }
}

/// What a text leaves out of what it says: "apart from email and telephones".
fn excepted(text: &str) -> Option<&str> {
    let at = List::ScopeExcept.iter().find_map(|word| text.find(word).map(|at| at + word.len()))?;
    let rest = text.get(at..)?;
    // At the head of a sentence it ends with a comma.
    Some(if at < 24 { rest.rsplit_once(',').map_or(rest, |(list, _)| list) } else { rest })
}

fn is_join(word: &str, language: Language) -> bool {
    let own = match language {
        Language::English => false,
        Language::Welsh => matches!(word, "a" | "ac" | "neu"),
        Language::French => matches!(word, "et" | "ou" | "ni"),
    };
    own || matches!(word, "and" | "or" | "nor" | "plus" | "including" | "also" | "former")
}

/// An item of a list of what is affected, or of what is not.
pub(in crate::judge) fn item(claims: &Sides<'_>) -> Option<Finding> {
    headings::listed(claims).map(|(wider, evidence)| finding(wider, Rule::Item, evidence))
}
