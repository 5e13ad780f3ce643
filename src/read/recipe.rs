//! The recipe by which a target's captures are read.
//!
//! Not here: what a recipe is (`model`), and what comes of a change of it (`engine`).

use std::collections::BTreeSet;

use crate::{
    model::{MAX_DECODED, MemoryName, Recipe, Target},
    read::html::hints,
};

/// How a target's captures are read, with that memory of its site.
pub fn recipe(target: &Target, memory: Option<MemoryName>) -> Recipe {
    let terms: BTreeSet<&String> = target.incidents.iter().flat_map(|incident| &incident.terms).collect();
    Recipe {
        watch: target.watch,
        select: target.select.clone(),
        remove: target.remove.clone(),
        terms: terms.into_iter().cloned().collect(),
        hints: Some(hints::digest().clone()),
        memory,
        max_decoded: (target.max_decoded != MAX_DECODED).then_some(target.max_decoded),
        ..Recipe::default()
    }
}
