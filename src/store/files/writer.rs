//! Adding lines to the log, and saving what it comes to.
//!
//! Not here: which lines (`commit`).

use std::{collections::BTreeMap, fs::File, path::Path};

use jiff::Timestamp;

use super::{
    disk,
    lock::Lock,
    log::{self, Body, End, Head, Position, Run},
    settle::{self, Todo},
    state::{self, Folded},
};
use crate::{
    model::{Digest, Entry},
    store::{StoreError, fold::Fold, layout},
};

/// What writes to the folder, and how far it is.
#[derive(Debug)]
pub(super) struct Writer {
    _lock: Lock,
    run: Run,
    /// The segment that lines are added to.
    open: Option<(String, File)>,
    /// The ends of the segments that no other follows.
    heads: BTreeMap<String, End>,
    /// The newest hour that has a segment; lines never go to an older one.
    newest: String,
    /// What is still to be done before `state.json` may be written.
    pub(super) todo: Todo,
    /// Records since `state.json` was written.
    pub(super) unsaved: usize,
    /// A write failed: what is on disk is known only after opening again.
    pub(super) stopped: bool,
}

impl Writer {
    pub(super) fn new(lock: Lock, folded: &Folded, todo: Todo) -> Self {
        let newest = folded.heads.keys().map(|name| layout::hour_of(name)).max().unwrap_or_default();
        Self {
            _lock: lock,
            run: Run::new(),
            open: None,
            newest: newest.to_owned(),
            heads: folded.heads.clone(),
            unsaved: folded.unsaved + usize::from(!todo.dirty.is_empty() || folded.anew),
            todo,
            stopped: false,
        }
    }

    /// Whether `state.json` says all there is.
    pub(super) fn is_saved(&self) -> bool {
        self.unsaved == 0
    }

    /// Adds entries to the log and waits until they are durable: the point of no return.
    pub(super) fn entries(
        &mut self,
        root: &Path,
        fold: &mut Fold,
        at: Timestamp,
        entries: Vec<Entry>,
    ) -> Result<(), StoreError> {
        let bodies: Vec<Body> = entries.into_iter().map(Body::Entry).collect();
        self.append(root, at, &bodies)?;
        for body in &bodies {
            if let Body::Entry(entry) = body {
                fold.apply(entry);
            }
        }
        Ok(())
    }

    /// Adds lines to the segment of the hour, which is begun where there is none.
    pub(super) fn append(&mut self, root: &Path, at: Timestamp, bodies: &[Body]) -> Result<(), StoreError> {
        // A clock that went back must not put a segment before those that it follows.
        let hour = layout::hour(at).max(self.newest.clone());
        let name = layout::segment(&hour, self.run.as_str());
        if self.open.as_ref().is_none_or(|(open, _)| *open != name) {
            self.begin(root, at, &name)?;
            self.newest = hour;
        }
        let Some((_, file)) = &mut self.open else { return Ok(()) };
        let path = format!("{}/{name}", layout::LOG);
        let start = file.metadata().map_err(StoreError::io("read", root.join(&path)))?.len();
        let known = self.heads.get(&name).map(|end| end.line.clone());
        let (bytes, end) = lines(known, at, bodies, start)?;
        if let Err(e) = disk::append(file, root, &path, &bytes).and_then(|()| disk::sync(file, root, &path)) {
            // Should the cut fail too, the lines that are whole count, and their files are still there to be named.
            let _ = disk::truncate(file, root, &path, start);
            return Err(e);
        }
        self.heads.extend(end.map(|end| (name, end)));
        self.unsaved += bodies.len();
        Ok(())
    }

    /// Begins a segment: its first line names the heads that it follows.
    fn begin(&mut self, root: &Path, at: Timestamp, name: &str) -> Result<(), StoreError> {
        let path = format!("{}/{name}", layout::LOG);
        let folder = disk::parent(&path);
        let made = disk::make_folders(root, folder)?;
        let mut file = disk::create_log(root, &path)?;
        let head =
            |(segment, end): (&String, &End)| Head { segment: segment.clone(), line: end.line.clone() };
        let segment = log::Segment {
            run: self.run.clone(),
            by: concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned(),
            follows: self.heads.iter().map(head).collect(),
        };
        let (bytes, end) = lines(None, at, &[Body::Segment(segment)], 0)?;
        disk::append(&mut file, root, &path, &bytes)?;
        disk::sync_folder(root, folder)?;
        for folder in made {
            disk::sync_folder(root, disk::parent(&folder))?;
        }
        self.heads = end.map(|end| (name.to_owned(), end)).into_iter().collect();
        self.open = Some((name.to_owned(), file));
        Ok(())
    }

    /// Writes `state.json`, after everything that it speaks of is durable, and seals it by a line of the log.
    pub(super) fn save(&mut self, root: &Path, fold: &Fold, at: Timestamp) -> Result<(), StoreError> {
        if self.todo.unfinished {
            // The next opening reads the lines again that name what is left to do.
            return Ok(());
        }
        // The line that seals it stands right behind the last one that it knows.
        self.append(root, at, &[])?;
        for folder in std::mem::take(&mut self.todo.dirty) {
            disk::sync_folder(root, &folder)?;
        }
        let bytes = state::to_json(Position::at(root, &self.heads)?, fold)?;
        let sha256 = Digest::of(&bytes);
        settle::replace(root, layout::STATE, &bytes)?;
        self.append(root, at, &[Body::State(log::State { sha256 })])?;
        self.unsaved = 0;
        Ok(())
    }
}

/// Lines chained to the one before, and where the last of them ends.
fn lines(
    mut prev: Option<Digest>,
    at: Timestamp,
    bodies: &[Body],
    start: u64,
) -> Result<(Vec<u8>, Option<End>), StoreError> {
    let mut bytes = Vec::new();
    let mut end = None;
    for body in bodies {
        let json = log::write(prev.as_ref(), at, body).map_err(|e| StoreError::Unfit(e.to_string()))?;
        let (begins, line) = (start + bytes.len() as u64, Digest::of(&json));
        bytes.extend(json);
        bytes.push(b'\n');
        end = Some(End { line: line.clone(), begins, ends: start + bytes.len() as u64 });
        prev = Some(line);
    }
    Ok((bytes, end))
}
