//! What several bodies say of one incident, line by line, and who says a thing that somebody asks after.
//!
//! Not here: how it is found (`query`), and how it is put (`render`).

use serde::Serialize;

use super::{Between, IncidentId, ItemKey, Origin, SnapshotId, Subject, TargetId, Why};

/// What the bodies of an incident say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Across {
    /// The incident.
    pub incident: IncidentId,
    /// Each page, and each series of statements that were given, in the order of targets.json.
    pub voices: Vec<Voice>,
    /// What is said, line by line, in the order in which it is read.
    pub lines: Vec<SharedLine>,
    /// A cap was met: lines may stand apart that are one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub degraded: bool,
    /// Wordings that are not what was kept, and are left out.
    pub lost: usize,
}

/// Where a body speaks: a page, or what it gave to reporters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// Who speaks.
    pub body: String,
    /// The name that the target has now.
    pub target: TargetId,
    /// Which statement of its source.
    #[serde(skip_serializing_if = "ItemKey::is_whole")]
    pub item: ItemKey,
    /// Whether onrecord read it, or a person entered it.
    pub source: Origin,
    /// How many wordings of it are on record.
    pub wordings: usize,
    /// It cannot be read now, or is not there.
    pub away: Option<Unheard>,
}

/// A page that does not say anything now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Unheard {
    /// From the last look that read it to the first in vain.
    pub since: Between,
    /// Why.
    pub why: Why,
}

/// Sentences of several bodies, or of one over time, that are one and the same place of what is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedLine {
    /// How the bodies stand to it.
    pub state: Together,
    /// Its wordings, in the order in which they were first said.
    pub wordings: Vec<LineWording>,
    /// Who was the first to give up a wording that another body shared; none where nobody did, or nobody knows who.
    pub first: Option<FirstChange>,
}

/// How bodies stand to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Together {
    /// Several said it; not all of them say it any more, or not in the same words.
    Apart,
    /// Several say it, in the same words.
    Alike,
    /// Only one ever said it.
    Alone,
}

/// A wording of a line, and who says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineWording {
    /// The sentence, as it was first published.
    pub text: String,
    /// Who says it, or said it.
    pub said: Vec<SaidBy>,
}

/// That a body says something, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaidBy {
    /// Which of the voices, by its place among them.
    pub voice: usize,
    /// Who speaks.
    pub body: String,
    /// From the last look without it to the first that had it; null at its head where it was there from the first look on.
    pub from: Between,
    /// From the last look that had it to the first without it; `None` where it stands.
    pub to: Option<Between>,
    /// The snapshot that had it first.
    pub snapshot: SnapshotId,
}

/// The first body that gave up a wording which another shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirstChange {
    /// Who.
    pub body: String,
    /// Between which two moments.
    pub between: Between,
    /// Which wording it gave up, by its place in the line.
    pub gave_up: usize,
    /// Which it took; `None` where it says nothing of it any more.
    pub took: Option<usize>,
}

impl Voice {
    /// What it is a voice of.
    pub fn subject(&self) -> Subject {
        Subject { target: self.target.clone(), item: self.item.clone() }
    }
}

/// Who says something that was asked after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saying {
    /// What was asked after, in the words of who asked.
    pub asked: String,
    /// Each body, grouped by how it stands to it, in the order of targets.json.
    pub bodies: Vec<Answer>,
}

/// How a sentence stands to what somebody asks after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// It tells of what was denied, or denies it.
    Otherwise,
    /// It says so less surely, or of less.
    Less,
    /// It says so.
    So,
}

/// How a body stands to what somebody asks after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// It says so.
    So,
    /// It says so less surely, or of less.
    Less,
    /// It says otherwise.
    Otherwise,
    /// It said so and does not any more.
    NoLonger,
    /// It never said anything of it.
    Never,
    /// It was never read.
    Unread,
}

/// How one body stands to what was asked after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Who.
    pub body: String,
    /// How it stands to it.
    pub holds: Holds,
    /// The sentence that says so; of one that is said no longer, the last.
    pub text: Option<String>,
    /// Since when it holds, in these words or in others before.
    pub since: Option<Between>,
    /// Until when, where it does no longer.
    pub until: Option<Between>,
    /// What is said in the place of the sentence now.
    pub now: Option<String>,
    /// What it said of it before that, where it stood otherwise to it then.
    pub before: Option<String>,
    /// Which of the voices says so.
    pub voice: Option<usize>,
}
