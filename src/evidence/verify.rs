//! The whole store, once: the log line by line with the files that each names, then what is derived, then strays.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    path::Path,
};

use super::{Report, kept};
use crate::{
    model::{Digest, Entry, Observation, Snapshot, SnapshotId, TargetId},
    store::{
        StoreError, disk,
        fold::{self, Fold},
        latest,
        layout::{self, Named},
        log::{Position, Reader},
        seed,
    },
};

/// Checks every line and every file of a store. Reads only, and needs no lock; what a crash left for the next
/// opening to finish is no fault.
///
/// # Errors
/// When there is no store, or the system refuses to read it. What a store should hold and does not is no error: the
/// report names it.
pub fn verify(root: &Path) -> Result<Report, StoreError> {
    let mut check = Check { root, report: Report::default(), named: BTreeMap::new(), stale: BTreeSet::new() };
    check.format()?;
    let state = check.state()?;
    let fold = check.log(state.as_ref())?;
    check.latest(&fold)?;
    check.strays(&fold)?;
    Ok(check.report)
}

struct Check<'a> {
    root: &'a Path,
    report: Report,
    /// Every file that a line names.
    named: BTreeMap<String, Digest>,
    /// Targets of which the next opening may have to write `latest.txt`.
    stale: BTreeSet<TargetId>,
}

impl Check<'_> {
    fn format(&mut self) -> Result<(), StoreError> {
        match seed::check_format(self.root) {
            Err(StoreError::Damaged { seen, .. }) => self.report.fault(layout::FORMAT, seen),
            Err(StoreError::NotAStore { .. })
                if !self.root.join(layout::FORMAT).exists() && self.root.join(layout::LOG).is_dir() =>
            {
                self.report.fault(layout::FORMAT, "it is not there");
            }
            other => return other,
        }
        Ok(())
    }

    fn state(&mut self) -> Result<Option<Fold>, StoreError> {
        let Some(bytes) = disk::read(&self.root.join(layout::STATE))? else { return Ok(None) };
        let state = fold::from_json(&bytes);
        if state.is_none() && !fold::is_of_an_older_version(&bytes) {
            let seen =
                "it is not what was written; it can be removed, the next run makes it again from the log";
            self.report.fault(layout::STATE, seen);
        }
        Ok(state)
    }

    /// Reads the log from its first line; answers what it comes to.
    fn log(&mut self, state: Option<&Fold>) -> Result<Fold, StoreError> {
        let mut fold = Fold::default();
        let mut past = Vec::new();
        let mut seen_state = state.is_none_or(|state| state.position == Position::default());
        let mut reader = Reader::new(self.root, Position::default())?;
        while let Some(step) = reader.step()? {
            self.report.lines += 1;
            if let Some(fault) = step.fault {
                self.report.fault(fault.file, fault.seen);
            }
            let Some(line) = step.line else { continue };
            let Ok(()) = fold.apply(&line, || Ok::<_, Infallible>(past.clone()));
            fold.position = reader.position().clone();
            if let Entry::Look(look) = &line.entry {
                past.extend(fold::event_of(look));
                let file = format!("{}/{}", layout::LOG, fold.position.day.as_deref().unwrap_or_default());
                if seen_state && !look.files.is_empty() {
                    self.stale.insert(look.target.clone());
                }
                self.look(look, &format!("line {} of the log", line.n), &file, &fold)?;
            }
            if let Some(state) = state.filter(|state| state.position == fold.position) {
                seen_state = true;
                if *state != fold {
                    let seen = "it is not what the log comes to; remove it, the next run makes it again";
                    self.report.fault(layout::STATE, seen);
                }
            }
        }
        if let Some(position) = state.map(|state| &state.position).filter(|_| !seen_state) {
            let file = format!("{}/{}", layout::LOG, position.day.as_deref().unwrap_or_default());
            let n = position.lines.saturating_sub(1);
            self.report.fault(file, format!("line {n} of the log is not there as state.json has seen it"));
        }
        Ok(fold)
    }

    /// The files of one look, and the snapshot that it speaks of.
    fn look(&mut self, look: &Observation, line: &str, log: &str, fold: &Fold) -> Result<(), StoreError> {
        for file in &look.files {
            let shown = file.path.escape_default();
            if layout::parse(&file.path).is_none_or(|named| matches!(named, Named::Latest(_))) {
                self.report.fault(log, format!("{line} names `{shown}`, which is no name of a file here"));
                continue;
            }
            match self.named.insert(file.path.clone(), file.sha256.clone()) {
                None => {
                    self.report.files += 1;
                    if let Err(seen) = kept::check(self.root, file, look)? {
                        self.report.fault(&file.path, seen);
                    }
                }
                Some(before) if before == file.sha256 => {}
                Some(_) => {
                    let seen = format!("{line} names `{shown}` with other bytes than a line before it");
                    self.report.fault(log, seen);
                }
            }
        }
        if let Some(id) = &look.snapshot
            && !fold.names_of(&look.target).any(|name| self.named.contains_key(&layout::snapshot(name, id)))
        {
            self.report.fault(log, format!("{line} speaks of snapshot {id}, which no line brought"));
        }
        Ok(())
    }

    /// Every `latest.txt` holds the wording of its target's snapshot.
    fn latest(&mut self, fold: &Fold) -> Result<(), StoreError> {
        for (target, state) in &fold.targets {
            let Some(now) = &state.snapshot else { continue };
            // A snapshot that does not read was named above.
            let Some(text) = self.kept(fold, target, now)?.map(|s| latest::render(&s.statement)) else {
                continue;
            };
            let path = layout::latest(target);
            let found = match disk::read(&self.root.join(&path)) {
                Err(StoreError::Damaged { seen, .. }) => {
                    self.report.fault(path, seen);
                    continue;
                }
                read => read?,
            };
            if found.as_deref() == Some(text.as_bytes()) {
                continue;
            }
            if self.stale.contains(target) {
                let mut before = Vec::new();
                for (id, _) in &state.earlier {
                    before.extend(self.kept(fold, target, id)?);
                }
                let earlier =
                    |bytes: &Vec<u8>| before.iter().any(|s| latest::render(&s.statement).as_bytes() == bytes);
                if found.as_ref().is_none_or(earlier) {
                    continue;
                }
            }
            let seen = match found {
                Some(_) => format!("it is not the wording of snapshot {now}"),
                None => "it is not there".to_owned(),
            };
            self.report.fault(path, seen);
        }
        Ok(())
    }

    /// A snapshot, under whichever name its target had.
    fn kept(&self, fold: &Fold, target: &TargetId, id: &SnapshotId) -> Result<Option<Snapshot>, StoreError> {
        for name in fold.names_of(target) {
            if let Some(found) = kept::snapshot(self.root, name, id)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Files that no line names and that are none of the store's own.
    fn strays(&mut self, fold: &Fold) -> Result<(), StoreError> {
        let mut found = Vec::new();
        for name in disk::names(self.root)? {
            if matches!(name.as_str(), "targets" | "hosts" | layout::LOG) {
                found.extend(disk::walk(self.root, &name)?);
            } else if !name.starts_with('.') && !seed::is_own(&name) {
                found.push(name);
            }
        }
        for path in found {
            let own = match layout::parse(&path) {
                Some(Named::Latest(target)) => {
                    fold.targets.contains_key(&target)
                        || fold.names.values().flatten().any(|name| *name == target)
                }
                _ => {
                    self.named.contains_key(&path)
                        || path
                            .strip_prefix(layout::LOG)
                            .and_then(|p| p.strip_prefix('/'))
                            .is_some_and(layout::is_day)
                }
            };
            if !own {
                self.report.fault(path, "no line of the log names it");
            }
        }
        Ok(())
    }
}
