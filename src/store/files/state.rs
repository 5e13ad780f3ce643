//! `state.json`: what the log comes to and up to which line, written down so that a run reads only what came after.
//!
//! The log is the truth. A `state.json` that is missing, garbled or not the one that the log names is made again; one
//! that has seen lines which the log no longer has says that the log was damaged.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{
    disk,
    log::{End, Position, Reader},
};
use crate::{
    model::{Digest, Entry, Observation, Record, TargetId},
    store::{StoreError, fold::Fold, layout},
};

/// The version of the file. Another one is made again from the log.
const SCHEMA: &str = "onrecord.state/6";
/// How it begins.
const SCHEMA_OPENS: &str = "{\"schema\":\"onrecord.state/6\"";
/// How every version begins.
const ANY: &[u8] = b"{\"schema\":\"onrecord.state/";

/// What the file holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Saved {
    schema: String,
    /// Up to where.
    pub(crate) position: Position,
    /// What it came to.
    pub(crate) fold: Fold,
}

/// The bytes of `state.json`.
pub(crate) fn to_json(position: Position, fold: &Fold) -> Result<Vec<u8>, StoreError> {
    #[derive(Serialize)]
    struct Out<'a> {
        schema: &'static str,
        position: Position,
        fold: &'a Fold,
    }
    let mut bytes = serde_json::to_vec(&Out { schema: SCHEMA, position, fold })
        .map_err(|e| StoreError::Unfit(e.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What the bytes of `state.json` hold; `None` when they are not what this program writes.
pub(crate) fn from_json(bytes: &[u8]) -> Option<Saved> {
    let saved: Saved = serde_json::from_slice(bytes).ok()?;
    (saved.schema == SCHEMA).then_some(saved)
}

/// Whether the bytes are those of an older onrecord, or of two that a merge put together: the next run makes the file
/// anew, and nothing is wrong.
pub(crate) fn is_to_be_made_anew(bytes: &[u8]) -> bool {
    let versions: Vec<u32> = bytes.split(|b| *b == b'\n').filter_map(version).collect();
    match versions.as_slice() {
        // What claims to be of a newer program is not what one of these would have met here.
        [one] => version(SCHEMA_OPENS.as_bytes()).is_some_and(|ours| *one < ours),
        more => more.len() > 1,
    }
}

/// The version in the opening of a line.
fn version(line: &[u8]) -> Option<u32> {
    let rest = line.strip_prefix(ANY)?;
    let end = rest.iter().position(|b| *b == b'"')?;
    std::str::from_utf8(rest.get(..end)?).ok()?.parse().ok()
}

/// The log, folded to its end.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    pub(crate) fold: Fold,
    /// The looks after what `state.json` knew that brought files: what a crash may have left unfinished.
    pub(crate) fresh: Vec<Observation>,
    /// The ends of the segments that no other follows.
    pub(crate) heads: BTreeMap<String, End>,
    /// Targets that have had another name since: whose `latest.txt` is in another folder.
    pub(crate) renamed: BTreeSet<TargetId>,
    /// How many records came after what `state.json` knew.
    pub(crate) unsaved: usize,
    /// `state.json` was not believed: what is derived is made again.
    pub(crate) anew: bool,
}

/// What `state.json` is worth to whoever goes on from here.
pub(crate) enum Known {
    /// There is none.
    Nothing,
    /// It is made anew: the bytes are not what this program writes, or the log does not go on from where they end.
    Anew,
    /// The log has another digest for it than that of its bytes.
    Unlike,
    /// A line that it has seen is not there; the segment.
    Lost(String),
    /// It is what the log says, and the reader goes on where it ends.
    Upto(Box<Saved>, Box<Reader>),
}

/// Looks at `state.json`.
pub(crate) fn known(root: &Path) -> Result<Known, StoreError> {
    let Some(bytes) = disk::read(root, layout::STATE)? else { return Ok(Known::Nothing) };
    if let Some(segment) = lost(root, &bytes)? {
        return Ok(Known::Lost(segment));
    }
    let Some(saved) = from_json(&bytes) else { return Ok(Known::Anew) };
    match saved.position.seal(root)? {
        None => return Ok(Known::Anew),
        Some(seal) if seal != Digest::of(&bytes) => return Ok(Known::Unlike),
        Some(_) => {}
    }
    let reader = saved.position.read_on(root, saved.fold.roster.clone())?;
    Ok(reader.map_or(Known::Anew, |reader| Known::Upto(Box::new(saved), Box::new(reader))))
}

/// A segment whose last line as `state.json` has seen it is not there.
fn lost(root: &Path, bytes: &[u8]) -> Result<Option<String>, StoreError> {
    // After a merge there are two lines, and what either of them saw must be there.
    for line in bytes.split(|b| *b == b'\n') {
        let position = from_json(line).map(|saved| saved.position).or_else(|| of_format_1(line));
        if let Some(segment) = position.unwrap_or_default().lost(root)? {
            return Ok(Some(segment.to_owned()));
        }
    }
    Ok(None)
}

/// Refuses a log that lacks a line which `state.json` has seen.
pub(crate) fn check_tail(root: &Path) -> Result<(), StoreError> {
    let bytes = disk::read(root, layout::STATE)?.unwrap_or_default();
    lost(root, &bytes)?.map_or(Ok(()), |segment| Err(cut(root, &segment)))
}

fn cut(root: &Path, segment: &str) -> StoreError {
    StoreError::Damaged {
        path: root.join(layout::LOG).join(segment),
        seen: "the last line that state.json has seen is not there: a tail of the log was cut off".to_owned(),
        advice: "restore the log from a copy or from git; or remove state.json to go on from the log as it is",
    }
}

/// Up to where the `state.json` of a store of format 1 knew the log.
fn of_format_1(bytes: &[u8]) -> Option<Position> {
    #[derive(Deserialize)]
    struct Saved {
        fold: Fold,
    }
    #[derive(Deserialize)]
    struct Fold {
        position: Upto,
    }
    #[derive(Deserialize)]
    struct Upto {
        head: Digest,
        day: Option<String>,
        begins: u64,
        ends: u64,
    }
    let Upto { head, day, begins, ends } = serde_json::from_slice::<Saved>(bytes).ok()?.fold.position;
    Some(Position::behind(day?, head, begins, ends))
}

/// Folds the log: what `state.json` knows, and what came after it.
pub(crate) fn fold(root: &Path) -> Result<Folded, StoreError> {
    let anew = match known(root)? {
        Known::Lost(segment) => return Err(cut(root, &segment)),
        Known::Upto(saved, reader) => return Folded { fold: saved.fold, ..Folded::default() }.read(*reader),
        Known::Nothing => false,
        Known::Anew | Known::Unlike => true,
    };
    Folded { anew, ..Folded::default() }.read(Reader::new(root)?)
}

/// Folds what can be read of a log, for reading only: what does not add up is passed over here, and is named by
/// whoever reads the records.
pub(crate) fn fold_what_is_whole(root: &Path) -> Result<Fold, StoreError> {
    match fold(root) {
        Err(StoreError::Damaged { .. }) => {}
        other => return other.map(|folded| folded.fold),
    }
    let mut fold = Fold::default();
    let mut reader = Reader::new(root)?;
    while let Some(step) = reader.step()? {
        if let Some(line) = step.line {
            // What is wrong with it is told by whoever reads the records.
            let _ = reader.apply(line, &mut fold);
        }
    }
    Ok(fold)
}

impl Folded {
    fn read(mut self, mut reader: Reader) -> Result<Self, StoreError> {
        while let Some(records) = reader.fold_next(&mut self.fold)? {
            self.unsaved += records.len();
            for Record { entry, .. } in records {
                match entry {
                    Entry::Look(look) if look.has_files() => self.fresh.push(look),
                    Entry::Renamed { to, .. } => {
                        self.renamed.insert(to);
                    }
                    _ => {}
                }
            }
        }
        self.heads = reader.heads().clone();
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_version_and_two_that_a_merge_put_together_are_made_anew_and_a_changed_digit_is_damage() {
        let now = to_json(Position::default(), &Fold::default()).unwrap();
        assert!(now.starts_with(SCHEMA_OPENS.as_bytes()));
        let text = String::from_utf8(now).unwrap();
        let anew = |text: &str| is_to_be_made_anew(text.as_bytes());
        assert!(anew(&text.replace("state/6", "state/5")) && anew(&format!("{text}{text}")));
        assert!(!anew(&text) && !anew(&text.replace("state/6", "state/9")) && !anew("") && !anew("{"));
    }
}
