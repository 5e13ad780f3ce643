//! Events as lines of JSON at the end of a file, durable when taken.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Context, Delivery, Sink};
use crate::{
    model::{Event, FileSink},
    render,
};

/// A file that events are added to.
#[derive(Debug, Clone)]
pub struct File {
    path: PathBuf,
}

impl File {
    /// The file that is specified, from `folder` on. It, and its folder, are made when the first event comes.
    pub fn new(spec: &FileSink, folder: &Path) -> Self {
        Self { path: folder.join(&spec.path) }
    }
}

impl Sink for File {
    /// The whole batch, or nothing: of one that broke off half-way, lines may stand there twice.
    async fn deliver(&self, batch: &[Event], _: &Context<'_>) -> Delivery {
        let lines: String = batch.iter().map(render::ndjson).collect();
        let path = self.path.clone();
        let added = tokio::task::spawn_blocking(move || add(&path, &lines)).await;
        match added.unwrap_or_else(|_| Err(io::Error::other("the writer stopped"))) {
            Ok(()) => Delivery::of_all(batch),
            Err(error) => Delivery::of_none(format!("{} could not be written: {error}", self.path.display())),
        }
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(10)
    }
}

/// Adds lines and waits for the disk. What a crash tore before is ended first, so that these stand by themselves.
fn add(path: &Path, lines: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make(folder)?;
    let is_new = !path.exists();
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let torn = !ends_a_line(&mut file)?;
    let text = format!("{}{lines}", if torn { "\n" } else { "" });
    file.write_all(text.as_bytes())?;
    file.sync_data()?;
    if is_new { keep(folder) } else { Ok(()) }
}

/// Makes a folder and those above it that are missing, and waits until the disk knows of them.
fn make(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().unwrap_or(Path::new(""));
    make(above)?;
    match fs::create_dir(folder) {
        // Another sink, told at the same time, made it.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        made => made.and_then(|()| keep(if above.as_os_str().is_empty() { Path::new(".") } else { above })),
    }
}

/// Makes the names in a folder durable, where a system lets a program ask for that.
fn keep(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

fn ends_a_line(file: &mut fs::File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
