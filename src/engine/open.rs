//! Opening a store for a run, and what a run leaves for the next beside it: the rules of robots.txt.

use std::path::Path;

use crate::{
    fetch::{Http, KeptRobots},
    store::{Files, StoreError},
};

/// The name under which the rules of robots.txt are kept in the store's cache.
const ROBOTS: &str = "robots.json";

/// Opens a store to write, and gives the fetcher the rules of robots.txt that an earlier run fetched.
///
/// # Errors
/// When the store cannot be opened.
pub fn open(root: &Path, fetcher: &Http) -> Result<Files, StoreError> {
    let store = Files::open(root)?;
    // What cannot be read is fetched again.
    let kept = store.cached(ROBOTS).ok().flatten();
    let kept: Option<Vec<KeptRobots>> = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    fetcher.seed_robots(kept.unwrap_or_default());
    Ok(store)
}

/// Keeps the rules of robots.txt for the next run.
///
/// # Errors
/// When the store cannot be written.
pub fn close(store: &Files, fetcher: &Http) -> Result<(), StoreError> {
    let kept = serde_json::to_vec(&fetcher.robots_cache()).map_err(|e| StoreError::Unfit(e.to_string()))?;
    store.cache(ROBOTS, &kept)
}
