//! Reading the log from a place on, and checking the chain as it goes.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs::File,
    io::{BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::{
    LINE, format1,
    line::{self, Body, Head, Line},
    order::{self, Order},
    roster::Roster,
    segment,
};
use crate::{
    model::{Digest, Entry, Record, Subject},
    store::{
        StoreError,
        fold::Fold,
        layout::{self, LOG},
    },
};

/// Something in the log that does not add up.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The file, relative to the store.
    pub(crate) file: String,
    /// What was seen.
    pub(crate) seen: String,
}

/// One line of the log, read.
#[derive(Debug)]
pub(crate) struct Step {
    /// Its segment's name below `log/`.
    pub(crate) segment: String,
    /// Its number in the segment, from 1, as editors count.
    pub(crate) number: u64,
    /// What it holds, when it can be read.
    pub(crate) line: Option<Line>,
    /// What is wrong with it, or with its place in the chain.
    pub(crate) fault: Option<Fault>,
}

/// Where a segment was read up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct End {
    /// The hash of the last line.
    pub(crate) line: Digest,
    /// Where that line begins.
    pub(crate) begins: u64,
    /// Where it ends, its line feed included.
    pub(crate) ends: u64,
}

/// Reads segments one after the other.
#[derive(Debug)]
pub(crate) struct Reader {
    root: PathBuf,
    segments: VecDeque<String>,
    open: Option<Open>,
    /// Heads that segments say they follow and that were not met yet.
    followed: BTreeSet<Head>,
    /// The ends of the segments that no other follows at its end.
    heads: BTreeMap<String, End>,
    /// Of the days of format 1: how many lines, and the hash of the last.
    numbered: (u64, Digest),
    rosters: BTreeMap<Digest, Vec<Subject>>,
    buffer: Vec<u8>,
}

#[derive(Debug)]
struct Open {
    name: String,
    file: BufReader<File>,
    offset: u64,
    number: u64,
    prev: Option<Digest>,
}

impl Reader {
    /// Reads the whole log, in order.
    pub(crate) fn new(root: &Path) -> Result<Self, StoreError> {
        let Order { names, followed } = order::order(root, order::names(root)?)?;
        Ok(Self::over(root, names, followed, BTreeMap::new(), Vec::new()))
    }

    /// Reads these segments, in order, from what is known on: heads, and the roster in hand.
    pub(super) fn over(
        root: &Path,
        segments: Vec<String>,
        followed: BTreeSet<Head>,
        heads: BTreeMap<String, End>,
        roster: Vec<Subject>,
    ) -> Self {
        Self {
            root: root.to_owned(),
            segments: segments.into(),
            open: None,
            followed,
            heads,
            numbered: (0, Digest::of(b"")),
            rosters: BTreeMap::from([(Roster::digest(&roster), roster)]),
            buffer: Vec::new(),
        }
    }

    /// The ends of the segments that no other follows at its end.
    pub(crate) fn heads(&self) -> &BTreeMap<String, End> {
        &self.heads
    }

    /// The next line, whatever is wrong with it; `None` at the end.
    pub(crate) fn step(&mut self) -> Result<Option<Step>, StoreError> {
        loop {
            let Some(open) = &mut self.open else {
                let Some(name) = self.segments.pop_front() else { return Ok(self.missing()) };
                let known = self.heads.get(&name);
                let offset = known.map_or(0, |end| end.ends);
                let prev = known.map(|end| end.line.clone());
                let mut file = BufReader::with_capacity(1 << 16, segment::open(&self.root, &name)?);
                let path = || self.root.join(LOG).join(&name);
                file.seek(SeekFrom::Start(offset)).map_err(StoreError::io("read", path()))?;
                self.open = Some(Open { name, file, offset, number: 0, prev });
                continue;
            };
            self.buffer.clear();
            let path = || self.root.join(LOG).join(&open.name);
            let got = open.file.by_ref().take(LINE).read_until(b'\n', &mut self.buffer);
            let got = got.map_err(StoreError::io("read", path()))? as u64;
            open.number += 1;
            let (name, number) = (open.name.clone(), open.number);
            if got == 0 {
                self.open = None;
                continue;
            }
            if self.buffer.pop_if(|b| *b == b'\n').is_none() {
                self.open = None;
                if got == LINE {
                    let fault = Some(self::fault(&name, number, "is longer than any here"));
                    return Ok(Some(Step { segment: name, number, line: None, fault }));
                }
                // Torn by a crash: it counts for nothing.
                continue;
            }
            let end = End { line: Digest::of(&self.buffer), begins: open.offset, ends: open.offset + got };
            open.offset += got;
            let prev = open.prev.replace(end.line.clone());
            let (line, fault) = self.check(&name, number, prev.as_ref(), &end);
            return Ok(Some(Step { segment: name, number, line, fault }));
        }
    }

    /// The line in the buffer, and what is wrong with it.
    fn check(
        &mut self,
        name: &str,
        number: u64,
        prev: Option<&Digest>,
        end: &End,
    ) -> (Option<Line>, Option<Fault>) {
        let mut wrong = None;
        let line = if layout::is_day_file(name) {
            format1::read(&self.buffer).map(|line| {
                let (n, head) = std::mem::replace(&mut self.numbered, (line.n + 1, end.line.clone()));
                if (line.n, &line.prev) != (n, &head) {
                    wrong = Some("does not follow the line before it");
                }
                self.heads.clear();
                Line { prev: None, at: line.at, body: Body::Entry(line.entry) }
            })
        } else {
            line::read(&self.buffer).inspect(|line| {
                if line.prev.as_ref() != prev {
                    wrong = Some("does not follow the line before it");
                }
                match &line.body {
                    Body::Segment(segment) if prev.is_none() => {
                        for head in &segment.follows {
                            self.heads.retain(|name, end| *name != head.segment || end.line != head.line);
                        }
                    }
                    Body::Segment(_) => wrong = Some("begins a segment within another"),
                    _ if prev.is_none() => wrong = Some("should begin the segment, and does not"),
                    Body::Roster(Roster { subjects }) => {
                        self.rosters.insert(Roster::digest(subjects), subjects.clone());
                    }
                    _ => {}
                }
            })
        };
        self.followed.remove(&Head { segment: name.to_owned(), line: end.line.clone() });
        self.heads.insert(name.to_owned(), end.clone());
        match line {
            Ok(line) => (Some(line), wrong.map(|wrong| fault(name, number, wrong))),
            Err(seen) => (None, Some(fault(name, number, &seen))),
        }
    }

    /// A head that a segment follows and that is not there: a tail was cut off.
    fn missing(&mut self) -> Option<Step> {
        let head = self.followed.pop_first()?;
        let seen = "a later segment follows a line of this one that is not there".to_owned();
        let file = format!("{LOG}/{}", head.segment.escape_default());
        Some(Step { segment: head.segment, number: 0, line: None, fault: Some(Fault { file, seen }) })
    }

    /// The next line as what it records, folded; the end is `None`.
    ///
    /// # Errors
    /// At the first thing that does not add up.
    pub(crate) fn fold_next(&mut self, fold: &mut Fold) -> Result<Option<Vec<Record>>, StoreError> {
        let Some(step) = self.step()? else { return Ok(None) };
        let damaged = |fault: Fault, root: &Path| StoreError::damaged(root.join(&fault.file), fault.seen);
        if let Some(fault) = step.fault {
            return Err(damaged(fault, &self.root));
        }
        let Some(line) = step.line else { return Ok(Some(Vec::new())) };
        let records = self
            .apply(line, fold)
            .map_err(|seen| damaged(fault(&step.segment, step.number, &seen), &self.root))?;
        Ok(Some(records))
    }

    /// Folds a line, and says what it records.
    ///
    /// # Errors
    /// In words, what is wrong with the line.
    pub(crate) fn apply(&self, line: Line, fold: &mut Fold) -> Result<Vec<Record>, String> {
        let at = line.at;
        Ok(match line.body {
            Body::Entry(entry) => {
                fold.apply(&entry);
                vec![Record { at, entry }]
            }
            Body::Quiet(quiet) => {
                let roster = self.rosters.get(&quiet.roster).ok_or("counts by a list that is not there")?;
                let looks = quiet.read(roster, fold)?;
                looks.into_iter().map(|look| Record { at, entry: Entry::Look(look) }).collect()
            }
            Body::Roster(Roster { subjects }) => {
                fold.roster = subjects;
                Vec::new()
            }
            Body::Segment(_) | Body::State(_) => Vec::new(),
        })
    }
}

fn fault(segment: &str, number: u64, seen: &str) -> Fault {
    Fault { file: format!("{LOG}/{segment}"), seen: format!("line {number} {seen}") }
}
