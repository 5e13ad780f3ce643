//! The names of all targets of a file: well formed, each once, and made for those that were given none.
//!
//! Not here: how a name is made from an address.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    ids::{self, checked_id},
    notes::Notes,
    typed,
    value::{At, Line},
};
use crate::model::TargetId;

/// The names of all targets: those given, then one for each that has none.
pub(super) fn target_ids(targets: &[typed::Target], notes: &mut Notes<'_>) -> Vec<Option<TargetId>> {
    let mut taken: FxHashMap<String, usize> = FxHashMap::default();
    let mut ids: Vec<Option<TargetId>> = Vec::with_capacity(targets.len());
    for target in targets {
        ids.push(target.id.as_ref().and_then(|id| first_of_its_name(id, &mut taken, notes)));
    }
    for (target, id) in targets.iter().zip(&mut ids) {
        let (None, Some(url)) = (&target.id, &target.url) else { continue };
        *id = ids::unique_id(&url.value.0, |name| taken.contains_key(name));
        if let Some(id) = id {
            taken.insert(id.as_str().to_owned(), url.at.start);
        } else {
            let first = taken.get(&ids::made(&url.value.0)).map_or(0, |at| notes.line(*at));
            notes
                .fault(url.at.clone(), "this address is watched already")
                .label("again")
                .help(format!("see line {first}; to watch it twice, give this one an `id` of its own"));
        }
    }
    ids
}

fn first_of_its_name(
    id: &At<Line>,
    taken: &mut FxHashMap<String, usize>,
    notes: &mut Notes<'_>,
) -> Option<TargetId> {
    let name: TargetId = checked_id(id, notes)?;
    if let Some(first) = taken.get(name.as_str()) {
        let line = notes.line(*first);
        notes
            .fault(id.at.clone(), format!("two targets have the id `{name}`"))
            .label("again")
            .help(format!("it is the id of the target at line {line} already"));
        None
    } else {
        taken.insert(name.as_str().to_owned(), id.at.start);
        Some(name)
    }
}

/// The names that targets had before, each with the name now. A history has one heir, so no name of before is a
/// target's now, and no two targets had the same.
pub(super) fn renamed(
    targets: &[typed::Target],
    ids: &[Option<TargetId>],
    notes: &mut Notes<'_>,
) -> Vec<(TargetId, TargetId)> {
    let now: FxHashSet<&TargetId> = ids.iter().flatten().collect();
    let mut before: FxHashMap<TargetId, usize> = FxHashMap::default();
    let mut renamed = Vec::new();
    for (target, id) in targets.iter().zip(ids) {
        let Some(was) = &target.was else { continue };
        let Some(name) = checked_id::<TargetId>(was, notes) else { continue };
        if now.contains(&name) {
            notes
                .fault(was.at.clone(), format!("`{name}` is the id of a target now"))
                .help("a history goes on under one name: take `was` out, or give that target another id");
        } else if let Some(first) = before.insert(name.clone(), was.at.start) {
            let line = notes.line(first);
            notes
                .fault(was.at.clone(), format!("two targets were `{name}`"))
                .label("again")
                .help(format!("its history goes on in the target at line {line} already"));
        } else if let Some(id) = id {
            renamed.push((id.clone(), name));
        }
    }
    renamed
}
