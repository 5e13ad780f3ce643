//! What one look came to: gate, read, compare and judge in turn, against the last good snapshot.
//!
//! Not here: writing it down (`store`), or what the event says (`transition`).

use jiff::{SignedDuration, Timestamp};

use super::{
    WallClock,
    answer::record,
    baseline::Known,
    evaluation::{Evaluation, provenance, same_words, stands},
    items::{self, Source},
    place,
    second_look::{self, known},
    settled,
    transition::{self, Reading},
};
use crate::{
    fetch::{Look, Outcome, Request},
    model::{
        Capture, Digest, EventKind, Keep, Level, Looked, Memory, Observation, Phase, Recipe, Snapshot,
        Statement, Subject, Target, TargetState, Watch, Why,
    },
    read,
    render::escape,
    store::{Commit, Store, StoreError},
    text::Lexicons,
    warc,
};

/// How long a server's word that nothing changed is believed before the whole page is asked for again.
const BELIEVED: SignedDuration = SignedDuration::from_hours(24);
/// An answer without a statement is kept up to this size: error pages are small.
const ANSWER: usize = 1 << 20;

/// What came of an attempt to look.
#[derive(Debug)]
pub(super) enum Attempt {
    /// It was looked at.
    First(Look),
    /// It was looked at for the second time, moments after the first: what moves by itself shows.
    Second(Look),
    /// It was not asked: of a kind not built yet, or left alone until a moment that the store knows or that is given.
    NotAsked(Option<Timestamp>),
}

impl Attempt {
    /// How many bytes there are to read, once unpacked.
    pub(super) fn unpacked(&self, target: &Target) -> usize {
        match self {
            Self::First(look) | Self::Second(look) => {
                look.capture().map_or(0, |capture| read::unpacked(capture, target.max_decoded))
            }
            Self::NotAsked(_) => 0,
        }
    }
}

/// The request for a target's next look; none where it must not be asked yet, or is of a kind not built yet.
pub(super) async fn request(
    target: &Target,
    state: &TargetState,
    store: &impl Store,
    clock: WallClock,
) -> Result<Option<Request>, StoreError> {
    let now = clock.now();
    if !is_built(target.watch) || cooling(target, state, store, now).await?.is_some() {
        return Ok(None);
    }
    // Another recipe must see the body; so must a target whose last look was not good, and any once a day.
    let fresh = state.last_body.is_some_and(|when| when <= now && now.duration_since(when) < BELIEVED);
    let asks = state.phase == Phase::Present
        && fresh
        && place::is_known(target, state)
        && !items::is_pending(target, store).await?
        && recipe_digest(target, store).await.is_some_and(|recipe| state.recipe == Some(recipe));
    Ok(Some(Request {
        url: place::asked(target, state),
        validators: state.validators.clone().filter(|v| asks && !v.is_empty()),
        timeout: target.timeout,
        delay: target.delay,
        max_body: target.max_body,
        allow_private: target.allow_private,
        ignore_robots: target.ignore_robots,
        proxy: target.proxy.clone(),
    }))
}

fn is_built(watch: Watch) -> bool {
    matches!(watch, Watch::Page | Watch::Banner | Watch::Feed | Watch::Json | Watch::Index)
}

/// Until when it is not to be asked.
async fn cooling(
    target: &Target,
    state: &TargetState,
    store: &impl Store,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let pauses = [state.not_before, store.cooling(target.host()).await?];
    Ok(pauses.into_iter().flatten().filter(|until| TargetState::pause_holds(*until, now)).max())
}

async fn recipe_digest(target: &Target, store: &impl Store) -> Option<Digest> {
    let memory = store.memory(target.host()).await.ok()?;
    Some(read::recipe(target, known(memory).0).digest())
}

/// What an attempt to look came to, ready to be committed.
pub(super) async fn evaluate(
    target: &Target,
    attempt: Attempt,
    lexicons: &Lexicons,
    store: &impl Store,
    clock: WallClock,
) -> Result<Evaluation, StoreError> {
    let state = store.state(&subject(target)).await?;
    let (look, second) = match attempt {
        Attempt::First(look) => (look, false),
        Attempt::Second(look) => (look, true),
        Attempt::NotAsked(until) => {
            return Ok(not_asked(target, &state, until, store, clock).await?.into());
        }
    };
    let mut observation = blank(target, &state, look.started, look.ended, clock);
    observation.robots_ignored = look.robots_ignored;
    if let Some((until, whole_host)) = look.retry_after {
        observation.not_before = Some(until);
        observation.whole_host = whole_host;
        observation.host = whole_host.then(|| look.host.unwrap_or_else(|| target.host().to_owned()));
    }
    let mut items = Vec::new();
    let mut commit = match look.outcome {
        Outcome::NotModified(hops) => {
            observation.looked = Looked::NotModified;
            observation.status = Some(304);
            observation.proxied = hops.iter().any(|hop| hop.proxied);
            observation.snapshot = state.snapshot.as_ref().map(|snapshot| snapshot.id.clone());
            transition::stands(target, &state, observation)
        }
        // It leads to a host that is left alone, as it asked: a pause, and no fault of the page.
        Outcome::Failed { why: Why::Cooling, .. } => {
            observation.looked = Looked::Cooling;
            observation.why = Some(Why::Cooling);
            return Ok(Commit::bare(state.version(), observation).into());
        }
        Outcome::Failed { why, evidence, status, hops } => {
            observation.proxied = hops.iter().any(|hop| hop.proxied);
            observation.status = status;
            transition::without(target, &state, observation, why, evidence)
        }
        Outcome::Answered(capture) => {
            if second
                && let Some(lesson) =
                    second_look::lesson(target, &state, &observation, &capture, store).await?
            {
                return Ok(lesson.into());
            }
            let mut commit;
            Evaluation { commit, items } =
                answered(target, &state, observation, &capture, lexicons, store).await?;
            let is_new = commit.look.body_sha256 != state.body_sha256;
            if target.keep == Keep::All && commit.blobs.is_empty() && is_new {
                commit.blobs.push(warc::write(&capture));
            }
            commit
        }
    };
    settled::tell(&mut commit, target, &state, lexicons, store).await?;
    if second && commit.look.why.is_some() {
        // It was read moments ago: that it could not be read twice in a row is on record, and nobody is told.
        commit.events.clear();
    }
    Ok(Evaluation { commit, items })
}

/// What a target's page is a history of.
pub(super) fn subject(target: &Target) -> Subject {
    Subject::page(target.id.clone())
}

fn blank(
    target: &Target,
    state: &TargetState,
    started: Timestamp,
    ended: Timestamp,
    clock: WallClock,
) -> Observation {
    let address = (!place::is_known(target, state)).then(|| target.url.to_string());
    let went_back_from = state.last_look.filter(|last| *last > started);
    Observation {
        went_back_from,
        clock: clock.kind(),
        address,
        ..Observation::new(subject(target), started, ended)
    }
}

async fn not_asked(
    target: &Target,
    state: &TargetState,
    until: Option<Timestamp>,
    store: &impl Store,
    clock: WallClock,
) -> Result<Commit, StoreError> {
    let now = clock.now();
    let mut observation = blank(target, state, now, now, clock);
    if is_built(target.watch) {
        observation.looked = Looked::Cooling;
        observation.why = Some(Why::Cooling);
        observation.not_before = until.max(cooling(target, state, store, now).await?);
        return Ok(Commit::bare(state.version(), observation));
    }
    let evidence = format!(
        "`watch` is `{}`",
        serde_json::to_value(target.watch).unwrap_or_default().as_str().unwrap_or("")
    );
    Ok(transition::without(target, state, observation, Why::Unsupported, evidence))
}

/// What is recorded when a target could not be evaluated: a bug of this program, or damage to what was kept of it.
pub(super) fn failed(target: &Target, state: &TargetState, why: Why, seen: &str, clock: WallClock) -> Commit {
    let now = clock.now();
    let evidence = escape::terminal(seen);
    transition::without(target, state, blank(target, state, now, now, clock), why, evidence)
}

async fn answered(
    target: &Target,
    state: &TargetState,
    mut observation: Observation,
    capture: &Capture,
    lexicons: &Lexicons,
    store: &impl Store,
) -> Result<Evaluation, StoreError> {
    // What was kept is damaged, and that was told: this look begins anew, without a word of it.
    let begins_anew = state.why == Some(Why::Damaged);
    let (name, memory, fresh_memory) = match store.memory(target.host()).await {
        Ok(memory) => {
            let (name, memory) = known(memory);
            (name, memory, None)
        }
        Err(StoreError::Damaged { .. }) if begins_anew => {
            let number = store.memory_number(target.host()).await?.saturating_add(1);
            let memory = Memory { number, ..Memory::default() };
            (None, Memory::default(), Some((target.host().to_owned(), memory)))
        }
        Err(other) => return Err(other),
    };
    let recipe = read::recipe(target, name);
    record(&mut observation, target, capture);
    observation.recipe = Some(recipe.digest());
    let same_bytes = state.body_sha256 == observation.body_sha256 && state.recipe == observation.recipe;
    if same_bytes
        && state.phase == Phase::Present
        && state.landed == observation.landed
        && !items::is_pending(target, store).await?
    {
        place::follow(&mut observation, target, state, capture);
        observation.looked = Looked::Same;
        observation.snapshot = state.snapshot.as_ref().map(|snapshot| snapshot.id.clone());
        return Ok(transition::stands(target, state, observation).into());
    }
    let reading = read::read(capture, &recipe, &memory);
    if reading.is_list
        && let Ok(found) = &reading.items
    {
        place::follow(&mut observation, target, state, capture);
        let bytes = warc::write(capture);
        let source = Source {
            target,
            state,
            look: &observation,
            recipe: &recipe,
            memory: &memory,
            lexicons,
            store,
            capture: &Digest::of(&bytes),
        };
        let mut evaluation = source.evaluate(found, bytes).await?;
        evaluation.commit.memory = fresh_memory;
        return Ok(evaluation);
    }
    let statement = match reading.whole() {
        Ok(statement) => statement,
        Err(refusal) => {
            let commit = transition::without(target, state, observation, refusal.why, refusal.evidence);
            return Ok(with_answer(commit, state, capture).into());
        }
    };
    let subject = observation.subject();
    let kept = Known { target, subject: &subject, state, recipe: &recipe, memory: &memory, lexicons, store };
    let baseline = if begins_anew { None } else { kept.baseline(&statement).await? };
    if let Some(baseline) = &baseline
        && baseline.replaced
        && place::led_away(target, state, &observation)
    {
        let evidence =
            format!("{} leads to {}, which says something else", capture.asked(), capture.landed());
        let commit = transition::without(target, state, observation, Why::Redirected, evidence);
        return Ok(with_answer(commit, state, capture).into());
    }
    let mut believed = None;
    let stands = baseline.as_ref().is_some_and(|baseline| stands(baseline, &statement));
    if let Some(baseline) = baseline.as_ref().filter(|_| !stands)
        && let Some(open) = cut_off(capture, &recipe, &baseline.snapshot, store).await
    {
        let evidence = format!("it ends with `{open}` open, which this page closed before");
        // One that ends so twice is written so now.
        if state.why != Some(Why::Truncated) {
            let commit = transition::without(target, state, observation, Why::Truncated, evidence);
            return Ok(with_answer(commit, state, capture).into());
        }
        believed = Some(format!("{evidence}; as it ended so at the look before, it is believed"));
    }
    place::follow(&mut observation, target, state, capture);
    if let Some(baseline) = baseline.as_ref().filter(|_| stands) {
        return Ok(same_words(target, state, observation, baseline, recipe).into());
    }
    observation.looked = Looked::Read;
    // The words are others, and what the server gave to ask with is the same: asked with it, it would have denied that.
    let said_same = state.validators.is_some() && state.validators == observation.validators;
    observation.lying = said_same && baseline.as_ref().is_some_and(|b| !b.judgement.changes.is_empty());
    let bytes = warc::write(capture);
    let snapshot = snapshot(target, &observation, Digest::of(&bytes), recipe.clone(), statement);
    observation.snapshot = Some(snapshot.id.clone());
    observation.returns_to = match &baseline {
        Some(baseline) => kept.returns_to(&snapshot, baseline).await,
        None => None,
    };
    let reading = Reading { baseline: baseline.as_ref(), to: &snapshot, lexicons };
    let mut commit = transition::read(target, state, observation, reading);
    if let Some((event, word)) = commit.events.first_mut().zip(believed) {
        event.evidence = Some(event.evidence.take().map_or(word.clone(), |seen| format!("{seen}; {word}")));
    }
    commit.blobs.push(bytes);
    commit.snapshots.push(snapshot);
    commit.memory = fresh_memory;
    Ok(commit.into())
}

/// The element in which a body ends although the page closed it when it had the wording that stands, and its server does not
/// say how long the body is.
async fn cut_off(
    capture: &Capture,
    recipe: &Recipe,
    standing: &Snapshot,
    store: &impl Store,
) -> Option<&'static str> {
    if capture.answer.header("content-length").is_some() {
        return None;
    }
    let open = read::left_open(capture, recipe)?;
    // Where the body of then is gone there is nothing to hold this one against.
    let before = warc::to_capture(&store.blob(&standing.provenance.capture).await.ok()?).ok()?;
    read::left_open(&before, recipe).is_none().then_some(open)
}

/// Keeps the answer that gave no statement, so that the verdict can be checked: the first of an outage, in reason.
fn with_answer(mut commit: Commit, state: &TargetState, capture: &Capture) -> Commit {
    let told = |kind| if kind == EventKind::Removed { state.told_gone } else { state.told_unreadable };
    let first = commit.events.first_mut().filter(|event| told(event.kind) == Level::Silent);
    if let Some(event) = first
        && capture.answer.body.len() <= ANSWER
    {
        let bytes = warc::write(capture);
        event.capture = Some(Digest::of(&bytes));
        commit.blobs.push(bytes);
    }
    commit
}

fn snapshot(
    target: &Target,
    observation: &Observation,
    capture: Digest,
    recipe: Recipe,
    statement: Statement,
) -> Snapshot {
    let provenance = provenance(target, observation, capture);
    Snapshot::new(observation.subject(), provenance, recipe, statement)
}
