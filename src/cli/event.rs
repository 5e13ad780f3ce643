//! An event as a person names it: its id, or how that begins.

use super::Failure;
use crate::{model::EventId, render::escape, store::History};

/// The event whose id begins so.
pub(super) async fn named(store: &impl History, text: &str) -> Result<EventId, Failure> {
    let asked = escape::terminal(text);
    match store.find_event(text).await?.as_slice() {
        [] => Err(Failure::usage(format!("no event begins with `{asked}`; `onrecord log` names them"))),
        [id] => Ok(id.clone()),
        more => Err(Failure::usage(format!("{} events begin with `{asked}`; give more digits", more.len()))),
    }
}
