//! What a look means for the target's state: the event, if there is one, and how loud it is.
//!
//! Told once: an event is made at a transition, not at each look that finds the same.

use super::consider::kind_of;
use crate::{
    judge::Judgement,
    model::{
        Between, Claims, Event, EventKind, Known, Level, Looked, Observation, Phase, Side, Snapshot,
        Statement, Target, TargetState, Why,
    },
    store::Commit,
};

/// The target was read, or its server said so, and the wording stands.
pub(super) fn stands(target: &Target, state: &TargetState, observation: Observation) -> Commit {
    let back = matches!(state.phase, Phase::Unreadable | Phase::Gone) && state.told > Level::Silent;
    let event = back.then(|| {
        let mut event = start(target, state, &observation, EventKind::Restored, Level::Note);
        event.why = state.why;
        "Readable again, the wording stands".clone_into(&mut event.headline);
        event
    });
    finish(observation, event)
}

/// There was no statement.
pub(super) fn without(
    target: &Target,
    state: &TargetState,
    mut observation: Observation,
    why: Why,
    evidence: String,
) -> Commit {
    // A target never read cannot be removed: what is not there is then only unreadable.
    let gone = why.is_absence() && state.snapshot.is_some();
    observation.looked = if gone { Looked::Absent } else { Looked::Unreadable };
    (observation.why, observation.evidence) = (Some(why), Some(evidence.clone()));
    let phase = if gone { Phase::Gone } else { Phase::Unreadable };
    let same = state.phase == phase && state.why == Some(why);
    let run = if same { state.run.saturating_add(1) } else { 1 };
    let told = if same { state.told } else { Level::Silent };
    let level = if gone && run >= target.confirm { Level::Alert } else { Level::Note };
    let event = (level > told).then(|| {
        let kind = if gone { EventKind::Removed } else { EventKind::Unreadable };
        let mut event = start(target, state, &observation, kind, level);
        (event.why, event.status) = (Some(why), observation.status);
        event.landed.clone_from(&observation.landed);
        event.headline = headline(gone, level, why, &evidence);
        event.evidence = Some(evidence);
        event
    });
    finish(observation, event)
}

fn headline(gone: bool, level: Level, why: Why, evidence: &str) -> String {
    match (gone, level) {
        (true, Level::Alert) => format!("The page is gone: {evidence}"),
        (true, _) => format!("The page was not there at this look: {evidence}"),
        (false, _) => format!("Cannot be read ({why}): {evidence}"),
    }
}

/// The target was read, and the wording is not that of the last good look (or there was none).
pub(super) fn read(
    target: &Target,
    state: &TargetState,
    observation: Observation,
    last: Option<&Snapshot>,
    snapshot: &Snapshot,
    before: Option<&Statement>,
    judgement: Option<Judgement>,
) -> Commit {
    let judgement = judgement.unwrap_or_default();
    let mut event = match last {
        None if state.looks == 0 => {
            let mut event = start(target, state, &observation, EventKind::FirstSeen, Level::Silent);
            "First look".clone_into(&mut event.headline);
            event
        }
        None => {
            let level = judgement.level.max(Level::Note);
            let mut event = start(target, state, &observation, EventKind::Appeared, level);
            event.headline = match judgement.headline.as_str() {
                "" => "Readable for the first time".to_owned(),
                headline => format!("Readable for the first time. {headline}"),
            };
            event
        }
        Some(_) if judgement.changes.is_empty() => {
            let mut event = start(target, state, &observation, EventKind::Touched, Level::Silent);
            "Only the stated date moved".clone_into(&mut event.headline);
            event
        }
        Some(_) => {
            let kind = kind_of(state, snapshot);
            let mut event = start(target, state, &observation, kind, judgement.level);
            event.headline.clone_from(&judgement.headline);
            event.last_seen = last_seen(state, snapshot).filter(|_| kind == EventKind::Reverted);
            event
        }
    };
    let side =
        |s: &Snapshot| Side { snapshot: s.id.clone(), capture_sha256: s.provenance.body_sha256.clone() };
    (event.from, event.to) = (last.map(side), Some(side(snapshot)));
    event.incident = judgement.incident.or(event.incident);
    event.also = judgement.also;
    event.changes = judgement.changes;
    event.claims = before.map(|before| claims(before, &snapshot.statement));
    name(&mut event);
    finish(observation, Some(event))
}

fn last_seen(state: &TargetState, snapshot: &Snapshot) -> Option<jiff::Timestamp> {
    state.earlier.iter().rev().find(|(id, _)| id.words() == snapshot.id.words()).map(|(_, when)| *when)
}

fn claims(before: &Statement, after: &Statement) -> Claims {
    let stated = |s: &Statement| s.stated_date().map(|d| d.value.clone().unwrap_or_else(|| d.text.clone()));
    let (date_before, date_after) = (stated(before), stated(after));
    Claims { date_moved: date_before != date_after, date_before, date_after }
}

fn start(
    target: &Target,
    state: &TargetState,
    observation: &Observation,
    kind: EventKind,
    level: Level,
) -> Event {
    let mut event = Event {
        schema: Event::SCHEMA.to_owned(),
        id: Known {
            target: &target.id,
            kind,
            from: None,
            to: None,
            between: Between(None, observation.ended),
        }
        .id(),
        kind,
        level,
        target: target.id.clone(),
        body: target.body.clone(),
        incident: target.incidents.first().map(|incident| incident.id.clone()),
        also: Vec::new(),
        url: target.url.to_string(),
        landed: None,
        between: Between(state.last_good.or(state.last_look), observation.ended),
        from: None,
        to: None,
        last_seen: None,
        flapping: false,
        why: None,
        evidence: None,
        status: None,
        claims: None,
        headline: String::new(),
        changes: Vec::new(),
        degraded: false,
    };
    name(&mut event);
    event
}

/// Gives the event its stable name.
fn name(event: &mut Event) {
    event.id = Known {
        target: &event.target,
        kind: event.kind,
        from: event.from.as_ref().map(|side| &side.snapshot),
        to: event.to.as_ref().map(|side| &side.snapshot),
        between: event.between,
    }
    .id();
}

fn finish(observation: Observation, event: Option<Event>) -> Commit {
    Commit { event, ..Commit::bare(observation) }
}
