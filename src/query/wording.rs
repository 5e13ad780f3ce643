//! What a page said at a moment, since when, and until when.

use std::collections::BTreeMap;

use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use serde::Serialize;

use super::{
    names::{Line, Names, all_names, each_look, name_now},
    order,
};
use crate::{
    model::{Between, EventKind, Looked, Observation, Snapshot, SnapshotId, Subject, TargetId, Why},
    store::{History, StoreError},
};

/// Which wording is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// The one at a moment, whole seconds counting: a look that began within the second of the moment is not after it.
    /// Looks count in the order of the log (`order`); from now on it is the newest, whatever the clocks said.
    Moment(Timestamp),
    /// The one of a snapshot, at the first look that had it.
    Snapshot(SnapshotId),
}

impl When {
    /// The newest by the log, whatever the clocks said.
    pub const NOW: Self = Self::Moment(Timestamp::MAX);
}

/// A wording that stood on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wording {
    /// What it is of, under the name that its target has now.
    pub subject: Subject,
    /// The words, as they were read.
    pub snapshot: Snapshot,
    /// The start of the first look that had this wording; other dates of the page make no other wording of it.
    pub since: Timestamp,
    /// The start of the last look up to the moment that had it.
    pub read: Timestamp,
    /// From the start of the last look that had it to the end of the first that had another; `None` where it stands.
    pub gave_way: Option<Between>,
    /// It could not be read at the moment: since when, and why.
    pub away: Option<Away>,
}

/// A page that cannot be read, or is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Away {
    /// The start of the first look in vain.
    pub since: Timestamp,
    /// Why, as the last of them found it.
    pub why: Why,
}

/// What a target said, asked `now`; `None` where no look had read it by then, or it never had the snapshot.
///
/// # Errors
///
/// When the history cannot be read, or the snapshot is not what was kept.
pub async fn wording_at(
    store: &impl History,
    subject: &Subject,
    when: &When,
    now: Timestamp,
) -> Result<Option<Wording>, StoreError> {
    let Some(target) = name_now(store, &subject.target).await? else { return Ok(None) };
    let subject = subject.under(&target);
    let names = all_names(store, std::slice::from_ref(&target)).await?.unwrap_or_default();
    let when = match when {
        When::Moment(moment) if *moment >= now => &When::NOW,
        when => when,
    };
    let asked = Asked { subject: &subject, names: &names, when };
    let (mut names, mut looks) = asked.of(store, &BTreeMap::new()).await?;
    if looks.values().any(|looks| !order::is_plain(&looks.moments, now)) {
        let believed = looks.into_iter().map(|(line, looks)| (line, order::believed(&looks.moments, now)));
        (names, looks) = asked.of(store, &believed.collect()).await?;
    }
    let found = looks.into_iter().find(|(line, _)| names.now(*line) == Some(&target));
    let Some(stand) = found.and_then(|(_, looks)| looks.search.end()) else { return Ok(None) };
    let snapshot = store.snapshot(&subject, &stand.id).await?;
    let Stand { since, read, gave_way, away, .. } = stand;
    Ok(Some(Wording { subject, snapshot, since, read, gave_way, away }))
}

/// What is looked for, under all names that the target had.
struct Asked<'a> {
    subject: &'a Subject,
    names: &'a [TargetId],
    when: &'a When,
}

/// The looks at a target as they come in, and when they began by their clocks.
struct Looks<'w> {
    search: Search<'w>,
    moments: Vec<Timestamp>,
}

impl<'w> Asked<'w> {
    /// Looks through the history; where it is in doubt when looks were made, by what is believed.
    async fn of(
        &self,
        store: &impl History,
        believed: &BTreeMap<Line, Vec<Timestamp>>,
    ) -> Result<(Names, BTreeMap<Line, Looks<'w>>), StoreError> {
        let mut found: BTreeMap<Line, Looks<'w>> = BTreeMap::new();
        let names = each_look(store, |line, look| {
            if !look.source.is_own() || look.item != self.subject.item || !self.names.contains(&look.target) {
                return;
            }
            let looks = found
                .entry(line)
                .or_insert_with(|| Looks { search: Search::new(self.when), moments: Vec::new() });
            let moment = believed.get(&line).and_then(|moments| moments.get(looks.moments.len()));
            looks.search.see(&look, moment.copied().unwrap_or(look.started));
            looks.moments.push(look.started);
        })
        .await?;
        Ok((names, found))
    }
}

/// The oldest and the newest snapshot of a target, by their moments.
///
/// # Errors
///
/// When the history cannot be read.
pub async fn span_of_wordings(
    store: &impl History,
    subject: &Subject,
) -> Result<Option<(SnapshotId, SnapshotId)>, StoreError> {
    let target = name_now(store, &subject.target).await?.unwrap_or_else(|| subject.target.clone());
    let known = store.snapshots_of(&subject.under(&target)).await?;
    Ok(known.first().cloned().zip(known.last().cloned()))
}

/// A wording, as looks come in.
struct Stand {
    id: SnapshotId,
    since: Timestamp,
    read: Timestamp,
    /// The last look that had it, after the moment too.
    last: Timestamp,
    gave_way: Option<Between>,
    away: Option<Away>,
}

/// The looks at a target, in order, up to a moment and on to the next wording.
struct Search<'w> {
    when: &'w When,
    stand: Option<Stand>,
    /// Whether the snapshot was met that was asked for.
    met: bool,
}

impl<'w> Search<'w> {
    fn new(when: &'w When) -> Self {
        Self { when, stand: None, met: false }
    }

    /// Takes in the next look, made at a moment.
    fn see(&mut self, look: &Observation, made: Timestamp) {
        let is_within = match self.when {
            When::Moment(moment) => second(made) <= *moment,
            When::Snapshot(_) => !self.met,
        };
        match (look.looked, &mut self.stand) {
            (Looked::Unreadable | Looked::Absent, Some(stand)) if is_within => {
                let since = stand.away.map_or(look.started, |away| away.since);
                stand.away = look.why.map(|why| Away { since, why });
            }
            (Looked::Read | Looked::Same | Looked::NotModified, Some(stand)) if is_within => {
                stand.go_on(look);
            }
            (Looked::Read | Looked::Same | Looked::NotModified, Some(stand)) => stand.end(look),
            (Looked::Read | Looked::Same | Looked::NotModified, None) if is_within => {
                self.stand = Stand::begin(look);
            }
            _ => {}
        }
        if let When::Snapshot(id) = self.when {
            self.met |= look.snapshot.as_ref() == Some(id);
        }
    }

    fn end(self) -> Option<Stand> {
        let met = self.met || matches!(self.when, When::Moment(_));
        self.stand.filter(|_| met)
    }
}

impl Stand {
    fn begin(look: &Observation) -> Option<Self> {
        let (id, since) = (look.snapshot.clone()?, look.started);
        Some(Self { id, since, read: since, last: since, gave_way: None, away: None })
    }

    /// A further look up to the moment.
    fn go_on(&mut self, look: &Observation) {
        if self.is_another(look)
            && let Some(next) = Self::begin(look)
        {
            *self = next;
            return;
        }
        // The same wording, read by another recipe or under another date, has a snapshot of its own.
        if let Some(id) = &look.snapshot {
            self.id.clone_from(id);
        }
        (self.read, self.last) = (look.started, look.started);
        (self.gave_way, self.away) = (None, None);
    }

    /// A look after the moment.
    fn end(&mut self, look: &Observation) {
        if self.gave_way.is_some() {
            return;
        }
        if self.is_another(look) {
            self.gave_way = Some(Between(Some(self.last), look.ended));
        } else {
            self.last = look.started;
        }
    }

    fn is_another(&self, look: &Observation) -> bool {
        look.looked == Looked::Read
            && look.event(EventKind::Touched).is_none()
            && look.snapshot.as_ref().is_some_and(|id| *id != self.id)
    }
}

/// The second in which a moment lies.
fn second(moment: Timestamp) -> Timestamp {
    moment.round(TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Floor)).unwrap_or(moment)
}
