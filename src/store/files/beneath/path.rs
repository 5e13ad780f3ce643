//! What a path may be, and what may lie where it leads.

use std::path::{Path, PathBuf};

use crate::store::StoreError;

/// What has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a device, a socket.
    Other,
}

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Link => "a symbolic link, which is not followed,",
            Self::Other => "a pipe or a device",
        }
    }

    /// Refuses what is something else than it should be.
    pub(crate) fn expect(self, wanted: Self, root: &Path, path: &str) -> Result<(), StoreError> {
        if self == wanted {
            return Ok(());
        }
        let wanted = if wanted == Self::Folder { "a folder" } else { "a plain file" };
        let seen = format!("{wanted} should be here, and {} is", self.words());
        Err(StoreError::damaged(shown(root, path), seen))
    }
}

/// What a file is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// To read what is there.
    Read,
    /// To write a new one; it is an error that there is one.
    New,
    /// To write a new one at its end, and only there.
    Append,
    /// To be locked; made where there is none.
    Lock,
}

/// Where a path lies, for people.
pub(crate) fn shown(root: &Path, path: &str) -> PathBuf {
    if path.is_empty() { root.to_owned() } else { root.join(path) }
}

/// The folders of a path and the name in the last of them. Whatever could climb is no path.
pub(super) fn split<'p>(root: &Path, path: &'p str) -> Result<(&'p str, &'p str), StoreError> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    parts(root, path)?;
    if name.is_empty() { Err(climbs(root, path)) } else { Ok((folder, name)) }
}

pub(super) fn parts<'p>(root: &Path, path: &'p str) -> Result<Vec<&'p str>, StoreError> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let parts: Vec<&str> = path.split('/').collect();
    let is_plain = |part: &&str| !matches!(*part, "" | "." | "..") && !part.contains(['\0', '\\']);
    if parts.iter().all(is_plain) { Ok(parts) } else { Err(climbs(root, path)) }
}

fn climbs(root: &Path, path: &str) -> StoreError {
    StoreError::damaged(root, format!("it names `{}`, which is no path in it", path.escape_default()))
}
