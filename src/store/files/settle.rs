//! What is derived (`latest.txt`), and what a crash left: finished or taken back at the next opening.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{
    disk::{self, Kind},
    stage,
    state::Folded,
};
use crate::{
    model::{Digest, Observation, Subject},
    store::{
        StoreError,
        assemble::{self, NewFile},
        fold::Fold,
        latest, layout,
    },
};

/// What is still to be done before `state.json` may say that nothing is.
#[derive(Debug, Default)]
pub(super) struct Todo {
    /// Folders whose names are not yet durable.
    pub(super) dirty: BTreeSet<String>,
    /// A file could not be read, or not be given its name: the next opening must come to it again.
    pub(super) unfinished: bool,
}

/// Brings a store to where its log says it is: names the files that lines name, removes the temporary files that none
/// names, and writes `latest.txt` where it is stale. Answers what is left to do.
pub(super) fn recover(root: &Path, folded: &Folded) -> Result<Todo, StoreError> {
    let mut todo = Todo::default();
    let mut left: BTreeSet<String> = leftovers(root)?;
    let mut named = Vec::new();
    for (path, sha256) in folded.fresh.iter().flat_map(files) {
        if left.is_empty() {
            break;
        }
        let temporary = layout::temporary(&path);
        if !left.remove(temporary.trim_start_matches(layout::TEMPORARY).trim_start_matches('/')) {
            continue;
        }
        // One that is not what the log names is no file of the store: it is named when it is asked for.
        match disk::read(root, &temporary) {
            Ok(Some(bytes)) if Digest::of(&bytes) == sha256 => named.push(path),
            Ok(_) => disk::remove(root, &temporary)?,
            // It is read where it lies meanwhile.
            Err(_) => todo.unfinished = true,
        }
    }
    for path in named {
        match stage::publish(root, &[path], &mut todo.dirty) {
            // Something else stands where its folder should be: it stays where it is, and is read there.
            Err(StoreError::Damaged { .. }) => todo.unfinished = true,
            done => done?,
        }
    }
    for name in left {
        disk::remove(root, &format!("{}/{name}", layout::TEMPORARY))?;
    }
    // After a merge `latest.txt` may be anybody's.
    let fresh = folded.fresh.iter().map(Observation::subject);
    let known = folded.fold.subjects.keys().cloned();
    let renamed = known.clone().filter(|subject| folded.renamed.contains(&subject.target));
    let stale: BTreeSet<Subject> = if folded.anew { known.collect() } else { fresh.chain(renamed).collect() };
    let texts = texts(root, &folded.fold, stale.iter(), &mut todo);
    write_latest(root, texts, &mut todo)?;
    Ok(todo)
}

/// What lies among the temporary files. What is no file there is none of ours: it is left alone, and `verify` names it.
fn leftovers(root: &Path) -> Result<BTreeSet<String>, StoreError> {
    let found = disk::list(root, layout::TEMPORARY)?;
    Ok(found.into_iter().filter(|(_, kind)| *kind == Kind::File).map(|(name, _)| name).collect())
}

/// Every file that a look brought, a memory also under the name that it had in a store of format 1.
fn files(look: &Observation) -> impl Iterator<Item = (String, Digest)> {
    let memory = look.memory.as_ref();
    let old = memory.map(|m| (layout::memory_of_format_1(&m.host, m.number), m.sha256.clone()));
    layout::files(look).into_iter().chain(old)
}

/// What `latest.txt` of some subjects should hold. One whose snapshot cannot be read is left as it is: that is told when the
/// subject is looked at, and keeps nobody from looking at the others.
pub(super) fn texts<'a>(
    root: &Path,
    fold: &Fold,
    subjects: impl Iterator<Item = &'a Subject>,
    todo: &mut Todo,
) -> BTreeMap<Subject, String> {
    let mut texts = BTreeMap::new();
    for subject in subjects {
        match text_now(root, fold, subject) {
            Ok(text) => texts.extend(text.map(|text| (subject.clone(), text))),
            Err(StoreError::Damaged { .. }) => {}
            Err(_) => todo.unfinished = true,
        }
    }
    texts
}

/// What `latest.txt` of a subject should hold, from its newest snapshot's file.
pub(super) fn text_now(root: &Path, fold: &Fold, subject: &Subject) -> Result<Option<String>, StoreError> {
    let Some(state) = fold.subjects.get(subject) else { return Ok(None) };
    let Some(now) = &state.snapshot else { return Ok(None) };
    for home in fold.homes(subject) {
        let path = layout::snapshot(&home, &now.id);
        if let Some((at, bytes)) = disk::read_either(root, &path)? {
            let at = root.join(at);
            let bytes = assemble::whole(&at, bytes, &now.sha256)?;
            let snapshot = assemble::to_snapshot(&at, &bytes, &now.id)?;
            return Ok(Some(latest::gone(state) + &latest::render(&snapshot.statement)));
        }
    }
    let path = root.join(layout::snapshot(subject, &now.id));
    Err(StoreError::damaged(path, "the log names this snapshot, and it is not there"))
}

/// Writes `latest.txt` of some subjects, each whole or not at all. Where something else has the name it is left alone:
/// that is told when the subject is looked at.
pub(super) fn write_latest(
    root: &Path,
    texts: BTreeMap<Subject, String>,
    todo: &mut Todo,
) -> Result<(), StoreError> {
    let mut stale = Vec::new();
    for (subject, text) in texts {
        let path = layout::latest(&subject);
        match disk::plain_or_absent(root, &path) {
            Err(StoreError::Damaged { .. }) => continue,
            Err(_) => {
                todo.unfinished = true;
                continue;
            }
            Ok(_) => {}
        }
        // One that cannot be read is written anew.
        if !disk::read(root, &path).is_ok_and(|found| found.as_deref() == Some(text.as_bytes())) {
            stale.push(NewFile { path, bytes: text.into_bytes() });
        }
    }
    let new = stage::put(root, stale)?;
    stage::publish(root, &new, &mut todo.dirty)
}

/// Puts a file in place of the one that has its name, whole or not at all.
pub(super) fn replace(root: &Path, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let new = layout::temporary(name);
    disk::plain_or_absent(root, name)?;
    disk::make_folders(root, layout::TEMPORARY)?;
    disk::sync(&disk::write(root, &new, bytes)?, root, &new)?;
    disk::rename(root, &new, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Memory, MemoryRef},
        store::tests::sample::{read, refused},
    };

    #[test]
    fn a_memory_that_a_crash_left_in_a_store_of_format_1_gets_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let bytes = serde_json::to_vec(&Memory { number: 1, ..Memory::default() }).unwrap();
        let named = MemoryRef { host: "wantsum.example".to_owned(), number: 1, sha256: Digest::of(&bytes) };
        let path = layout::memory_of_format_1(&named.host, named.number);
        std::fs::create_dir(root.join(layout::TEMPORARY)).unwrap();
        std::fs::write(root.join(layout::temporary(&path)), &bytes).unwrap();
        let mut look = refused("wantsum", 0).look;
        look.memory = Some(named);
        let folded =
            Folded { fresh: vec![look, read("eastmarch", 0, &["All is well."]).look], ..Folded::default() };
        recover(root, &folded).unwrap();
        assert_eq!(std::fs::read(root.join(path)).unwrap(), bytes);
    }
}
