//! What a pass came to, counted from its looks and its events together, for the lines around its stanzas.
//!
//! Not here: how they are worded (`render::summary`).

use std::collections::BTreeSet;

use crate::{
    engine::Tally,
    model::{Event, EventKind, Level, TargetId},
    render::Totals,
};

/// Counts a pass: its looks, and the events that they led to.
pub(super) fn count(events: &[Event], looks: Tally) -> Totals {
    let at = |level: Level| events.iter().filter(|event| event.level == level).count() as u64;
    let of_kind = |kinds: &[EventKind]| events.iter().filter(|e| kinds.contains(&e.kind)).count() as u64;
    Totals {
        alerts: at(Level::Alert),
        notes: at(Level::Note),
        unchanged: looks.unchanged as u64,
        read: unsaid(events),
        // Of a list its entries are no targets.
        first: events.iter().filter(|e| e.kind == EventKind::FirstSeen && e.item.is_whole()).count() as u64,
        still_away: (looks.without as u64)
            .saturating_sub(of_kind(&[EventKind::Unreadable, EventKind::Removed])),
        not_asked: looks.cooling as u64,
    }
}

/// How many targets have nothing but events that are only put on record. By target, since one that is seen for the
/// first time may be looked at twice.
fn unsaid(events: &[Event]) -> u64 {
    let is_said = |event: &&Event| event.level > Level::Silent || event.kind == EventKind::FirstSeen;
    let said: BTreeSet<&TargetId> = events.iter().filter(is_said).map(|event| &event.target).collect();
    let all: BTreeSet<&TargetId> = events.iter().map(|event| &event.target).collect();
    all.difference(&said).count() as u64
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(target: &str, kind: &str, level: &str) -> Event {
        serde_json::from_value(json!({
            "schema": Event::SCHEMA, "id": "0".repeat(64), "kind": kind, "level": level, "target": target,
            "body": "Wharf", "url": "https://wharf.example/", "headline": "",
            "between": [null, "2024-01-19T11:15:00Z"],
        }))
        .unwrap()
    }

    #[test]
    fn each_target_is_counted_once_whatever_came_of_it() {
        let events = [
            event("dated", "touched", "silent"),
            event("flapping", "reverted", "silent"),
            event("new", "first-seen", "silent"),
            event("new", "touched", "silent"),
            event("hedged", "revised", "alert"),
            event("down", "unreadable", "note"),
        ];
        let looks = Tally { unchanged: 4, read: 4, without: 3, damaged: 0, cooling: 1 };
        let totals =
            Totals { alerts: 1, notes: 1, unchanged: 4, read: 2, first: 1, still_away: 2, not_asked: 1 };
        assert_eq!(count(&events, looks), totals);
    }
}
