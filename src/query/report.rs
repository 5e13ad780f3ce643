//! What came of a span of time: what changed, what could not be read, what stayed as it was and how often it was looked at.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use super::{
    events::{EventFilter, EventPage, Happened, Unread, list},
    looks::Count,
    names::{Line, all_names, each_look},
    timeline::{Outage, outages},
};
use crate::{
    model::{EventKind, IncidentId, Level, Subject, Target, TargetId},
    store::{History, Looks, StoreError},
};

/// What came of a span of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// From then on.
    pub since: Timestamp,
    /// Until then: when it was asked.
    pub until: Timestamp,
    /// What happened that a person is told or shown, the oldest first; outages stand apart.
    pub changed: Vec<Happened>,
    /// The spans in which a page could not be read, as far as they reach into the span.
    pub outages: Vec<Outage>,
    /// Each target, in the order of targets.json.
    pub targets: Vec<Watched>,
    /// How often it was looked in all.
    pub total: Count,
    /// Events that could not be read.
    pub unread: Vec<Unread>,
}

/// How often one page was looked at, and whether it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Watched {
    /// The target.
    pub target: TargetId,
    /// Who speaks there.
    pub body: String,
    /// How often it was looked at in the span.
    #[serde(flatten)]
    pub count: Count,
    /// The start of the last look in the span that read it.
    pub last_read: Option<Timestamp>,
    /// Something of `changed` is of it.
    pub changed: bool,
    /// Since when its wording stands; where that is the first that was read, since when it is known.
    pub worded: Option<Timestamp>,
}

/// What came of a span of time, of these targets; of their events, only those that are about `incidents`, if any is named.
///
/// # Errors
///
/// When the history cannot be read.
pub async fn report(
    store: &(impl Looks + History),
    targets: &[Target],
    incidents: &[IncidentId],
    since: Timestamp,
    until: Timestamp,
) -> Result<Report, StoreError> {
    let ids: Vec<TargetId> = targets.iter().map(|target| target.id.clone()).collect();
    let mut report = Report {
        since,
        until,
        changed: Vec::new(),
        outages: Vec::new(),
        targets: Vec::new(),
        total: Count::default(),
        unread: Vec::new(),
    };
    if targets.is_empty() {
        return Ok(report);
    }
    let filter = EventFilter {
        targets: ids.clone(),
        since: Some(since),
        until: Some(until),
        level: Level::Note,
        ..EventFilter::default()
    };
    let mut page = EventPage::default();
    for listed in list(store, &filter).await? {
        page.add(store, &filter, listed).await?;
    }
    let about = |one: &Happened| {
        let named = |id: &IncidentId| one.event.incident.as_ref() == Some(id) || one.event.also.contains(id);
        incidents.is_empty() || incidents.iter().any(named)
    };
    (report.changed, report.unread) =
        (page.events.into_iter().filter(|one| about(one) && !is_outage(one)).collect(), page.unread);
    report.outages = outages(store).await?;
    report.outages.retain(|outage| {
        let reaches = outage.began.1 < until && outage.ended.is_none_or(|ended| ended.1 >= since);
        reaches && ids.contains(&outage.target)
    });
    let mut counts = counts(store, &ids, since, until).await?;
    let changed: BTreeSet<&TargetId> = report.changed.iter().map(|one| &one.target).collect();
    for target in targets {
        let (count, last_read) = counts.remove(&target.id).unwrap_or_default();
        report.total.looked += count.looked;
        report.total.read += count.read;
        let worded = store.state(&Subject::page(target.id.clone())).await?.worded;
        report.targets.push(Watched {
            target: target.id.clone(),
            body: target.body.clone(),
            count,
            last_read,
            changed: changed.contains(&target.id),
            worded,
        });
    }
    Ok(report)
}

/// Whether an event only says that a page could, or can, not be read: the span stands among the outages.
fn is_outage(one: &Happened) -> bool {
    let kind = one.event.kind;
    kind == EventKind::Unreadable || kind == EventKind::Restored && one.event.changes.is_empty()
}

/// How often each target was looked at in a span, and the last look that read it.
async fn counts(
    store: &impl History,
    targets: &[TargetId],
    since: Timestamp,
    until: Timestamp,
) -> Result<BTreeMap<TargetId, (Count, Option<Timestamp>)>, StoreError> {
    let names: BTreeSet<TargetId> =
        all_names(store, targets).await?.unwrap_or_default().into_iter().collect();
    let mut counts: BTreeMap<Line, (Count, Option<Timestamp>)> = BTreeMap::new();
    let lines = each_look(store, |line, look| {
        if names.contains(&look.target) && look.started >= since && look.started < until {
            let (count, last) = counts.entry(line).or_default();
            count.add(&look);
            if look.why.is_none() && look.source.is_own() {
                *last = (*last).max(Some(look.started));
            }
        }
    })
    .await?;
    Ok(counts.into_iter().filter_map(|(line, count)| Some((lines.now(line)?.clone(), count))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        query::Gap,
        store::{
            memory::InMemory,
            tests::sample::{at, keep, read, refused, same, still_refused, target},
        },
    };

    #[tokio::test]
    async fn what_changed_what_was_in_vain_and_what_stayed() {
        let store = InMemory::new();
        let first = read("wantsum", 0, &["No data was taken."]);
        let still = read("eastmarch", 0, &["Phones work."]);
        keep(&store, 1, vec![first, still.clone(), refused("library", 0)]).await.unwrap();
        for minutes in [60, 120] {
            let (same, still) = (same(minutes, &still), still_refused("library", minutes));
            keep(&store, minutes, vec![same, still]).await.unwrap();
        }
        keep(&store, 121, vec![read("wantsum", 120, &["Data was taken."])]).await.unwrap();
        let text = r#"{"version":1,"targets":[{"id":"wantsum","url":"https://a.example/","body":"Wantsum"},
            {"id":"eastmarch","url":"https://b.example/"},{"id":"library","url":"https://c.example/"}]}"#;
        let config = crate::targets::load("targets.json", text).unwrap().config;
        let found = report(&store, &config.targets, &[], at(60), at(180)).await.unwrap();
        assert_eq!(found.total, Count { looked: 5, read: 3 });
        let told: Vec<_> = found.changed.iter().map(|one| (&one.target, one.event.between.1)).collect();
        assert_eq!(told.len(), 1, "what was before the span is none of it: {told:?}");
        let targets: Vec<_> =
            found.targets.iter().map(|one| (one.count.looked, one.changed, one.last_read)).collect();
        assert_eq!(targets, [(1, true, Some(at(120))), (2, false, Some(at(120))), (2, false, None)]);
        assert_eq!(found.targets[1].worded, Some(at(0)));
        let outages: Vec<_> = found.outages.iter().map(|one| (&one.target, one.looks, one.ended)).collect();
        assert_eq!(outages, [(&target("library"), 3, None)], "it began before the span and lasts");
        assert_eq!(report(&store, &[], &[], at(0), at(1)).await.unwrap().total, Count::default());
    }

    #[tokio::test]
    async fn a_night_without_a_look_is_a_gap_and_the_usual_pause_is_none() {
        let store = InMemory::new();
        let first = read("wantsum", 0, &["No data was taken."]);
        keep(&store, 0, vec![first.clone()]).await.unwrap();
        for minutes in [15, 30, 50, 600, 615] {
            keep(&store, minutes, vec![same(minutes, &first)]).await.unwrap();
        }
        let kent =
            crate::model::Incident { id: "kent".parse().unwrap(), title: String::new(), terms: Vec::new() };
        let found = crate::query::timeline(&store, &kent, &[target("wantsum")]).await.unwrap();
        let quarter = jiff::SignedDuration::from_millis(250);
        assert_eq!(found.gaps, [Gap { from: at(50) + quarter, to: at(600) }]);
        let none = crate::query::timeline(&store, &kent, &[target("library")]).await.unwrap();
        assert_eq!(none.gaps, []);
    }
}
