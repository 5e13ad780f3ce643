//! `service-restored`, `service-disrupted`: what works turns.
//!
//! Not here: what a text says of services (`cells`).

use super::{Cells, Claims, cells, quoted};
use crate::{
    judge::{labels::Finding, lexicon::Class},
    model::Label,
};

/// `service-restored`, `service-disrupted`.
pub(super) fn findings(claims: &Claims<'_>) -> Option<Finding> {
    let (old, new) = (&claims.before.service, &claims.after.service);
    let restored = |word: &str| Some(Finding::new(Label::ServiceRestored, "service", quoted(word)));
    let disrupted = |word: &str| Some(Finding::new(Label::ServiceDisrupted, "service", quoted(word)));
    if claims.added() {
        // "We want to have every home reconnected" is a wish.
        let wished = claims.after.text.contains(" to have ")
            && claims.after.lexicon.has(Class::Promise, &claims.after.text);
        return match (&new.down, new.again.as_ref().filter(|_| !wished)) {
            // "We will ring everyone whose appointment has to be moved" promises.
            (Some(down), None)
                if down.contains(" to be ")
                    && claims.after.lexicon.has(Class::Promise, &claims.after.text) =>
            {
                None
            }
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
            let can = new.can.as_ref().filter(|_| old.can.is_none());
            works.or(can).and_then(|word| restored(word))
        }
        (None, Some(down)) => {
            let can = old.can.is_some() || has(&claims.before, Class::Up);
            let worked = old.up.is_some() || can || old.again.is_some() || old.clear.is_some();
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
