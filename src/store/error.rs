//! What can go wrong with a store. Each error names the file, what was seen, and what to do.

use std::{io, path::PathBuf};

/// A store that could not be read or written, or does not hold what it should.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused.
    #[error("{}: cannot {doing}: {source}{}", path.display(), hint(source))]
    Io {
        /// What was tried, as a verb: `write`, `rename`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process writes.
    #[error("{}: another onrecord ({holder}) is writing here; let it finish, or stop it", path.display())]
    Locked {
        /// The lock.
        path: PathBuf,
        /// Who holds it: `pid 123, since 11:02 UTC`.
        holder: String,
    },
    /// A file is not what was written.
    #[error("{}: {seen}; {advice}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was seen.
        seen: String,
        /// What to do.
        advice: &'static str,
    },
    /// The folder is no store, or one that a newer program made.
    #[error("{}: {seen}", path.display())]
    NotAStore {
        /// The folder or file.
        path: PathBuf,
        /// What was seen, and what to do.
        seen: String,
    },
    /// There is no such thing in the store.
    #[error("there is no {0} in this store; `onrecord log` lists what there is")]
    Unknown(String),
    /// What was to be kept does not hold together: a fault of the program, found before anything was written.
    #[error("refused to keep what does not hold together: {0}; this is a bug, nothing was written")]
    Unfit(String),
    /// An earlier write failed, so that nothing more is written through this opening.
    #[error("{}: an earlier write failed, so nothing more is written in this run; run again", path.display())]
    Stopped {
        /// The store.
        path: PathBuf,
    },
}

impl StoreError {
    /// What to do about a file that was changed from outside.
    pub(crate) const RESTORE: &str =
        "restore it from a copy or from git; `onrecord verify` lists all that is wrong";

    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }

    pub(crate) fn damaged(path: impl Into<PathBuf>, seen: impl Into<String>) -> Self {
        Self::Damaged { path: path.into(), seen: seen.into(), advice: Self::RESTORE }
    }
}

fn hint(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "; free some space and run again",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "; give this user leave to write there, or name another folder with `--store`"
        }
        _ => "",
    }
}
