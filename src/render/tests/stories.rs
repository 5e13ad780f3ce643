//! Invented events.

use crate::model::{
    Between, Change, ChangeKind, Claims, Event, EventId, EventKind, Label, Level, Part, Reason, Sentences,
    Source, Span, SpanPair, Subject, TargetId,
};

/// An event without changes.
pub(super) fn event(kind: EventKind, level: Level) -> Event {
    let between =
        Between(Some("2024-01-19T11:00:04Z".parse().unwrap()), "2024-01-19T11:15:09Z".parse().unwrap());
    let target: TargetId = "brockwell-news".parse().unwrap();
    Event {
        id: EventId::of(&["invented"]),
        body: "Brockwell City Council".to_owned(),
        url: "https://www.brockwell.example/news/12".to_owned(),
        ..Event::new(Subject::from(target), kind, level, between)
    }
}

/// A change, spans counted in scalar values.
pub(in crate::render) fn change(
    kind: ChangeKind,
    before: &str,
    after: &str,
    spans: &[[(usize, usize); 2]],
) -> Change {
    let side = |s: &str| if s.is_empty() { Vec::new() } else { vec![s.to_owned()] };
    let span = |(a, b): (usize, usize)| (a < b).then_some(Span(a, b));
    Change {
        part: Part::Content,
        kind,
        labels: Vec::new(),
        relevant: true,
        relevance: 1.0,
        level: Level::Alert,
        before: side(before),
        after: side(after),
        spans: spans.iter().map(|s| SpanPair { before: span(s[0]), after: span(s[1]) }).collect(),
        at: Sentences::default(),
        reasons: Vec::new(),
    }
}

/// "No customer data" to "no evidence that any customer data".
pub(in crate::render) fn hedged() -> Event {
    let mut place = change(
        ChangeKind::Edited,
        "No customer data has been accessed.",
        "There is no evidence that any customer data has been accessed at this stage.",
        &[[(0, 2), (0, 29)], [(0, 0), (61, 75)]],
    );
    place.labels = vec![Label::DenialHedged];
    place.reasons = vec![
        reason("the denial lost certainty", "“no evidence that”, “at this stage”"),
        reason("about", "“customer data”"),
    ];
    let mut e = event(EventKind::Revised, Level::Alert);
    e.headline = "Denial hedged: “No customer data has been accessed”".to_owned();
    e.claims = Some(Claims {
        date_before: Some("18 January 2024".to_owned()),
        date_after: Some("18 January 2024".to_owned()),
        date_moved: false,
    });
    e.changes = vec![place];
    e
}

fn reason(rule: &str, evidence: &str) -> Reason {
    Reason { rule: rule.to_owned(), evidence: evidence.to_owned(), source: Source::Own }
}
