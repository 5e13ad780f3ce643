//! What is claimed: denials, doubt, harm, causes, services, promises, advice and how far they reach.
//!
//! Each rule compares the cells of the two sides; what stands elsewhere on a side counts as said. Not here: values
//! (`facts`).

mod advice;
pub(super) mod cells;
mod denials;
mod promises;
mod scope;

use super::{Finding, Pages, Place, facts::values::Values};
use crate::{
    judge::{language::Language, lexicon::Class, words},
    model::{ChangeKind, Label, fold},
};
use cells::Cells;

/// A place as its claims.
struct Claims<'a> {
    pub before: Cells<'a>,
    pub after: Cells<'a>,
    /// The values on the two sides, for deadlines and reach.
    pub old: &'a Values,
    pub new: &'a Values,
    pub place: &'a Place<'a>,
    pub pages: &'a Pages<'a>,
}

impl Claims<'_> {
    fn added(&self) -> bool {
        self.place.before.is_empty()
    }

    fn removed(&self) -> bool {
        self.place.after.is_empty()
    }

    fn paired(&self) -> bool {
        !self.added() && !self.removed()
    }
}

/// Labels that account for words that came or went.
const NAMING: [Label; 4] =
    [Label::AttributionAdded, Label::AttributionRemoved, Label::CommitmentAdded, Label::CommitmentDropped];

/// The labels that changed claims earn. `parties`: whether a party came or went.
pub(super) fn findings(
    place: &Place<'_>,
    pages: &Pages<'_>,
    values: (&Values, &Values),
    parties: bool,
) -> Vec<Finding> {
    let (old, new) = (fold(&place.old), fold(&place.new));
    let language = Language::of(&old, Language::of(&new, pages.language()));
    let claims = Claims {
        before: Cells::of(&old, language, pages.lexicons()),
        after: Cells::of(&new, language, pages.lexicons()),
        old: values.0,
        new: values.1,
        place,
        pages,
    };
    let mut found = denials::findings(&claims);
    if place.kind == ChangeKind::StatementRemoved {
        found.retain(|finding| finding.label == Label::DenialWithdrawn);
        return found;
    }
    let denial = !found.is_empty();
    let denies = !claims.before.denials.is_empty() || !claims.after.denials.is_empty();
    if !denies {
        found.extend(doubt(&claims));
    }
    if !denial {
        found.extend(severity(&claims));
    }
    found.extend(cause(&claims));
    found.extend(promises::findings(&claims));
    let advice = advice::findings(&claims);
    let named = parties || advice.is_some() || found.iter().any(|f| NAMING.contains(&f.label));
    found.extend(scope::findings(&claims, denial, named));
    found.extend(service(&claims));
    found.extend(advice);
    if found.is_empty() {
        found.extend(denials::turned(&claims));
    }
    found
}

/// `hedge-added`, `hedge-removed`: the same claim, less or more surely.
fn doubt(claims: &Claims<'_>) -> Option<Finding> {
    let (old, new) = (&claims.before.certainty, &claims.after.certainty);
    if !claims.paired() || old.0 == new.0 {
        return None;
    }
    let label = if new.0 < old.0 { Label::HedgeAdded } else { Label::HedgeRemoved };
    let word = if new.0 < old.0 { &new.1 } else { &old.1 };
    Some(Finding::new(label, "certainty", quoted(word.as_deref().unwrap_or_default())))
}

/// `severity-raised`, `severity-lowered`: what was done, what the thing is called, how grave it is.
fn severity(claims: &Claims<'_>) -> Option<Finding> {
    const LADDERS: [(&str, &[Class]); 4] = [
        ("deed", &cells::DEEDS),
        ("name", &NAMES),
        ("hurt", &[Class::Hurt1, Class::Hurt2, Class::Hurt3]),
        ("gravity", &[Class::Grave1, Class::Grave2, Class::Grave3, Class::Grave4]),
    ];
    if !claims.paired() {
        return None;
    }
    LADDERS.iter().find_map(|(rule, ladder)| {
        // Files that were locked, and then locked and stolen.
        let harmed = |cells: &Cells<'_>| *rule == "deed" && cells.lexicon.has(Class::Harm, &cells.positive);
        let (old, new) = match (claims.before.highest(ladder), claims.after.highest(ladder)) {
            (None, Some(new)) if harmed(&claims.before) && covers(&claims.before, &claims.after) => {
                ((0, "-".to_owned()), new)
            }
            (Some(old), None) if harmed(&claims.after) && covers(&claims.after, &claims.before) => {
                (old, (0, "-".to_owned()))
            }
            (old, new) => (old?, new?),
        };
        let label = match old.0.cmp(&new.0) {
            std::cmp::Ordering::Less => Label::SeverityRaised,
            std::cmp::Ordering::Greater => Label::SeverityLowered,
            std::cmp::Ordering::Equal => return None,
        };
        Some(Finding::new(label, rule, format!("{} → {}", quoted(&old.1), quoted(&new.1))))
    })
}

/// Whether all telling words of one are said in the other too.
fn covers(part: &Cells<'_>, whole: &Cells<'_>) -> bool {
    let whole = words::telling(&whole.positive);
    words::telling(&part.positive).iter().all(|word| whole.contains(word))
}

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

/// What incidents are called.
const NAMES: [Class; 4] = [Class::Name1, Class::Name2, Class::Name3, Class::Name4];

/// Where the article begins that some phrases of a cause end in: "due to the".
fn article(found: &regex::Match<'_>) -> usize {
    found.as_str().rfind(' ').map_or(found.end(), |at| found.start() + at)
}

/// `attribution-added`, `attribution-removed`: a cause or an agent.
fn cause(claims: &Claims<'_>) -> Option<Finding> {
    // "Because of the incident" names what came of it, and no cause of it.
    let of_it = |cells: &Cells<'_>, other: &Cells<'_>, end: usize| {
        let near: Vec<&str> = words::words(cells.positive.get(end..).unwrap_or_default()).take(4).collect();
        let definite = near.first().is_some_and(|w| DEFINITE.contains(w) || w.starts_with("l'"));
        // What the other side speaks of too is known already.
        let known = near.get(1).is_some_and(|w| w.len() > 3 && words::words(&other.text).any(|o| o == *w));
        let event = known || near.iter().any(|w| matches!(*w, "contamination" | "recall" | "closure"));
        definite && (event || NAMES.iter().any(|class| cells.lexicon.has(*class, &near.join(" "))))
    };
    // "An error led to the outage", and not "the outage led to delays".
    let led = |cells: &Cells<'_>, other: &Cells<'_>| {
        let led = ["led to ", "leading to "]
            .into_iter()
            .find_map(|words| cells.positive.find(words).map(|at| (words, at)))?;
        of_it(cells, other, led.1 + led.0.len()).then(|| led.0.trim_end().to_owned())
    };
    let cause = |cells: &Cells<'_>, other: &Cells<'_>| {
        // "Call early because lines are busy" gives a reason for advice.
        let advises = cells.lexicon.has(Class::Advice, &cells.positive);
        let found = cells.lexicon.find(Class::Cause, &cells.positive);
        let mut found = found.filter(|m| !advises || m.as_str() != "because");
        // "Selon toute vraisemblance" names nobody.
        let likely = |end: usize| cells.positive.get(end..).is_some_and(|rest| rest.starts_with(" toute"));
        // "To blame for the outage" says what it came of.
        let blames =
            |m: &regex::Match<'_>| ["to blame", "l'origine"].iter().any(|w| m.as_str().starts_with(w));
        // "Criminals stopped our phones": so does what did it.
        let acts = |m: &regex::Match<'_>| {
            ["stopped", "took", "knocked", "brought", "cut"].iter().any(|w| m.as_str().ends_with(w))
        };
        let names_it = |m: &regex::Match<'_>| of_it(cells, other, m.end()) || of_it(cells, other, article(m));
        found
            .find(|m| (blames(m) || acts(m) || !names_it(m)) && !likely(m.end()))
            .map(|m| m.as_str().to_owned())
            .or_else(|| led(cells, other))
    };
    // A cause that one side denies is spoken of on both.
    let spoken = |cells: &Cells<'_>| cells.lexicon.has(Class::Cause, &cells.text);
    match (cause(&claims.before, &claims.after), cause(&claims.after, &claims.before)) {
        (None, Some(found)) if !spoken(&claims.before) => {
            let said = claims.pages.before.says(&claims.after.text);
            (!said).then(|| Finding::new(Label::AttributionAdded, "cause", quoted(&found)))
        }
        (Some(found), None) if !spoken(&claims.after) => {
            let said = claims.pages.after.says(&claims.before.text);
            (!said).then(|| Finding::new(Label::AttributionRemoved, "cause", quoted(&found)))
        }
        _ => None,
    }
}

/// `service-restored`, `service-disrupted`.
fn service(claims: &Claims<'_>) -> Option<Finding> {
    let (old, new) = (&claims.before.service, &claims.after.service);
    let restored = |word: &str| Some(Finding::new(Label::ServiceRestored, "service", quoted(word)));
    let disrupted = |word: &str| Some(Finding::new(Label::ServiceDisrupted, "service", quoted(word)));
    if claims.added() {
        // "We want to have every home reconnected" is a wish.
        let wished = claims.after.text.contains(" to have ")
            && claims.after.lexicon.has(Class::Promise, &claims.after.text);
        return match (&new.down, new.again.as_ref().filter(|_| !wished)) {
            (Some(down), None) if claims.after.denials.is_empty() => disrupted(down),
            (None, Some(again)) => restored(again),
            _ => None,
        };
    }
    if claims.removed() {
        return None;
    }
    let has = |cells: &Cells<'_>, class| cells.lexicon.has(class, &cells.text);
    let works = |service: &cells::Service| service.up.is_some() || service.again.is_some();
    let halted = |service: &cells::Service, other: &cells::Service| {
        service.halted.clone().filter(|_| works(other) && !works(service))
    };
    let down = |service: &cells::Service, other: &cells::Service| {
        service.down.clone().or_else(|| halted(service, other))
    };
    match (&down(old, new), &down(new, old)) {
        (Some(_), None) => {
            let works = new.up.as_ref().or(new.again.as_ref()).or(new.clear.as_ref());
            let can = claims.after.lexicon.first(Class::Can, &claims.after.text);
            let can = can.filter(|_| !has(&claims.before, Class::Can));
            works.map(String::as_str).or(can).and_then(restored)
        }
        (None, Some(down)) => {
            let can = has(&claims.before, Class::Can) || has(&claims.before, Class::Up);
            let worked = old.up.is_some() || can || old.again.is_some() || old.clear.is_some();
            if worked || !claims.before.denials.is_empty() { disrupted(down) } else { None }
        }
        (Some(_), Some(_)) if old.again.is_none() && old.up.is_none() => {
            new.again.as_ref().and_then(|word| restored(word))
        }
        (Some(_), Some(down))
            if (old.again.is_some() || old.up.is_some()) && new.again.is_none() && new.up.is_none() =>
        {
            disrupted(down)
        }
        (None, None) if old.again.is_none() && old.up.is_none() && new.again.is_some() => {
            new.again.as_ref().and_then(|word| restored(word))
        }
        _ => None,
    }
}

/// Words as evidence.
pub(super) fn quoted(words: &str) -> String {
    format!("“{words}”")
}
