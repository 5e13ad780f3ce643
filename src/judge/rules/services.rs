//! `service-restored`, `service-disrupted`: what works turns.
//!
//! Not here: what a text says of services (`claims`).

use crate::{
    judge::{
        claims::{self, Cells, swaps},
        context::Page,
        finding::{Finding, quoted},
        sides::Sides,
    },
    model::{Label, Rule},
    text::{Class, List, words},
};

/// `service-restored`, `service-disrupted`.
pub(in crate::judge) fn findings(claims: &Sides<'_>) -> Option<Finding> {
    if claims.added() {
        let found = stated(&claims.after).or_else(|| all_clear(&claims.after, &claims.pages.before));
        return found.map(|(up, word)| turned(up, quoted(&word)));
    }
    // What is no longer said to be down is told as the reverse of what would tell that it is: a comparison turned round
    // says the same turned round.
    if claims.removed() {
        let found = stated(&claims.before).or_else(|| all_clear(&claims.before, &claims.pages.after));
        return found.map(|(up, word)| turned(!up, format!("{} is gone", quoted(&word))));
    }
    if let Some(up) = flagged(claims) {
        return Some(turned(up, quoted(if up { "true" } else { "false" })));
    }
    // In a row of fields each stands for itself.
    if is_fields(&claims.before.text) && is_fields(&claims.after.text) {
        return None;
    }
    let (old, new) = (&claims.before.service, &claims.after.service);
    let restored = |word: &str| Some(turned(true, quoted(word)));
    let disrupted = |word: &str| Some(turned(false, quoted(word)));
    let has = |cells: &Cells<'_>, class| cells.lexicon.has(class, &cells.text);
    let works =
        |service: &claims::Service| service.up.is_some() || service.again.is_some() || service.due.is_some();
    let halted = |service: &claims::Service, other: &claims::Service| {
        service
            .halted
            .clone()
            .filter(|_| (works(other) || other.can.is_some()) && !works(service) && service.can.is_none())
    };
    let trouble = |service: &claims::Service, other: &claims::Service| {
        service.trouble.clone().filter(|_| works(other) && !works(service) && other.trouble.is_none())
    };
    let down = |service: &claims::Service, other: &claims::Service| {
        service.down.clone().or_else(|| halted(service, other)).or_else(|| trouble(service, other))
    };
    if let Some(only) = narrowed(claims) {
        return Some(only);
    }
    match (&down(old, new), &down(new, old)) {
        (Some(_), None) => {
            let works = new.up.as_ref().or(new.again.as_ref()).or(new.clear.as_ref());
            let works = works.or(new.due.as_ref().filter(|_| old.halted.is_some()));
            let can = new.can.as_ref().filter(|_| old.can.is_none());
            works.or(can).and_then(|word| restored(word))
        }
        (None, Some(down)) => {
            let can = old.can.is_some() || has(&claims.before, Class::Up);
            let due = old.due.is_some() && new.halted.is_some();
            let worked = old.up.is_some() || due || can || old.again.is_some() || old.clear.is_some();
            if worked || !claims.before.denials.is_empty() { disrupted(down) } else { None }
        }
        (Some(_), Some(down)) if old.can.is_some() && new.can.is_none() && new.up.is_none() => {
            disrupted(down)
        }
        (Some(_), Some(_)) if old.again.is_none() && old.up.is_none() => {
            let can = new.can.as_ref().filter(|_| old.can.is_none());
            new.again.as_ref().or(can).and_then(|word| restored(word))
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

fn turned(up: bool, evidence: String) -> Finding {
    Finding::new(if up { Label::ServiceRestored } else { Label::ServiceDisrupted }, Rule::Service, evidence)
}

/// What a text by itself says of a service: that it is back, or down, with the word for it.
fn stated(cells: &Cells<'_>) -> Option<(bool, String)> {
    let promises = cells.lexicon.has(Class::Promise, &cells.text);
    // "We want to have every home reconnected" is a wish.
    let wished = cells.text.contains(" to have ") && promises;
    let service = &cells.service;
    // What is not mended yet is as it was.
    let unmended = |down: &&String| List::ServiceMended.has(down.as_str());
    // "Other protocols will not work" tells of no service that failed.
    let to_come = |down: &&String| down.ends_with("work") && cells.text.contains(&format!("will {down}"));
    let down =
        service.down.as_ref().filter(|down| !unmended(down) && !to_come(down)).or(service.trouble.as_ref());
    match (down, service.again.as_ref().filter(|_| !wished)) {
        // "We will ring everyone whose appointment has to be moved" promises.
        (Some(down), None) if down.contains(" to be ") && promises => None,
        (Some(down), None) => cells.denials.is_empty().then(|| (false, down.clone())),
        (None, Some(again)) => Some((true, again.clone())),
        // What is back is told, and what is still down, or was, is not new.
        (Some(down), Some(again)) => is_told_after(&cells.text, down, again).then(|| (true, again.clone())),
        (None, None) => None,
    }
}

/// Whether a text is a row of fields: "title: ..., date: ..., resolved: false".
fn is_fields(text: &str) -> bool {
    text.matches(": ").count() >= 4
}

/// That all works, or that something works of which the other side says that it does not: "all systems are working".
fn all_clear(cells: &Cells<'_>, other: &Page<'_>) -> Option<(bool, String)> {
    let service = &cells.service;
    let up = service.up.as_ref().filter(|_| service.down.is_none() && service.trouble.is_none())?;
    let all = List::ServiceAll.opening(&cells.text).is_some();
    let stems = words::stems(&cells.text);
    let mut near = other.like(&cells.text, SHARED).into_iter().filter_map(|n| other.folded.get(n));
    let troubled = |text: &String| {
        let of = Cells::of(text, cells.language, other.lexicons).service;
        let said = words::stems(text);
        // The thing itself, and not the word for how it is.
        let same = stems.iter().take(3).any(|stem| said.contains(stem) && !words::stems(up).contains(stem));
        same && (of.down.is_some() || of.trouble.is_some())
    };
    (all || near.any(troubled)).then(|| (true, up.clone()))
}

/// Another sentence may be of the same service from this share of its telling words.
const SHARED: f64 = 0.2;

/// A flag that was set or taken back: "resolved: false", "resolved: true".
fn flagged(claims: &Sides<'_>) -> Option<bool> {
    let swaps = swaps::swaps(&claims.before.text, &claims.after.text);
    swaps.iter().find_map(|swap| {
        let flag = swap.before.last().is_some_and(|word| List::ServiceFlag.has(word));
        match (swap.gone.first(), swap.come.first()) {
            (Some(&"false" | &"no"), Some(&"true" | &"yes")) if flag => Some(true),
            (Some(&"true" | &"yes"), Some(&"false" | &"no")) if flag => Some(false),
            _ => None,
        }
    })
}

/// "Most lines are back, though two are still down": whether what is down is only the rest of what is back.
fn is_told_after(text: &str, down: &str, again: &str) -> bool {
    let (Some(down), Some(again)) = (text.find(down), text.find(again)) else { return false };
    let before = text.get(..down).unwrap_or_default();
    let word = words::words(before).last();
    again < down || word.is_some_and(|word| matches!(word, "still" | "was" | "were"))
}

/// "You can pay online or by phone" and "you can only pay by phone": the same can be done, and in fewer ways.
fn narrowed(claims: &Sides<'_>) -> Option<Finding> {
    let only = |cells: &Cells<'_>| -> Option<String> {
        let all: Vec<&str> = words::words(&cells.text).collect();
        let can = all.iter().position(|w| *w == "can")?;
        let near = all.get(can + 1..)?.iter().take(3).any(|w| *w == "only");
        near.then(|| "can only".to_owned())
    };
    let can = |cells: &Cells<'_>| cells.service.can.is_some() && cells.service.down.is_none();
    if !can(&claims.before) || !can(&claims.after) {
        return None;
    }
    let within = |part: &Cells<'_>, whole: &Cells<'_>| {
        let whole = words::stems(&whole.text);
        let part = words::stems(&part.text);
        part.len() <= whole.len() && part.iter().all(|w| w == "onl" || w == "only" || whole.contains(w))
    };
    match (only(&claims.before), only(&claims.after)) {
        (None, Some(word)) if within(&claims.after, &claims.before) => {
            Some(Finding::new(Label::ServiceDisrupted, Rule::Service, quoted(&word)))
        }
        (Some(word), None) if within(&claims.before, &claims.after) => {
            Some(Finding::new(Label::ServiceRestored, Rule::Service, format!("{} is gone", quoted(&word))))
        }
        _ => None,
    }
}
