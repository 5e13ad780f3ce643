//! Where events go, and the program that may judge them too, as targets.json says.

use std::{path::PathBuf, time::Duration};

use super::Level;

/// A place that events go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinkSpec {
    /// Its name in the log: what it has taken is known by it.
    pub name: String,
    /// The quietest level that it is told.
    pub level: Level,
    /// What it is.
    pub kind: SinkKind,
}

/// The kinds of sink, each with what it needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SinkKind {
    /// Lines in a file.
    File(FileSink),
    /// A program.
    Command(CommandSink),
}

/// Lines of JSON at the end of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSink {
    /// The file, as targets.json names it.
    pub path: PathBuf,
}

/// A program, run once for each event, with the event on its standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandSink {
    /// The program and its arguments; no shell comes between.
    pub run: Vec<String>,
    /// The time that it may take for one event.
    pub timeout: Duration,
}

/// A further judge, as targets.json names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgeSpec {
    /// The program and its arguments; no shell comes between.
    pub run: Vec<String>,
    /// The time that it may take for one event.
    pub timeout: Duration,
}
