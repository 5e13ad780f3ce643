//! New files on their way in: first under a temporary name, durable; then, once a line of the log names them, under
//! their own.

use std::{collections::BTreeSet, path::Path};

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
        if is_new(root, &file)? {
            new.push(file);
        }
    }
    put(root, new)
}

/// Whether a file is not there yet. One with other bytes under its name is an error.
pub(super) fn is_new(root: &Path, file: &NewFile) -> Result<bool, StoreError> {
    if !disk::plain_or_absent(root, &file.path)? {
        return Ok(true);
    }
    if disk::read(root, &file.path)?.as_deref() == Some(file.bytes.as_slice()) {
        return Ok(false);
    }
    Err(StoreError::damaged(root.join(&file.path), "other bytes are kept under this name"))
}

/// As [`write`], for files that take the place of what has their name.
pub(super) fn put(root: &Path, files: Vec<NewFile>) -> Result<Vec<String>, StoreError> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    if !disk::make_folders(root, layout::TEMPORARY)?.is_empty() {
        disk::sync_folder(root, "")?;
    }
    let written = files.chunks(OPEN).try_for_each(|some| {
        let mut open = Vec::with_capacity(some.len());
        for file in some {
            let path = layout::temporary(&file.path);
            open.push((disk::write(root, &path, &file.bytes)?, path));
        }
        open.iter().try_for_each(|(file, path)| disk::sync(file, root, path))
    });
    if let Err(e) = written.and_then(|()| disk::sync_folder(root, layout::TEMPORARY)) {
        for file in &files {
            // What cannot be taken back now is taken back at the next opening.
            let _ = disk::remove(root, &layout::temporary(&file.path));
        }
        return Err(e);
    }
    Ok(files.into_iter().map(|file| file.path).collect())
}

/// Gives files their own names. `dirty` gathers the folders whose names are not yet durable.
pub(super) fn publish(root: &Path, paths: &[String], dirty: &mut BTreeSet<String>) -> Result<(), StoreError> {
    let mut known = BTreeSet::new();
    for path in paths {
        let folder = disk::parent(path);
        if !folder.is_empty() && known.insert(folder) {
            for made in disk::make_folders(root, folder)? {
                dirty.insert(disk::parent(&made).to_owned());
            }
        }
        disk::rename(root, &layout::temporary(path), path)?;
        dirty.insert(folder.to_owned());
    }
    Ok(())
}
