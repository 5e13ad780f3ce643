//! New files on their way in: first under a temporary name, durable; then, once a line of the log names them, under
//! their own.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::disk;
use crate::store::{StoreError, assemble::NewFile, layout};

/// How many files are open at once while they wait for the disk.
const OPEN: usize = 128;

/// Writes files under temporary names and waits until they are durable. Answers which of them are new: a file that
/// is there already with the same bytes is left alone, one with other bytes is an error. When it fails, it takes back
/// what it wrote.
pub(super) fn write(root: &Path, files: Vec<NewFile>) -> Result<Vec<String>, StoreError> {
    let mut new = Vec::with_capacity(files.len());
    for file in files {
        let path = root.join(&file.path);
        if !disk::plain_or_absent(&path)? {
            new.push(file);
        } else if disk::read(&path)?.as_deref() != Some(file.bytes.as_slice()) {
            return Err(StoreError::damaged(path, "other bytes are kept under this name"));
        }
    }
    put(root, new)
}

/// As [`write`], for files that take the place of what has their name.
pub(super) fn put(root: &Path, files: Vec<NewFile>) -> Result<Vec<String>, StoreError> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let temporary = root.join(layout::TEMPORARY);
    if !disk::make_folders(root, layout::TEMPORARY)?.is_empty() {
        disk::sync_folder(root)?;
    }
    let written = files.chunks(OPEN).try_for_each(|some| {
        let mut open = Vec::with_capacity(some.len());
        for file in some {
            let path = root.join(layout::temporary(&file.path));
            open.push((disk::write(&path, &file.bytes)?, path));
        }
        open.iter().try_for_each(|(file, path)| disk::sync(file, path))
    });
    if let Err(e) = written.and_then(|()| disk::sync_folder(&temporary)) {
        for file in &files {
            // What cannot be taken back now is taken back at the next opening.
            let _ = disk::remove(&root.join(layout::temporary(&file.path)));
        }
        return Err(e);
    }
    Ok(files.into_iter().map(|file| file.path).collect())
}

/// Gives files their own names. `dirty` gathers the folders whose names are not yet durable.
pub(super) fn publish(
    root: &Path,
    paths: &[String],
    dirty: &mut BTreeSet<PathBuf>,
) -> Result<(), StoreError> {
    let mut known = BTreeSet::new();
    for path in paths {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !folder.is_empty() && known.insert(folder) {
            for made in disk::make_folders(root, folder)? {
                dirty.extend(made.parent().map(Path::to_owned));
            }
        }
        disk::rename(&root.join(layout::temporary(path)), &root.join(path))?;
        dirty.insert(root.join(folder));
    }
    Ok(())
}
