//! What several bodies say of one incident, line by line: who says it, since when, who changed first, who still carries
//! the old line, what only one of them says.
//!
//! Each page is read by its own recipe: it is compared what bodies say, not what a page became. In order: the wordings of
//! each page over time (`voices`), sentences that are one line (`cluster`), who said what when (`lines`), and whether a
//! line says what somebody asks after (`saying`). Not here: judging a change (`judge`), how it is put (`render`).

mod cluster;
mod lines;
mod saying;
#[cfg(test)]
mod tests;
mod voices;

use crate::{
    model::{Across, Incident, Target},
    store::{History, StoreError},
    text::Lexicons,
};
pub use saying::saying;

/// What to look at.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// The targets that are watched for it.
    pub targets: &'a [Target],
    /// The words that sentences are judged by.
    pub lexicons: &'a Lexicons,
    /// Also lines that are not about the incident.
    pub all: bool,
}

/// What the bodies of an incident say, line by line.
///
/// # Errors
///
/// When the history cannot be read. A wording that is not what was kept is left out, and counted.
pub async fn across(store: &impl History, scope: &Scope<'_>) -> Result<Across, StoreError> {
    let voices::Gathered { voices, versions, lost } = voices::gather(store, scope).await?;
    let read = cluster::Read::of(&voices, versions, scope);
    let clusters = read.clusters();
    let lines = lines::lines(&voices, &read, &clusters, scope.all);
    let voices = voices.into_iter().map(|voice| voice.told).collect();
    Ok(Across { incident: scope.incident.id.clone(), voices, lines, degraded: clusters.degraded, lost })
}
