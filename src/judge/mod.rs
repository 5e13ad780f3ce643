//! Changes to meaning: labels, relevance, level and headline, each with its reason.
//!
//! Pure, deterministic, offline. Not here: finding the changes (`compare`), telling them (`render`).

use crate::model::{Change, Incident, IncidentId, Level, Relevance, Revision, Statement};

/// For whom and about what a revision is judged.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Who speaks; its own short forms are no newly named party.
    pub body: &'a str,
    /// The incidents it is watched for; empty: everything is relevant.
    pub incidents: &'a [Incident],
    /// Which changes count.
    pub relevance: Relevance,
    /// Whether banners are what is watched (`watch: banner`).
    pub watches_banner: bool,
}

/// What a revision means.
#[derive(Debug, Clone, Default)]
pub struct Judgement {
    /// Every change, the weightiest first.
    pub changes: Vec<Change>,
    /// The loudest of them.
    pub level: Level,
    /// Whether any is about an incident.
    pub relevant: bool,
    /// The incident that scored highest, and the others that are relevant.
    pub incident: Option<IncidentId>,
    /// The others.
    pub also: Vec<IncidentId>,
    /// One line that a reporter could print; empty when there is no change.
    pub headline: String,
}

/// Judges the difference between two statements: `content` and `banner` as `compare` found them.
pub fn judge(
    before: &Statement,
    after: &Statement,
    content: &Revision,
    banner: &Revision,
    subject: &Subject<'_>,
) -> Judgement {
    let _ = (before, after, content, banner, subject);
    Judgement::default()
}
