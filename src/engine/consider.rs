//! What one look came to: gate, read, compare and judge in turn, against the last good snapshot.
//!
//! Not here: writing it down (`store`), or what the event says (`happened`).

use jiff::Timestamp;

use super::{WallClock, again::reread, happened};
use crate::{
    compare,
    fetch::{Look, Outcome, Request},
    judge::{self, Judgement, Subject},
    model::{
        Capture, EventKind, FileRef, Looked, Observation, Phase, Provenance, Snapshot, Statement, Target,
        TargetState, Validators, Watch, Why,
    },
    read,
    store::{self, Commit, Store, StoreError},
    warc,
};

/// The request for a target's next look; none where it must not be asked yet, or is of a kind not built yet.
pub(super) fn request(target: &Target, store: &impl Store, clock: WallClock) -> Option<Request> {
    let state = store.state(&target.id);
    if !is_built(target.watch) || cooling(target, &state, store).is_some_and(|until| until > clock.now()) {
        return None;
    }
    let recipe = recipe_digest(target, store);
    // Another recipe must see the body; so must a target whose last look was not good.
    let asks = state.phase == Phase::Present && recipe.is_some() && state.recipe == recipe;
    Some(Request {
        url: target.url.clone(),
        validators: state.validators.filter(|v| asks && !v.is_empty()),
        timeout: target.timeout,
        delay: target.delay,
        max_body: target.max_body,
        max_decoded: target.max_decoded,
        allow_private: target.allow_private,
        ignore_robots: target.ignore_robots,
        proxy: target.proxy.clone(),
    })
}

fn is_built(watch: Watch) -> bool {
    matches!(watch, Watch::Page | Watch::Banner)
}

fn cooling(target: &Target, state: &TargetState, store: &impl Store) -> Option<Timestamp> {
    state.not_before.max(store.cooling(target.host()))
}

fn recipe_digest(target: &Target, store: &impl Store) -> Option<crate::model::Digest> {
    store.memory(target.host()).ok().map(|memory| target.recipe(memory.number).digest())
}

/// What a look came to, ready to be committed.
pub(super) fn consider(
    target: &Target,
    look: Option<Look>,
    store: &impl Store,
    clock: WallClock,
) -> Result<Commit, StoreError> {
    let state = store.state(&target.id);
    let Some(look) = look else { return Ok(not_asked(target, &state, store, clock)) };
    let mut observation = blank(target, look.started, look.ended, clock);
    observation.robots_ignored = look.robots_ignored;
    if let Some((until, whole_host)) = look.retry_after {
        observation.not_before = Some(until);
        observation.whole_host = whole_host;
        observation.host = whole_host.then(|| target.host().to_owned());
    }
    match look.outcome {
        Outcome::NotModified(hops) => {
            observation.looked = Looked::NotModified;
            observation.status = Some(304);
            observation.proxied = hops.iter().any(|hop| hop.proxied);
            observation.snapshot.clone_from(&state.snapshot);
            Ok(happened::stands(target, &state, observation))
        }
        Outcome::Failed { why, evidence, status, hops } => {
            observation.proxied = hops.iter().any(|hop| hop.proxied);
            observation.status = status;
            Ok(happened::without(target, &state, observation, why, evidence))
        }
        Outcome::Answered(capture) => answered(target, &state, observation, &capture, store),
    }
}

fn blank(target: &Target, started: Timestamp, ended: Timestamp, clock: WallClock) -> Observation {
    Observation { clock: clock.kind(), ..Observation::new(target.id.clone(), started, ended) }
}

fn not_asked(target: &Target, state: &TargetState, store: &impl Store, clock: WallClock) -> Commit {
    let now = clock.now();
    let mut observation = blank(target, now, now, clock);
    if is_built(target.watch) {
        observation.looked = Looked::Cooling;
        observation.why = Some(Why::Cooling);
        observation.not_before = cooling(target, state, store);
        return Commit::bare(observation);
    }
    let evidence = format!(
        "`watch` is `{}`",
        serde_json::to_value(target.watch).unwrap_or_default().as_str().unwrap_or("")
    );
    happened::without(target, state, observation, Why::Unsupported, evidence)
}

/// What is recorded when reading or judging a page met a bug of this program.
pub(super) fn broken(target: &Target, store: &impl Store, clock: WallClock) -> Commit {
    let observation = blank(target, clock.now(), clock.now(), clock);
    let evidence = "onrecord itself failed on this page; please report it".to_owned();
    happened::without(target, &store.state(&target.id), observation, Why::Unsupported, evidence)
}

fn answered(
    target: &Target,
    state: &TargetState,
    mut observation: Observation,
    capture: &Capture,
    store: &impl Store,
) -> Result<Commit, StoreError> {
    let memory = store.memory(target.host())?;
    let recipe = target.recipe(memory.number);
    observation.status = Some(capture.answer.status);
    observation.proxied = capture.hops().any(|hop| hop.proxied);
    observation.landed = (capture.landed() != capture.asked()).then(|| capture.landed().to_string());
    observation.body_sha256 = Some(capture.body_digest());
    observation.bytes = Some(capture.answer.body.len() as u64);
    observation.recipe = Some(recipe.digest());
    let validators = Validators {
        etag: capture.answer.header("etag").map(str::to_owned),
        last_modified: capture.answer.header("last-modified").map(str::to_owned),
    };
    // Validators belong to the address that was asked; across a redirect they are another's.
    observation.validators = (observation.landed.is_none() && !validators.is_empty()).then_some(validators);

    let same_bytes = state.body_sha256 == observation.body_sha256 && state.recipe == observation.recipe;
    if same_bytes && state.phase == Phase::Present {
        observation.looked = Looked::Same;
        observation.snapshot.clone_from(&state.snapshot);
        return Ok(happened::stands(target, state, observation));
    }
    let statement = match read::read(capture, &recipe, &memory).verdict {
        Ok(statement) => statement,
        Err(refusal) => {
            return Ok(happened::without(target, state, observation, refusal.why, refusal.evidence));
        }
    };
    let last = state.snapshot.as_ref().map(|id| store.snapshot(&target.id, id)).transpose()?;
    let before = match &last {
        Some(last) if last.recipe == recipe => Some(last.statement.clone()),
        Some(last) => Some(reread(last, &recipe, &memory, store)?),
        None => None,
    };
    // The first good reading after looks that all failed is told as so many added sentences.
    let nothing = (before.is_none() && state.looks > 0).then(Statement::default);
    let judgement = before.as_ref().or(nothing.as_ref()).map(|before| difference(before, &statement, target));
    if let (Some(last), Some(before), Some(judgement)) = (&last, &before, &judgement)
        && judgement.changes.is_empty()
        && stated(before) == stated(&statement)
    {
        observation.looked = Looked::Same;
        let mut commit = happened::stands(target, state, observation);
        commit.observation.snapshot = Some(last.id.clone());
        if last.recipe != recipe {
            // The same capture in the words of today's recipe: later looks compare without reading it again.
            let snapshot = Snapshot::new(target.id.clone(), last.provenance.clone(), recipe, before.clone());
            commit.observation.snapshot = Some(snapshot.id.clone());
            commit.snapshot = Some(snapshot);
        }
        return Ok(commit);
    }
    observation.looked = Looked::Read;
    let bytes = warc::write(capture);
    let reference = store::capture_ref(&target.id, observation.started, &bytes);
    let snapshot = keep(target, &observation, capture, reference, recipe, statement);
    observation.snapshot = Some(snapshot.id.clone());
    let mut commit =
        happened::read(target, state, observation, last.as_ref(), &snapshot, before.as_ref(), judgement);
    commit.capture = Some(bytes);
    commit.snapshot = Some(snapshot);
    Ok(commit)
}

/// The date that a statement gives for itself, as written.
fn stated(statement: &Statement) -> Option<&str> {
    statement.stated_date().map(|date| date.text.as_str())
}

fn keep(
    target: &Target,
    observation: &Observation,
    capture: &Capture,
    reference: FileRef,
    recipe: crate::model::Recipe,
    statement: Statement,
) -> Snapshot {
    let provenance = Provenance {
        url: target.url.to_string(),
        landed: observation.landed.clone(),
        started: observation.started,
        ended: observation.ended,
        body_sha256: capture.body_digest(),
        capture: reference,
    };
    Snapshot::new(target.id.clone(), provenance, recipe, statement)
}

/// Compares and judges two statements of a target.
pub(super) fn difference(before: &Statement, after: &Statement, target: &Target) -> Judgement {
    // Nearly every look at nearly every page.
    if before.content == after.content && before.banner == after.banner {
        return Judgement::default();
    }
    let content = compare::compare(&before.content, &after.content);
    let banner = compare::compare(&before.banner, &after.banner);
    let subject = Subject {
        body: &target.body,
        incidents: &target.incidents,
        relevance: target.relevance,
        watches_banner: target.watch == Watch::Banner,
    };
    judge::judge(before, after, &content, &banner, &subject)
}

/// The kind of event that a new wording is.
pub(super) fn kind_of(state: &TargetState, snapshot: &Snapshot) -> EventKind {
    let seen = state.earlier.iter().any(|(id, _)| id.words() == snapshot.id.words());
    if seen { EventKind::Reverted } else { EventKind::Revised }
}
