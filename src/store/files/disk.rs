//! The few things done to a disk, each with its errors named. Nothing here knows what a file means.
//!
//! Every step that changes the disk passes [`step`], where tests stop the world as a kill or a full disk would.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use crate::store::{StoreError, layout};

/// The most bytes that are read of one file.
pub(crate) const CAP: u64 = 256 << 20;

/// Whether to wait for the disk. Unit tests stop the world within one process, where waiting shows nothing.
const WAITS: bool = !cfg!(test);

/// Reads a plain file whole, within [`CAP`]; `None` when there is none.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(e) => return Err(StoreError::io("open", path)(e)),
    };
    let about = file.metadata().map_err(StoreError::io("read", path))?;
    if !about.is_file() {
        return Err(StoreError::damaged(path, "this is no plain file"));
    }
    if about.len() > CAP {
        return Err(StoreError::damaged(
            path,
            format!("{} bytes are more than any file here has", about.len()),
        ));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0));
    file.take(CAP).read_to_end(&mut bytes).map_err(StoreError::io("read", path))?;
    Ok(Some(bytes))
}

/// The bytes of a file of the store and where they were found: under its own name, or under the temporary one that a
/// crash left it.
pub(crate) fn read_either(root: &Path, path: &str) -> Result<Option<(PathBuf, Vec<u8>)>, StoreError> {
    for path in [root.join(path), root.join(layout::temporary(path))] {
        if let Some(bytes) = read(&path)? {
            return Ok(Some((path, bytes)));
        }
    }
    Ok(None)
}

/// The names in a folder, sorted; none when there is no folder. Names that are not UTF-8 are shown as best they can.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(StoreError::io("list", folder)(e)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(StoreError::io("list", folder))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

/// Every file below a folder, as paths relative to `root`, sorted; at most 8 folders deep, symbolic links not followed.
pub(crate) fn walk(root: &Path, folder: &str) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    let mut todo = vec![(folder.to_owned(), 0)];
    while let Some((at, depth)) = todo.pop() {
        for name in names(&root.join(&at))? {
            let path = format!("{at}/{name}");
            match fs::symlink_metadata(root.join(&path)) {
                Ok(about) if about.is_dir() && depth < 8 => todo.push((path, depth + 1)),
                _ => found.push(path),
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Writes a file anew; it is not yet durable.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<File, StoreError> {
    let full = step("write", path);
    let mut file = create(path).map_err(StoreError::io("create", path))?;
    let upto = if full.is_ok() { bytes.len() } else { bytes.len() / 2 };
    file.write_all(bytes.get(..upto).unwrap_or_default()).map_err(StoreError::io("write", path))?;
    full.map(|()| file)
}

/// A new file in place of whatever has its name: a symbolic link there is not followed.
fn create(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            File::create_new(path)
        }
        done => done,
    }
}

/// Adds to the end of a file; it is not yet durable.
pub(crate) fn append(file: &mut File, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let full = step("write", path);
    let upto = if full.is_ok() { bytes.len() } else { bytes.len() / 2 };
    file.write_all(bytes.get(..upto).unwrap_or_default()).map_err(StoreError::io("write", path))?;
    full
}

/// Waits until a file's bytes are durable.
pub(crate) fn sync(file: &File, path: &Path) -> Result<(), StoreError> {
    step("sync", path)?;
    if WAITS { file.sync_data().map_err(StoreError::io("sync", path)) } else { Ok(()) }
}

/// Waits until a folder's names are durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    step("sync", path)?;
    if WAITS && cfg!(unix) {
        File::open(path).and_then(|folder| folder.sync_all()).map_err(StoreError::io("sync", path))?;
    }
    Ok(())
}

/// Gives a file its name, in place of any that had it.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    step("rename", to)?;
    fs::rename(from, to).map_err(StoreError::io("rename", to))
}

/// Cuts a file.
pub(crate) fn truncate(file: &File, path: &Path, len: u64) -> Result<(), StoreError> {
    step("cut", path)?;
    file.set_len(len).map_err(StoreError::io("cut", path))
}

/// Removes a file, if it is there.
pub(crate) fn remove(path: &Path) -> Result<(), StoreError> {
    step("remove", path)?;
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::io("remove", path)(e)),
        _ => Ok(()),
    }
}

/// Makes the folder `path` below `root`, and says which folders are new. A symbolic link on the way is refused: it
/// could lead out of the store.
pub(crate) fn make_folders(root: &Path, path: &str) -> Result<Vec<PathBuf>, StoreError> {
    let mut made = Vec::new();
    let mut at = root.to_owned();
    for part in path.split('/') {
        at.push(part);
        match fs::symlink_metadata(&at) {
            Ok(about) if about.is_dir() => {}
            Ok(_) => return Err(StoreError::damaged(&at, "a folder should be here, and something else is")),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                step("create", &at)?;
                fs::create_dir(&at).map_err(StoreError::io("create", &at))?;
                made.push(at.clone());
            }
            Err(e) => return Err(StoreError::io("open", &at)(e)),
        }
    }
    Ok(made)
}

/// Refuses anything at `path` but a plain file or nothing.
pub(crate) fn plain_or_absent(path: &Path) -> Result<bool, StoreError> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_file() => Ok(true),
        Ok(_) => Err(StoreError::damaged(path, "a plain file should be here, and something else is")),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(StoreError::io("open", path)(e)),
    }
}

#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "in tests it fails")]
fn step(_doing: &'static str, _path: &Path) -> Result<(), StoreError> {
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

    pub(crate) fn step(doing: &'static str, path: &Path) -> Result<(), StoreError> {
        let (now, next) = match FAULTS.get() {
            Faults::None => (true, Faults::None),
            Faults::Stop(0) => (false, Faults::Stop(0)),
            Faults::Fail(0) => (false, Faults::None),
            Faults::Stop(n) => (true, Faults::Stop(n - 1)),
            Faults::Fail(n) => (true, Faults::Fail(n - 1)),
        };
        FAULTS.set(next);
        if now { Ok(()) } else { Err(StoreError::io(doing, path)(io::ErrorKind::StorageFull.into())) }
    }
}
