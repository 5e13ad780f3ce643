//! The last word on a page that went to and fro, or was told as back: with which wording it stays.
//!
//! What was told last is never the opposite of what stands. Not here: what counts as to and fro (`model::TargetState`).

use jiff::Timestamp;

use super::{
    baseline::{difference, side},
    bounds, transition,
};
use crate::{
    judge::{self, Judgement},
    model::{Between, Event, EventKind, JudgedBy, Level, Observation, Phase, Snapshot, Target, TargetState},
    query::by_one_recipe,
    store::{Blobs, Commit, History, Looks, StoreError},
    text::Lexicons,
};

/// Adds the last word to a good look, where it is due: the wording of the look has stood for a day.
pub(super) async fn tell(
    commit: &mut Commit,
    target: &Target,
    state: &TargetState,
    lexicons: &Lexicons,
    store: &(impl Looks + History + Blobs),
) -> Result<(), StoreError> {
    let Some(since) = state.settled(commit.look.ended) else { return Ok(()) };
    let stands = commit.look.why.is_none()
        && state.phase == Phase::Present
        && commit.events.iter().all(|event| event.kind == EventKind::Touched);
    let Some(snapshot) = state.snapshot.as_ref().filter(|_| stands) else { return Ok(()) };
    let to = store.snapshot(&commit.look.subject(), &snapshot.id).await?;
    let from = earlier(&commit.look, state, store).await;
    let mut event = settled(target, state, &commit.look, (since, &to));
    if let Some(from) = from
        && let Ok((before, after)) = by_one_recipe(store, &from, &to).await
    {
        let (judgement, _) = difference(&before, &after, target, lexicons);
        event.from = Some(side(&from));
        event.judge = Some(JudgedBy { version: judge::VERSION, lexicons: lexicons.digest() });
        take(&mut event, judgement);
    }
    event.identify();
    commit.events.push(event);
    Ok(())
}

/// The wording that was there before the present one; none where it is not what was kept, which stops no last word.
async fn earlier(look: &Observation, state: &TargetState, store: &impl History) -> Option<Snapshot> {
    let (snapshot, _) = state.earlier.last()?;
    store.snapshot(&look.subject(), &snapshot.id).await.ok()
}

fn settled(
    target: &Target,
    state: &TargetState,
    look: &Observation,
    (since, to): (Timestamp, &Snapshot),
) -> Event {
    let mut event = transition::start(target, state, look, EventKind::Settled, Level::Note);
    event.between = Between(Some(since), look.ended);
    event.to = Some(side(to));
    let words = if state.is_flapping() {
        "Goes to and fro no longer, and stays with this wording"
    } else {
        "The wording that came back stays"
    };
    words.clone_into(&mut event.headline);
    event
}

/// The changes are known, and were told as loud as they are: none is louder here than the event.
fn take(event: &mut Event, judgement: Judgement) {
    if !judgement.headline.is_empty() {
        event.headline = format!("{}. {}", event.headline, judgement.headline);
    }
    event.incident = judgement.incident.or(event.incident.take());
    event.also = judgement.also;
    event.changes = judgement.changes;
    event.changes.iter_mut().for_each(|change| change.level = change.level.min(event.level));
    event.degraded = judgement.degraded;
    bounds::keep_weightiest(event);
}
