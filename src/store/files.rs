//! The default store: a folder of plain files, made to be committed to git and read with `cat`.
//!
//! The files are the truth. What is held in memory is what the log comes to (`fold`), and no statement.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{File, OpenOptions},
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{
    Commit, Store, StoreError,
    assemble::{self, Assembled},
    disk,
    fold::{self, Fold, Kept},
    latest, layout,
    layout::Named,
    lock::Lock,
    log::{self, Position, Reader},
    seed, settle, stage,
};
use crate::model::{
    Digest, Entry, Event, EventId, FileRef, Line, Memory, Snapshot, SnapshotId, TargetId, TargetState,
};

/// How many events one line of a delivery names.
const DELIVERED: usize = 1000;

/// A store in a folder.
#[derive(Debug)]
pub struct Files {
    root: PathBuf,
    fold: Fold,
    /// Files that the log names and that a crash left under their temporary names; only where the store is only read.
    unnamed: Vec<String>,
    /// `None` for a store that is only read.
    writer: Option<Writer>,
}

#[derive(Debug)]
struct Writer {
    _lock: Lock,
    /// The day's file that lines are added to.
    day: Option<(String, File)>,
    /// The newest day that has a file; lines never go to an older one.
    newest: Option<String>,
    /// Folders whose names are not yet durable.
    dirty: BTreeSet<PathBuf>,
    /// Lines since `state.json` was written.
    unsaved: usize,
    /// A write failed: what is on disk is known only after opening again.
    stopped: bool,
}

impl Files {
    /// Opens a store to write: makes it where there is none, takes the writer's lock, finishes or takes back what a
    /// crash left.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        seed::prepare(root)?;
        let lock = Lock::take(root)?;
        seed::make(root)?;
        let folded = fold::fold(root)?;
        let dirty = settle::recover(root, &folded)?;
        let writer = Writer {
            _lock: lock,
            day: None,
            newest: log::days(root)?.pop(),
            unsaved: folded.fresh.len() + usize::from(!dirty.is_empty()),
            dirty,
            stopped: false,
        };
        Ok(Self { root: root.to_owned(), fold: folded.fold, unnamed: Vec::new(), writer: Some(writer) })
    }

    /// Opens a store to read; needs no lock and changes nothing. A damaged log does not keep what is whole from being
    /// read; [`Store::lines`] names the damage.
    pub fn read_only(root: &Path) -> Result<Self, StoreError> {
        seed::check_format(root)?;
        let folded = fold::fold_what_is_whole(root)?;
        let files = folded.fresh.into_iter().flat_map(|look| look.files).map(|file| file.path);
        let unnamed = files.filter(|path| !root.join(path).is_file()).collect();
        Ok(Self { root: root.to_owned(), fold: folded.fold, unnamed, writer: None })
    }

    /// The bytes of a file, also where a crash left it under its temporary name.
    fn read(&self, path: &str, what: impl FnOnce() -> String) -> Result<(PathBuf, Vec<u8>), StoreError> {
        for path in [self.root.join(path), self.root.join(layout::temporary(path))] {
            if let Some(bytes) = disk::read(&path)? {
                return Ok((path, bytes));
            }
        }
        Err(StoreError::Unknown(what()))
    }

    fn read_event(&self, kept: &Kept) -> Result<Event, StoreError> {
        let (path, bytes) = self.read(&kept.path, || format!("file `{}`", kept.path))?;
        assemble::to_event(&path, &bytes, &kept.id)
    }

    /// The files of events whose id may begin so, as far as names tell.
    fn events_named(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let mut found = self.unnamed.clone();
        for target in self.fold.targets.keys().chain(self.fold.names.values().flatten()) {
            let folder = layout::events(target);
            let names = disk::names(&self.root.join(&folder))?;
            found.extend(names.iter().map(|name| format!("{folder}/{name}")));
        }
        found.retain(|path| match layout::parse(path) {
            Some(Named::Event(_, id8)) => id8.starts_with(prefix) || prefix.starts_with(&id8),
            _ => false,
        });
        Ok(found)
    }

    /// The events whose id begins so, sorted. A damaged file is an error only where no other has such an id.
    fn events_with(&self, prefix: &str) -> Result<Vec<Event>, StoreError> {
        let mut found: Vec<Event> = Vec::new();
        let mut damaged = None;
        for path in self.events_named(prefix)? {
            let (path, bytes) = self.read(&path, || format!("file `{path}`"))?;
            match assemble::from_json::<Event>(&path, &bytes) {
                Ok(event) if event.id.as_str().starts_with(prefix) => found.push(event),
                Ok(_) => {}
                Err(e) => damaged = Some(e),
            }
        }
        if let Some(damaged) = damaged.filter(|_| found.is_empty()) {
            return Err(damaged);
        }
        found.sort_by(|a, b| a.id.cmp(&b.id));
        found.dedup_by(|a, b| a.id == b.id);
        Ok(found)
    }

    /// Runs one write; when it fails, nothing more is written through this opening.
    fn writing<T>(
        &mut self,
        write: impl FnOnce(&Path, &mut Fold, &mut Writer) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Some(writer) = self.writer.as_mut().filter(|writer| !writer.stopped) else {
            return Err(StoreError::Stopped { path: self.root.clone() });
        };
        let done = write(&self.root, &mut self.fold, writer);
        writer.stopped = done.is_err();
        done
    }
}

impl Writer {
    /// Adds lines to the log and waits until they are durable: the commit point.
    fn append(
        &mut self,
        root: &Path,
        fold: &mut Fold,
        at: Timestamp,
        entries: Vec<Entry>,
    ) -> Result<(), StoreError> {
        // A clock that went back must not put a line into the middle of the log.
        let day = self.newest.clone().unwrap_or_default().max(layout::day(at));
        let path = root.join(layout::LOG).join(&day);
        if self.day.as_ref().is_none_or(|(open, _)| *open != day) {
            disk::make_folders(root, layout::LOG)?;
            let new = !disk::plain_or_absent(&path)?;
            let file = OpenOptions::new()
                .append(true)
                .create(true)
                .open(&path)
                .map_err(StoreError::io("open", &path))?;
            if new {
                disk::sync_folder(&root.join(layout::LOG))?;
                disk::sync_folder(root)?;
            }
            self.newest = Some(day.clone());
            self.day = Some((day.clone(), file));
        }
        let Some((_, file)) = &mut self.day else { return Ok(()) };
        let start = file.metadata().map_err(StoreError::io("read", &path))?.len();
        let mut bytes = Vec::new();
        let mut position = fold.position.clone();
        let mut lines = Vec::with_capacity(entries.len());
        for entry in entries {
            let line = Line { n: position.lines, prev: position.head, at, entry };
            let json = serde_json::to_vec(&line).map_err(|e| StoreError::Unfit(e.to_string()))?;
            let begins = start + bytes.len() as u64;
            position = Position {
                lines: line.n + 1,
                head: Digest::of(&json),
                day: Some(day.clone()),
                begins,
                ends: begins + json.len() as u64 + 1,
            };
            bytes.extend(json);
            bytes.push(b'\n');
            lines.push(line);
        }
        if let Err(e) = disk::append(file, &path, &bytes).and_then(|()| disk::sync(file, &path)) {
            // Should the cut fail too, the lines that are whole count, and their files are still there to be named.
            let _ = disk::truncate(file, &path, start);
            return Err(e);
        }
        self.unsaved += lines.len();
        for line in &lines {
            fold.apply(line, || fold::events_before(root, line.n))?;
        }
        fold.position = position;
        Ok(())
    }

    /// Writes `state.json` when so many lines have come that reading them again would cost more.
    fn save_if_due(&mut self, root: &Path, fold: &Fold) -> Result<(), StoreError> {
        if self.unsaved > 2000 + 2 * fold.targets.len() { self.save(root, fold) } else { Ok(()) }
    }

    fn save(&mut self, root: &Path, fold: &Fold) -> Result<(), StoreError> {
        settle::save(root, fold, &mut self.dirty)?;
        self.unsaved = 0;
        Ok(())
    }
}

impl Store for Files {
    fn state(&self, target: &TargetId) -> TargetState {
        self.fold.targets.get(target).cloned().unwrap_or_default()
    }

    fn cooling(&self, host: &str) -> Option<Timestamp> {
        self.fold.cooling.get(host).copied()
    }

    fn memory(&self, host: &str) -> Result<Memory, StoreError> {
        self.memory_at(host, self.fold.memory.get(&layout::host_folder(host)).copied().unwrap_or_default())
    }

    fn memory_at(&self, host: &str, number: u32) -> Result<Memory, StoreError> {
        if number == 0 {
            return Ok(Memory::default());
        }
        let (path, bytes) = self.read(&layout::memory(host, number), || {
            format!("memory {number} of {}", host.escape_default())
        })?;
        assemble::to_memory(&path, &bytes, number)
    }

    fn snapshot(&self, target: &TargetId, id: &SnapshotId) -> Result<Snapshot, StoreError> {
        let unknown = || StoreError::Unknown(format!("snapshot {target}@{id}"));
        for name in self.fold.names_of(target) {
            match self.read(&layout::snapshot(name, id), String::new) {
                Ok((path, bytes)) => return assemble::to_snapshot(&path, &bytes, name, id),
                Err(StoreError::Unknown(_)) => {}
                Err(other) => return Err(other),
            }
        }
        Err(unknown())
    }

    fn capture(&self, file: &FileRef) -> Result<Vec<u8>, StoreError> {
        let what = || format!("capture `{}`", file.path.escape_default());
        if !matches!(layout::parse(&file.path), Some(Named::Capture(..))) {
            return Err(StoreError::Unknown(what()));
        }
        let (path, bytes) = self.read(&file.path, what)?;
        assemble::to_capture(&path, bytes, file)
    }

    fn event(&self, id: &EventId) -> Result<Event, StoreError> {
        self.events_with(id.as_str())?.pop().ok_or_else(|| StoreError::Unknown(format!("event {id}")))
    }

    fn find_event(&self, prefix: &str) -> Result<Vec<EventId>, StoreError> {
        Ok(self.events_with(prefix)?.into_iter().map(|event| event.id).collect())
    }

    fn commit(&mut self, at: Timestamp, commits: Vec<Commit>) -> Result<(), StoreError> {
        if commits.is_empty() {
            return Ok(());
        }
        let parts = commits.into_iter().map(assemble::assemble).collect::<Result<Vec<_>, _>>()?;
        let batch = Batch::new(parts, |path| self.root.join(path).is_file())?;
        self.writing(|root, fold, writer| {
            let before: BTreeMap<&TargetId, Option<SnapshotId>> = batch
                .targets
                .iter()
                .map(|target| (target, fold.targets.get(target).and_then(|state| state.snapshot.clone())))
                .collect();
            let new = stage::write(root, batch.files)?;
            writer.append(root, fold, at, batch.entries)?;
            stage::publish(root, &new, &mut writer.dirty)?;
            let mut texts = BTreeMap::new();
            for (target, before) in before {
                let now = fold.targets.get(target).and_then(|state| state.snapshot.as_ref());
                if let Some(now) = now.filter(|now| before.as_ref() != Some(now)) {
                    let text = match batch.texts.get(&(target.clone(), now.clone())) {
                        Some(text) => Some(text.clone()),
                        None => settle::text_now(root, fold, target)?,
                    };
                    texts.extend(text.map(|text| (target.clone(), text)));
                }
            }
            settle::write_latest(root, texts, &mut writer.dirty)?;
            writer.save_if_due(root, fold)
        })
    }

    fn undelivered(&self, sink: &str) -> Result<Vec<Event>, StoreError> {
        let all;
        let waiting = if let Some(waiting) = self.fold.outbox.get(sink) {
            waiting
        } else {
            all = fold::events_before(&self.root, self.fold.position.lines)?;
            &all
        };
        waiting.iter().map(|kept| self.read_event(kept)).collect()
    }

    fn delivered(&mut self, at: Timestamp, sink: &str, events: &[EventId]) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        let entries = events
            .chunks(DELIVERED)
            .map(|some| Entry::Delivery { sink: sink.to_owned(), events: some.to_vec() });
        self.writing(|root, fold, writer| {
            writer.append(root, fold, at, entries.collect())?;
            writer.save_if_due(root, fold)
        })
    }

    fn begin(&mut self, at: Timestamp, sink: &str) -> Result<(), StoreError> {
        if self.fold.outbox.contains_key(sink) {
            return Ok(());
        }
        let entry = Entry::Sink { sink: sink.to_owned() };
        self.writing(|root, fold, writer| writer.append(root, fold, at, vec![entry]))
    }

    fn rename(&mut self, at: Timestamp, from: &TargetId, to: &TargetId) -> Result<bool, StoreError> {
        if !self.fold.may_rename(from, to) {
            return Ok(false);
        }
        let entry = Entry::Renamed { from: from.clone(), to: to.clone() };
        self.writing(|root, fold, writer| {
            writer.append(root, fold, at, vec![entry])?;
            let text = settle::text_now(root, fold, to)?;
            settle::write_latest(
                root,
                text.map(|text| (to.clone(), text)).into_iter().collect(),
                &mut writer.dirty,
            )?;
            Ok(true)
        })
    }

    fn names(&self, target: &TargetId) -> Vec<TargetId> {
        self.fold.names_of(target).cloned().collect()
    }

    fn lines(&self) -> Result<impl Iterator<Item = Result<Line, StoreError>>, StoreError> {
        Reader::new(&self.root, Position::default())
    }

    fn snapshots_of(&self, target: &TargetId) -> Result<Vec<SnapshotId>, StoreError> {
        let mut found: Vec<SnapshotId> = Vec::new();
        for of in self.fold.names_of(target) {
            let there = disk::names(&self.root.join(layout::target(of)))?;
            found.extend(there.iter().filter_map(|name| name.strip_suffix(".json")?.parse().ok()));
            found.extend(self.unnamed.iter().filter_map(|path| match layout::parse(path) {
                Some(Named::Snapshot(other, id)) if other == *of => Some(id),
                _ => None,
            }));
        }
        found.sort_unstable();
        Ok(found)
    }

    fn targets(&self) -> Vec<TargetId> {
        self.fold.targets.keys().cloned().collect()
    }

    fn settle(&mut self) -> Result<(), StoreError> {
        self.writing(|root, fold, writer| if writer.unsaved == 0 { Ok(()) } else { writer.save(root, fold) })
    }
}

/// Many looks as one write.
struct Batch {
    entries: Vec<Entry>,
    files: Vec<assemble::NewFile>,
    targets: BTreeSet<TargetId>,
    /// The wordings that came with it, for `latest.txt`.
    texts: BTreeMap<(TargetId, SnapshotId), String>,
}

impl Batch {
    fn new(parts: Vec<Assembled>, there: impl Fn(&str) -> bool) -> Result<Self, StoreError> {
        let mut batch = Self {
            entries: Vec::with_capacity(parts.len()),
            files: Vec::new(),
            targets: BTreeSet::new(),
            texts: BTreeMap::new(),
        };
        let mut digests = BTreeMap::new();
        for mut part in parts {
            part.leave_out_known(|path| digests.contains_key(path) || there(path));
            for (file, named) in part.files.into_iter().zip(&part.look.files) {
                match digests.insert(file.path.clone(), named.sha256.clone()) {
                    None => batch.files.push(file),
                    Some(other) if other == named.sha256 => {}
                    Some(_) => {
                        return Err(StoreError::Unfit(format!("two files want to be `{}`", file.path)));
                    }
                }
            }
            if let Some(path) = part.needs.filter(|path| !digests.contains_key(path) && !there(path)) {
                return Err(StoreError::Unfit(format!("a snapshot's capture `{path}` is not in the store")));
            }
            if let Some(snapshot) = part.snapshot {
                let text = latest::render(&snapshot.statement);
                batch.texts.insert((snapshot.target, snapshot.id), text);
            }
            batch.targets.insert(part.look.target.clone());
            batch.entries.push(Entry::Look(part.look));
        }
        Ok(batch)
    }
}
