//! `Retry-After` (RFC 9110, section 10.2.3): seconds or a date, in each of the three forms of HTTP dates. Pure.

use jiff::{Timestamp, ToSpan as _};

use crate::model::Hop;

/// A server may ask for a day, not for a year.
const LONGEST_HOURS: i64 = 24;

/// Until when an answer asks to be left alone, and whether that holds for the whole host (429).
///
/// Only errors can ask: `Retry-After` on other answers is about something else.
pub(super) fn pause_asked(hop: &Hop, now: Timestamp) -> Option<(Timestamp, bool)> {
    if hop.status < 400 {
        return None;
    }
    Some((until(hop.header("retry-after")?, now)?, hop.status == 429))
}

/// Until when a value asks to be left alone, where that lies ahead; at most a day.
pub(super) fn until(value: &str, now: Timestamp) -> Option<Timestamp> {
    let latest = now.checked_add(LONGEST_HOURS.hours()).ok()?;
    let moment = if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        // A number too long for i64 is past the cap in any case.
        value.parse().ok().and_then(|s: i64| now.checked_add(jiff::SignedDuration::from_secs(s)).ok())
    } else {
        return http_date(value).filter(|at| *at > now).map(|at| at.min(latest));
    };
    Some(moment.map_or(latest, |at| at.min(latest))).filter(|at| *at > now)
}

/// IMF-fixdate, RFC 850 and asctime, all in GMT.
fn http_date(value: &str) -> Option<Timestamp> {
    httpdate::parse_http_date(value).ok().and_then(|moment| Timestamp::try_from(moment).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_and_capped() {
        let now: Timestamp = "2024-01-19T11:00:00Z".parse().unwrap();
        for (value, expected) in [
            ("120", Some("2024-01-19T11:02:00Z")),
            ("0", None),
            ("99999999", Some("2024-01-20T11:00:00Z")),
            ("99999999999999999999999999", Some("2024-01-20T11:00:00Z")),
            ("Fri, 19 Jan 2024 12:00:00 GMT", Some("2024-01-19T12:00:00Z")),
            ("Friday, 19-Jan-24 12:00:00 GMT", Some("2024-01-19T12:00:00Z")),
            ("Fri Jan 19 12:00:00 2024", Some("2024-01-19T12:00:00Z")),
            ("Sat Jan 20 09:00:00 2024", Some("2024-01-20T09:00:00Z")),
            ("Mon, 19 Jan 2024 12:00:00 GMT", None),
            ("Fri, 19 Jan 2024 10:00:00 GMT", None),
            ("Thu, 19 Jan 2034 10:00:00 GMT", Some("2024-01-20T11:00:00Z")),
            ("soon", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(until(value, now), expected.map(|e| e.parse().unwrap()), "{value:?}");
        }
    }
}
