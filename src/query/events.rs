//! What happened: events by target, incident, time, level and kind, in pages.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;

use super::names::{Line, all_names, each_look};
use crate::{
    model::{Event, EventId, EventKind, EventRef, IncidentId, Level, Origin, TargetId},
    store::{History, StoreError},
};

/// Which events.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Of these targets, by their names now; of all without any.
    pub targets: Vec<TargetId>,
    /// About this incident, first or among others.
    pub incident: Option<IncidentId>,
    /// Only what had happened by then or later: the ends of intervals count.
    pub since: Option<Timestamp>,
    /// Only what had happened before then.
    pub until: Option<Timestamp>,
    /// The quietest level.
    pub level: Level,
    /// Of these kinds; of all without any.
    pub kinds: Vec<EventKind>,
}

/// Which come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest.
    #[default]
    Newest,
    /// The oldest.
    Oldest,
}

/// An event, with what it does not say of itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Happened {
    /// The name that its target has now; the event has the one of its time.
    pub target: TargetId,
    /// Where the look came from that led to it.
    pub source: Origin,
    /// The event, as it was told.
    pub event: Event,
}

/// An event whose bytes are not those that were kept. What it said is not known, so of all that was asked for only
/// target, time, level and kind are sure to hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// The name that its target has now.
    pub target: TargetId,
    /// The event.
    pub event: EventId,
    /// What was seen.
    pub seen: String,
}

/// Some events, in the order that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct EventPage {
    /// The events.
    pub events: Vec<Happened>,
    /// Events among them that could not be read.
    pub unread: Vec<Unread>,
    /// The event after which the next page begins; `None` at the end.
    pub next: Option<EventId>,
}

/// What the log says of an event.
pub(super) struct Listed {
    pub(super) target: TargetId,
    pub(super) source: Origin,
    pub(super) event: EventRef,
}

/// At most `most` events, after the one that the page before ended with.
///
/// # Errors
///
/// When the history cannot be read, or `after` names no event that passes the filter.
pub async fn events(
    store: &impl History,
    filter: &EventFilter,
    order: Order,
    after: Option<&EventId>,
    most: usize,
) -> Result<EventPage, StoreError> {
    let mut listed = list(store, filter).await?;
    if order == Order::Newest {
        listed.reverse();
    }
    let start = match after {
        None => 0,
        Some(id) => {
            let place = listed.iter().position(|listed| listed.event.id == *id);
            place.ok_or_else(|| StoreError::Unknown(format!("event {id}")))? + 1
        }
    };
    let mut page = EventPage::default();
    let mut last = None;
    for listed in listed.into_iter().skip(start) {
        if page.events.len() >= most.max(1) {
            page.next = last;
            break;
        }
        last = Some(listed.event.id.clone());
        page.add(store, filter, listed).await?;
    }
    Ok(page)
}

impl EventPage {
    /// Reads an event, and takes it up where it passes the filter.
    pub(super) async fn add(
        &mut self,
        store: &impl History,
        filter: &EventFilter,
        listed: Listed,
    ) -> Result<(), StoreError> {
        let Listed { target, source, event: EventRef { id, .. } } = listed;
        match store.event(&id).await {
            Ok(event) if filter.is_about(&event) => self.events.push(Happened { target, source, event }),
            Ok(_) => {}
            Err(StoreError::Damaged { seen, .. }) => self.unread.push(Unread { target, event: id, seen }),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

impl EventFilter {
    fn is_about(&self, event: &Event) -> bool {
        self.incident.as_ref().is_none_or(|id| event.incident.as_ref() == Some(id) || event.also.contains(id))
    }

    fn passes(&self, event: &EventRef) -> bool {
        event.level >= self.level
            && (self.kinds.is_empty() || self.kinds.contains(&event.kind))
            && self.since.is_none_or(|since| event.until >= since)
            && self.until.is_none_or(|until| event.until < until)
    }
}

/// What passes a filter by what the log says of it, the oldest first.
pub(super) async fn list(store: &impl History, filter: &EventFilter) -> Result<Vec<Listed>, StoreError> {
    let wanted = all_names(store, &filter.targets).await?;
    let mut found: Vec<(Line, Origin, EventRef)> = Vec::new();
    let mut known: BTreeSet<EventId> = BTreeSet::new();
    let names = each_look(store, |line, look| {
        if wanted.as_ref().is_some_and(|wanted| !wanted.contains(&look.target)) {
            return;
        }
        for event in look.events {
            // An event that two looks name is one.
            if filter.passes(&event) && known.insert(event.id.clone()) {
                found.push((line, look.source, event));
            }
        }
    })
    .await?;
    // In the order of the log, whatever the clocks said.
    Ok(found
        .into_iter()
        .filter_map(|(line, source, event)| Some(Listed { target: names.now(line)?.clone(), source, event }))
        .filter(|listed| filter.targets.is_empty() || filter.targets.contains(&listed.target))
        .collect())
}
