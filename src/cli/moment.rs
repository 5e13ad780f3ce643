//! Moments as a person writes them, and the wording of a target at one: `canterbury-news@2024-01-19`.
//!
//! Not here: what stood then (`query`).

use std::path::Path;

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil, tz::TimeZone};

use super::Failure;
use crate::{
    engine::WallClock,
    model::{SnapshotId, Subject},
    query::{self, When, Wording},
    render::escape,
    store::{Files, StoreError},
};

/// A moment in RFC 3339, the start of a date here, or a length of time before now.
pub(super) fn since(text: &str, clock: WallClock) -> Result<Timestamp, Failure> {
    let wrong = || {
        let shown = escape::terminal(text);
        Failure::usage(format!("`{shown}` is no moment; write 2024-01-18, 2024-01-18T09:00:00Z, 6h or 2d"))
    };
    if let Some(moment) = moment(text) {
        return Ok(moment);
    }
    if let Ok(date) = text.parse::<civil::Date>() {
        return date
            .to_zoned_datetime(TimeZone::system())
            .map(|start| start.timestamp())
            .map_err(|_| wrong());
    }
    let ago = text
        .strip_suffix('d')
        .and_then(|days| days.parse::<i64>().ok())
        .map(|days| SignedDuration::from_hours(days.saturating_mul(24)))
        .or_else(|| text.parse().ok())
        .ok_or_else(wrong)?;
    clock.now().checked_sub(ago).map_err(|_| wrong())
}

/// A target and the moment that is asked about, as it was written.
pub(super) struct Named<'a> {
    subject: Subject,
    when: &'a str,
}

impl<'a> Named<'a> {
    /// Takes a name like `canterbury-news@2024-01-19` apart; none for the name of a file.
    pub(super) fn of(name: &'a str) -> Option<Self> {
        let (subject, when) = name.rsplit_once('@')?;
        let subject = subject.parse().ok()?;
        (!Path::new(name).exists()).then_some(Self { subject, when })
    }

    /// The wording of the target then, asked `now`.
    pub(super) async fn wording(&self, store: &Files, now: Timestamp) -> Result<Wording, Failure> {
        let when = match self.when.parse::<SnapshotId>() {
            Ok(id) => When::Snapshot(id),
            Err(_) => When::Moment(end_of(self.when)?),
        };
        match query::wording_at(store, &self.subject, &when, now).await? {
            Some(wording) => Ok(wording),
            None => Err(self.nothing(store).await?),
        }
    }

    async fn nothing(&self, store: &Files) -> Result<Failure, StoreError> {
        let stamps = match query::span_of_wordings(store, &self.subject).await? {
            Some((first, last)) => format!("its snapshots go from {first} to {last}"),
            None => "it has no snapshot in this store".to_owned(),
        };
        let (subject, when) = (escape::terminal(&self.subject.to_string()), escape::terminal(self.when));
        Ok(Failure::usage(format!("nothing is kept of `{subject}` at {when}; {stamps}")))
    }
}

/// A moment with a time of day; without an offset it is told by the clocks here.
fn moment(text: &str) -> Option<Timestamp> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    // A date alone would be taken for its midnight.
    let local = text.contains(':').then(|| text.parse::<civil::DateTime>().ok()).flatten()?;
    local.to_zoned_datetime(TimeZone::system()).ok().map(|zoned| zoned.timestamp())
}

/// The last moment that a date, a moment or `now` means.
fn end_of(when: &str) -> Result<Timestamp, Failure> {
    if when == "now" {
        return Ok(Timestamp::MAX);
    }
    if let Some(moment) = moment(when) {
        return Ok(moment);
    }
    let day =
        when.parse::<civil::Date>().and_then(|date| (date + 1.day()).to_zoned_datetime(TimeZone::system()));
    day.map(|next| next.timestamp() - 1.nanosecond()).map_err(|_| {
        let shown = escape::terminal(when);
        Failure::usage(format!(
            "`{shown}` is no moment; write 2024-01-19, 2024-01-19T11:15:00Z, now, or a snapshot's name"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_an_offset_is_that_time_here_and_not_its_whole_day() {
        let here = civil::date(2024, 1, 19)
            .at(10, 0, 0, 0)
            .to_zoned_datetime(TimeZone::system())
            .unwrap()
            .timestamp();
        assert_eq!(end_of("2024-01-19T10:00").unwrap(), here);
        assert_eq!(since("2024-01-19T10:00", WallClock::System).unwrap(), here);
        assert_eq!(end_of("2024-01-19T10:00Z").unwrap().to_string(), "2024-01-19T10:00:00Z");
        assert!(end_of("2024-01-19").unwrap() > here && end_of("19 January").is_err());
    }
}
