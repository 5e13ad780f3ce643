//! What a look means for the target's state: the event, if there is one, and how loud it is.
//!
//! Told once: an event is made at a transition, not at each look that finds the same.

use jiff::SignedDuration;

use super::{
    baseline::{Baseline, difference, side},
    bounds, place,
};
use crate::{
    judge::{self, Judgement},
    model::{
        Between, Change, Claims, Event, EventKind, JudgedBy, Label, Level, Looked, Observation, Phase,
        Snapshot, Statement, Target, TargetState, Why,
    },
    store::Commit,
    text::Lexicons,
};

/// So many words are a page of which a tenth would be little.
const MUCH: usize = 50;

/// The target was read, or its server said so, and the wording stands.
pub(super) fn stands(target: &Target, state: &TargetState, observation: Observation) -> Commit {
    let event = if observation.looked == Looked::Same && place::has_moved(target, state, &observation) {
        Some(moved(target, state, &observation))
    } else if was_told_away(state) {
        let mut event = start(target, state, &observation, EventKind::Restored, Level::Note);
        event.why = state.why;
        "Readable again, the wording stands".clone_into(&mut event.headline);
        Some(event)
    } else {
        None
    };
    finish(state, observation, event)
}

/// Whether it was told that there is nothing to read.
fn was_told_away(state: &TargetState) -> bool {
    matches!(state.phase, Phase::Unreadable | Phase::Gone)
        && state.told_unreadable.max(state.told_gone) > Level::Silent
}

fn moved(target: &Target, state: &TargetState, observation: &Observation) -> Event {
    let mut event = start(target, state, observation, EventKind::Moved, Level::Note);
    let landed = observation.landed.clone().unwrap_or_else(|| target.url.to_string());
    event.headline = match (&observation.landed, &observation.follows) {
        (None, _) => "The same statement, at its own address again".to_owned(),
        (Some(_), Some(_)) => format!("Moved for good, the wording stands: {landed}"),
        (Some(_), None) => format!("Moved for now, the wording stands: {landed}"),
    };
    event.landed = Some(landed);
    event
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
    let (kind, told, loud) = if gone {
        (EventKind::Removed, state.told_gone, state.absent.saturating_add(1) >= target.confirm)
    } else {
        (EventKind::Unreadable, state.told_unreadable, is_overdue(target, state, &observation))
    };
    let level = if loud { Level::Alert } else { Level::Note };
    // What was kept is damaged: that is news also where it was told that the page cannot be read.
    let new_damage = why == Why::Damaged && state.why != Some(Why::Damaged);
    let event = (level > told || new_damage).then(|| {
        let mut event = start(target, state, &observation, kind, level);
        (event.why, event.status) = (Some(why), observation.status);
        event.landed.clone_from(&observation.landed);
        event.headline = headline(gone, level, why, &evidence);
        event.evidence = Some(evidence);
        event
    });
    finish(state, observation, event)
}

/// Whether a target has been unreadable for longer than it allows.
fn is_overdue(target: &Target, state: &TargetState, observation: &Observation) -> bool {
    let Some(allowed) = target.alert_after.and_then(|after| SignedDuration::try_from(after).ok()) else {
        return false;
    };
    let since = state.since.filter(|_| state.phase == Phase::Unreadable).unwrap_or(observation.started);
    observation.ended.duration_since(since) >= allowed
}

fn headline(gone: bool, level: Level, why: Why, evidence: &str) -> String {
    match (gone, level) {
        (true, Level::Alert) => format!("The page is gone: {evidence}"),
        (true, _) => format!("The page was not there at this look: {evidence}"),
        (false, _) => format!("Cannot be read ({why}): {evidence}"),
    }
}

/// A new wording and the one that it is compared with, if there is one.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) baseline: Option<&'a Baseline>,
    pub(super) to: &'a Snapshot,
    /// The words it is judged by.
    pub(super) lexicons: &'a Lexicons,
}

/// The target was read, and the wording is not that of the last good look (or there was none).
pub(super) fn read(
    target: &Target,
    state: &TargetState,
    observation: Observation,
    reading: Reading<'_>,
) -> Commit {
    let mut event = match reading.baseline {
        None if state.why == Some(Why::Damaged) => {
            let mut event = start(target, state, &observation, EventKind::Restored, Level::Note);
            event.why = state.why;
            "Readable again; what was kept before is damaged, so a new record begins"
                .clone_into(&mut event.headline);
            event
        }
        None if state.looks == 0 => {
            let mut event = start(target, state, &observation, EventKind::FirstSeen, Level::Silent);
            "First look".clone_into(&mut event.headline);
            event
        }
        None => appeared(target, state, &observation, reading),
        Some(baseline) => revised(target, state, &observation, baseline),
    };
    if let Some(baseline) = reading.baseline {
        let shrunk = shrunk(&baseline.statement, &reading.to.statement);
        let said = event.evidence.take().into_iter().chain(shrunk).collect::<Vec<_>>();
        event.evidence = (!said.is_empty()).then(|| said.join("; "));
    }
    (event.from, event.to) =
        (reading.baseline.map(|baseline| side(&baseline.snapshot)), Some(side(reading.to)));
    event.claims = reading.baseline.map(|baseline| claims(&baseline.statement, &reading.to.statement));
    event.landed.clone_from(&observation.landed);
    event.judge = Some(JudgedBy { version: judge::VERSION, lexicons: reading.lexicons.digest() });
    event.identify();
    finish(state, observation, Some(event))
}

/// The first good reading after looks that all failed is told as so many added sentences.
fn appeared(target: &Target, state: &TargetState, observation: &Observation, reading: Reading<'_>) -> Event {
    let (judgement, _) = difference(&Statement::default(), &reading.to.statement, target, reading.lexicons);
    let level = judgement.level.max(Level::Note);
    let mut event = start(target, state, observation, EventKind::Appeared, level);
    event.why = state.why;
    take(&mut event, &judgement);
    event.headline = after_words("Readable for the first time", &judgement.headline);
    event
}

fn revised(target: &Target, state: &TargetState, observation: &Observation, baseline: &Baseline) -> Event {
    let judgement = &baseline.judgement;
    let level = judgement.level.max(baseline.interlude.map_or(Level::Silent, |gone| gone.max(Level::Note)));
    let kind = match observation.returns_to.is_some() {
        true if !judgement.changes.is_empty() || baseline.interlude.is_some() => EventKind::Reverted,
        _ if baseline.interlude.is_none() && judgement.changes.iter().all(is_date_alone) => {
            EventKind::Touched
        }
        _ => EventKind::Revised,
    };
    let mut event = start(target, state, observation, kind, level);
    take(&mut event, judgement);
    event.last_seen = last_seen(state, observation).filter(|_| kind == EventKind::Reverted);
    let flips = if kind == EventKind::Reverted { state.flips_with(observation) } else { 0 };
    if flips >= TargetState::FLAPPING {
        event.flapping = true;
        if flips > TargetState::FLAPPING {
            // Told once; from then on each turn is on record and no more.
            event.level = Level::Silent;
        }
        event.headline = after_words("Goes to and fro between two wordings", &judgement.headline);
    } else if baseline.interlude.is_some() {
        event.headline =
            after_words("The earlier statement is back in place of another", &judgement.headline);
    } else if kind == EventKind::Touched {
        "Only the stated date moved".clone_into(&mut event.headline);
    }
    if was_told_away(state) {
        event.why = state.why;
        let words = if is_item(observation) { "Listed again" } else { "Readable again" };
        event.headline = after_words(words, &event.headline);
        event.level = event.level.max(Level::Note);
    }
    if observation.lying {
        event.evidence = Some(
            "the server's validators (ETag, Last-Modified) are those of the old wording; they are not asked with again"
                .to_owned(),
        );
    }
    event
}

/// That hardly anything is left of a page: its server may have cut it short.
fn shrunk(before: &Statement, after: &Statement) -> Option<String> {
    let words = |statement: &Statement| -> usize {
        let sentences = statement.content.iter().flat_map(|block| &block.sentences);
        sentences.map(|sentence| sentence.text.split_whitespace().count()).sum()
    };
    let (before, after) = (words(before), words(after));
    let much = before >= MUCH && after.saturating_mul(10) <= before;
    much.then(|| format!("the page has {after} words where it had {before}; it may not be whole"))
}

/// Whether what was looked at is one of several statements.
fn is_item(observation: &Observation) -> bool {
    !observation.item.is_whole()
}

/// Whether nothing but the date that the page gives for itself is another.
fn is_date_alone(change: &Change) -> bool {
    change.labels == [Label::DateStamp]
}

fn take(event: &mut Event, judgement: &Judgement) {
    event.headline.clone_from(&judgement.headline);
    event.incident = judgement.incident.clone().or_else(|| event.incident.take());
    event.also.clone_from(&judgement.also);
    event.changes.clone_from(&judgement.changes);
    event.degraded = judgement.degraded;
    bounds::keep_weightiest(event);
}

/// What a judgement says of an item, its headline apart.
pub(super) fn take_changes(event: &mut Event, judgement: Judgement) {
    event.incident = judgement.incident.or_else(|| event.incident.take());
    event.also = judgement.also;
    event.changes = judgement.changes;
    event.changes.iter_mut().for_each(|change| change.level = change.level.min(event.level));
    event.degraded = judgement.degraded;
}

pub(super) fn after_words(words: &str, headline: &str) -> String {
    if headline.is_empty() { words.to_owned() } else { format!("{words}. {headline}") }
}

fn last_seen(state: &TargetState, observation: &Observation) -> Option<jiff::Timestamp> {
    let back = observation.returns_to.as_ref()?;
    state.earlier.iter().rev().find(|(snapshot, _)| snapshot.id == *back).map(|(_, when)| *when)
}

fn claims(before: &Statement, after: &Statement) -> Claims {
    let stated = |s: &Statement| s.stated_date().map(|d| d.value.clone().unwrap_or_else(|| d.text.clone()));
    let (date_before, date_after) = (stated(before), stated(after));
    Claims { date_moved: date_before != date_after, date_before, date_after }
}

/// From the start of the last look that saw the old state to the end of the first that had the new one.
fn interval(state: &TargetState, observation: &Observation, kind: EventKind) -> Between {
    let ended = observation.ended;
    match kind {
        EventKind::Removed | EventKind::Unlisted => {
            Between(state.last_good, state.gone_from.unwrap_or(ended))
        }
        EventKind::Unreadable if observation.why != Some(Why::Damaged) => {
            Between(state.last_good, state.unreadable_from.unwrap_or(ended))
        }
        EventKind::Restored | EventKind::Appeared | EventKind::Listed => Between(state.last_failed, ended),
        _ => Between(state.last_good, ended),
    }
}

/// The event that a look begins, before it is known what it says.
pub(super) fn start(
    target: &Target,
    state: &TargetState,
    observation: &Observation,
    kind: EventKind,
    level: Level,
) -> Event {
    Event {
        body: target.body.clone(),
        incident: target.incidents.first().map(|incident| incident.id.clone()),
        url: target.url.to_string(),
        ..Event::new(observation.subject(), kind, level, interval(state, observation, kind))
    }
}

fn finish(state: &TargetState, look: Observation, event: Option<Event>) -> Commit {
    Commit { events: event.into_iter().collect(), ..Commit::bare(state.version(), look) }
}
