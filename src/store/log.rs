//! The log on disk: a file a day, a line an entry, each line with the hash of the one before.
//!
//! Reading checks the chain as it goes. A last line without its line feed was torn by a crash and counts for
//! nothing; anything else that does not add up is a fault, with its file and line.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{StoreError, disk, layout};
use crate::model::{Digest, Line};

/// The most bytes of one line.
const LINE: u64 = 8 << 20;

/// A place in the log, between two lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// How many lines stand before it.
    pub(crate) lines: u64,
    /// The hash of the line before it; of nothing at the start.
    pub(crate) head: Digest,
    /// The file of that line.
    pub(crate) day: Option<String>,
    /// Where that line begins.
    pub(crate) begins: u64,
    /// Where it ends, its line feed included.
    pub(crate) ends: u64,
}

impl Default for Position {
    fn default() -> Self {
        Self { lines: 0, head: Digest::of(b""), day: None, begins: 0, ends: 0 }
    }
}

/// Something in the log that does not add up.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The file, relative to the store.
    pub(crate) file: String,
    /// What was seen.
    pub(crate) seen: String,
}

/// Reads the log from a position on.
#[derive(Debug)]
pub(crate) struct Reader {
    root: PathBuf,
    days: std::vec::IntoIter<String>,
    open: Option<(String, BufReader<File>, u64)>,
    at: Position,
    torn: Option<(String, u64)>,
    buffer: Vec<u8>,
}

/// One step of reading.
#[derive(Debug)]
pub(crate) struct Step {
    /// The line, when it is one.
    pub(crate) line: Option<Line>,
    /// What is wrong with it, or with its place in the chain.
    pub(crate) fault: Option<Fault>,
}

impl Reader {
    /// Reads from `from` on. That the lines before it are still there is the caller's to check ([`holds`]).
    pub(crate) fn new(root: &Path, from: Position) -> Result<Self, StoreError> {
        let mut days: Vec<String> = days(root)?;
        let mut open = None;
        if let Some(day) = &from.day {
            days.retain(|d| d > day);
            let mut file = BufReader::with_capacity(1 << 16, open_day(root, day)?);
            file.seek(SeekFrom::Start(from.ends))
                .map_err(StoreError::io("read", root.join(layout::LOG).join(day)))?;
            open = Some((day.clone(), file, from.ends));
        }
        Ok(Self {
            root: root.to_owned(),
            days: days.into_iter(),
            open,
            at: from,
            torn: None,
            buffer: Vec::new(),
        })
    }

    /// The place after the last line read.
    pub(crate) fn position(&self) -> &Position {
        &self.at
    }

    /// The file, and the length of its whole lines, when the last line of the log is torn.
    pub(crate) fn torn(&self) -> Option<&(String, u64)> {
        self.torn.as_ref()
    }

    /// The next line, whatever is wrong with it; `None` at the end.
    pub(crate) fn step(&mut self) -> Result<Option<Step>, StoreError> {
        loop {
            let Some((day, file, offset)) = &mut self.open else {
                let Some(day) = self.days.next() else { return Ok(None) };
                let file = BufReader::with_capacity(1 << 16, open_day(&self.root, &day)?);
                self.open = Some((day, file, 0));
                continue;
            };
            self.buffer.clear();
            let path = || self.root.join(layout::LOG).join(&*day);
            let got = file.by_ref().take(LINE).read_until(b'\n', &mut self.buffer);
            let got = got.map_err(StoreError::io("read", path()))? as u64;
            if got == 0 {
                self.open = None;
                continue;
            }
            let begins = *offset;
            let name = format!("{}/{day}", layout::LOG);
            if self.buffer.pop_if(|b| *b == b'\n').is_none() {
                let last = self.days.len() == 0;
                let whole = got == LINE;
                let seen = if whole {
                    "a line is longer than any here"
                } else if last {
                    self.torn = Some((day.clone(), begins));
                    self.open = None;
                    return Ok(None);
                } else {
                    "the last line is cut"
                };
                self.open = None;
                return Ok(Some(Step {
                    line: None,
                    fault: Some(Fault { file: name, seen: seen.to_owned() }),
                }));
            }
            *offset += got;
            let ends = *offset;
            let day = day.clone();
            return Ok(Some(self.check(name, day, begins, ends)));
        }
    }

    /// Checks the line in the buffer against the chain, and goes on behind it whatever it holds.
    fn check(&mut self, file: String, day: String, begins: u64, ends: u64) -> Step {
        let n = self.at.lines;
        let expected = std::mem::replace(&mut self.at.head, Digest::of(&self.buffer));
        self.at = Position { lines: n + 1, head: self.at.head.clone(), day: Some(day), begins, ends };
        let line: Line = match serde_json::from_slice(&self.buffer) {
            Ok(line) => line,
            Err(e) => {
                let seen = format!("line {n} of the log, at byte {begins}, cannot be read: {e}");
                return Step { line: None, fault: Some(Fault { file, seen }) };
            }
        };
        self.at.lines = line.n.saturating_add(1);
        let seen = if line.n != n {
            format!("at byte {begins} line {n} of the log is due, and line {} stands there", line.n)
        } else if line.prev != expected {
            format!("line {n} of the log, at byte {begins}, does not carry the hash of the line before it")
        } else {
            return Step { line: Some(line), fault: None };
        };
        Step { line: Some(line), fault: Some(Fault { file, seen }) }
    }
}

impl Iterator for Reader {
    type Item = Result<Line, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let found = match self.step() {
            Ok(Some(Step { line: Some(line), fault: None })) => return Some(Ok(line)),
            Ok(Some(Step { fault: Some(fault), .. })) => {
                Err(StoreError::damaged(self.root.join(fault.file), fault.seen))
            }
            Ok(_) => return None,
            Err(e) => Err(e),
        };
        (self.open, self.days) = (None, Vec::new().into_iter());
        Some(found)
    }
}

/// Whether the line that ends at a position is still the one that was seen there.
pub(crate) fn holds(root: &Path, at: &Position) -> Result<bool, StoreError> {
    let Some(day) = &at.day else { return Ok(at.lines == 0) };
    let path = root.join(layout::LOG).join(day);
    let Some(length) = at.ends.checked_sub(at.begins).filter(|l| (1..=LINE).contains(l)) else {
        return Ok(false);
    };
    if !layout::is_day(day) || !path.is_file() {
        return Ok(false);
    }
    let mut file = open_day(root, day)?;
    let mut line = Vec::new();
    file.seek(SeekFrom::Start(at.begins)).map_err(StoreError::io("read", &path))?;
    file.take(length).read_to_end(&mut line).map_err(StoreError::io("read", &path))?;
    Ok(line.pop() == Some(b'\n') && Digest::of(&line) == at.head)
}

/// The days that have a file, in order.
pub(crate) fn days(root: &Path) -> Result<Vec<String>, StoreError> {
    let mut days = disk::names(&root.join(layout::LOG))?;
    days.retain(|name| layout::is_day(name));
    Ok(days)
}

fn open_day(root: &Path, day: &str) -> Result<File, StoreError> {
    let path = root.join(layout::LOG).join(day);
    File::open(&path).map_err(StoreError::io("read", path))
}
