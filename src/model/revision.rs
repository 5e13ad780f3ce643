//! The difference between two snapshots: hunks as `compare` finds them, changes as `judge` names them.

use std::ops::Range;

use super::Rule;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which part of the page a change stands in.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The statement.
    #[default]
    Content,
    /// A notice to all visitors of the site, outside the statement.
    Banner,
}

/// What happened to a place in the text.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Other words in the same place.
    #[default]
    Edited,
    /// New words.
    Added,
    /// Words that are gone.
    Removed,
    /// The same sentence in another place; it may carry edits.
    Moved,
    /// One sentence became several.
    Split,
    /// Several sentences became one.
    Merged,
    /// The whole statement, or the section about the incident, is gone while the page is really there.
    StatementRemoved,
}

/// What kind of change it is, in order of weight: what comes first heads an event. KINDS.md of the project has the
/// definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each name says it")]
pub enum Label {
    DenialWithdrawn,
    DenialHedged,
    DenialStrengthened,
    DenialAdded,
    SeverityRaised,
    SeverityLowered,
    ScopeWidened,
    ScopeNarrowed,
    NumberRevised,
    DateRevised,
    PartyNamed,
    PartyRemoved,
    AttributionAdded,
    AttributionRemoved,
    CommitmentAdded,
    CommitmentDropped,
    HedgeAdded,
    HedgeRemoved,
    AdviceChanged,
    ServiceRestored,
    ServiceDisrupted,
    ContactChanged,
    LinkChanged,
    Other,
    Reworded,
    Boilerplate,
    DateStamp,
    Cosmetic,
}

/// How loud a change or an event is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Recorded only.
    #[default]
    Silent,
    /// Recorded and shown.
    Note,
    /// Tell a person.
    Alert,
}

/// The rule that gave a label or a relevance, and the words that were its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The rule's name; of an outside judge, the label that it added.
    pub rule: String,
    /// The words, quoted, or what was compared.
    pub evidence: String,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Source::is_own")]
    pub source: Source,
}

/// Who gave a label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A rule of this program.
    #[default]
    Own,
    /// The program that targets.json names as a further judge.
    External,
}

impl Source {
    /// Whether it is a rule of this program.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_own(&self) -> bool {
        *self == Self::Own
    }
}

impl Reason {
    /// By a rule of this program.
    pub fn own(rule: Rule, evidence: impl Into<String>) -> Self {
        Self { rule: rule.name().to_owned(), evidence: evidence.into(), source: Source::Own }
    }

    /// The rule that it names; none of an outside judge, and none of another store's time.
    pub fn rule(&self) -> Option<Rule> {
        Rule::named(&self.rule).filter(|_| self.source == Source::Own)
    }
}

/// A run of Unicode scalar values: start and end (exclusive).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span(pub usize, pub usize);

/// A place that differs within a linked pair; a side is `None` where nothing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct SpanPair {
    /// In the old sentences, counted from the first of that side.
    pub before: Option<Span>,
    /// In the new sentences, counted from the first of that side.
    pub after: Option<Span>,
}

/// Numbers of sentences on the two sides, each counted through its part from 0, contiguous or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Sentences {
    /// On the old side.
    pub before: Vec<usize>,
    /// On the new side.
    pub after: Vec<usize>,
}

/// A link of the alignment: an old sentence and the new one it became, unchanged pairs too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The old sentence's number.
    pub before: usize,
    /// The new sentence's number.
    pub after: usize,
}

/// One aligned place that differs, as `compare` finds it: no judgement yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// What happened there.
    pub kind: ChangeKind,
    /// Which sentences.
    pub at: Sentences,
    /// Where they differ. Empty for a move without edits.
    pub spans: Vec<SpanPair>,
}

/// The difference between two lists of sentences, as `compare` finds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revision {
    /// Every linked pair, in the order of the new side.
    pub alignment: Vec<Pair>,
    /// Every place that differs, in reading order.
    pub hunks: Vec<Hunk>,
    /// A cap was met: the result is right but not the finest.
    pub degraded: bool,
}

/// One aligned place, judged.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// Which part of the page.
    pub part: Part,
    /// What happened there.
    pub kind: ChangeKind,
    /// What kind of change it is, the weightiest first; several may hold, none for a plain move.
    pub labels: Vec<Label>,
    /// Whether it is about the incident.
    pub relevant: bool,
    /// How much, 0 to 1; relevant from 0.6.
    pub relevance: f64,
    /// How loud.
    pub level: Level,
    /// The old sentences.
    pub before: Vec<String>,
    /// The new sentences.
    pub after: Vec<String>,
    /// Where they differ, in Unicode scalar values of each side's sentences joined by one space.
    pub spans: Vec<SpanPair>,
    /// The numbers of its sentences.
    pub at: Sentences,
    /// Why it was judged so.
    pub reasons: Vec<Reason>,
}

impl Change {
    /// Whether a label is an outside judge's.
    pub fn is_external(&self, label: Label) -> bool {
        let name = label.name();
        self.reasons.iter().any(|reason| reason.source == Source::External && reason.rule == name)
    }

    /// A hunk without judgement, ready to be given one.
    pub fn unjudged(part: Part, hunk: &Hunk, before: &[&str], after: &[&str]) -> Self {
        let side = |at: &[usize], all: &[&str]| {
            at.iter().filter_map(|&i| all.get(i)).map(|s| (*s).to_owned()).collect()
        };
        Self {
            part,
            kind: hunk.kind,
            labels: Vec::new(),
            relevant: false,
            relevance: 0.0,
            level: Level::Silent,
            before: side(&hunk.at.before, before),
            after: side(&hunk.at.after, after),
            spans: hunk.spans.clone(),
            at: hunk.at.clone(),
            reasons: Vec::new(),
        }
    }
}

impl Label {
    /// Its name, as it stands in JSON.
    pub fn name(self) -> String {
        let name = serde_json::to_value(self).ok();
        name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

impl Span {
    /// As a range.
    pub fn range(self) -> Range<usize> {
        self.0..self.1
    }
}
