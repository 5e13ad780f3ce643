//! What sinks do not have: what waits for them, and what they are not offered any more.
//!
//! Not here: whether a sink wants an event at all, which targets.json says (the caller knows).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::names::Walk;
use crate::{
    model::{Entry, EventId, Level},
    store::{History, StoreError},
};

/// Where an event stands with a sink that does not have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is offered until it is taken.
    Waiting,
    /// It is not offered any more: refused for good, given up, or no longer what was kept.
    Refused,
}

/// An event that a sink does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undelivered {
    /// The sink.
    pub sink: String,
    /// The event.
    pub event: EventId,
    /// How loud it is.
    pub level: Level,
    /// Where it stands.
    pub fate: Fate,
    /// Since when it stands so.
    pub since: Timestamp,
    /// Why, where that was said.
    pub why: Option<String>,
}

/// What became of a sink, record after record.
#[derive(Debug, Default)]
struct Line {
    owed: Vec<(EventId, Level, Timestamp)>,
    refused: Vec<(EventId, Level, Timestamp, String)>,
    trouble: Option<String>,
}

/// What each sink that was ever begun does not have, in the order of the log.
///
/// # Errors
///
/// When the history cannot be read.
pub async fn undelivered(store: &impl History) -> Result<Vec<Undelivered>, StoreError> {
    let (mut walk, mut sinks) = (Walk::new(store), BTreeMap::<String, Line>::new());
    while let Some(record) = walk.record().await? {
        let at = record.at;
        match record.entry {
            Entry::Sink { sink } => drop(sinks.entry(sink).or_default()),
            Entry::Look(look) => {
                for event in &look.events {
                    for line in sinks.values_mut() {
                        line.owed.push((event.id.clone(), event.level, at));
                    }
                }
            }
            Entry::Delivery { sink, events, refused } => {
                let Some(line) = sinks.get_mut(&sink) else { continue };
                for refused in refused {
                    let owed = line.owed.iter().find(|(id, ..)| *id == refused.event);
                    let level = owed.map_or(Level::Silent, |(_, level, _)| *level);
                    line.owed.retain(|(id, ..)| *id != refused.event);
                    line.refused.push((refused.event, level, at, refused.why));
                }
                line.owed.retain(|(id, ..)| !events.contains(id));
            }
            Entry::Resent { sink, event, level, .. } => {
                let Some(line) = sinks.get_mut(&sink) else { continue };
                line.refused.retain(|(id, ..)| *id != event);
                line.owed.push((event, level, at));
            }
            Entry::Trouble { sink, why } => {
                if let Some(line) = sinks.get_mut(&sink) {
                    line.trouble = why;
                }
            }
            Entry::Renamed { .. } | Entry::Adopted { .. } => {}
        }
    }
    let mut found = Vec::new();
    for (sink, line) in sinks {
        let refused = line.refused.into_iter().map(|(event, level, since, why)| {
            let why = Some(why);
            Undelivered { sink: sink.clone(), event, level, fate: Fate::Refused, since, why }
        });
        found.extend(refused);
        let waiting = line.owed.into_iter().map(|(event, level, since)| {
            let why = line.trouble.clone();
            Undelivered { sink: sink.clone(), event, level, fate: Fate::Waiting, since, why }
        });
        found.extend(waiting);
    }
    Ok(found)
}
