//! When looks were made, where the clocks that told it do not agree. Pure.
//!
//! The order of looks is that of the log. A clock may have been ahead for a while, or have gone back, and a look alone does
//! not tell which: it is told by the looks around it. Believed are the most looks that can be believed together, so that
//! no moment lies before that of a look earlier in the log; of as many, those that come first in it. What lies in the
//! future of whoever asks is not believed. A look that is not believed was made by the moment of the next one that is,
//! and, where there is none, by now: so what was read later in the log never passes for what stood before it.

use jiff::Timestamp;

/// The moments of one target's looks, in the order of the log, as they are believed: none before the one before it.
pub(super) fn believed(moments: &[Timestamp], now: Timestamp) -> Vec<Timestamp> {
    let mut next = Timestamp::MAX;
    let mut is_kept = kept(moments, now).into_iter().rev().peekable();
    let mut found: Vec<Timestamp> = Vec::with_capacity(moments.len());
    for (place, moment) in moments.iter().enumerate().rev() {
        if is_kept.next_if_eq(&place).is_some() {
            next = *moment;
        }
        found.push(next);
    }
    found.reverse();
    found
}

/// Whether there is anything to be in doubt about.
pub(super) fn is_plain(moments: &[Timestamp], now: Timestamp) -> bool {
    moments.is_sorted() && moments.last().is_none_or(|last| *last <= now)
}

/// The places of the most looks whose moments follow one another, ascending; of as many, those that come first.
fn kept(moments: &[Timestamp], now: Timestamp) -> Vec<usize> {
    // From the last to the first: the greatest last moment of each length, so that an earlier look takes the place of a
    // later one.
    let mut ends: Vec<usize> = Vec::new();
    let mut after: Vec<Option<usize>> = vec![None; moments.len()];
    let at = |place: usize| moments.get(place).copied().unwrap_or(Timestamp::MAX);
    for place in (0..moments.len()).rev().filter(|place| at(*place) <= now) {
        let length = ends.partition_point(|end| at(*end) >= at(place));
        if let Some(after) = after.get_mut(place) {
            *after = length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied());
        }
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    std::iter::successors(ends.last().copied(), |place| after.get(*place).copied().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The moments in hours, and what is believed of them at hour 100.
    fn of(hours: &[i64]) -> Vec<i64> {
        let at = |hour: &i64| Timestamp::from_second(hour * 3600).unwrap();
        let moments: Vec<Timestamp> = hours.iter().map(at).collect();
        let believed = believed(&moments, at(&100));
        assert_eq!(
            is_plain(&moments, at(&100)),
            hours.is_sorted() && hours.last().is_none_or(|last| *last <= 100)
        );
        believed.iter().map(|at| if *at == Timestamp::MAX { -1 } else { at.as_second() / 3600 }).collect()
    }

    #[test]
    fn clocks_that_were_ahead_or_went_back_are_told_by_the_looks_around_them() {
        assert_eq!(of(&[]), [0; 0]);
        assert_eq!(of(&[1, 2, 2, 3]), [1, 2, 2, 3]);
        assert_eq!(of(&[1, 90, 2, 3]), [1, 2, 2, 3], "ahead once");
        assert_eq!(of(&[1, 90, 91, 2, 3, 4]), [1, 2, 2, 2, 3, 4], "ahead twice");
        assert_eq!(of(&[10, 11, 1]), [10, 11, -1], "gone back, and nothing says otherwise yet");
        assert_eq!(of(&[10, 11, 1, 12]), [10, 11, 12, 12], "gone back once");
        assert_eq!(of(&[2, 1]), [2, -1]);
        assert_eq!(of(&[1, 500]), [1, -1], "in the future of whoever asks");
        assert_eq!(of(&[1, 500, 2]), [1, 2, 2]);
        assert_eq!(of(&[500, 600]), [-1, -1]);
    }
}
