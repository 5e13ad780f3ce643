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
        Commit, Kept, Refusal, StoreError,
        assemble::{self, Assembled, NewFile},
        fold::Fold,
        is_quiet, latest, layout,
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
        if is_quiet(&commit, &state) {
            quiet.push(commit.look);
        } else {
            loud.push((kept.len(), commit));
        }
        kept.push(Kept::Kept);
    }
    if !loud.is_empty() {
        // The order of the looks at one target and its items is theirs in the log too.
        let waits = |log::Waiting { look, .. }: &log::Waiting| {
            loud.iter().any(|(_, commit)| commit.look.target == look.target)
        };
        if inner.quiet.iter().any(waits) {
            flush(root, inner, writer, at)?;
        }
        for (place, refusal) in write_loud(root, inner, writer, at, loud)? {
            if let Some(kept) = kept.get_mut(place) {
                *kept = Kept::Refused(refusal);
            }
        }
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

/// Writes looks with all that they bring; answers those that were refused, by their places.
fn write_loud(
    root: &Path,
    inner: &mut Inner,
    writer: &mut Writer,
    at: Timestamp,
    mut commits: Vec<(usize, Commit)>,
) -> Result<Vec<(usize, Refusal)>, StoreError> {
    let mut batch = Batch::default();
    let mut refused = Vec::new();
    // The items of a look stand before its source in the log; it brings the capture that they share, and is made ready
    // before them.
    commits.sort_by_key(|(_, commit)| commit.blobs.is_empty());
    for (place, commit) in commits {
        if let Err(refusal) = batch.add(root, inner, place, commit) {
            refused.push((place, refusal));
        }
    }
    if batch.entries.is_empty() {
        return Ok(refused);
    }
    batch.entries.sort_by_key(|(place, _)| *place);
    let entries: Vec<Entry> = batch.entries.into_iter().map(|(_, entry)| entry).collect();
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
    inner.index.add(&entries);
    writer.entries(root, &mut inner.fold, at, entries)?;
    stage::publish(root, &new, &mut writer.todo.dirty)?;
    let mut texts = BTreeMap::new();
    for (subject, (worded, was_gone)) in before {
        let is_gone = gone(&inner.fold, &subject);
        let Some(now) =
            wording(&inner.fold, &subject).filter(|now| worded.as_ref() != Some(now) || was_gone != is_gone)
        else {
            continue;
        };
        let text = if let Some(text) = batch.texts.get(&(subject.clone(), now)) {
            Some(text.clone())
        } else {
            settle::texts(root, &inner.fold, std::iter::once(&subject), &mut writer.todo).remove(&subject)
        };
        texts.extend(text.map(|text| (subject, text)));
    }
    settle::write_latest(root, texts, &mut writer.todo)?;
    Ok(refused)
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
#[derive(Default)]
struct Batch {
    /// With the place of each among the looks that were given.
    entries: Vec<(usize, Entry)>,
    files: Vec<NewFile>,
    /// The digests of the files, by path.
    digests: BTreeMap<String, Digest>,
    subjects: BTreeSet<Subject>,
    /// The wordings that came with it, for `latest.txt`.
    texts: BTreeMap<(Subject, SnapshotId), String>,
}

/// One look, ready to be written with others.
struct Part {
    assembled: Assembled,
    /// The files that are new.
    files: Vec<(NewFile, Digest)>,
    texts: Vec<(SnapshotId, String)>,
}

impl Batch {
    /// Takes a look in. A fault of the program that one look meets is that look's.
    fn add(&mut self, root: &Path, inner: &mut Inner, place: usize, commit: Commit) -> Result<(), Refusal> {
        let prepare = std::panic::AssertUnwindSafe(|| self.prepare(root, inner, commit));
        let part = std::panic::catch_unwind(prepare).unwrap_or_else(|_| {
            Err(StoreError::Unfit("it stopped while it was made ready to be kept".to_owned()))
        });
        let Part { assembled, files, texts } = part?;
        for (file, sha256) in files {
            self.digests.insert(file.path.clone(), sha256);
            self.files.push(file);
        }
        let subject = assembled.look.subject();
        self.texts.extend(texts.into_iter().map(|(id, text)| ((subject.clone(), id), text)));
        self.subjects.insert(subject);
        self.entries.push((place, Entry::Look(assembled.look)));
        Ok(())
    }

    /// Makes a look ready. All that could be in its way is asked for here, before anything is written.
    fn prepare(&self, root: &Path, inner: &mut Inner, commit: Commit) -> Result<Part, StoreError> {
        let mut part = assemble::assemble(commit)?;
        let subject = part.look.subject();
        let mut kept = BTreeMap::new();
        for file in &part.files {
            if let Some(sha256) = self.digests.get(&file.path) {
                kept.insert(file.path.clone(), sha256.clone());
            } else if disk::plain_or_absent(root, &file.path)? {
                // What the log says of it, not what lies there: that may have been changed.
                let sha256 = inner.index.digest(root, &file.path)?;
                kept.extend(sha256.map(|sha256| (file.path.clone(), sha256)));
            }
        }
        part.leave_out_known(|path| kept.get(path).cloned());
        if !part.snapshots.is_empty() {
            disk::plain_or_absent(root, &layout::latest(&subject))?;
        }
        let mut files: Vec<(NewFile, Digest)> = Vec::new();
        for file in std::mem::take(&mut part.files) {
            let sha256 = Digest::of(&file.bytes);
            let own = files.iter().find(|(known, _)| known.path == file.path).map(|(_, sha256)| sha256);
            match own.or_else(|| self.digests.get(&file.path)) {
                None => {
                    stage::is_new(root, &file)?;
                    files.push((file, sha256));
                }
                Some(other) if *other == sha256 => {}
                Some(_) => {
                    return Err(StoreError::Unfit(format!("two files want to be `{}`", file.path)));
                }
            }
        }
        for needed in &part.needs {
            let new = files.iter().map(|(_, sha256)| sha256).chain(self.digests.values());
            let here = part.look.blobs.contains(needed) || new.into_iter().any(|sha256| sha256 == needed);
            if !here && inner.index.blobs(root, needed)?.is_empty() {
                return Err(StoreError::Unfit(format!("a snapshot's capture {needed} is not in the store")));
            }
        }
        let snapshots = std::mem::take(&mut part.snapshots);
        let texts = snapshots.into_iter().map(|s| {
            let text = latest::render(&s.statement);
            (s.id, text)
        });
        Ok(Part { texts: texts.collect(), assembled: part, files })
    }
}
