//! Up to where `state.json` knows the log, so that a run reads only what came after.
//!
//! A store may hold a segment for each hour of many years: those of before are known by one digest of their names and
//! sizes. Whatever is not as it was seen (a merge, a line more in an old segment) makes the whole log be read again; a
//! head that is not there any more is damage.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{
    line::{self, Body, Head, State},
    order::{self, Order},
    reader::{End, Reader},
    segment,
};
use crate::{
    model::{Digest, Subject},
    store::{
        StoreError,
        files::disk,
        layout::{self, LOG},
    },
};

/// Up to where the log is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// The last lines.
    heads: Vec<Known>,
    /// The newest hour that has a segment.
    hour: String,
    /// The segments of that hour that are no heads, with their sizes.
    beside: BTreeMap<String, u64>,
    /// The names and sizes of all segments before that hour that are no heads.
    older: Option<Digest>,
}

/// A last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    segment: String,
    line: Digest,
    begins: u64,
    ends: u64,
}

impl Position {
    /// The position after all lines of a store, whose last ones are `heads`.
    pub(crate) fn at(root: &Path, heads: &BTreeMap<String, End>) -> Result<Self, StoreError> {
        let names = order::names(root)?;
        let hour = names.iter().map(|name| layout::hour_of(name)).max().unwrap_or_default().to_owned();
        let mut position = Self { hour, ..Self::default() };
        for (segment, end) in heads {
            let End { line, begins, ends } = end.clone();
            position.heads.push(Known { segment: segment.clone(), line, begins, ends });
        }
        let others: Vec<&String> = names.iter().filter(|name| !heads.contains_key(*name)).collect();
        let (beside, older): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|name| layout::hour_of(name) == position.hour);
        for name in beside {
            position.beside.insert(name.clone(), size(root, name)?);
        }
        position.older = digest(root, older.into_iter())?;
        Ok(position)
    }

    /// The position behind one line.
    pub(crate) fn behind(segment: String, line: Digest, begins: u64, ends: u64) -> Self {
        Self { heads: vec![Known { segment, line, begins, ends }], ..Self::default() }
    }

    /// A segment whose last line is not there as it was seen.
    pub(crate) fn lost(&self, root: &Path) -> Result<Option<&str>, StoreError> {
        for known in &self.heads {
            let Known { segment, line, begins, ends } = known;
            let well = layout::is_segment(segment) || layout::is_day_file(segment);
            if !well || !disk::plain_or_absent(root, &format!("{LOG}/{segment}"))? {
                return Ok(Some(segment));
            }
            let mut bytes = segment::bytes(root, segment, *begins, *ends)?;
            if bytes.pop() != Some(b'\n') || Digest::of(&bytes) != *line {
                return Ok(Some(segment));
            }
        }
        Ok(None)
    }

    /// The digest that the line after the position gives `state.json`, if that is what it does.
    pub(crate) fn seal(&self, root: &Path) -> Result<Option<Digest>, StoreError> {
        for known in &self.heads {
            if layout::is_day_file(&known.segment) {
                continue;
            }
            let rest = segment::bytes(root, &known.segment, known.ends, known.ends.saturating_add(512))?;
            let first = rest.split(|b| *b == b'\n').next().unwrap_or_default();
            if let Ok(line::Line { body: Body::State(State { sha256 }), .. }) = line::read(first) {
                return Ok(Some(sha256));
            }
        }
        Ok(None)
    }

    /// Whether it stands behind these lines.
    pub(crate) fn is_behind(&self, heads: &BTreeMap<String, End>) -> bool {
        self.heads.len() == heads.len()
            && self
                .heads
                .iter()
                .all(|known| heads.get(&known.segment).is_some_and(|end| end.line == known.line))
    }

    /// Reads on from here; `None` where what lies before is not what was seen, or what is new does not follow it.
    pub(crate) fn read_on(&self, root: &Path, roster: Vec<Subject>) -> Result<Option<Reader>, StoreError> {
        let heads: BTreeMap<String, End> = self.heads.iter().map(|k| (k.segment.clone(), k.end())).collect();
        let (mut older, mut beside, mut new) = (Vec::new(), BTreeMap::new(), Vec::new());
        let names = order::names(root)?;
        for name in names.iter().filter(|name| !heads.contains_key(*name)) {
            let hour = layout::hour_of(name);
            if hour < self.hour.as_str() {
                older.push(name);
            } else if self.beside.contains_key(name) {
                beside.insert(name.clone(), size(root, name)?);
            } else {
                new.push(name.clone());
            }
        }
        if beside != self.beside || digest(root, older.into_iter())? != self.older {
            return Ok(None);
        }
        let mut ahead = self.heads.iter().map(Known::head).collect::<BTreeSet<Head>>();
        let Order { names: new, followed } = order::order(root, new)?;
        // Lines that the heads themselves have grown by come first, so what is new must follow those.
        let grown: Vec<String> = heads.keys().cloned().collect();
        for name in &grown {
            let mut reader =
                Reader::over(root, vec![name.clone()], BTreeSet::new(), heads.clone(), Vec::new());
            while reader.step()?.is_some() {}
            if let Some(end) = reader.heads().get(name) {
                ahead.retain(|head| head.segment != *name);
                ahead.insert(Head { segment: name.clone(), line: end.line.clone() });
            }
        }
        if heads.len() > 1 && grown.iter().any(|name| !self.is_end(name, &ahead)) {
            return Ok(None);
        }
        for name in &new {
            let Some(first) = segment::first_line(root, name)? else { continue };
            let Ok(line::Line { body: Body::Segment(segment), .. }) = line::read(&first) else {
                return Ok(None);
            };
            let follows: BTreeSet<Head> = segment.follows.into_iter().collect();
            if !ahead.is_subset(&follows) {
                return Ok(None);
            }
            let mut reader =
                Reader::over(root, vec![name.clone()], BTreeSet::new(), BTreeMap::new(), Vec::new());
            while reader.step()?.is_some() {}
            let end =
                reader.heads().get(name).map(|end| Head { segment: name.clone(), line: end.line.clone() });
            ahead = end.into_iter().collect();
        }
        // Met already: the heads as they were seen.
        let known: BTreeSet<Head> = self.heads.iter().map(Known::head).collect();
        let followed = followed.difference(&known).cloned().collect();
        let order = grown.into_iter().chain(new).collect();
        Ok(Some(Reader::over(root, order, followed, heads, roster)))
    }

    fn is_end(&self, name: &str, ahead: &BTreeSet<Head>) -> bool {
        self.heads.iter().filter(|known| known.segment == name).all(|known| ahead.contains(&known.head()))
    }
}

impl Known {
    fn end(&self) -> End {
        End { line: self.line.clone(), begins: self.begins, ends: self.ends }
    }

    fn head(&self) -> Head {
        Head { segment: self.segment.clone(), line: self.line.clone() }
    }
}

fn size(root: &Path, name: &str) -> Result<u64, StoreError> {
    let path = format!("{LOG}/{name}");
    let about = disk::about(root, &path)?;
    let (_, size) =
        about.ok_or_else(|| StoreError::io("read", root.join(path))(std::io::ErrorKind::NotFound.into()))?;
    Ok(size)
}

fn digest<'a>(root: &Path, names: impl Iterator<Item = &'a String>) -> Result<Option<Digest>, StoreError> {
    use std::fmt::Write as _;

    let mut text = String::new();
    for name in names {
        // Writing into a string does not fail.
        let _ = writeln!(text, "{name} {}", size(root, name)?);
    }
    Ok((!text.is_empty()).then(|| Digest::of(text.as_bytes())))
}
