//! What was said about an incident, by whom and when: the events of all bodies in order, and the spans in which a page
//! could not be read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use super::{
    events::{EventFilter, EventPage, Happened, Unread, list},
    names::{Line, each_look},
};
use crate::{
    model::{Between, EventId, IncidentId, ItemKey, Looked, Observation, TargetId, Why},
    store::{History, StoreError},
};

/// An incident, as its targets told it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// The incident.
    pub incident: IncidentId,
    /// What happened, the oldest first; what began and ended outages among it.
    pub events: Vec<Happened>,
    /// The spans in which a page could not be read, in the order in which they began.
    pub outages: Vec<Outage>,
    /// Events that may be of the incident and could not be read.
    pub unread: Vec<Unread>,
}

/// A span of looks in vain, from the first to the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outage {
    /// The name that the target has now.
    pub target: TargetId,
    /// Which statement of its source.
    #[serde(skip_serializing_if = "ItemKey::is_whole")]
    pub item: ItemKey,
    /// From the start of the last look that read it, where one had, to the end of the first in vain.
    pub began: Between,
    /// From the start of the last look in vain to the end of the first that read it again; `None` while it lasts.
    pub ended: Option<Between>,
    /// How many looks were in vain.
    pub looks: u64,
    /// Why, each reason once, in the order in which they were met.
    pub whys: Vec<Why>,
    /// The events that told of it.
    pub events: Vec<EventId>,
}

/// The timeline of an incident: events that are about it, and outages that an event of it told, or that are of one of
/// the targets `watched` for it.
///
/// # Errors
///
/// When the history cannot be read.
pub async fn timeline(
    store: &impl History,
    incident: &IncidentId,
    watched: &[TargetId],
) -> Result<Timeline, StoreError> {
    let filter = EventFilter { incident: Some(incident.clone()), ..EventFilter::default() };
    let mut page = EventPage::default();
    for listed in list(store, &filter).await? {
        page.add(store, &filter, listed).await?;
    }
    let about: BTreeSet<&EventId> = page.events.iter().map(|happened| &happened.event.id).collect();
    let is_of = |outage: &Outage| {
        watched.contains(&outage.target) || outage.events.iter().any(|event| about.contains(event))
    };
    let mut outages = outages(store).await?;
    outages.retain(is_of);
    Ok(Timeline { incident: incident.clone(), events: page.events, outages, unread: page.unread })
}

/// An outage, as looks come in.
struct Open {
    line: Line,
    item: ItemKey,
    began: Between,
    last: Timestamp,
    looks: u64,
    whys: Vec<Why>,
    events: Vec<EventId>,
}

/// Every span of looks in vain.
async fn outages(store: &impl History) -> Result<Vec<Outage>, StoreError> {
    let mut read: BTreeMap<(Line, ItemKey), Timestamp> = BTreeMap::new();
    let mut open: BTreeMap<(Line, ItemKey), Open> = BTreeMap::new();
    let mut closed: Vec<(Open, Option<Between>)> = Vec::new();
    let names = each_look(store, |line, look| {
        let key = (line, look.item.clone());
        match look.looked {
            _ if !look.source.is_own() => {}
            Looked::Cooling => {}
            Looked::Unreadable | Looked::Absent => {
                let began = Between(read.get(&key).copied(), look.ended);
                open.entry(key).or_insert_with(|| Open::new(line, &look, began)).add(&look);
            }
            Looked::Read | Looked::Same | Looked::NotModified => {
                if let Some(outage) = open.remove(&key) {
                    let ended = Between(Some(outage.last), look.ended);
                    closed.push((outage, Some(ended)));
                }
                read.insert(key, look.started);
            }
        }
    })
    .await?;
    closed.extend(open.into_values().map(|outage| (outage, None)));
    closed.sort_by_key(|(outage, _)| outage.began.1);
    let whole = |(outage, ended): (Open, Option<Between>)| {
        let Open { line, item, began, looks, whys, events, .. } = outage;
        Some(Outage { target: names.now(line)?.clone(), item, began, ended, looks, whys, events })
    };
    Ok(closed.into_iter().filter_map(whole).collect())
}

impl Open {
    fn new(line: Line, look: &Observation, began: Between) -> Self {
        let item = look.item.clone();
        Self { line, item, began, last: look.started, looks: 0, whys: Vec::new(), events: Vec::new() }
    }

    fn add(&mut self, look: &Observation) {
        (self.last, self.looks) = (look.started, self.looks + 1);
        self.whys.extend(look.why.filter(|why| !self.whys.contains(why)));
        self.events.extend(look.events.iter().map(|event| event.id.clone()));
    }
}
