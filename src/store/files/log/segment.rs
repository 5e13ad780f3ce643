//! The bytes of one segment.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom},
    path::Path,
};

use super::LINE;
use crate::store::{StoreError, files::disk, layout::LOG};

/// The first line of a segment, without its line feed; `None` where there is no whole one.
pub(super) fn first_line(root: &Path, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let mut line = Vec::new();
    let mut file = BufReader::with_capacity(1 << 10, open(root, name)?);
    file.by_ref()
        .take(LINE)
        .read_until(b'\n', &mut line)
        .map_err(StoreError::io("read", root.join(LOG).join(name)))?;
    Ok(line.pop_if(|b| *b == b'\n').is_some().then_some(line))
}

/// The bytes of a segment from `begins` to `ends`, as far as they are there.
pub(super) fn bytes(root: &Path, name: &str, begins: u64, ends: u64) -> Result<Vec<u8>, StoreError> {
    let path = root.join(LOG).join(name);
    let mut file = open(root, name)?;
    file.seek(SeekFrom::Start(begins)).map_err(StoreError::io("read", &path))?;
    let mut found = Vec::new();
    file.take(ends.saturating_sub(begins).min(LINE))
        .read_to_end(&mut found)
        .map_err(StoreError::io("read", &path))?;
    Ok(found)
}

pub(super) fn open(root: &Path, name: &str) -> Result<File, StoreError> {
    let path = format!("{LOG}/{name}");
    disk::open(root, &path)?
        .ok_or_else(|| StoreError::io("open", root.join(path))(std::io::ErrorKind::NotFound.into()))
}
