//! Keeping looks: files first, then the lines that name them, then what is derived.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use jiff::Timestamp;

use super::{
    disk,
    inner::Inner,
    log::{self, Body},
    settle, stage,
    writer::Writer,
};
use crate::{
    model::{Digest, Entry, SnapshotId, Subject},
    store::{
        Commit, Kept, StoreError,
        assemble::{self, Assembled, NewFile},
        fold::Fold,
        is_quiet, latest,
    },
};

/// Keeps many looks; the quiet ones wait for [`flush`].
pub(super) fn commit(
    root: &Path,
    inner: &mut Inner,
    writer: &mut Writer,
    at: Timestamp,
    commits: Vec<Commit>,
) -> Result<Vec<Kept>, StoreError> {
    let mut kept = Vec::with_capacity(commits.len());
    let mut touched: BTreeSet<Subject> = BTreeSet::new();
    let (mut quiet, mut loud) = (Vec::new(), Vec::new());
    for commit in commits {
        let subject = commit.look.subject();
        let state = inner.fold.state(&subject);
        if commit.look.source.is_own() && (commit.version != state.version() || !touched.insert(subject)) {
            kept.push(Kept::Stale);
            continue;
        }
        kept.push(Kept::Kept);
        if is_quiet(&commit, &state) { quiet.push(commit.look) } else { loud.push(commit) }
    }
    if !loud.is_empty() {
        // The order of the looks at one target and its items is theirs in the log too.
        let waits = |log::Waiting { look, .. }: &log::Waiting| {
            loud.iter().any(|commit| commit.look.target == look.target)
        };
        if inner.quiet.iter().any(waits) {
            flush(root, inner, writer, at)?;
        }
        write_loud(root, inner, writer, at, loud)?;
    }
    for look in quiet {
        let state = inner.fold.state(&look.subject());
        let waiting = log::waiting(look, &state);
        inner.fold.apply(&Entry::Look(waiting.look.clone()));
        inner.quiet.push(waiting);
    }
    save_if_due(root, inner, writer, at)?;
    Ok(kept)
}

fn write_loud(
    root: &Path,
    inner: &mut Inner,
    writer: &mut Writer,
    at: Timestamp,
    commits: Vec<Commit>,
) -> Result<(), StoreError> {
    let parts = commits.into_iter().map(assemble::assemble).collect::<Result<Vec<_>, _>>()?;
    let batch = Batch::new(root, inner, parts)?;
    let wording = |fold: &Fold, subject: &Subject| {
        fold.subjects
            .get(subject)
            .and_then(|state| state.snapshot.as_ref())
            .map(|snapshot| snapshot.id.clone())
    };
    let gone = |fold: &Fold, subject: &Subject| fold.subjects.get(subject).map(latest::gone);
    let before: BTreeMap<Subject, (Option<SnapshotId>, Option<String>)> = batch
        .subjects
        .iter()
        .map(|subject| (subject.clone(), (wording(&inner.fold, subject), gone(&inner.fold, subject))))
        .collect();
    let new = stage::write(root, batch.files)?;
    inner.index.add(&batch.entries);
    writer.entries(root, &mut inner.fold, at, batch.entries)?;
    stage::publish(root, &new, &mut writer.dirty)?;
    let mut texts = BTreeMap::new();
    for (subject, (worded, was_gone)) in before {
        let is_gone = gone(&inner.fold, &subject);
        let Some(now) =
            wording(&inner.fold, &subject).filter(|now| worded.as_ref() != Some(now) || was_gone != is_gone)
        else {
            continue;
        };
        let text = match batch.texts.get(&(subject.clone(), now)) {
            Some(text) => Some(text.clone()),
            None => settle::text_now(root, &inner.fold, &subject)?,
        };
        texts.extend(text.map(|text| (subject, text)));
    }
    settle::write_latest(root, texts, &mut writer.dirty)
}

/// Writes `state.json` when so many records have come that reading them again would cost more. Quiet looks count in the
/// fold before they stand in the log, so they go there first: what is saved is never ahead of its lines.
pub(super) fn save_if_due(
    root: &Path,
    inner: &mut Inner,
    writer: &mut Writer,
    at: Timestamp,
) -> Result<(), StoreError> {
    if writer.unsaved <= 2000 + 2 * inner.fold.subjects.len() {
        return Ok(());
    }
    write_quiet(root, inner, writer, at)?;
    writer.save(root, &inner.fold, at)
}

/// Puts the quiet looks of before into lines, and saves where that is due.
pub(super) fn flush(
    root: &Path,
    inner: &mut Inner,
    writer: &mut Writer,
    at: Timestamp,
) -> Result<(), StoreError> {
    write_quiet(root, inner, writer, at)?;
    save_if_due(root, inner, writer, at)
}

fn write_quiet(root: &Path, inner: &mut Inner, writer: &mut Writer, at: Timestamp) -> Result<(), StoreError> {
    let looks = std::mem::take(&mut inner.quiet);
    if looks.is_empty() {
        return Ok(());
    }
    let mut bodies = Vec::new();
    let known: BTreeSet<&Subject> = inner.fold.roster.iter().collect();
    if looks.iter().any(|waiting| !known.contains(&waiting.look.subject())) {
        // All targets that are known, so that it need not be written out again soon; of their items, which are seldom
        // quiet by themselves, those at hand.
        let at_hand: BTreeSet<Subject> = looks.iter().map(|waiting| waiting.look.subject()).collect();
        let wanted = |subject: &&Subject| subject.item.is_whole() || at_hand.contains(subject);
        let subjects: Vec<Subject> = inner.fold.subjects.keys().filter(wanted).cloned().collect();
        bodies.push(Body::Roster(log::Roster { subjects: subjects.clone() }));
        inner.fold.roster = subjects;
    }
    let roster = inner.fold.roster.clone();
    let count = looks.len();
    bodies.extend(log::quiet_lines(&looks, &roster).into_iter().map(Body::Quiet));
    writer.append(root, at, &bodies)?;
    writer.unsaved += count;
    Ok(())
}

/// Many looks as one write.
struct Batch {
    entries: Vec<Entry>,
    files: Vec<NewFile>,
    subjects: BTreeSet<Subject>,
    /// The wordings that came with it, for `latest.txt`.
    texts: BTreeMap<(Subject, SnapshotId), String>,
}

impl Batch {
    fn new(root: &Path, inner: &mut Inner, parts: Vec<Assembled>) -> Result<Self, StoreError> {
        let mut batch = Self {
            entries: Vec::new(),
            files: Vec::new(),
            subjects: BTreeSet::new(),
            texts: BTreeMap::new(),
        };
        let mut digests: BTreeMap<String, Digest> = BTreeMap::new();
        // The items of a look come before its source, which brings the capture that they share.
        let blobs: BTreeSet<Digest> = parts.iter().flat_map(|part| part.look.blobs.iter().cloned()).collect();
        for mut part in parts {
            let mut kept = BTreeMap::new();
            for file in &part.files {
                if let Some(sha256) = digests.get(&file.path) {
                    kept.insert(file.path.clone(), sha256.clone());
                } else if disk::plain_or_absent(&root.join(&file.path))? {
                    // What the log says of it, not what lies there: that may have been changed.
                    let sha256 = inner.index.digest(root, &file.path)?;
                    kept.extend(sha256.map(|sha256| (file.path.clone(), sha256)));
                }
            }
            part.leave_out_known(|path| kept.get(path).cloned());
            for file in part.files {
                let sha256 = Digest::of(&file.bytes);
                match digests.insert(file.path.clone(), sha256.clone()) {
                    None => batch.files.push(file),
                    Some(other) if other == sha256 => {}
                    Some(_) => {
                        return Err(StoreError::Unfit(format!("two files want to be `{}`", file.path)));
                    }
                }
            }
            for needed in part.needs {
                let here = blobs.contains(&needed) || digests.values().any(|sha256| *sha256 == needed);
                if !here && inner.index.blobs(root, &needed)?.is_empty() {
                    return Err(StoreError::Unfit(format!(
                        "a snapshot's capture {needed} is not in the store"
                    )));
                }
            }
            let subject = part.look.subject();
            for snapshot in part.snapshots {
                let text = latest::render(&snapshot.statement);
                batch.texts.insert((subject.clone(), snapshot.id), text);
            }
            batch.subjects.insert(subject);
            batch.entries.push(Entry::Look(part.look));
        }
        Ok(batch)
    }
}
