//! Moments and lengths of time as people say them, in the reader's own zone.

use jiff::{SignedDuration, Timestamp, ZonedDateTime};

use super::Style;
use crate::model::Between;

/// A moment: `19 Jan 2024, 11:15 GMT`, without its date on the day of reading.
pub(super) fn moment(at: Timestamp, style: &Style) -> String {
    let at = at.to_zoned_datetime(style.zone.clone());
    if is_today(&at, style) { clock(&at, "%H:%M %Z") } else { clock(&at, "%-d %b %Y, %H:%M %Z") }
}

/// A moment for a table: `11:15` on the day of reading, else `18 Jan 11:15`, with the year where that is another.
pub fn short_moment(at: Timestamp, style: &Style) -> String {
    let at = at.to_zoned_datetime(style.zone.clone());
    let year = style.now.map(|now| now.to_zoned_datetime(style.zone.clone()).year());
    match (is_today(&at, style), year == Some(at.year())) {
        (true, _) => clock(&at, "%H:%M"),
        (false, true) => clock(&at, "%-d %b %H:%M"),
        (false, false) => clock(&at, "%-d %b %Y"),
    }
}

/// A moment with its date, whatever day it is.
pub fn dated(at: Timestamp, style: &Style) -> String {
    clock(&at.to_zoned_datetime(style.zone.clone()), "%-d %b %Y, %H:%M %Z")
}

/// The two ends of an interval, to be put as `between A and B`; to the second when a minute holds both.
pub(super) fn ends(between: Between, style: &Style) -> (Option<String>, String) {
    let end = between.1.to_zoned_datetime(style.zone.clone());
    let Some(start) = between.0 else { return (None, moment(between.1, style)) };
    let start = start.to_zoned_datetime(style.zone.clone());
    if start.date() != end.date() || start.offset() != end.offset() {
        return (Some(moment(start.timestamp(), style)), moment(end.timestamp(), style));
    }
    let same_minute = clock(&start, "%H:%M") == clock(&end, "%H:%M");
    let time = if same_minute { "%H:%M:%S" } else { "%H:%M" };
    let day = if is_today(&end, style) { " %Z" } else { " %Z on %-d %b %Y" };
    (Some(clock(&start, time)), clock(&end, &format!("{time}{day}")))
}

fn is_today(at: &ZonedDateTime, style: &Style) -> bool {
    style.now.is_some_and(|now| now.to_zoned_datetime(style.zone.clone()).date() == at.date())
}

fn clock(at: &ZonedDateTime, format: &str) -> String {
    at.strftime(format).to_string()
}

/// A length of time in its largest unit, rounded down: `14 minutes`, `2 days`.
pub(super) fn length(span: SignedDuration) -> String {
    let seconds = span.as_secs().max(0);
    let (n, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3_600 => (seconds / 60, "minute"),
        3_600..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    count(n.unsigned_abs(), unit)
}

/// A number with its word, in the plural where that is due.
pub fn count(n: u64, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

#[cfg(test)]
mod tests {
    use jiff::tz::{Offset, TimeZone};

    use super::*;

    fn between(a: &str, b: &str) -> Between {
        Between(Some(a.parse().unwrap()), b.parse().unwrap())
    }

    #[test]
    fn an_interval_says_no_more_than_it_must() {
        let style = Style::default();
        let said = |b| {
            let (from, to) = ends(b, &style);
            format!("{} | {to}", from.unwrap_or_default())
        };
        assert_eq!(
            said(between("2024-01-19T11:00:04Z", "2024-01-19T11:15:09Z")),
            "11:00 | 11:15 UTC on 19 Jan 2024"
        );
        assert_eq!(
            said(between("2024-01-19T11:00:04Z", "2024-01-19T11:00:09Z")),
            "11:00:04 | 11:00:09 UTC on 19 Jan 2024"
        );
        assert_eq!(
            said(between("2024-01-18T23:50:00Z", "2024-01-19T00:05:00Z")),
            "18 Jan 2024, 23:50 UTC | 19 Jan 2024, 00:05 UTC"
        );
    }

    #[test]
    fn a_reader_sees_the_own_zone_and_today_without_its_date() {
        let at: Timestamp = "2024-01-18T23:30:00Z".parse().unwrap();
        let zone = TimeZone::fixed(Offset::constant(1));
        let now = Some("2024-01-19T08:00:00Z".parse().unwrap());
        let style = Style { zone, now, ..Style::default() };
        assert_eq!(moment(at, &style), "00:30 +01");
        assert_eq!(dated(at, &style), "19 Jan 2024, 00:30 +01");
    }

    #[test]
    fn lengths_are_rounded_down_and_never_negative() {
        assert_eq!(length(SignedDuration::from_secs(899)), "14 minutes");
        assert_eq!(length(SignedDuration::from_secs(-5)), "0 seconds");
        assert_eq!(length(SignedDuration::from_hours(49)), "2 days");
        assert_eq!(length(SignedDuration::from_hours(1)), "1 hour");
    }
}
