//! Where everything stands: each target, the hosts that are left alone, what waits for the sinks.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    model::{Phase, SinkSpec, Subject, Target, TargetId, TargetState, Why},
    store::{History, Looks, Outbox, StoreError},
};

/// Where everything stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// When it was asked.
    pub now: Timestamp,
    /// Each target, in the order of targets.json.
    pub targets: Vec<Row>,
    /// Hosts that are left alone.
    pub cooling: Vec<Cooling>,
    /// Where events go, and how much waits.
    pub sinks: Vec<Waiting>,
}

/// Where one target stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The target.
    pub target: TargetId,
    /// Who speaks there.
    pub body: String,
    /// Where it stands.
    pub state: State,
    /// Why it cannot be read, or is gone.
    pub why: Option<Why>,
    /// Since when: the start of the first look that found it so.
    pub since: Option<Timestamp>,
    /// The start of the last look.
    pub last_look: Option<Timestamp>,
    /// The start of the last look that read it.
    pub last_good: Option<Timestamp>,
    /// The start of the first look that had the present wording; the first wording is no change.
    pub last_change: Option<Timestamp>,
    /// When it is looked at next; never while it is paused.
    pub next_look: Option<Timestamp>,
    /// How many looks in a row gave no statement.
    pub failed: u32,
    /// Looks in all.
    pub looks: u64,
    /// Looks that read it.
    pub good: u64,
    /// Where the last good look ended, when not at the target's own address.
    pub landed: Option<String>,
    /// Its wording goes to and fro.
    pub flapping: bool,
    /// Its server's validators were found out to lie.
    pub distrusted: bool,
}

/// Where a target stands, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Never looked at.
    New,
    /// Read at the last look.
    Present,
    /// Read at the last look, at another address.
    Moved,
    /// It cannot be read.
    Unreadable,
    /// The page is not there.
    Gone,
    /// Not looked at, because targets.json says so.
    Paused,
}

/// A host that asked to be left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cooling {
    /// The host.
    pub host: String,
    /// Until when.
    pub until: Timestamp,
}

/// What a sink has not taken yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// The sink.
    pub sink: String,
    /// How many events that are loud enough for it.
    pub events: usize,
}

/// Where targets and sinks stand. `next` says when a target is looked at next, from its state and the moment until
/// which its host is left alone.
///
/// # Errors
///
/// When the store cannot be read.
pub async fn standing(
    store: &(impl Looks + History + Outbox),
    targets: &[Target],
    sinks: &[SinkSpec],
    now: Timestamp,
    next: impl Fn(&Target, &TargetState, Option<Timestamp>) -> Timestamp,
) -> Result<Standing, StoreError> {
    let mut found = Standing { now, targets: Vec::new(), cooling: Vec::new(), sinks: Vec::new() };
    for target in targets {
        let until = store.cooling(target.host()).await?;
        if let Some(until) = until.filter(|until| *until > now)
            && found.cooling.iter().all(|known| known.host != target.host())
        {
            found.cooling.push(Cooling { host: target.host().to_owned(), until });
        }
        let state = store.state(&Subject::page(target.id.clone())).await?;
        let next_look = (!target.paused).then(|| next(target, &state, until));
        found.targets.push(Row::of(target, state, next_look));
    }
    for sink in sinks {
        let events = store.waiting(&sink.name, sink.level).await?;
        found.sinks.push(Waiting { sink: sink.name.clone(), events });
    }
    Ok(found)
}

impl Row {
    fn of(target: &Target, state: TargetState, next_look: Option<Timestamp>) -> Self {
        Self {
            target: target.id.clone(),
            body: target.body.clone(),
            state: State::of(target, &state),
            why: state.why,
            since: state.since,
            last_look: state.last_look,
            last_good: state.last_good,
            last_change: state.worded.filter(|_| !state.earlier.is_empty()),
            next_look,
            failed: state.failed,
            looks: state.looks,
            good: state.good,
            flapping: state.is_flapping(),
            landed: state.landed,
            distrusted: state.distrusted,
        }
    }
}

impl State {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::New, Self::Present, Self::Moved, Self::Unreadable, Self::Gone, Self::Paused];

    /// Where a target stands.
    pub fn of(target: &Target, state: &TargetState) -> Self {
        match state.phase {
            _ if target.paused => Self::Paused,
            Phase::New => Self::New,
            Phase::Present if state.landed.is_some() => Self::Moved,
            Phase::Present => Self::Present,
            Phase::Unreadable => Self::Unreadable,
            Phase::Gone => Self::Gone,
        }
    }

    /// The name that people see.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Present => "present",
            Self::Moved => "moved",
            Self::Unreadable => "unreadable",
            Self::Gone => "gone",
            Self::Paused => "paused",
        }
    }
}
