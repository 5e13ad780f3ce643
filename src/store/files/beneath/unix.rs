//! By `openat` with `O_NOFOLLOW`, so that nothing that is swapped in between leads out either.

use std::{fs::File, os::fd::OwnedFd, path::Path};

use rustix::{
    fs::{self as sys, AtFlags, FileType, Mode, OFlags, Stat},
    io::{Errno, retry_on_intr},
};

use super::path::{Access, Kind, parts, shown, split};
use crate::store::StoreError;

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
/// A pipe that was swapped in must not hold the program up.
const FILE: OFlags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

fn io(doing: &'static str, root: &Path, path: &str) -> impl FnOnce(Errno) -> StoreError {
    let at = shown(root, path);
    move |errno| StoreError::io(doing, at)(errno.into())
}

fn kind(about: &Stat) -> Kind {
    match FileType::from_raw_mode(about.st_mode) {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        _ => Kind::Other,
    }
}

/// A folder, opened; `None` where there is none.
fn folder(root: &Path, path: &str) -> Result<Option<OwnedFd>, StoreError> {
    let parts = parts(root, path)?;
    let mut at = match retry_on_intr(|| sys::open(root, FOLDER, Mode::empty())) {
        Ok(at) => at,
        Err(Errno::NOENT) => return Ok(None),
        Err(errno) => return Err(io("open", root, "")(errno)),
    };
    let mut end = 0;
    for part in parts {
        end += part.len();
        let upto = path.get(..end).unwrap_or(path);
        at = match retry_on_intr(|| sys::openat(&at, part, FOLDER | OFlags::NOFOLLOW, Mode::empty())) {
            Ok(next) => next,
            Err(Errno::NOENT) => return Ok(None),
            Err(errno) => {
                if let Ok(about) = sys::statat(&at, part, AtFlags::SYMLINK_NOFOLLOW) {
                    kind(&about).expect(Kind::Folder, root, upto)?;
                }
                return Err(io("open", root, upto)(errno));
            }
        };
        end += 1;
    }
    Ok(Some(at))
}

/// A folder, opened so that its names can be made durable; `None` where there is none.
pub(crate) fn open_folder(root: &Path, path: &str) -> Result<Option<File>, StoreError> {
    Ok(folder(root, path)?.map(File::from))
}

/// What has a name, and its size; `None` where nothing has.
pub(crate) fn about(root: &Path, path: &str) -> Result<Option<(Kind, u64)>, StoreError> {
    let (parent, name) = split(root, path)?;
    let Some(parent) = folder(root, parent)? else { return Ok(None) };
    match sys::statat(&parent, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(about) => Ok(Some((kind(&about), u64::try_from(about.st_size).unwrap_or(0)))),
        Err(Errno::NOENT) => Ok(None),
        Err(errno) => Err(io("read", root, path)(errno)),
    }
}

/// Opens a plain file; `None` where there is none, or no folder for it.
pub(crate) fn open(root: &Path, path: &str, access: Access) -> Result<Option<File>, StoreError> {
    let (parent, name) = split(root, path)?;
    let Some(parent) = folder(root, parent)? else { return Ok(None) };
    let (doing, flags) = match access {
        Access::Read => ("open", OFlags::RDONLY),
        Access::New => ("create", OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL),
        Access::Append => ("create", OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::APPEND),
        Access::Lock => ("open", OFlags::RDWR | OFlags::CREATE),
    };
    // To open a pipe or a device may do something.
    if matches!(access, Access::Read | Access::Lock)
        && let Ok(about) = sys::statat(&parent, name, AtFlags::SYMLINK_NOFOLLOW)
    {
        kind(&about).expect(Kind::File, root, path)?;
    }
    let mode = Mode::from_raw_mode(0o666);
    let file = match retry_on_intr(|| sys::openat(&parent, name, flags | FILE, mode)) {
        Ok(file) => file,
        Err(Errno::NOENT) if access == Access::Read => return Ok(None),
        Err(errno) => return Err(io(doing, root, path)(errno)),
    };
    let about = sys::fstat(&file).map_err(io("read", root, path))?;
    kind(&about).expect(Kind::File, root, path)?;
    Ok(Some(File::from(file)))
}

/// What a folder holds; `None` where there is no folder. Names that are not UTF-8 are shown as best they can.
pub(crate) fn list(root: &Path, path: &str) -> Result<Option<Vec<(String, Kind)>>, StoreError> {
    let Some(open) = folder(root, path)? else { return Ok(None) };
    let mut found = Vec::new();
    for entry in sys::Dir::read_from(&open).map_err(io("list", root, path))? {
        let entry = entry.map_err(io("list", root, path))?;
        let name = entry.file_name();
        if matches!(name.to_bytes(), b"." | b"..") {
            continue;
        }
        let kind = match entry.file_type() {
            FileType::RegularFile => Kind::File,
            FileType::Directory => Kind::Folder,
            FileType::Symlink => Kind::Link,
            // Some file systems do not say; what is gone again is nothing to anybody.
            FileType::Unknown => {
                sys::statat(&open, name, AtFlags::SYMLINK_NOFOLLOW).map_or(Kind::Other, |about| kind(&about))
            }
            _ => Kind::Other,
        };
        found.push((name.to_string_lossy().into_owned(), kind));
    }
    Ok(Some(found))
}

/// Gives a file another name, in place of any that had it. A link that has the name is replaced, not followed.
pub(crate) fn rename(root: &Path, from: &str, to: &str) -> Result<(), StoreError> {
    let ((old, from_name), (new, to_name)) = (split(root, from)?, split(root, to)?);
    let gone = |path: &str| io("rename", root, path)(Errno::NOENT);
    let old = folder(root, old)?.ok_or_else(|| gone(from))?;
    let new = folder(root, new)?.ok_or_else(|| gone(to))?;
    sys::renameat(&old, from_name, &new, to_name).map_err(io("rename", root, to))
}

/// Removes a file, or a link itself; nothing where there is none.
pub(crate) fn remove(root: &Path, path: &str) -> Result<(), StoreError> {
    let (parent, name) = split(root, path)?;
    let Some(parent) = folder(root, parent)? else { return Ok(()) };
    match sys::unlinkat(&parent, name, AtFlags::empty()) {
        Ok(()) | Err(Errno::NOENT) => Ok(()),
        Err(errno) => Err(io("remove", root, path)(errno)),
    }
}

/// Makes a folder in one that is there.
pub(crate) fn make_folder(root: &Path, path: &str) -> Result<(), StoreError> {
    let (parent, name) = split(root, path)?;
    let parent = folder(root, parent)?.ok_or_else(|| io("create", root, path)(Errno::NOENT))?;
    sys::mkdirat(&parent, name, Mode::from_raw_mode(0o777)).map_err(io("create", root, path))
}
