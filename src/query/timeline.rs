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
    model::{
        Between, BlockKind, EventId, EventKind, Incident, IncidentId, ItemKey, Looked, Observation, Sentence,
        Subject, TargetId, Why,
    },
    store::{History, StoreError},
    text::{Term, fold},
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
    /// The spans in which nobody looked, the oldest first.
    pub gaps: Vec<Gap>,
    /// What was said at first: of each first look, the first sentence that is about the incident.
    pub first_words: BTreeMap<EventId, String>,
    /// Events that may be of the incident and could not be read.
    pub unread: Vec<Unread>,
}

/// A span without a look at any page of the incident, longer than is usual for it by far: what was said meanwhile, and was
/// gone again, nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The end of the last look before it.
    pub from: Timestamp,
    /// The start of the first look after it.
    pub to: Timestamp,
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
    incident: &Incident,
    watched: &[TargetId],
) -> Result<Timeline, StoreError> {
    let filter = EventFilter { incident: Some(incident.id.clone()), ..EventFilter::default() };
    let mut page = EventPage::default();
    for listed in list(store, &filter).await? {
        page.add(store, &filter, listed).await?;
    }
    let about: BTreeSet<&EventId> = page.events.iter().map(|happened| &happened.event.id).collect();
    let is_of = |outage: &Outage| {
        watched.contains(&outage.target) || outage.events.iter().any(|event| about.contains(event))
    };
    let (mut outages, looks) = spans(store).await?;
    outages.retain(is_of);
    let of_incident = |target: &TargetId| {
        watched.contains(target) || page.events.iter().any(|happened| happened.target == *target)
    };
    let gaps = gaps(looks.into_iter().filter(|(target, _)| of_incident(target)).map(|(_, looks)| looks));
    let first_words = first_words(store, incident, &page.events).await?;
    let (incident, unread) = (incident.id.clone(), page.unread);
    Ok(Timeline { incident, events: page.events, outages, gaps, first_words, unread })
}

/// Of each first look that can be read, the first sentence with a term of the incident.
async fn first_words(
    store: &impl History,
    incident: &Incident,
    events: &[Happened],
) -> Result<BTreeMap<EventId, String>, StoreError> {
    let terms: Vec<Term> = incident.terms.iter().map(|term| Term::new(term)).collect();
    let about = |sentence: &&Sentence| {
        let folded = fold(&sentence.text);
        terms.iter().any(|term| term.is_in(&sentence.text, &folded))
    };
    let mut found = BTreeMap::new();
    for Happened { target, event, .. } in events.iter().filter(|one| one.event.kind == EventKind::FirstSeen) {
        let Some(side) = &event.to else { continue };
        let subject = Subject { target: target.clone(), item: event.item.clone() };
        let snapshot = match store.snapshot(&subject, &side.snapshot).await {
            Ok(snapshot) => snapshot,
            Err(StoreError::Damaged { .. } | StoreError::Unknown(_)) => continue,
            Err(error) => return Err(error),
        };
        // What stands under a heading says more than the heading.
        let blocks = &snapshot.statement.content;
        let within = |heading: bool| {
            let blocks = blocks.iter().filter(move |block| (block.kind == BlockKind::Heading) == heading);
            blocks.flat_map(|block| &block.sentences)
        };
        let words = within(false).find(about).or_else(|| within(true).find(about));
        found.extend(words.map(|sentence| (event.id.clone(), sentence.text.clone())));
    }
    Ok(found)
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

/// When a page was looked at: the start and the end of each look.
type Times = Vec<(Timestamp, Timestamp)>;

/// So many times what is usual is a gap.
const GAP: i64 = 3;
/// Fewer looks than these at a page do not tell what is usual.
const FEW: usize = 4;

/// The gaps between looks at some pages. What is usual is the median of the pauses of the page that is looked at most
/// often.
fn gaps(pages: impl Iterator<Item = Times>) -> Vec<Gap> {
    let (mut usual, mut all) = (None::<i64>, Times::new());
    for mut looks in pages {
        looks.sort_unstable();
        let mut pauses: Vec<i64> = looks
            .windows(2)
            .filter_map(|two| Some(two.get(1)?.0.as_second() - two.first()?.1.as_second()))
            .collect();
        pauses.sort_unstable();
        let median = pauses.get(pauses.len() / 2).filter(|_| pauses.len() + 1 >= FEW).copied();
        usual = [usual, median].into_iter().flatten().min();
        all.append(&mut looks);
    }
    all.sort_unstable();
    let Some(usual) = usual else { return Vec::new() };
    let mut found = Vec::new();
    let mut last: Option<Timestamp> = None;
    for (started, ended) in all {
        if let Some(from) = last.filter(|from| started.as_second() - from.as_second() > usual.max(1) * GAP) {
            found.push(Gap { from, to: started });
        }
        last = last.max(Some(ended));
    }
    found
}

/// Every span of looks in vain.
pub(super) async fn outages(store: &impl History) -> Result<Vec<Outage>, StoreError> {
    Ok(spans(store).await?.0)
}

/// Every span of looks in vain, and when each target was looked at.
async fn spans(store: &impl History) -> Result<(Vec<Outage>, BTreeMap<TargetId, Times>), StoreError> {
    let mut looks: BTreeMap<Line, Times> = BTreeMap::new();
    let mut read: BTreeMap<(Line, ItemKey), Timestamp> = BTreeMap::new();
    let mut open: BTreeMap<(Line, ItemKey), Open> = BTreeMap::new();
    let mut closed: Vec<(Open, Option<Between>)> = Vec::new();
    let names = each_look(store, |line, look| {
        let key = (line, look.item.clone());
        if look.source.is_own() && look.looked != Looked::Cooling {
            looks.entry(line).or_default().push((look.started, look.ended));
        }
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
    let looks = looks.into_iter().filter_map(|(line, times)| Some((names.now(line)?.clone(), times)));
    Ok((closed.into_iter().filter_map(whole).collect(), looks.collect()))
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
