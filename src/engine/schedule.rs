//! When a target is looked at next. Pure: told the time, it asks no clock.
//!
//! From the last look on, at the target's pace, with a little play so that targets do not march in step; later where a
//! server asked for a pause, where looks fail, and outside the target's hours. What is overdue, by a stop or a sleep of
//! the machine, is due once.
//!
//! A clock may have been ahead when a look was made, or be behind now. What lies in the future is treated as now: a target
//! whose last look lies there is due, and the look that is then made puts it right. A pause holds only where it ends
//! within the day that a server may ask for; no file of a store puts a look off for longer.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, ToSpan as _, tz::TimeZone};

use crate::model::{Digest, Hours, Target, TargetState};

/// For so long after a change a page is looked at more often, in hours.
const LIVELY: i64 = 24;
/// After so long without one it is looked at less often, in hours.
const STILL: i64 = 14 * 24;
/// The longest pause between looks that failures alone make.
const LONGEST: Duration = Duration::from_hours(1);

/// When a target is to be looked at next; `now` or earlier where that is due. `cooling`: until when its host is left
/// alone.
pub fn next(
    target: &Target,
    state: &TargetState,
    cooling: Option<Timestamp>,
    now: Timestamp,
    zone: &TimeZone,
) -> Timestamp {
    let pause = played(pace(target, state, now).max(backoff(state.failed)), target, state.looks);
    let due = match state.last_look {
        None => now,
        // By a clock that was ahead, or before one was set back: how long ago that is nobody knows.
        Some(last) if last > now => now,
        Some(last) => after(last, pause),
    };
    let pauses = [state.not_before, cooling].into_iter().flatten();
    let due = pauses.filter(|until| TargetState::pause_holds(*until, now)).fold(due, Timestamp::max);
    target.between.map_or(due, |hours| within(hours, due.max(now), zone))
}

/// How often it is looked at just now.
fn pace(target: &Target, state: &TargetState, now: Timestamp) -> Duration {
    // The first wording is no change.
    let changed = !state.earlier.is_empty();
    match state.stood(now) {
        Some(hours) if changed && hours < LIVELY => target.quickest.unwrap_or(target.every).min(target.every),
        Some(hours) if hours >= STILL => target.slowest.unwrap_or(target.every).max(target.every),
        _ => target.every,
    }
}

/// The least pause after so many failures in a row: a minute, doubled each time, at most [`LONGEST`].
fn backoff(failed: u32) -> Duration {
    match failed {
        0 => Duration::ZERO,
        _ => Duration::from_secs(60_u64 << (failed - 1).min(10)).min(LONGEST),
    }
}

/// The pause between looks that its failures make, where that is longer than the target's own.
pub fn slowed(target: &Target, failed: u32) -> Option<Duration> {
    Some(backoff(failed)).filter(|pause| *pause > target.every)
}

/// A pause, up to a tenth longer or shorter: always the same for one target and look, so that a restart changes nothing.
fn played(pause: Duration, target: &Target, looks: u64) -> Duration {
    let digest = Digest::of(format!("{} {looks}", target.id).as_bytes());
    let part = u32::from_str_radix(digest.short(), 16).unwrap_or(0);
    pause.mul_f64(0.9 + 0.2 * f64::from(part) / f64::from(u32::MAX))
}

fn after(moment: Timestamp, pause: Duration) -> Timestamp {
    let pause = SignedDuration::try_from(pause).unwrap_or(SignedDuration::MAX);
    moment.checked_add(pause).unwrap_or(Timestamp::MAX)
}

/// The moment, or the next opening of the hours where it is outside of them.
fn within(hours: Hours, moment: Timestamp, zone: &TimeZone) -> Timestamp {
    let local = moment.to_zoned_datetime(zone.clone());
    let time = local.time();
    let (from, to) = (hours.from, hours.to);
    let open = if from < to { from <= time && time < to } else { from <= time || time < to };
    if open {
        return moment;
    }
    let opens = local.date().to_datetime(from).to_zoned_datetime(zone.clone());
    let opens = opens.and_then(|opens| if opens > local { Ok(opens) } else { opens.checked_add(1.day()) });
    opens.map_or(moment, |opens| opens.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SnapshotRef;

    const NOW: &str = "2024-01-19T11:00:00Z";

    fn target(more: &str) -> Target {
        every("1h", more)
    }

    fn every(pace: &str, more: &str) -> Target {
        let file = format!(
            r#"{{"version":1,"targets":[{{"id":"page","url":"https://wantsum.example/","every":"{pace}"{more}}}]}}"#
        );
        crate::targets::load("targets.json", &file).unwrap().config.targets.remove(0)
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// In how many minutes the next look is, about.
    fn minutes(target: &Target, state: &TargetState) -> i64 {
        let next = next(target, state, None, at(NOW), &TimeZone::UTC);
        next.duration_since(at(NOW)).as_secs() / 60
    }

    fn looked(last: &str) -> TargetState {
        TargetState { last_look: Some(at(last)), looks: 3, ..TargetState::default() }
    }

    #[test]
    fn a_target_is_due_at_its_pace_and_at_once_when_overdue() {
        let target = target("");
        assert_eq!(minutes(&target, &TargetState::default()), 0);
        assert!((53..=66).contains(&minutes(&target, &looked(NOW))));
        assert!(minutes(&target, &looked("2024-01-12T11:00:00Z")) < 0, "a week's sleep makes one look");
        assert_eq!(minutes(&target, &looked("2025-01-20T11:00:00Z")), 0, "the clock was ahead, or went back");
    }

    #[test]
    fn the_pace_follows_the_page_within_the_users_bounds() {
        let target = target(r#","quickest":"5m","slowest":"6h""#);
        let worded = |when: &str| {
            let id = "20240101T000000Z-00000000".parse().unwrap();
            let first = SnapshotRef { id, sha256: Digest::of(b"first") };
            let earlier = vec![(first, at("2024-01-01T00:00:00Z"))];
            TargetState { worded: Some(at(when)), earlier, ..looked(NOW) }
        };
        assert!((4..=6).contains(&minutes(&target, &worded("2024-01-19T09:00:00Z"))));
        assert!((53..=66).contains(&minutes(&target, &worded("2024-01-15T09:00:00Z"))));
        assert!((323..=397).contains(&minutes(&target, &worded("2024-01-01T09:00:00Z"))));
    }

    #[test]
    fn failures_and_pauses_put_it_off() {
        let target = target("");
        let failed = |failed| TargetState { failed, ..looked(NOW) };
        assert!((53..=66).contains(&minutes(&target, &failed(20))), "an hour at most");
        let quick = every("1m", "");
        assert!((0..=1).contains(&minutes(&quick, &failed(1))));
        assert!((7..=8).contains(&minutes(&quick, &failed(4))));
        let asked = TargetState { not_before: Some(at("2024-01-19T15:00:00Z")), ..looked(NOW) };
        assert_eq!(minutes(&target, &asked), 240);
        for ahead in ["2024-01-21T15:00:00Z", "2099-01-01T00:00:00Z"] {
            let asked = TargetState { not_before: Some(at(ahead)), ..looked("2024-01-01T00:00:00Z") };
            assert!(minutes(&target, &asked) <= 0, "nobody may ask for longer than a day");
            let host =
                next(&target, &looked("2024-01-01T00:00:00Z"), Some(at(ahead)), at(NOW), &TimeZone::UTC);
            assert!(host <= at(NOW));
        }
    }

    #[test]
    fn hours_are_those_of_the_machines_zone() {
        let target = target(r#","between":"07:00-19:00""#);
        let in_zone = |now: &str, zone: &str| {
            let zone = TimeZone::get(zone).unwrap();
            next(&target, &TargetState::default(), None, at(now), &zone).to_string()
        };
        assert_eq!(in_zone("2024-01-19T11:00:00Z", "Europe/London"), "2024-01-19T11:00:00Z");
        assert_eq!(in_zone("2024-01-19T20:00:00Z", "Europe/London"), "2024-01-20T07:00:00Z");
        assert_eq!(in_zone("2024-06-19T18:30:00Z", "Europe/London"), "2024-06-20T06:00:00Z", "summer time");
        // The clocks go forward in the night: seven o'clock is seven o'clock.
        assert_eq!(in_zone("2024-03-30T20:00:00Z", "Europe/London"), "2024-03-31T06:00:00Z");
    }
}
