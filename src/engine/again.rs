//! Old captures read again, so that one recipe made both sides of a comparison.
//!
//! Not here: reading (`read`), or when a recipe changes.

use crate::{
    model::{Memory, Recipe, Snapshot, Statement},
    read,
    store::{Store, StoreError},
    warc,
};

/// What a snapshot's capture says when read by another recipe. Where it no longer reads, the stored words stand.
pub(super) fn reread(
    snapshot: &Snapshot,
    recipe: &Recipe,
    memory: &Memory,
    store: &impl Store,
) -> Result<Statement, StoreError> {
    let bytes = store.capture(&snapshot.provenance.capture)?;
    let reading = warc::to_capture(&bytes).ok().map(|capture| read::read(&capture, recipe, memory));
    Ok(reading.and_then(|reading| reading.verdict.ok()).unwrap_or_else(|| snapshot.statement.clone()))
}

/// The words of two snapshots of a target as one recipe reads them: the later one's.
///
/// # Errors
///
/// When the store no longer gives the capture, or the memory that the recipe names.
pub fn alike(
    before: &Snapshot,
    after: &Snapshot,
    store: &impl Store,
) -> Result<(Statement, Statement), StoreError> {
    if before.recipe == after.recipe {
        return Ok((before.statement.clone(), after.statement.clone()));
    }
    let host = url::Url::parse(&after.provenance.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let memory = store.memory_at(&host.unwrap_or_default(), after.recipe.memory)?;
    Ok((reread(before, &after.recipe, &memory, store)?, after.statement.clone()))
}
