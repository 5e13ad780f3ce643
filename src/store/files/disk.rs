//! The few things done to a disk, each with its errors named. Nothing here knows what a file means.
//!
//! Every step that changes the disk passes [`step`], where tests stop the world as a kill or a full disk would.

use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
};

pub(crate) use super::beneath::Kind;
use super::beneath::{self, Access, shown};
use crate::store::{StoreError, layout};

/// The most bytes that are read of one file.
pub(crate) const CAP: u64 = 256 << 20;

/// Whether to wait for the disk. Unit tests stop the world within one process, where waiting shows nothing.
const WAITS: bool = !cfg!(test);

/// How deep folders lie at most.
const DEEPEST: usize = 8;

/// Reads a plain file whole, within [`CAP`]; `None` when there is none.
pub(crate) fn read(root: &Path, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(file) = open(root, path)? else { return Ok(None) };
    let wrong = || StoreError::io("read", shown(root, path));
    let len = file.metadata().map_err(wrong())?.len();
    if len > CAP {
        let seen = format!("{len} bytes are more than any file here has");
        return Err(StoreError::damaged(shown(root, path), seen));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or(0));
    file.take(CAP).read_to_end(&mut bytes).map_err(wrong())?;
    Ok(Some(bytes))
}

/// Opens a plain file to read it; `None` when there is none.
pub(crate) fn open(root: &Path, path: &str) -> Result<Option<File>, StoreError> {
    beneath::open(root, path, Access::Read)
}

/// The bytes of a file of the store and where they were found: under its own name, or under the temporary one that a
/// crash left it.
pub(crate) fn read_either(root: &Path, path: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    for path in [path.to_owned(), layout::temporary(path)] {
        if let Some(bytes) = read(root, &path)? {
            return Ok(Some((path, bytes)));
        }
    }
    Ok(None)
}

/// What a folder holds, sorted by name; nothing when there is no folder.
pub(crate) fn list(root: &Path, folder: &str) -> Result<Vec<(String, Kind)>, StoreError> {
    let mut found = beneath::list(root, folder)?.unwrap_or_default();
    found.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found)
}

/// The names in a folder, sorted; none when there is no folder.
pub(crate) fn names(root: &Path, folder: &str) -> Result<Vec<String>, StoreError> {
    Ok(list(root, folder)?.into_iter().map(|(name, _)| name).collect())
}

/// Everything below a folder that is no folder, as paths relative to `root`, sorted. What lies too deep is not entered.
pub(crate) fn walk(root: &Path, folder: &str) -> Result<Vec<(String, Kind)>, StoreError> {
    let mut found = Vec::new();
    let mut todo = vec![(folder.to_owned(), 0)];
    while let Some((at, depth)) = todo.pop() {
        for (name, kind) in list(root, &at)? {
            let path = format!("{at}/{name}");
            // A name that is no part of a path leads nowhere.
            if kind == Kind::Folder && depth < DEEPEST && !name.contains(['\\', '\u{fffd}']) {
                todo.push((path, depth + 1));
            } else {
                found.push((path, kind));
            }
        }
    }
    found.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found)
}

/// What has a name, and its size; `None` where nothing has.
pub(crate) fn about(root: &Path, path: &str) -> Result<Option<(Kind, u64)>, StoreError> {
    beneath::about(root, path)
}

/// Writes a file anew; it is not yet durable.
pub(crate) fn write(root: &Path, path: &str, bytes: &[u8]) -> Result<File, StoreError> {
    let full = step("write", root, path);
    let mut file = create(root, path)?;
    let upto = if full.is_ok() { bytes.len() } else { bytes.len() / 2 };
    let written = file.write_all(bytes.get(..upto).unwrap_or_default());
    written.map_err(StoreError::io("write", shown(root, path)))?;
    full.map(|()| file)
}

/// A new file in place of whatever has its name: a symbolic link there is not followed.
fn create(root: &Path, path: &str) -> Result<File, StoreError> {
    match beneath::about(root, path)? {
        None => {}
        Some((Kind::Folder, _)) => Kind::Folder.expect(Kind::File, root, path)?,
        Some(_) => beneath::remove(root, path)?,
    }
    made(root, path, Access::New)
}

/// A new file that grows at its end; it is an error that there is one.
pub(crate) fn create_log(root: &Path, path: &str) -> Result<File, StoreError> {
    made(root, path, Access::Append)
}

/// The file of a lock, made where there is none.
pub(crate) fn open_lock(root: &Path, path: &str) -> Result<File, StoreError> {
    made(root, path, Access::Lock)
}

fn made(root: &Path, path: &str, access: Access) -> Result<File, StoreError> {
    beneath::open(root, path, access)?
        .ok_or_else(|| StoreError::io("create", shown(root, path))(std::io::ErrorKind::NotFound.into()))
}

/// Adds to the end of a file; it is not yet durable.
pub(crate) fn append(file: &mut File, root: &Path, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let full = step("write", root, path);
    let upto = if full.is_ok() { bytes.len() } else { bytes.len() / 2 };
    let written = file.write_all(bytes.get(..upto).unwrap_or_default());
    written.map_err(StoreError::io("write", shown(root, path)))?;
    full
}

/// Waits until a file's bytes are durable.
pub(crate) fn sync(file: &File, root: &Path, path: &str) -> Result<(), StoreError> {
    step("sync", root, path)?;
    if WAITS { file.sync_data().map_err(StoreError::io("sync", shown(root, path))) } else { Ok(()) }
}

/// Waits until a folder's names are durable.
pub(crate) fn sync_folder(root: &Path, path: &str) -> Result<(), StoreError> {
    step("sync", root, path)?;
    if WAITS && let Some(folder) = beneath::open_folder(root, path)? {
        folder.sync_all().map_err(StoreError::io("sync", shown(root, path)))?;
    }
    Ok(())
}

/// Gives a file its name, in place of any that had it.
pub(crate) fn rename(root: &Path, from: &str, to: &str) -> Result<(), StoreError> {
    step("rename", root, to)?;
    beneath::rename(root, from, to)
}

/// Cuts a file.
pub(crate) fn truncate(file: &File, root: &Path, path: &str, len: u64) -> Result<(), StoreError> {
    step("cut", root, path)?;
    file.set_len(len).map_err(StoreError::io("cut", shown(root, path)))
}

/// Removes a file, if it is there.
pub(crate) fn remove(root: &Path, path: &str) -> Result<(), StoreError> {
    step("remove", root, path)?;
    beneath::remove(root, path)
}

/// Makes the folder `path`, and says which folders are new.
pub(crate) fn make_folders(root: &Path, path: &str) -> Result<Vec<String>, StoreError> {
    let mut made = Vec::new();
    let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
    for at in ends.filter_map(|end| path.get(..end)) {
        if let Some((kind, _)) = about(root, at)? {
            kind.expect(Kind::Folder, root, at)?;
        } else {
            step("create", root, at)?;
            beneath::make_folder(root, at)?;
            made.push(at.to_owned());
        }
    }
    Ok(made)
}

/// The folder of a path; empty for the store's own.
pub(crate) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Refuses anything at `path` but a plain file or nothing.
pub(crate) fn plain_or_absent(root: &Path, path: &str) -> Result<bool, StoreError> {
    match about(root, path)? {
        Some((kind, _)) => kind.expect(Kind::File, root, path).map(|()| true),
        None => Ok(false),
    }
}

#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "in tests it fails")]
fn step(_doing: &'static str, _root: &Path, _path: &str) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(test)]
pub(crate) use faults::{Faults, step};

#[cfg(test)]
mod faults {
    use std::{cell::Cell, io, path::Path};

    use super::StoreError;

    thread_local! {
        static FAULTS: Cell<Faults> = const { Cell::new(Faults::None) };
    }

    /// What goes wrong, counted in steps from now.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum Faults {
        /// Nothing.
        None,
        /// The world stops: this many steps are done, the next is half done, and none after it.
        Stop(u32),
        /// One step fails, those after it succeed.
        Fail(u32),
    }

    impl Faults {
        pub(crate) fn set(self) {
            FAULTS.set(self);
        }

        /// Whether the fault has not struck.
        pub(crate) fn pending() -> bool {
            matches!(FAULTS.get(), Faults::Stop(n) | Faults::Fail(n) if n > 0)
        }
    }

    pub(crate) fn step(doing: &'static str, root: &Path, path: &str) -> Result<(), StoreError> {
        let (now, next) = match FAULTS.get() {
            Faults::None => (true, Faults::None),
            Faults::Stop(0) => (false, Faults::Stop(0)),
            Faults::Fail(0) => (false, Faults::None),
            Faults::Stop(n) => (true, Faults::Stop(n - 1)),
            Faults::Fail(n) => (true, Faults::Fail(n - 1)),
        };
        FAULTS.set(next);
        if now {
            Ok(())
        } else {
            Err(StoreError::io(doing, root.join(path))(io::ErrorKind::StorageFull.into()))
        }
    }
}
