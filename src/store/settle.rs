//! What is derived (`latest.txt`, `state.json`), and what a crash left: finished or taken back at the next opening.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::OpenOptions,
    path::{Path, PathBuf},
};

use super::{
    StoreError,
    assemble::NewFile,
    disk,
    fold::{self, Fold, Folded},
    latest, layout, stage,
};
use crate::model::{Digest, TargetId};

/// Brings a store to where its log says it is: cuts a torn line, names the files that lines name, removes the
/// temporary files that none names, and writes `latest.txt` where it is stale. Answers the folders to sync.
pub(super) fn recover(root: &Path, folded: &Folded) -> Result<BTreeSet<PathBuf>, StoreError> {
    if let Some((day, whole)) = &folded.torn {
        let path = root.join(layout::LOG).join(day);
        disk::plain_or_absent(&path)?;
        let file = OpenOptions::new().write(true).open(&path).map_err(StoreError::io("open", &path))?;
        disk::truncate(&file, &path, *whole)?;
        disk::sync(&file, &path)?;
    }
    let mut dirty = BTreeSet::new();
    let mut left: BTreeSet<String> = disk::names(&root.join(layout::TEMPORARY))?.into_iter().collect();
    let mut named = Vec::new();
    for file in folded.fresh.iter().flat_map(|look| &look.files) {
        let temporary = layout::temporary(&file.path);
        if !left.remove(temporary.trim_start_matches(layout::TEMPORARY).trim_start_matches('/')) {
            continue;
        }
        if layout::parse(&file.path).is_none() {
            return Err(StoreError::damaged(
                root.join(layout::LOG),
                format!("a line names `{}`", file.path.escape_default()),
            ));
        }
        let path = root.join(&temporary);
        if disk::read(&path)?.is_none_or(|bytes| Digest::of(&bytes) != file.sha256) {
            return Err(StoreError::damaged(
                path,
                format!("it is not the `{}` that the log names", file.path),
            ));
        }
        named.push(file.path.clone());
    }
    stage::publish(root, &named, &mut dirty)?;
    for name in left {
        disk::remove(&root.join(layout::TEMPORARY).join(name))?;
    }
    let stale: BTreeSet<&TargetId> = folded.fresh.iter().map(|look| &look.target).collect();
    let mut texts = BTreeMap::new();
    for target in stale {
        match text_now(root, &folded.fold, target) {
            Ok(text) => texts.extend(text.map(|text| (target.clone(), text))),
            // A damaged snapshot keeps nobody from looking at the other targets; `verify` names it.
            Err(StoreError::Damaged { .. }) => {}
            Err(e) => return Err(e),
        }
    }
    write_latest(root, texts, &mut dirty)?;
    Ok(dirty)
}

/// What `latest.txt` of a target should hold, from its newest snapshot's file.
pub(super) fn text_now(root: &Path, fold: &Fold, target: &TargetId) -> Result<Option<String>, StoreError> {
    let Some(id) = fold.targets.get(target).and_then(|state| state.snapshot.as_ref()) else {
        return Ok(None);
    };
    for name in fold.names_of(target) {
        let path = root.join(layout::snapshot(name, id));
        if let Some(bytes) = disk::read(&path)? {
            let snapshot = super::assemble::to_snapshot(&path, &bytes, name, id)?;
            return Ok(Some(latest::render(&snapshot.statement)));
        }
    }
    let path = root.join(layout::snapshot(target, id));
    Err(StoreError::damaged(path, "the log names this snapshot, and it is not there"))
}

/// Writes `latest.txt` of some targets, each whole or not at all.
pub(super) fn write_latest(
    root: &Path,
    texts: BTreeMap<TargetId, String>,
    dirty: &mut BTreeSet<PathBuf>,
) -> Result<(), StoreError> {
    let mut stale = Vec::new();
    for (target, text) in texts {
        let path = layout::latest(&target);
        if disk::read(&root.join(&path))?.as_deref() != Some(text.as_bytes()) {
            stale.push(NewFile { path, bytes: text.into_bytes() });
        }
    }
    let new = stage::put(root, stale)?;
    stage::publish(root, &new, dirty)
}

/// Writes `state.json`, after everything that it speaks of is durable.
pub(super) fn save(root: &Path, fold: &Fold, dirty: &mut BTreeSet<PathBuf>) -> Result<(), StoreError> {
    for folder in &*dirty {
        disk::sync_folder(folder)?;
    }
    dirty.clear();
    let to = root.join(layout::STATE);
    let from = root.join(layout::temporary(layout::STATE));
    disk::plain_or_absent(&to)?;
    disk::make_folders(root, layout::TEMPORARY)?;
    disk::sync(&disk::write(&from, &fold::to_json(fold))?, &from)?;
    disk::rename(&from, &to)
}
