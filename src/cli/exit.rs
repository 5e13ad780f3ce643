//! How a run ends: the exit codes, in one type.

use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: done, whatever changed.
    Done,
    /// 1: with `--exit-code`, an alert was raised.
    Alert,
    /// 2: wrong usage, or a wrong targets.json.
    Usage,
    /// 3: the store could not be read or written, or is damaged.
    Store,
    /// 4: a page or file could not be read as a statement; of `check`, with `--exit-code` and where there was no alert.
    Unread,
    /// 70: a bug in onrecord (`EX_SOFTWARE` of sysexits.h).
    Bug,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Alert => 1,
            Exit::Usage => 2,
            Exit::Store => 3,
            Exit::Unread => 4,
            Exit::Bug => 70,
        })
    }
}

/// What ends a verb before its time: how the run ends, and what a person is told.
#[derive(Debug, thiserror::Error)]
#[error("{told}")]
pub struct Failure {
    /// How the run ends.
    pub exit: Exit,
    /// What was seen, for whom, and what to do next.
    pub told: String,
}

impl Failure {
    /// Wrong usage, or a wrong file of the user's.
    pub fn usage(told: impl std::fmt::Display) -> Self {
        Self { exit: Exit::Usage, told: told.to_string() }
    }

    /// The store, or the disk.
    pub fn store(told: impl std::fmt::Display) -> Self {
        Self { exit: Exit::Store, told: told.to_string() }
    }
}

impl From<crate::store::StoreError> for Failure {
    fn from(error: crate::store::StoreError) -> Self {
        Self::store(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        // Whoever reads the output has read enough: `onrecord log | head`.
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self { exit: Exit::Done, told: String::new() };
        }
        Self::store(format!("could not write the output: {error}"))
    }
}
