//! When an event may be told, and which events are one message.
//!
//! All of it follows from the events and the clock: nothing is remembered, so that runs from cron keep the rhythm too.

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Time, tz::TimeZone};

use crate::{
    model::{Event, Hours, Rhythm, SinkSpec},
    render::{Bulletin, bulletins},
};

/// The first moment at which an event may be told: after it was held back, when its digest is due, and outside the quiet
/// hours.
pub(super) fn due(spec: &SinkSpec, event: &Event, gathers: bool, zone: &TimeZone) -> Timestamp {
    let happened = event.between.1;
    let held = if gathers {
        SignedDuration::try_from(spec.gather).unwrap_or_default()
    } else {
        SignedDuration::ZERO
    };
    let at = match spec.rhythm {
        Rhythm::Each | Rhythm::Pass => happened.checked_add(held).unwrap_or(happened),
        Rhythm::Hourly => next_hour(happened, zone).unwrap_or(happened),
        Rhythm::Daily(time) => next(happened, time, zone).unwrap_or(happened),
    };
    spec.quiet.map_or(at, |quiet| outside(at, quiet, zone))
}

/// The moment itself, or the end of the quiet hours that it lies in.
pub(super) fn outside(at: Timestamp, quiet: Hours, zone: &TimeZone) -> Timestamp {
    let time = at.to_zoned_datetime(zone.clone()).time();
    let within = if quiet.from < quiet.to {
        quiet.from <= time && time < quiet.to
    } else {
        time >= quiet.from || time < quiet.to
    };
    if within { next(at, quiet.to, zone).unwrap_or(at) } else { at }
}

/// The next moment of a time of day.
fn next(after: Timestamp, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    let now = after.to_zoned_datetime(zone.clone());
    let today = now.with().time(time).build().ok()?;
    let at = if today > now { today } else { today.checked_add(1.day()).ok()? };
    Some(at.timestamp())
}

fn next_hour(after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let now = after.to_zoned_datetime(zone.clone());
    let hour = now.with().minute(0).second(0).subsec_nanosecond(0).build().ok()?;
    Some(hour.checked_add(1.hour()).ok()?.timestamp())
}

/// A batch as messages: an event each, or several that say the same where `joins`, or all in one.
pub(super) fn messages(batch: &[Event], rhythm: Rhythm, joins: bool) -> Vec<Vec<Bulletin<'_>>> {
    let all = if joins {
        bulletins(batch)
    } else {
        batch.iter().map(|event| Bulletin { lead: event, others: Vec::new() }).collect()
    };
    match rhythm {
        Rhythm::Each => all.into_iter().map(|bulletin| vec![bulletin]).collect(),
        Rhythm::Pass | Rhythm::Hourly | Rhythm::Daily(_) if all.is_empty() => Vec::new(),
        Rhythm::Pass | Rhythm::Hourly | Rhythm::Daily(_) => vec![all],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_go_over_midnight_and_end_when_they_say() {
        let quiet = Hours { from: Time::constant(22, 0, 0, 0), to: Time::constant(7, 0, 0, 0) };
        let after = |at: &str| outside(at.parse().unwrap(), quiet, &TimeZone::UTC).to_string();
        assert_eq!(after("2024-01-19T23:10:00Z"), "2024-01-20T07:00:00Z");
        assert_eq!(after("2024-01-20T06:59:59Z"), "2024-01-20T07:00:00Z");
        assert_eq!(after("2024-01-20T07:00:00Z"), "2024-01-20T07:00:00Z");
        assert_eq!(after("2024-01-20T12:00:00Z"), "2024-01-20T12:00:00Z");
    }

    #[test]
    fn a_digest_is_due_on_the_hour_or_at_its_time_of_day() {
        let at: Timestamp = "2024-01-19T11:15:09Z".parse().unwrap();
        assert_eq!(next_hour(at, &TimeZone::UTC).unwrap().to_string(), "2024-01-19T12:00:00Z");
        let day = next(at, Time::constant(7, 30, 0, 0), &TimeZone::UTC).unwrap();
        assert_eq!(day.to_string(), "2024-01-20T07:30:00Z");
    }
}
