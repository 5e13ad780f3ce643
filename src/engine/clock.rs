//! What time it is: the machine's word, or `ONRECORD_NOW` for replays and tests.
//!
//! Time-outs and pauses do not ask here; they keep to the monotonic clock.

use jiff::Timestamp;

use crate::model::Clock;

/// The wall clock of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WallClock {
    /// The machine's.
    System,
    /// One moment for the whole run.
    Given(Timestamp),
    /// A moment, and what has passed since on tokio's clock, which tests stop.
    #[cfg(test)]
    Since(Timestamp, tokio::time::Instant),
}

impl WallClock {
    /// The machine's clock, or the given moment in RFC 3339.
    pub fn from_env_value(value: Option<&str>) -> Result<Self, jiff::Error> {
        value.map_or(Ok(Self::System), |text| text.parse().map(Self::Given))
    }

    /// Now.
    pub fn now(self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Given(when) => when,
            #[cfg(test)]
            Self::Since(when, then) => when + then.elapsed(),
        }
    }

    /// What goes on record about it.
    pub fn kind(self) -> Clock {
        match self {
            Self::System => Clock::System,
            Self::Given(_) => Clock::Given,
            #[cfg(test)]
            Self::Since(..) => Clock::Given,
        }
    }
}
