//! How much a change is about an incident, 0 to 1, and by which rule. The highest rule wins; relevant from 0.6.

use std::collections::BTreeSet;

use crate::{
    judge::{
        Subject,
        context::{Page, Pages, Place},
        noise::is_stamp,
    },
    model::{Block, BlockKind, Incident, IncidentId, Label, Part, Reason, Relevance, Rule},
    text::{Class, Language, List, Term, fold},
};

/// Relevant from here.
const RELEVANT: f64 = 0.6;

/// A relevance with its reason.
pub(super) struct Score {
    pub value: f64,
    pub reason: Reason,
}

impl Score {
    fn new(value: f64, rule: Rule, evidence: impl Into<String>) -> Self {
        Self { value, reason: Reason::own(rule, evidence) }
    }

    fn none() -> Self {
        Self::new(0.0, Rule::NoTerm, "no term in it, above it or beside it")
    }

    pub(super) fn is_relevant(&self) -> bool {
        self.value >= RELEVANT
    }
}

/// What is seldom said of anything else in a block about an incident.
const CLAIMS: [Label; 19] = [
    Label::DenialWithdrawn,
    Label::DenialHedged,
    Label::DenialStrengthened,
    Label::DenialAdded,
    Label::SeverityRaised,
    Label::SeverityLowered,
    Label::ScopeWidened,
    Label::ScopeNarrowed,
    Label::PartyNamed,
    Label::PartyRemoved,
    Label::AttributionAdded,
    Label::AttributionRemoved,
    Label::CommitmentAdded,
    Label::CommitmentDropped,
    Label::ServiceRestored,
    Label::ServiceDisrupted,
    Label::HedgeAdded,
    Label::HedgeRemoved,
    Label::AdviceChanged,
];

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

    /// The highest score of a place over all incidents; `whole`: what stands around it is looked at too.
    pub(super) fn of(
        &mut self,
        place: &Place<'_>,
        pages: &Pages<'_>,
        labels: &[Label],
        whole: bool,
    ) -> Score {
        if labels.iter().any(|l| matches!(l, Label::Boilerplate | Label::DateStamp)) {
            return Score::new(0.0, Rule::Furniture, "it says nothing of its own");
        }
        let wholly = self.subject.relevance == Relevance::Page || self.incidents.is_empty();
        if wholly && (place.part == Part::Content || self.subject.watches_banner || self.incidents.is_empty())
        {
            for incident in &mut self.incidents {
                incident.2 = 1.0;
            }
            return Score::new(1.0, Rule::Page, "the page is wholly about it");
        }
        let mut best = Score::none();
        for (number, (_, terms, highest)) in self.incidents.iter_mut().enumerate() {
            let score = score(place, pages, (number, terms), labels, whole);
            *highest = highest.max(score.value);
            if score.value > best.value {
                best = score;
            }
        }
        best
    }

    /// Whether a text holds a term of any incident.
    pub(super) fn speaks(&self, text: &str) -> bool {
        self.incidents.iter().any(|(_, terms, _)| term_in(text, terms).is_some())
    }

    /// The incident that scored highest, and the others that are relevant.
    pub(super) fn named(&self) -> (Option<IncidentId>, Vec<IncidentId>) {
        let mut found: Vec<_> = self.incidents.iter().filter(|i| i.2 >= RELEVANT).collect();
        found.sort_by(|a, b| b.2.total_cmp(&a.2));
        let mut ids = found.into_iter().map(|i| i.0.id.clone());
        (ids.next(), ids.collect())
    }
}

/// For each sentence of a text by itself, whether it is about an incident.
pub(super) fn about(blocks: &[Block], title: Option<&str>, subject: &Subject<'_>) -> Vec<bool> {
    let page = Page::called(blocks, title, subject.lexicons);
    let all = subject.relevance == Relevance::Page || subject.incidents.is_empty();
    let scores = Scores::new(subject);
    let is_about = |n: usize, text: &str| {
        scores.incidents.iter().enumerate().any(|(number, (_, terms, _))| {
            term_in(text, terms).is_some()
                || beside(&page, n, (number, terms), false).is_some_and(|score| score.is_relevant())
        })
    };
    let says = |text: &str| !is_stamp(text, subject.lexicons);
    let sentences = page.sentences.iter().enumerate();
    sentences.map(|(n, sentence)| (all || is_about(n, &sentence.text)) && says(&sentence.text)).collect()
}

fn term_in<'t>(text: &str, terms: &'t [Term]) -> Option<&'t Term> {
    let folded = fold(text);
    terms.iter().find(|term| term.is_in(text, &folded))
}

/// An incident's number and its terms.
type Terms<'t> = (usize, &'t [Term]);

fn score(place: &Place<'_>, pages: &Pages<'_>, terms: Terms<'_>, labels: &[Label], whole: bool) -> Score {
    let claims = labels.iter().any(|label| CLAIMS.contains(label));
    if let Some(term) = term_in(&place.old, terms.1).or_else(|| term_in(&place.new, terms.1)) {
        return Score::new(1.0, Rule::Term, format!("about “{}”", term.text));
    }
    if !whole {
        return Score::none();
    }
    let sides = [(&pages.before, &place.hunk.at.before), (&pages.after, &place.hunk.at.after)];
    let around = sides
        .into_iter()
        .flat_map(|(page, at)| at.iter().take(NEAR).filter_map(move |&n| beside(page, n, terms, claims)));
    around.fold(Score::none(), |best, score| if score.value > best.value { score } else { best })
}

/// A section is looked for so many blocks away.
const FAR: usize = 40;

/// So many sentences of a section are looked at.
const LONG: usize = 200;

/// So many sentences of a place are looked around.
const NEAR: usize = 40;

/// What stands above and beside a sentence.
fn beside(page: &Page<'_>, sentence: usize, terms: Terms<'_>, claims: bool) -> Option<Score> {
    let (n, _) = page.block(sentence)?;
    let holds = |block| page.term_in(block, terms.0, terms.1);
    if let Some(term) = page.headings(n).find_map(|(heading, _)| holds(heading)) {
        return Some(Score::new(0.9, Rule::Heading, format!("under a heading about “{}”", term.text)));
    }
    if let Some(term) = page.term_in_title(terms.1) {
        return Some(Score::new(0.9, Rule::Title, format!("on a page called after “{}”", term.text)));
    }
    let text = page.folded.get(sentence)?;
    let language = Language::of(text, Language::English);
    let cue = page.lexicons.of(language).first(Class::Cue, text);
    let refers = [
        "it ",
        "this ",
        "they ",
        "these ",
        "that ",
        "those ",
        "some of it ",
        "some of th",
        "part of th",
        "most of th",
        "a number of th",
        "among th",
        "ce ",
        "cela ",
        "elle ",
        "il ",
        "hyn ",
        "mae hyn ",
    ]
    .into_iter()
    .find(|word| text.starts_with(word));
    // "Was any data taken? No."
    let asked = sentence.checked_sub(1).and_then(|n| page.folded.get(n)).is_some_and(|s| s.ends_with('?'));
    let answer = List::Answer.iter().find(|word| asked && text.trim_end_matches(['.', ',', '!']) == *word);
    let refers = refers.or(answer);
    if let Some(term) = holds(n) {
        let word = cue.or(refers.map(str::trim)).map(|word| format!(", with “{word}”"));
        let sign = word.or_else(|| claims.then(|| ", and makes a claim of its kind".to_owned()));
        if let Some(sign) = sign {
            return Some(Score::new(
                0.7,
                Rule::Block,
                format!("beside a sentence about “{}”{sign}", term.text),
            ));
        }
    }
    if let Some((lead, _)) = page.lead_in(n) {
        let above = holds(lead).map(|term| term.text.clone());
        let above = above.or_else(|| {
            let led = |b: &crate::model::Block| b.kind == BlockKind::Paragraph && follows(page, lead, terms);
            page.blocks.get(lead).filter(|b| led(b)).map(crate::model::Block::text)
        });
        if let Some(above) = above {
            return Some(Score::new(0.7, Rule::LeadIn, format!("in a list about “{above}”")));
        }
    }
    let cue = cue?;
    if follows(page, n, terms) {
        return Some(Score::new(0.6, Rule::NextBlock, format!("after a paragraph about it, with “{cue}”")));
    }
    let evidence = || format!("in a section that goes on about it, with “{cue}”");
    goes_on(page, n, terms).then(|| Score::new(0.6, Rule::NextSection, evidence()))
}

/// Whether a section without a term goes on where the one before it spoke of one: a sentence of it has two cues.
/// "What happened to my information?" stands under a heading of its own and names nothing.
fn goes_on(page: &Page<'_>, block: usize, terms: Terms<'_>) -> bool {
    let is_heading = |n: usize| page.blocks.get(n).is_some_and(|b| b.kind == BlockKind::Heading);
    let Some(own) = (0..=block).rev().take(FAR).find(|&n| is_heading(n)) else { return false };
    let last = (0..own).rev().take(FAR).find(|&n| is_heading(n)).unwrap_or(0);
    let end = (own + 1..page.blocks.len()).take(FAR).find(|&n| is_heading(n)).unwrap_or(page.blocks.len());
    let spoke = (last..own).any(|n| page.term_in(n, terms.0, terms.1).is_some());
    spoke
        && page.of_blocks(own + 1..end).take(LONG).any(|text| {
            let lexicon = page.lexicons.of(Language::of(text, Language::English));
            lexicon.find(Class::Cue, text).map(|m| m.as_str()).collect::<BTreeSet<_>>().len() > 1
        })
}

/// Whether the block before this one, in the same section, holds a term.
fn follows(page: &Page<'_>, block: usize, terms: Terms<'_>) -> bool {
    block.checked_sub(1).is_some_and(|before| {
        let is_heading = page.blocks.get(before).is_none_or(|b| b.kind == BlockKind::Heading);
        !is_heading && page.term_in(before, terms.0, terms.1).is_some()
    })
}
