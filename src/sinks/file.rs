//! Events as lines of JSON at the end of a file, durable when taken.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use super::Sink;
use crate::{model::Event, render};

/// A file that events are added to.
#[derive(Debug, Clone)]
pub struct Lines {
    path: PathBuf,
}

impl Lines {
    /// The file at `path`, made when the first event comes.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }
}

impl Sink for Lines {
    async fn take(&mut self, event: &Event) -> Result<(), String> {
        let line = render::ndjson(event);
        let path = self.path.clone();
        let added = tokio::task::spawn_blocking(move || add(&path, line.trim_end()));
        let done = added.await.unwrap_or_else(|_| Err(io::Error::other("the writer stopped")));
        done.map_err(|error| format!("{} could not be written: {error}", self.path.display()))
    }
}

/// Adds a line and waits for the disk. What a crash tore before is ended first, so that this line stands by itself.
fn add(path: &Path, line: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let torn = !ends_a_line(&mut file)?;
    let text = format!("{}{line}\n", if torn { "\n" } else { "" });
    file.write_all(text.as_bytes())?;
    file.sync_data()
}

fn ends_a_line(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_after_a_torn_one_stands_by_itself() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("events.ndjson");
        add(&path, "{\"a\":1}").unwrap();
        std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"b\":").unwrap();
        add(&path, "{\"c\":3}").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{\"a\":1}\n{\"b\":\n{\"c\":3}\n");
    }
}
