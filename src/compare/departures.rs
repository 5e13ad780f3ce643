//! Entries that are no longer in a list: withdrawn while older ones stay, or gone as the oldest are when newer ones come.
//!
//! What counts as older is the list's own order, where its dates fall or rise along it; else the dates; without dates a list
//! has its newest first. Not here: what is told of it (`engine`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::model::{ClaimedDate, DateSource, Statement};

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// When it was published, as far as it says.
    pub published: Option<Timestamp>,
    /// When it was last changed, as far as it says.
    pub modified: Option<Timestamp>,
}

impl Entry {
    /// An entry by its key and what it says.
    pub fn new(key: &str, statement: &Statement) -> Self {
        let date = |modified| {
            let of_list = |date: &&ClaimedDate| date.source == DateSource::Entry && date.modified == modified;
            statement.dates.iter().find(of_list)?.value.as_deref()?.parse().ok()
        };
        Self { key: key.to_owned(), published: date(false), modified: date(true) }
    }

    /// The later of its dates.
    pub fn last(&self) -> Option<Timestamp> {
        self.modified.max(self.published)
    }
}

/// How an entry left its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// Older ones stay: somebody took it out.
    Withdrawn,
    /// It was among the oldest, and newer ones have come or it was old.
    Aged,
    /// It was the oldest and is young, and nothing has come in its place.
    Unclear,
}

/// For so long an entry without a successor counts as young, in hours.
const YOUNG: i64 = 7 * 24;

/// The entries of the list before that the list now has no more, in order, and how each left.
pub fn departures(before: &[Entry], after: &[Entry], now: Option<Timestamp>) -> Vec<(String, Departure)> {
    let stays: BTreeMap<&str, &Entry> = after.iter().map(|entry| (entry.key.as_str(), entry)).collect();
    let had: BTreeSet<&str> = before.iter().map(|entry| entry.key.as_str()).collect();
    let grew = after.iter().any(|entry| !had.contains(entry.key.as_str()));
    let order = Order::of(before);
    let gone = before.iter().enumerate().filter(|(_, entry)| !stays.contains_key(entry.key.as_str()));
    let left = gone.map(|(at, entry)| {
        let older_stays = before.iter().enumerate().any(|(place, other)| {
            // One that was lifted to the top because it was changed stands there for its new date.
            let still = stays.get(other.key.as_str()).is_some_and(|now| now.modified == other.modified);
            still && order.is_older((place, other), (at, entry))
        });
        let departure = match (older_stays, grew) {
            (true, _) => Departure::Withdrawn,
            (false, false) if is_young(entry, now) => Departure::Unclear,
            (false, _) => Departure::Aged,
        };
        (entry.key.clone(), departure)
    });
    left.collect()
}

fn is_young(entry: &Entry, now: Option<Timestamp>) -> bool {
    entry.last().zip(now).is_some_and(|(last, now)| now.duration_since(last).as_hours() < YOUNG)
}

/// How a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    NewestFirst,
    OldestFirst,
    ByDates,
}

impl Order {
    fn of(list: &[Entry]) -> Self {
        let runs = |date: fn(&Entry) -> Option<Timestamp>| {
            let dates: Option<Vec<Timestamp>> = list.iter().map(date).collect();
            dates.filter(|dates| dates.len() > 1)
        };
        let known = [runs(|entry| entry.published), runs(|entry| entry.modified.or(entry.published))];
        let mut dated = known.iter().flatten().peekable();
        if dated.peek().is_none() {
            return Self::NewestFirst;
        }
        let (mut falls, mut rises) = (false, false);
        for dates in dated {
            falls |= dates.is_sorted_by(|a, b| a >= b);
            rises |= dates.is_sorted();
        }
        match (falls, rises) {
            (true, _) => Self::NewestFirst,
            (false, true) => Self::OldestFirst,
            (false, false) => Self::ByDates,
        }
    }

    fn is_older(self, (place, other): (usize, &Entry), (at, entry): (usize, &Entry)) -> bool {
        match self {
            Self::NewestFirst => place > at,
            Self::OldestFirst => place < at,
            Self::ByDates => match (other.published, entry.published) {
                (Some(other), Some(own)) => other < own,
                _ => place > at,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64) -> Option<Timestamp> {
        Timestamp::from_second(1_700_000_000 + day * 86_400).ok()
    }

    /// A list of `key:day` or `key:day:day of change`.
    fn list(text: &'static str) -> Vec<Entry> {
        let entry = |word: &'static str| {
            let mut parts = word.split(':');
            let key = parts.next().unwrap();
            let mut day = || parts.next().and_then(|day| at(day.parse().unwrap()));
            Entry { key: key.to_owned(), published: day(), modified: day() }
        };
        text.split_whitespace().map(entry).collect()
    }

    fn left(before: &'static str, after: &'static str) -> Vec<(String, Departure)> {
        departures(&list(before), &list(after), at(100))
    }

    #[test]
    fn what_leaves_while_older_ones_stay_is_withdrawn() {
        use Departure::{Aged, Unclear, Withdrawn};
        for (before, after, want) in [
            ("c:9 b:8 a:7", "c:9 a:7", vec![("b", Withdrawn)]),
            ("c:9 b:8 a:7", "d:10 c:9 b:8", vec![("a", Aged)]),
            ("c:9 b:8 a:7", "e:11 d:10 c:9", vec![("b", Aged), ("a", Aged)]),
            ("c:9 b:8 a:7", "d:10 c:9 a:7", vec![("b", Withdrawn)]),
            ("c b a", "c a", vec![("b", Withdrawn)]),
            ("c b a", "d c b", vec![("a", Aged)]),
            // The oldest first.
            ("a:7 b:8 c:9", "b:8 c:9 d:10", vec![("a", Aged)]),
            ("a:7 b:8 c:9", "a:7 b:8 d:10", vec![("c", Withdrawn)]),
            // In no order.
            ("b:8 c:9 a:7", "a:7 c:9", vec![("b", Withdrawn)]),
            ("b:8 c:9 a:7", "d:10 b:8 c:9", vec![("a", Aged)]),
            // Ordered by the last change: what was lifted is no older entry that stays.
            ("c:3:9 b:2:8 a:1:7", "a:1:10 d:5:9 c:3:9", vec![("b", Aged)]),
            ("c:9 b:8 a:7", "b:8 a:7 c:9", vec![]),
            ("c:99 b:98 a:97", "c:99 b:98", vec![("a", Unclear)]),
            ("c:9 b:8 a:7", "c:9 b:8", vec![("a", Aged)]),
        ] {
            let want: Vec<_> = want.into_iter().map(|(key, how): (&str, _)| (key.to_owned(), how)).collect();
            assert_eq!(left(before, after), want, "{before} -> {after}");
        }
    }
}
