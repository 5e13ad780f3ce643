//! Targets that an index led to: watched as pages from the moment that their link is listed, with what holds for the index.
//!
//! They stand in the log, and never in targets.json. Bounds: so many of an index, pages of its own host (which the reader of
//! indexes sees to), and no index leads to another. Not here: which links are about the incident (`read::source::index`).

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use url::Url;

use crate::{
    model::{Phase, Target, TargetId, Watch},
    store::{Store, StoreError},
    targets,
};

/// So many targets of one index are watched.
const MOST: usize = 100;

/// The targets that indexes of a plan have led to before.
pub(super) async fn known(
    targets: &BTreeMap<TargetId, Arc<Target>>,
    store: &impl Store,
) -> Result<Vec<Arc<Target>>, StoreError> {
    let mut found = Vec::new();
    for (id, url, from) in store.adopted().await? {
        let parent = targets.get(&from).filter(|parent| parent.watch == Watch::Index);
        if let (Some(parent), Ok(url), false) = (parent, Url::parse(&url), targets.contains_key(&id)) {
            found.push(Arc::new(adopted(parent, id, url)));
        }
    }
    Ok(found)
}

/// Adopts what an index lists and nobody watches; the new targets.
pub(super) async fn adopt(
    index: &Target,
    targets: &BTreeMap<TargetId, Arc<Target>>,
    store: &impl Store,
    at: Timestamp,
) -> Result<Vec<Arc<Target>>, StoreError> {
    let mut found: Vec<Arc<Target>> = Vec::new();
    if index.watch != Watch::Index {
        return Ok(found);
    }
    let before = store.adopted().await?;
    let of_index = before.iter().filter(|(_, _, from)| *from == index.id).count();
    let items = store.items(&index.id).await?;
    for (key, _) in items.iter().filter(|(_, state)| state.phase == Phase::Present) {
        let Ok(url) = Url::parse(key.as_str()) else { continue };
        let is_watched = |target: &Arc<Target>| target.url == url;
        let is_known = before.iter().any(|(_, known, _)| known == key.as_str());
        if of_index + found.len() >= MOST
            || is_known
            || url.host_str().is_none()
            || targets.values().any(is_watched)
            || found.iter().any(is_watched)
        {
            continue;
        }
        let taken = |name: &str| {
            let is = |id: &TargetId| id.as_str() == name;
            targets.keys().any(is) || before.iter().any(|(id, ..)| is(id)) || found.iter().any(|t| is(&t.id))
        };
        let Some(id) = targets::unique_id(&url, taken) else { continue };
        let terms: Vec<&str> =
            index.incidents.iter().flat_map(|incident| &incident.terms).map(String::as_str).collect();
        let rule = if terms.is_empty() {
            "listed there; the index has no terms".to_owned()
        } else {
            format!("one of these stands with its link: {}", terms.join(", "))
        };
        store.adopt(at, &id, url.as_str(), &index.id, &rule).await?;
        found.push(Arc::new(adopted(index, id, url)));
    }
    Ok(found)
}

/// A page that is watched as its index is.
fn adopted(index: &Target, id: TargetId, url: Url) -> Target {
    // What selects on the list says nothing of the pages.
    Target { id, url, watch: Watch::Page, select: Vec::new(), remove: Vec::new(), ..index.clone() }
}
