//! Where the system has no `openat`: each part of a path is looked at before it is used.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::path::{Access, Kind, parts, shown, split};
use crate::store::StoreError;

fn kind(about: &fs::Metadata) -> Kind {
    if about.is_file() {
        Kind::File
    } else if about.is_dir() {
        Kind::Folder
    } else if about.is_symlink() {
        Kind::Link
    } else {
        Kind::Other
    }
}

/// Where a folder lies; `None` where there is none.
fn folder(root: &Path, path: &str) -> Result<Option<PathBuf>, StoreError> {
    let mut at = root.to_owned();
    let mut end = 0;
    for part in parts(root, path)? {
        end += part.len();
        at.push(part);
        match fs::symlink_metadata(&at) {
            Ok(about) => kind(&about).expect(Kind::Folder, root, path.get(..end).unwrap_or(path))?,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io("open", at)(error)),
        }
        end += 1;
    }
    Ok(Some(at))
}

/// A folder, opened so that its names can be made durable; `None` where there is none, or the system cannot.
pub(crate) fn open_folder(root: &Path, path: &str) -> Result<Option<File>, StoreError> {
    folder(root, path).map(|_| None)
}

/// What has a name, and its size; `None` where nothing has.
pub(crate) fn about(root: &Path, path: &str) -> Result<Option<(Kind, u64)>, StoreError> {
    let (parent, name) = split(root, path)?;
    let Some(parent) = folder(root, parent)? else { return Ok(None) };
    match fs::symlink_metadata(parent.join(name)) {
        Ok(about) => Ok(Some((kind(&about), about.len()))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io("read", shown(root, path))(error)),
    }
}

/// Opens a plain file; `None` where there is none, or no folder for it.
pub(crate) fn open(root: &Path, path: &str, access: Access) -> Result<Option<File>, StoreError> {
    let (parent, name) = split(root, path)?;
    let Some(parent) = folder(root, parent)? else { return Ok(None) };
    if matches!(access, Access::Read | Access::Lock)
        && let Some((kind, _)) = about(root, path)?
    {
        kind.expect(Kind::File, root, path)?;
    }
    let mut options = OpenOptions::new();
    let doing = match access {
        Access::Read => {
            options.read(true);
            "open"
        }
        Access::New => {
            options.write(true).create_new(true);
            "create"
        }
        Access::Append => {
            options.append(true).create_new(true);
            "create"
        }
        Access::Lock => {
            options.read(true).write(true).create(true).truncate(false);
            "open"
        }
    };
    match options.open(parent.join(name)) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::NotFound && access == Access::Read => Ok(None),
        Err(error) => Err(StoreError::io(doing, shown(root, path))(error)),
    }
}

/// What a folder holds; `None` where there is no folder. Names that are not UTF-8 are shown as best they can.
pub(crate) fn list(root: &Path, path: &str) -> Result<Option<Vec<(String, Kind)>>, StoreError> {
    let wrong = || StoreError::io("list", shown(root, path));
    let Some(at) = folder(root, path)? else { return Ok(None) };
    let entries = match fs::read_dir(at) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(wrong()(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(wrong())?;
        let kind = fs::symlink_metadata(entry.path()).map_or(Kind::Other, |about| kind(&about));
        found.push((entry.file_name().to_string_lossy().into_owned(), kind));
    }
    Ok(Some(found))
}

/// Gives a file another name, in place of any that had it. A link that has the name is replaced, not followed.
pub(crate) fn rename(root: &Path, from: &str, to: &str) -> Result<(), StoreError> {
    let ((old, from_name), (new, to_name)) = (split(root, from)?, split(root, to)?);
    let gone = |path: &str| StoreError::io("rename", shown(root, path))(ErrorKind::NotFound.into());
    let old = folder(root, old)?.ok_or_else(|| gone(from))?;
    let new = folder(root, new)?.ok_or_else(|| gone(to))?;
    fs::rename(old.join(from_name), new.join(to_name)).map_err(StoreError::io("rename", shown(root, to)))
}

/// Removes a file, or a link itself; nothing where there is none.
pub(crate) fn remove(root: &Path, path: &str) -> Result<(), StoreError> {
    let (parent, name) = split(root, path)?;
    let Some(parent) = folder(root, parent)? else { return Ok(()) };
    match fs::remove_file(parent.join(name)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::io("remove", shown(root, path))(error))
        }
        _ => Ok(()),
    }
}

/// Makes a folder in one that is there.
pub(crate) fn make_folder(root: &Path, path: &str) -> Result<(), StoreError> {
    let (parent, name) = split(root, path)?;
    let wrong = StoreError::io("create", shown(root, path));
    match folder(root, parent)? {
        Some(parent) => fs::create_dir(parent.join(name)).map_err(wrong),
        None => Err(wrong(ErrorKind::NotFound.into())),
    }
}
