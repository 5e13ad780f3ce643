//! Looks at targets, those in a row that came to the same as one, and how often it was looked in all.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::names::{Line, all_names, each_look};
use crate::{
    model::{self, Observation, Subject, TargetId},
    store::{History, StoreError},
};

/// Which looks.
#[derive(Debug, Clone, Default)]
pub struct LookFilter {
    /// The targets, by their names now; all without any.
    pub targets: Vec<TargetId>,
    /// Only looks that began then or later.
    pub since: Option<Timestamp>,
    /// Only looks that began before then.
    pub until: Option<Timestamp>,
    /// Each look by itself.
    pub each: bool,
}

/// How often a page was looked at. A look that was put off because a server wants a pause is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Looks.
    pub looked: u64,
    /// Those that read a statement, or were told that it stands.
    pub read: u64,
}

impl Count {
    /// Looks that gave no statement.
    pub fn in_vain(self) -> u64 {
        self.looked - self.read
    }

    pub(super) fn add(&mut self, look: &Observation) {
        if look.source.is_own() && look.looked != model::Looked::Cooling {
            self.looked += 1;
            self.read += u64::from(look.why.is_none());
        }
    }
}

/// Looks in a row at one page that came to the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The name that the target has now; the look has the one of its time.
    pub target: TargetId,
    /// The first of them.
    pub first: Observation,
    /// What was seen at the first that says why there was no statement, as far as that is on record.
    pub evidence: Option<String>,
    /// What happened at the first of them, in one line: the headline of the loudest event that it led to.
    pub headline: Option<String>,
    /// When the last of them began.
    pub last: Timestamp,
    /// How many.
    pub count: u64,
    /// By the clock the first of them began before the look at the page that came before it.
    pub went_back: bool,
}

/// Looks, and how many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// In the order in which they are on record, whatever the clocks said.
    pub runs: Vec<Run>,
    /// How often each target was looked at.
    pub targets: BTreeMap<TargetId, Count>,
    /// How often in all.
    pub total: Count,
}

/// Looks in a row, while they are counted.
struct Open {
    line: Line,
    /// Where in the order of the history its first look stands.
    place: usize,
    first: Observation,
    last: Timestamp,
    count: u64,
    went_back: bool,
}

impl Open {
    fn goes_on(&self, look: &Observation) -> bool {
        let says_nothing = look.events.is_empty() && look.looked != model::Looked::Read;
        says_nothing
            && look.started >= self.last
            && kind(&self.first) == kind(look)
            && self.first.why == look.why
    }
}

/// What a look came to, whoever said so: the page's bytes or its server.
fn kind(look: &Observation) -> model::Looked {
    match look.looked {
        model::Looked::NotModified => model::Looked::Same,
        looked => looked,
    }
}

/// The looks at some targets, earlier names included.
///
/// # Errors
///
/// When the history cannot be read. An event that is not what was kept only leaves its look without evidence.
pub async fn looks(store: &impl History, filter: &LookFilter) -> Result<Looked, StoreError> {
    let wanted = all_names(store, &filter.targets).await?;
    let mut open: BTreeMap<(Subject, Line), Open> = BTreeMap::new();
    let mut ended: Vec<Open> = Vec::new();
    let mut counts: BTreeMap<Line, Count> = BTreeMap::new();
    let mut place = 0;
    let names = each_look(store, |line, look| {
        place += 1;
        let is_named = wanted.as_ref().is_none_or(|wanted| wanted.contains(&look.target));
        let is_early = filter.since.is_some_and(|since| look.started < since);
        let is_late = filter.until.is_some_and(|until| look.started >= until);
        if !is_named || is_early || is_late {
            return;
        }
        counts.entry(line).or_default().add(&look);
        let key = (look.subject(), line);
        if let Some(run) = open.get_mut(&key).filter(|run| !filter.each && run.goes_on(&look)) {
            (run.last, run.count) = (look.started, run.count + 1);
        } else {
            let went_back = open.get(&key).is_some_and(|run| look.started < run.last);
            let run = Open { line, place, last: look.started, first: look, count: 1, went_back };
            ended.extend(open.insert(key, run));
        }
    })
    .await?;
    ended.extend(open.into_values());
    ended.sort_by_key(|run| run.place);

    // Under an earlier name another target may have been looked at since.
    let named = |line: Line| {
        names.now(line).filter(|name| filter.targets.is_empty() || filter.targets.contains(name)).cloned()
    };
    let mut found = Looked::default();
    for (line, count) in counts {
        let Some(target) = named(line) else { continue };
        found.total.looked += count.looked;
        found.total.read += count.read;
        found.targets.insert(target, count);
    }
    for Open { line, first, last, count, went_back, .. } in ended {
        let Some(target) = named(line) else { continue };
        let (headline, evidence) = summary(store, &first).await?;
        found.runs.push(Run { target, first, evidence, headline, last, count, went_back });
    }
    Ok(found)
}

/// What the loudest event of a look says in one line, and what was seen that says why the look gave no statement.
async fn summary(
    store: &impl History,
    look: &Observation,
) -> Result<(Option<String>, Option<String>), StoreError> {
    // Of equals the first.
    let loudest = look.events.iter().rev().max_by_key(|event| event.level);
    let Some(event) = loudest else { return Ok((None, look.evidence.clone())) };
    match store.event(&event.id).await {
        Ok(event) => {
            let evidence = event.evidence.filter(|_| look.why.is_some());
            let headline = Some(event.headline).filter(|headline| !headline.is_empty());
            Ok((headline, look.evidence.clone().or(evidence)))
        }
        Err(StoreError::Damaged { .. }) => Ok((None, look.evidence.clone())),
        Err(error) => Err(error),
    }
}
