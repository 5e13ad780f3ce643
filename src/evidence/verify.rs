//! The whole store, once: the log line by line with the files that each names, then what is derived, then strays.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{Report, kept};
use crate::{
    model::{Digest, Entry, Observation, Snapshot, SnapshotId, Subject, TargetState},
    store::{
        StoreError,
        files::{
            disk::{self, Kind},
            log::Reader,
            seed,
            state::{self, Known},
        },
        fold::Fold,
        latest,
        layout::{self, Named, Place},
    },
};

/// Checks every line and every file of a store. Reads only, and needs no lock; what a crash left for the next
/// opening to finish is no fault, nor is what a merge left for it to make anew.
///
/// # Errors
/// When there is no store, or the system refuses to read it. What a store should hold and does not is no error: the
/// report names it.
pub fn verify(root: &Path) -> Result<Report, StoreError> {
    let mut check = Check {
        root,
        report: Report::default(),
        named: BTreeMap::new(),
        blobs: BTreeSet::new(),
        captures: Vec::new(),
        stale: BTreeSet::new(),
        unread: false,
        anew: false,
    };
    check.format()?;
    let state = check.state()?;
    let fold = check.log(state)?;
    check.captures();
    check.latest(&fold)?;
    check.strays(&fold)?;
    Ok(check.report)
}

struct Check<'a> {
    root: &'a Path,
    report: Report,
    /// Every file that a line names.
    named: BTreeMap<String, Digest>,
    /// The blobs among them.
    blobs: BTreeSet<Digest>,
    /// The snapshots, and the capture that each was read from.
    captures: Vec<(String, Digest)>,
    /// Subjects of which the next opening may have to write `latest.txt`.
    stale: BTreeSet<Subject>,
    /// The log could not be read to its end.
    unread: bool,
    /// The next opening makes `state.json` anew, and with it every `latest.txt`.
    anew: bool,
}

impl Check<'_> {
    fn format(&mut self) -> Result<(), StoreError> {
        match seed::check_format(self.root) {
            Err(StoreError::Damaged { seen, .. }) => self.report.fault(layout::FORMAT, seen),
            Err(StoreError::NotAStore { .. })
                if disk::about(self.root, layout::FORMAT)?.is_none()
                    && disk::about(self.root, layout::LOG)?.is_some() =>
            {
                self.report.fault(layout::FORMAT, "it is not there");
            }
            other => return other,
        }
        Ok(())
    }

    /// What `state.json` knows, where the next opening will believe it.
    fn state(&mut self) -> Result<Option<Box<state::Saved>>, StoreError> {
        let Some(known) = self.damage(state::known(self.root))? else { return Ok(None) };
        match known {
            Known::Upto(saved, _) => return Ok(Some(saved)),
            Known::Nothing => {}
            Known::Lost(segment) => {
                let file = format!("{}/{}", layout::LOG, segment.escape_default());
                self.report.fault(file, "the last line that state.json has seen is not there");
            }
            Known::Unlike => {
                let seen = "it is not what the log says was written; remove it, the next run makes it again";
                self.report.fault(layout::STATE, seen);
            }
            Known::Anew => {
                let bytes = disk::read(self.root, layout::STATE)?.unwrap_or_default();
                if state::from_json(&bytes).is_none() && !state::is_to_be_made_anew(&bytes) {
                    let seen = "it is not what was written; it can be removed, the next run makes it again from the log";
                    self.report.fault(layout::STATE, seen);
                }
            }
        }
        self.anew = true;
        Ok(None)
    }

    /// Reads the log from its first line; answers what it comes to.
    fn log(&mut self, state: Option<Box<state::Saved>>) -> Result<Fold, StoreError> {
        let mut fold = Fold::default();
        let Some(mut reader) = self.damage(Reader::new(self.root))? else {
            self.unread = true;
            return Ok(fold);
        };
        let mut state = state;
        loop {
            let Some(step) = self.damage(reader.step())? else {
                self.unread = true;
                break;
            };
            let Some(step) = step else { break };
            self.report.lines += u64::from(step.number > 0);
            if let Some(fault) = step.fault {
                self.report.fault(fault.file, fault.seen);
            }
            let Some(line) = step.line else { continue };
            let file = format!("{}/{}", layout::LOG, step.segment);
            let shown = format!("line {}", step.number);
            match reader.apply(line, &mut fold) {
                Err(seen) => self.report.fault(&file, format!("{shown} {seen}")),
                Ok(records) => {
                    for record in records {
                        match record.entry {
                            Entry::Look(look) => self.look(&look, &shown, &file, &fold, state.is_none())?,
                            // Whose `latest.txt` is in another folder from here on.
                            Entry::Renamed { to, .. } if state.is_none() => {
                                self.stale.extend(fold.subjects.keys().filter(|s| s.target == to).cloned());
                            }
                            _ => {}
                        }
                    }
                }
            }
            if let Some(saved) = state.take_if(|saved| saved.position.is_behind(reader.heads()))
                && !saved.fold.agrees_with(&fold)
            {
                let seen = "it is not what the log comes to; remove it, the next run makes it again";
                self.report.fault(layout::STATE, seen);
            }
        }
        Ok(fold)
    }

    /// The files of one look, and the snapshot that it speaks of.
    fn look(
        &mut self,
        look: &Observation,
        line: &str,
        log: &str,
        fold: &Fold,
        after_state: bool,
    ) -> Result<(), StoreError> {
        if after_state && look.has_files() {
            self.stale.insert(look.subject());
        }
        self.blobs.extend(look.blobs.iter().cloned());
        for file in kept::of_look(look) {
            let path = file.path(self.root, look)?;
            match self.named.insert(path.clone(), file.sha256().clone()) {
                None => {
                    self.report.files += 1;
                    match file.check(self.root, &path, look)? {
                        Ok(capture) => self.captures.extend(capture.map(|capture| (path, capture))),
                        Err(seen) => self.report.fault(path, seen),
                    }
                }
                Some(before) if before == *file.sha256() => {}
                Some(_) => {
                    let seen = format!("{line} names `{path}` with other bytes than a line before it");
                    self.report.fault(log, seen);
                }
            }
        }
        if let Some(id) = &look.snapshot
            && !fold.homes(&look.subject()).any(|home| self.named.contains_key(&layout::snapshot(&home, id)))
        {
            self.report.fault(log, format!("{line} speaks of snapshot {id}, which no line brought"));
        }
        Ok(())
    }

    /// Every snapshot was read from bytes that a look brought.
    fn captures(&mut self) {
        for (path, capture) in std::mem::take(&mut self.captures) {
            if !self.blobs.contains(&capture) {
                self.report.fault(path, format!("it was read from capture {capture}, which no line brought"));
            }
        }
    }

    /// Every `latest.txt` holds the wording of its subject's snapshot.
    fn latest(&mut self, fold: &Fold) -> Result<(), StoreError> {
        for (subject, state) in &fold.subjects {
            let Some(now) = &state.snapshot else { continue };
            // A snapshot that does not read was named above.
            let Some(words) = self.kept(fold, subject, &now.id)?.map(|s| latest::render(&s.statement)) else {
                continue;
            };
            let whole = latest::gone(state) + &words;
            let path = layout::latest(subject);
            let found = match disk::read(self.root, &path) {
                Err(StoreError::Damaged { seen, .. }) => {
                    self.report.fault(path, seen);
                    continue;
                }
                read => read?,
            };
            let well = match &found {
                // An earlier program wrote no line that the page is gone.
                Some(bytes) if bytes == whole.as_bytes() || bytes == words.as_bytes() => true,
                _ if !self.anew && !self.stale.contains(subject) => false,
                Some(bytes) => self.is_of_before(fold, subject, state, bytes)?,
                None => true,
            };
            if !well {
                let seen = match found {
                    Some(_) => format!("it is not the wording of snapshot {}", now.id),
                    None => "it is not there".to_owned(),
                };
                self.report.fault(path, seen);
            }
        }
        Ok(())
    }

    /// Whether `latest.txt` holds lines of wordings that the subject had, and no others: one of them from before a
    /// crash, or two that a merge put together.
    fn is_of_before(
        &self,
        fold: &Fold,
        subject: &Subject,
        state: &TargetState,
        found: &[u8],
    ) -> Result<bool, StoreError> {
        let mut lines: BTreeSet<Vec<u8>> = BTreeSet::new();
        let earlier = state.earlier.iter().map(|(known, _)| known);
        for known in state.snapshot.iter().chain(earlier) {
            if let Some(snapshot) = self.kept(fold, subject, &known.id)? {
                let text = latest::render(&snapshot.statement);
                lines.extend(text.lines().map(|line| line.as_bytes().to_vec()));
            }
        }
        let known = |line: &[u8]| line.is_empty() || latest::says_gone(line) || lines.contains(line);
        Ok(found.split(|b| *b == b'\n').all(known))
    }

    /// A snapshot, under whichever name its target had.
    fn kept(&self, fold: &Fold, subject: &Subject, id: &SnapshotId) -> Result<Option<Snapshot>, StoreError> {
        for home in fold.homes(subject) {
            if let Some(found) = kept::snapshot(self.root, &home, id)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// What can be used of what was read; damage is taken into the report.
    fn damage<T>(&mut self, read: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
        match read {
            Err(StoreError::Damaged { path, seen, .. }) => {
                let file = path.strip_prefix(self.root).unwrap_or(&path).to_string_lossy().into_owned();
                self.report.fault(file, seen);
                Ok(None)
            }
            read => read.map(Some),
        }
    }

    /// Whether something is of the kind that it should be; a link, a pipe or a device is named.
    fn is(&mut self, wanted: Kind, kind: Kind, path: &str) -> Result<bool, StoreError> {
        // Where what it should hold was asked for, that was told already.
        let is_told = self.report.faults.iter().any(|fault| fault.file == path);
        match kind.expect(wanted, self.root, path) {
            Err(StoreError::Damaged { .. }) if is_told => Ok(false),
            expected => Ok(self.damage(expected)?.is_some()),
        }
    }

    /// Files that no line names and that are none of the store's own.
    fn strays(&mut self, fold: &Fold) -> Result<(), StoreError> {
        let mut found = Vec::new();
        for (name, kind) in disk::list(self.root, "")? {
            let recorded = matches!(name.as_str(), "targets" | "hosts" | layout::LOG);
            let derived = matches!(name.as_str(), layout::TEMPORARY | layout::CACHE);
            if recorded || derived {
                if !self.is(Kind::Folder, kind, &name)? {
                    continue;
                }
                for (path, kind) in disk::walk(self.root, &name)? {
                    if self.is(Kind::File, kind, &path)? && recorded {
                        found.push(path);
                    }
                }
            } else if seed::is_own(&name) {
                self.is(Kind::File, kind, &name)?;
            } else if !name.starts_with('.') {
                found.push(name);
            }
        }
        if self.unread {
            // Which files its lines name is not known.
            return Ok(());
        }
        let homes: BTreeSet<Place> = fold
            .subjects
            .keys()
            .flat_map(|subject| fold.homes(subject))
            .map(|home| Place::of(&home))
            .collect();
        for path in found {
            let own = if let Some(Named::Latest(place)) = layout::parse(&path) {
                homes.contains(&place)
            } else {
                let in_log = path.strip_prefix(layout::LOG).and_then(|path| path.strip_prefix('/'));
                self.named.contains_key(&path)
                    || in_log.is_some_and(|name| layout::is_segment(name) || layout::is_day_file(name))
            };
            if !own {
                self.report.fault(path, "no line of the log names it");
            }
        }
        Ok(())
    }
}
