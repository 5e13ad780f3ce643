//! Old captures read again, so that one recipe made both sides of a comparison.
//!
//! Not here: reading (`read`), or when a recipe changes.

use crate::{
    model::{Memory, Recipe, Snapshot, Statement},
    read,
    store::{Blobs, Looks, StoreError},
    warc,
};

/// What a snapshot's capture says when read by another recipe. Where it no longer reads, the stored words stand.
///
/// # Errors
///
/// When the store no longer gives the capture.
pub async fn reread(
    store: &impl Blobs,
    snapshot: &Snapshot,
    recipe: &Recipe,
    memory: &Memory,
) -> Result<Statement, StoreError> {
    let bytes = store.blob(&snapshot.provenance.capture).await?;
    let reading = warc::to_capture(&bytes).ok().map(|capture| read::read(&capture, recipe, memory));
    Ok(reading
        .and_then(|reading| reading.item(&snapshot.item).ok())
        .unwrap_or_else(|| snapshot.statement.clone()))
}

/// The words of two snapshots as one recipe reads them: the later one's.
///
/// # Errors
///
/// When the store no longer gives the capture, or the memory that the recipe names.
pub async fn by_one_recipe(
    store: &(impl Looks + Blobs),
    before: &Snapshot,
    after: &Snapshot,
) -> Result<(Statement, Statement), StoreError> {
    if before.recipe == after.recipe {
        return Ok((before.statement.clone(), after.statement.clone()));
    }
    let url = url::Url::parse(&after.provenance.url).ok();
    let host = url.as_ref().and_then(url::Url::host_str).unwrap_or_default();
    let memory = match &after.recipe.memory {
        Some(name) => store.memory_named(host, name).await?,
        None => Memory::default(),
    };
    Ok((reread(store, before, &after.recipe, &memory).await?, after.statement.clone()))
}
