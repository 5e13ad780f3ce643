//! Changes to meaning: labels, relevance, level and headline, each with its reason.
//!
//! In order: each hunk becomes a place with what stands around it (`context`); the rules look at it and say which
//! labels it earns (`rules`), by what each side claims (`claims`), its figures (`values`) and names (`entities`), and what is
//! but noise (`noise`); its sentences are held against the incidents' terms (`relevance`, `terms`); from both
//! comes its level (`level`); the weightiest change gives the headline (`headline`).
//!
//! A further judge may be asked from outside (`outside`). Pure, deterministic, offline. Not here: finding the changes (`compare`), telling them (`render`).

mod certainty;
mod claims;
mod context;
mod entities;
mod explain;
mod finding;
mod headline;
mod level;
#[cfg(test)]
mod needed;
mod noise;
pub mod outside;
mod relevance;
mod rules;
mod saying;
mod sections;
mod sides;
mod values;

use crate::{
    compare,
    judge::context::{Pages, Place},
    model::{
        Block, Change, ChangeKind, Incident, IncidentId, Level, Part, Relevance, Revision, Statement, Target,
        Watch,
    },
    text::{Language, Lexicons, lexicon},
};

pub use saying::Asked;

/// The version of the rules: raised with any change of what they make of the same words.
pub const VERSION: u32 = 1;

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
    /// The words it is judged by.
    pub lexicons: &'a Lexicons,
}

impl<'a> Subject<'a> {
    /// As a target of targets.json is judged.
    pub fn of(target: &'a Target, lexicons: &'a Lexicons) -> Self {
        Self {
            body: &target.body,
            incidents: &target.incidents,
            relevance: target.relevance,
            watches_banner: target.watch == Watch::Banner,
            lexicons,
        }
    }
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
    /// The incident that scored highest.
    pub incident: Option<IncidentId>,
    /// The others that are relevant.
    pub also: Vec<IncidentId>,
    /// One line that a reporter could print; empty when there is no change.
    pub headline: String,
    /// A cap was met in the comparison.
    pub degraded: bool,
}

/// What two statements differ in, and what it means.
#[derive(Debug, Clone, Default)]
pub struct Difference {
    /// What it means.
    pub judgement: Judgement,
    /// How the sentences of the statement are linked.
    pub content: Revision,
    /// How those of the notices beside it are.
    pub banner: Revision,
}

/// Compares two statements that one recipe made, and judges what differs.
pub fn difference(before: &Statement, after: &Statement, subject: &Subject<'_>) -> Difference {
    let content = compare::compare(&before.content, &after.content);
    let banner = compare::compare(&before.banner, &after.banner);
    Difference { judgement: judge(before, after, &content, &banner, subject), content, banner }
}

/// Judges the difference between two statements: `content` and `banner` as `compare` found them.
pub fn judge(
    before: &Statement,
    after: &Statement,
    content: &Revision,
    banner: &Revision,
    subject: &Subject<'_>,
) -> Judgement {
    let mut scores = relevance::Scores::new(subject);
    let mut changes = Vec::new();
    let mut left = MOST;
    let mut degraded = content.degraded || banner.degraded;
    for (part, old, new, revision) in [
        (Part::Content, &before.content, &after.content, content),
        (Part::Banner, &before.banner, &after.banner, banner),
    ] {
        if revision.hunks.is_empty() {
            continue;
        }
        let mut pages = Pages::of(old, new, subject.lexicons);
        if part == Part::Content {
            pages.title(before, after);
        }
        let mut hunks = sections::joined(&revision.hunks, &pages.before, &pages.after, &scores);
        if part == Part::Banner {
            // That a notice is taken down says nothing of the statement beside it.
            hunks
                .iter_mut()
                .filter(|h| h.kind == ChangeKind::StatementRemoved)
                .for_each(|h| h.kind = ChangeKind::Removed);
        }
        for hunk in &hunks {
            let place = Place::of(part, hunk, &pages);
            let bytes = place.old.len() + place.new.len();
            let whole = bytes <= left;
            left = left.saturating_sub(bytes);
            // Of words that only moved there is nothing more to say.
            degraded |= !whole && !place.same_key();
            changes.push(one(&place, &pages, subject, &mut scores, whole));
        }
    }
    // Stable: of equals, the first in reading order stays first.
    changes.sort_by_cached_key(level::order);
    let (incident, also) = scores.named();
    Judgement {
        level: changes.iter().map(|change| change.level).max().unwrap_or_default(),
        relevant: changes.iter().any(|change| change.relevant),
        headline: headline::write(&changes),
        degraded,
        incident,
        also,
        changes,
    }
}

/// So many bytes of changed sentences are looked at closely; a statement has a tenth of that. What comes after is told as
/// said or no longer said, and the result as degraded.
const MOST: usize = 64 << 10;

/// The cells of a text that the rules compare, one a line: what it denies and claims, how surely, its values.
pub fn cells(text: &str, lexicons: &Lexicons) -> Vec<String> {
    explain::cells(text, Language::English, lexicons)
}

/// For each sentence of some blocks, numbered through them, whether it is about an incident of the subject.
pub fn about(blocks: &[Block], title: Option<&str>, subject: &Subject<'_>) -> Vec<bool> {
    relevance::about(blocks, title, subject)
}

/// The words that the rules know: one line each, with its language and class.
pub fn lexicons() -> String {
    lexicon::listed()
}

fn one(
    place: &Place<'_>,
    pages: &Pages<'_>,
    subject: &Subject<'_>,
    scores: &mut relevance::Scores<'_>,
    whole: bool,
) -> Change {
    let mut change = place.unjudged();
    let found = if whole { rules::find(place, pages, subject) } else { rules::in_brief(place) };
    change.labels = found.iter().map(|finding| finding.label).collect();
    change.labels.sort_unstable();
    change.labels.dedup();
    change.reasons = found.into_iter().map(finding::Finding::into_reason).collect();
    let score = scores.of(place, pages, &change.labels, whole);
    change.relevance = score.value;
    change.relevant = score.is_relevant();
    change.reasons.push(score.reason);
    change.level = if place.is_title_moved(pages) { Level::Silent } else { level::decide(&change) };
    change
}
