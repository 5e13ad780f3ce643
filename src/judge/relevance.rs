//! How much a change is about an incident, and by which rule.

use super::{
    Subject,
    place::{Page, Pages, Place},
    terms::Term,
};
use crate::model::{Incident, IncidentId, Label, Part, Reason, Relevance};

/// Relevant from here.
pub(super) const RELEVANT: f64 = 0.6;

/// A relevance with its reason.
pub(super) struct Score {
    pub value: f64,
    pub reason: Reason,
}

impl Score {
    fn new(value: f64, rule: &str, evidence: impl Into<String>) -> Self {
        Self { value, reason: Reason { rule: rule.to_owned(), evidence: evidence.into() } }
    }

    pub(super) fn is_relevant(&self) -> bool {
        self.value >= RELEVANT
    }
}

/// The incidents with their terms, and the highest that each has scored.
pub(super) struct Scores<'a> {
    subject: &'a Subject<'a>,
    incidents: Vec<(&'a Incident, Vec<Term>, f64)>,
}

impl<'a> Scores<'a> {
    pub(super) fn new(subject: &'a Subject<'a>) -> Self {
        let terms = |incident: &Incident| incident.terms.iter().map(|t| Term::new(t)).collect();
        Self { subject, incidents: subject.incidents.iter().map(|i| (i, terms(i), 0.0)).collect() }
    }

    /// The highest score of a place over all incidents.
    pub(super) fn of(&mut self, place: &Place<'_>, pages: &Pages<'_>, labels: &[Label]) -> Score {
        let furniture = labels.iter().any(|l| matches!(l, Label::Boilerplate | Label::DateStamp));
        let whole = self.subject.relevance == Relevance::Page || self.incidents.is_empty();
        if whole && !furniture && (place.part == Part::Content || self.subject.watches_banner) {
            if let Some(first) = self.incidents.first_mut() {
                first.2 = 1.0;
            }
            return Score::new(1.0, "page", "the statement is wholly about it");
        }
        let mut best = Score::new(0.0, "no-term", "no term in it, above it or beside it");
        for (_, terms, highest) in &mut self.incidents {
            let score = against(place, pages, terms);
            *highest = highest.max(score.value);
            if score.value > best.value {
                best = score;
            }
        }
        best
    }

    /// The incident that scored highest, and the others that are relevant.
    pub(super) fn named(&self) -> (Option<IncidentId>, Vec<IncidentId>) {
        let mut found: Vec<_> = self.incidents.iter().filter(|i| i.2 >= RELEVANT).collect();
        found.sort_by(|a, b| b.2.total_cmp(&a.2));
        let mut ids = found.into_iter().map(|i| i.0.id.clone());
        (ids.next(), ids.collect())
    }
}

fn against(place: &Place<'_>, pages: &Pages<'_>, terms: &[Term]) -> Score {
    let held = |text: &str| terms.iter().find(|t| t.is_in(text));
    if let Some(term) = held(&place.old).or_else(|| held(&place.new)) {
        return Score::new(1.0, "term", term.text.clone());
    }
    let sides = [(&pages.before, &place.hunk.at.before), (&pages.after, &place.hunk.at.after)];
    let around =
        sides.into_iter().flat_map(|(page, at)| at.iter().filter_map(move |&n| beside(page, n, terms)));
    around.max_by(|a, b| a.value.total_cmp(&b.value)).unwrap_or_else(|| Score::new(0.0, "no-term", ""))
}

fn beside(page: &Page<'_>, sentence: usize, terms: &[Term]) -> Option<Score> {
    let (n, block) = page.block(sentence)?;
    let held = |text: &str| terms.iter().find(|t| t.is_in(text));
    if let Some(term) = page.headings(n).find_map(|h| held(&h.text())) {
        return Some(Score::new(0.9, "heading", term.text.clone()));
    }
    if let Some(term) = page.lead_in(n).and_then(|(_, b)| held(&b.text())) {
        return Some(Score::new(0.7, "lead-in", term.text.clone()));
    }
    held(&block.text()).map(|term| Score::new(0.7, "block", term.text.clone()))
}
