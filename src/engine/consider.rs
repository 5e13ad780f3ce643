//! What one look came to: gate, read, compare and judge in turn, against the last good snapshot.
//!
//! Not here: writing it down (`store`), or what the event says (`happened`).

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::{
    WallClock,
    against::{Against, Record},
    happened::{self, Turned},
    hosts::Came,
    lessons, place,
};
use crate::{
    fetch::{Outcome, Request},
    model::{
        Capture, FileRef, Keep, Looked, Observation, Phase, Provenance, Snapshot, Statement, Target,
        TargetState, Validators, Watch, Why,
    },
    read,
    store::{self, Commit, Store, StoreError},
    text::Lexicons,
    warc,
};

/// How long a server's word that nothing changed is believed before the whole page is asked for again.
const BELIEVED: SignedDuration = SignedDuration::from_hours(24);

/// The request for a target's next look; none where it must not be asked yet, or is of a kind not built yet.
pub(super) fn request(
    target: &Target,
    state: &TargetState,
    store: &impl Store,
    clock: WallClock,
) -> Option<Request> {
    let now = clock.now();
    if !is_built(target.watch) || cooling(target, state, store).is_some_and(|until| until > now) {
        return None;
    }
    let recipe = recipe_digest(target, store);
    // Another recipe must see the body; so must a target whose last look was not good, and any once a day.
    let fresh = state.last_body.is_some_and(|when| now.duration_since(when) < BELIEVED);
    let asks = state.phase == Phase::Present
        && recipe.is_some()
        && state.recipe == recipe
        && fresh
        && place::is_known(target, state);
    Some(Request {
        url: place::asked(target, state),
        validators: state.validators.clone().filter(|v| asks && !v.is_empty()),
        timeout: target.timeout,
        delay: target.delay,
        max_body: target.max_body,
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
    store.memory(target.host()).ok().map(|memory| read::recipe(target, memory.number).digest())
}

/// What a look came to, ready to be committed.
pub(super) fn consider(
    target: &Target,
    came: Came,
    lexicons: &Lexicons,
    store: &impl Store,
    clock: WallClock,
) -> Result<Commit, StoreError> {
    let state = store.state(&target.id);
    let (look, twice) = match came {
        Came::Looked(look) => (look, false),
        Came::Twice(look) => (look, true),
        Came::Held(until) => return Ok(not_asked(target, &state, until, store, clock)),
    };
    let mut observation = blank(target, &state, look.started, look.ended, clock);
    observation.robots_ignored = look.robots_ignored;
    if let Some((until, whole_host)) = look.retry_after {
        observation.not_before = Some(until);
        observation.whole_host = whole_host;
        observation.host = whole_host.then(|| target.host().to_owned());
    }
    let commit = match look.outcome {
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
        Outcome::Answered(capture) => {
            if twice && let Some(lesson) = lessons::learnt(target, &state, &observation, &capture, store)? {
                return Ok(lesson);
            }
            let known = state.body_sha256.as_ref() == Some(&capture.body_digest());
            answered(target, &state, observation, &capture, lexicons, store).map(|mut commit| {
                if target.keep == Keep::All && commit.capture.is_none() && !known {
                    commit.capture = Some(warc::write(&capture));
                }
                commit
            })
        }
    };
    let mut commit = commit?;
    if twice && commit.observation.why.is_some() {
        // It was read moments ago: that it could not be read twice in a row is on record, and nobody is told.
        commit.event = None;
    }
    Ok(commit)
}

fn blank(
    target: &Target,
    state: &TargetState,
    started: Timestamp,
    ended: Timestamp,
    clock: WallClock,
) -> Observation {
    let address = (!place::is_known(target, state)).then(|| target.url.to_string());
    Observation { clock: clock.kind(), address, ..Observation::new(target.id.clone(), started, ended) }
}

fn not_asked(
    target: &Target,
    state: &TargetState,
    until: Option<Timestamp>,
    store: &impl Store,
    clock: WallClock,
) -> Commit {
    let now = clock.now();
    let mut observation = blank(target, state, now, now, clock);
    if is_built(target.watch) {
        observation.looked = Looked::Cooling;
        observation.why = Some(Why::Cooling);
        observation.not_before = until.max(cooling(target, state, store));
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
    let state = store.state(&target.id);
    let observation = blank(target, &state, clock.now(), clock.now(), clock);
    let evidence = "it stopped at this page".to_owned();
    happened::without(target, &state, observation, Why::Bug, evidence)
}

fn answered(
    target: &Target,
    state: &TargetState,
    mut observation: Observation,
    capture: &Capture,
    lexicons: &Lexicons,
    store: &impl Store,
) -> Result<Commit, StoreError> {
    let memory = store.memory(target.host())?;
    let recipe = read::recipe(target, memory.number);
    record(&mut observation, target, capture);
    observation.recipe = Some(recipe.digest());
    let same_bytes = state.body_sha256 == observation.body_sha256 && state.recipe == observation.recipe;
    if same_bytes && state.phase == Phase::Present && state.landed == observation.landed {
        place::follow(&mut observation, target, state, capture);
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
    let kept = Record { target, state, recipe: &recipe, memory: &memory, lexicons, store };
    let held = kept.against(&statement)?;
    if let Some(held) = &held
        && held.replaced
        && place::led_away(target, state, &observation)
    {
        let evidence =
            format!("{} leads to {}, which says something else", capture.asked(), capture.landed());
        return Ok(happened::without(target, state, observation, Why::Redirected, evidence));
    }
    place::follow(&mut observation, target, state, capture);
    if let Some(held) = held.as_ref().filter(|held| stands(held, &statement)) {
        observation.looked = Looked::Same;
        let mut commit = happened::stands(target, state, observation);
        commit.observation.snapshot = Some(held.snapshot.id.clone());
        if held.snapshot.recipe != recipe {
            // The same capture in the words of today's recipe: later looks compare without reading it again.
            let (last, words) = (&held.snapshot, held.statement.clone());
            let snapshot = Snapshot::new(target.id.clone(), last.provenance.clone(), recipe, words);
            commit.observation.snapshot = Some(snapshot.id.clone());
            commit.snapshot = Some(snapshot);
        }
        return Ok(commit);
    }
    observation.looked = Looked::Read;
    // The words are others, and what the server gave to ask with is the same: asked with it, it would have denied that.
    let said_same = state.validators.is_some() && state.validators == observation.validators;
    observation.lying = said_same && held.as_ref().is_some_and(|held| !held.judgement.changes.is_empty());
    let bytes = warc::write(capture);
    let reference = store::capture_ref(&target.id, observation.started, &bytes);
    let snapshot = keep(target, &observation, reference, recipe.clone(), statement);
    observation.snapshot = Some(snapshot.id.clone());
    observation.returns_to = held.as_ref().and_then(|held| kept.returns_to(&snapshot, held));
    let turned = Turned { held: held.as_ref(), to: &snapshot, lexicons };
    let mut commit = happened::read(target, state, observation, turned);
    commit.capture = Some(bytes);
    commit.snapshot = Some(snapshot);
    Ok(commit)
}

/// Puts on record what an answer was.
pub(super) fn record(observation: &mut Observation, target: &Target, capture: &Capture) {
    observation.status = Some(capture.answer.status);
    observation.proxied = capture.hops().any(|hop| hop.proxied);
    observation.landed = (!same_address(capture.landed(), &target.url)).then(|| capture.landed().to_string());
    observation.body_sha256 = Some(capture.body_digest());
    observation.bytes = Some(capture.answer.body.len() as u64);
    let validators = Validators {
        etag: capture.answer.header("etag").map(str::to_owned),
        last_modified: capture.answer.header("last-modified").map(str::to_owned),
    };
    // Validators belong to the address that was asked; across a redirect they are another's.
    observation.validators =
        (capture.landed() == capture.asked() && !validators.is_empty()).then_some(validators);
}

fn same_address(landed: &Url, own: &Url) -> bool {
    let mut own = own.clone();
    own.set_fragment(None);
    *landed == own
}

/// Whether nothing is said otherwise, the stated date included.
fn stands(held: &Against, statement: &Statement) -> bool {
    held.judgement.changes.is_empty()
        && held.interlude.is_none()
        && stated(&held.statement) == stated(statement)
}

/// The date that a statement gives for itself, as written.
fn stated(statement: &Statement) -> Option<&str> {
    statement.stated_date().map(|date| date.text.as_str())
}

fn keep(
    target: &Target,
    observation: &Observation,
    reference: FileRef,
    recipe: crate::model::Recipe,
    statement: Statement,
) -> Snapshot {
    let provenance = Provenance {
        url: target.url.to_string(),
        landed: observation.landed.clone(),
        started: observation.started,
        ended: observation.ended,
        body_sha256: observation.body_sha256.clone().unwrap_or_else(|| reference.sha256.clone()),
        capture: reference,
    };
    Snapshot::new(target.id.clone(), provenance, recipe, statement)
}
