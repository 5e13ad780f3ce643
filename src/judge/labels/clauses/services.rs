//! `service-restored`, `service-disrupted`: what works turns.
//!
//! Not here: what a text says of services (`cells`).

use super::{Cells, Claims, cells, quoted};
use crate::{
    judge::labels::Finding,
    model::Label,
    text::{Class, words},
};

/// `service-restored`, `service-disrupted`.
pub(super) fn findings(claims: &Claims<'_>) -> Option<Finding> {
    if claims.added() {
        return stated(&claims.after).map(|(up, word)| told(up, quoted(&word)));
    }
    // What is no longer said to be down is told as the reverse of what would tell that it is: a comparison turned round
    // says the same turned round.
    if claims.removed() {
        return stated(&claims.before).map(|(up, word)| told(!up, format!("{} is gone", quoted(&word))));
    }
    let (old, new) = (&claims.before.service, &claims.after.service);
    let restored = |word: &str| Some(told(true, quoted(word)));
    let disrupted = |word: &str| Some(told(false, quoted(word)));
    let has = |cells: &Cells<'_>, class| cells.lexicon.has(class, &cells.text);
    let works =
        |service: &cells::Service| service.up.is_some() || service.again.is_some() || service.due.is_some();
    let halted = |service: &cells::Service, other: &cells::Service| {
        service
            .halted
            .clone()
            .filter(|_| (works(other) || other.can.is_some()) && !works(service) && service.can.is_none())
    };
    let down = |service: &cells::Service, other: &cells::Service| {
        service.down.clone().or_else(|| halted(service, other))
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

fn told(up: bool, evidence: String) -> Finding {
    Finding::new(if up { Label::ServiceRestored } else { Label::ServiceDisrupted }, "service", evidence)
}

/// What a text by itself says of a service: that it is back, or down, with the word for it.
fn stated(cells: &Cells<'_>) -> Option<(bool, String)> {
    let promises = cells.lexicon.has(Class::Promise, &cells.text);
    // "We want to have every home reconnected" is a wish.
    let wished = cells.text.contains(" to have ") && promises;
    let service = &cells.service;
    match (&service.down, service.again.as_ref().filter(|_| !wished)) {
        // "We will ring everyone whose appointment has to be moved" promises.
        (Some(down), None) if down.contains(" to be ") && promises => None,
        (Some(down), None) => cells.denials.is_empty().then(|| (false, down.clone())),
        (None, Some(again)) => Some((true, again.clone())),
        // What is back is told, and what is still down, or was, is not new.
        (Some(down), Some(again)) => is_told_after(&cells.text, down, again).then(|| (true, again.clone())),
        (None, None) => None,
    }
}

/// "Most lines are back, though two are still down": whether what is down is only the rest of what is back.
fn is_told_after(text: &str, down: &str, again: &str) -> bool {
    let (Some(down), Some(again)) = (text.find(down), text.find(again)) else { return false };
    let before = text.get(..down).unwrap_or_default();
    let word = words::words(before).last();
    again < down || word.is_some_and(|word| matches!(word, "still" | "was" | "were"))
}

/// "You can pay online or by phone" and "you can only pay by phone": the same can be done, and in fewer ways.
fn narrowed(claims: &Claims<'_>) -> Option<Finding> {
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
        let whole = words::telling(&whole.text);
        let part = words::telling(&part.text);
        part.len() <= whole.len() && part.iter().all(|w| w == "onl" || w == "only" || whole.contains(w))
    };
    match (only(&claims.before), only(&claims.after)) {
        (None, Some(word)) if within(&claims.after, &claims.before) => {
            Some(Finding::new(Label::ServiceDisrupted, "service", quoted(&word)))
        }
        (Some(word), None) if within(&claims.before, &claims.after) => {
            Some(Finding::new(Label::ServiceRestored, "service", format!("{} is gone", quoted(&word))))
        }
        _ => None,
    }
}
