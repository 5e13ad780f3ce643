//! How much an event may hold: of very many places that differ the weightiest are told one by one, and the rest are counted.
//! The snapshots hold them all.
//!
//! Not here: how much a statement may hold (`read`), what is told of an event in a message (`render`).

use crate::model::{Change, Event};

/// The most changes of an event. Nobody reads on.
const CHANGES: usize = 2_000;
/// The most bytes of their words. One that is larger by itself is kept whole.
const BYTES: usize = 2 << 20;

/// Keeps of the changes of an event, the weightiest of which stand first, as many as it may hold.
pub(super) fn keep_weightiest(event: &mut Event) {
    let mut room = BYTES;
    let mut fits = |change: &&Change| {
        let bytes: usize = change.before.iter().chain(&change.after).map(String::len).sum();
        let fits = bytes <= room;
        room = room.saturating_sub(bytes);
        fits
    };
    let kept = event.changes.iter().take(CHANGES).take_while(&mut fits).count().max(1);
    if kept < event.changes.len() {
        event.omitted = (event.changes.len() - kept) as u64;
        event.changes.truncate(kept);
        event.degraded = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Between, EventKind, Level, Subject};

    fn event(changes: usize, words: &str) -> Event {
        let subject = Subject::page("ashmere".parse().unwrap());
        let change = |n: usize| Change { after: vec![format!("{words} {n}")], ..Change::default() };
        Event {
            changes: (0..changes).map(change).collect(),
            ..Event::new(
                subject,
                EventKind::Revised,
                Level::Alert,
                Between(None, jiff::Timestamp::UNIX_EPOCH),
            )
        }
    }

    #[test]
    fn of_very_many_changes_the_weightiest_are_told_and_the_rest_is_counted() {
        let mut long = event(12_000, "Line");
        keep_weightiest(&mut long);
        assert_eq!((long.changes.len(), long.omitted, long.degraded), (CHANGES, 10_000, true));
        assert_eq!(long.changes[0].after, ["Line 0"]);

        let mut heavy = event(30, &"quay ".repeat(100_000));
        keep_weightiest(&mut heavy);
        assert_eq!((heavy.changes.len(), heavy.omitted), (4, 26));
        let mut whole = event(1, &"quay ".repeat(1_000_000));
        keep_weightiest(&mut whole);
        assert_eq!((whole.changes.len(), whole.omitted, whole.degraded), (1, 0, false));
        let mut usual = event(40, "Line");
        keep_weightiest(&mut usual);
        assert_eq!((usual.changes.len(), usual.omitted), (40, 0));
    }
}
