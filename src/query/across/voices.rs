//! What each page of an incident said over time, wording by wording, and what bodies gave to reporters.
//!
//! Not here: what a wording says (`cluster`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Scope;
use crate::{
    model::{
        Between, EventId, EventKind, Looked, Observation, Origin, Snapshot, SnapshotId, Subject, TargetId,
        Unheard, Voice,
    },
    query::names::{self, each_look},
    store::{History, StoreError},
};

/// The pages and series of statements, and all their wordings, those of a voice together and in order.
pub(super) struct Gathered {
    pub(super) voices: Vec<Heard>,
    pub(super) versions: Vec<Version>,
    /// Wordings that could not be read.
    pub(super) lost: usize,
}

/// A voice.
pub(super) struct Heard {
    pub(super) told: Voice,
    /// The target that it is of, by its number; none for what was given to reporters.
    pub(super) number: Option<usize>,
}

/// A wording and when it stood.
pub(super) struct Version {
    pub(super) voice: usize,
    pub(super) from: Between,
    pub(super) to: Option<Between>,
    pub(super) snapshot: Snapshot,
}

/// The wordings of one subject, as looks come in.
#[derive(Default)]
struct Open {
    wordings: Vec<Wording>,
    /// The start of the last look that read it.
    read: Option<Timestamp>,
    away: Option<Unheard>,
    /// Of what was given: the event that says of which incident it is.
    event: Option<EventId>,
}

struct Wording {
    id: SnapshotId,
    from: Between,
    to: Option<Between>,
}

impl Open {
    fn see(&mut self, look: &Observation) {
        match look.looked {
            Looked::Cooling => {}
            Looked::Unreadable | Looked::Absent => {
                let since = self.away.map_or(Between(self.read, look.ended), |away| away.since);
                self.away = look.why.map(|why| Unheard { since, why });
            }
            Looked::Read | Looked::Same | Looked::NotModified => self.read(look),
        }
    }

    fn read(&mut self, look: &Observation) {
        if look.source == Origin::Statement {
            // Each stands by itself, from the moment at which it was given.
            if let Some(id) = &look.snapshot {
                let from = Between(Some(look.started), look.ended);
                self.wordings.push(Wording { id: id.clone(), from, to: None });
            }
            return;
        }
        let is_new = look.looked == Looked::Read && look.event(EventKind::Touched).is_none();
        match (&look.snapshot, self.wordings.last_mut()) {
            (Some(id), Some(last)) if is_new && *id != last.id => {
                let between = Between(self.read, look.ended);
                last.to = Some(between);
                self.wordings.push(Wording { id: id.clone(), from: between, to: None });
            }
            // The same wording, read by another recipe or under another date, has a snapshot of its own.
            (Some(id), Some(last)) => last.id.clone_from(id),
            (Some(id), None) => {
                let from = Between(None, look.ended);
                self.wordings.push(Wording { id: id.clone(), from, to: None });
            }
            (None, _) => {}
        }
        (self.read, self.away) = (Some(look.started), None);
    }
}

/// Every wording of the pages that are watched for an incident, and of what was given about it.
pub(super) async fn gather(store: &impl History, scope: &Scope<'_>) -> Result<Gathered, StoreError> {
    type Key = (names::Line, crate::model::ItemKey, bool);
    let mut open: BTreeMap<Key, Open> = BTreeMap::new();
    let names = each_look(store, |line, look| {
        let is_given = look.source == Origin::Statement;
        if is_given || look.source.is_own() {
            let one = open.entry((line, look.item.clone(), is_given)).or_default();
            one.see(&look);
            if is_given {
                one.event = one.event.take().or_else(|| look.events.first().map(|event| event.id.clone()));
            }
        }
    })
    .await?;
    let numbers: BTreeMap<&TargetId, usize> =
        scope.targets.iter().enumerate().map(|(n, target)| (&target.id, n)).collect();
    let mut found = Gathered { voices: Vec::new(), versions: Vec::new(), lost: 0 };
    let mut ordered = Vec::new();
    for ((line, item, is_given), one) in open {
        let Some(target) = names.now(line).cloned() else { continue };
        let number = numbers.get(&target).copied();
        let body = match (number.and_then(|n| scope.targets.get(n)), &one.event) {
            (Some(target), _) if !is_given => target.body.clone(),
            (_, Some(event)) if is_given => match given_by(store, event, scope).await? {
                Some(body) => body,
                None => continue,
            },
            _ => continue,
        };
        // What was given stands behind the pages of its body.
        let rank = number.or_else(|| scope.targets.iter().rposition(|target| target.body == body));
        ordered.push((rank.unwrap_or(usize::MAX), is_given, body, Subject { target, item }, one, number));
    }
    // A page that nobody looked at yet says nothing, and is one that is watched.
    for (number, target) in scope.targets.iter().enumerate() {
        if !ordered.iter().any(|(.., known)| *known == Some(number)) {
            let subject = Subject::page(target.id.clone());
            ordered.push((number, false, target.body.clone(), subject, Open::default(), Some(number)));
        }
    }
    ordered.sort_by(|a, b| (a.0, a.1, &a.2, &a.3).cmp(&(b.0, b.1, &b.2, &b.3)));
    for (_, is_given, body, subject, one, number) in ordered {
        let voice = found.voices.len();
        let told = Voice {
            body,
            target: subject.target.clone(),
            item: subject.item.clone(),
            source: if is_given { Origin::Statement } else { Origin::Own },
            wordings: one.wordings.len(),
            away: one.away,
        };
        found.voices.push(Heard { told, number: number.filter(|_| !is_given) });
        for Wording { id, from, to } in one.wordings {
            match store.snapshot(&subject, &id).await {
                Ok(snapshot) => found.versions.push(Version { voice, from, to, snapshot }),
                Err(StoreError::Damaged { .. } | StoreError::Unknown(_)) => found.lost += 1,
                Err(error) => return Err(error),
            }
        }
    }
    Ok(found)
}

/// Who gave a statement, where it is about the incident.
async fn given_by(
    store: &impl History,
    event: &EventId,
    scope: &Scope<'_>,
) -> Result<Option<String>, StoreError> {
    match store.event(event).await {
        Ok(event) => {
            let about: BTreeSet<_> = event.incident.iter().chain(&event.also).collect();
            Ok(about.contains(&scope.incident.id).then_some(event.body))
        }
        Err(StoreError::Damaged { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
