//! Atom files, made again from what is on record: all events, and those of each incident and each body.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Context, Delivery, Sink};
use crate::{
    model::{Digest, Event, FeedSink, Level},
    render,
};

/// How many of the newest events are looked through: a body that says little still has its feed.
const LOOKED_THROUGH: usize = 1_000;
/// The longest name of a file that is made of a body's name.
const LONGEST: usize = 60;

/// Atom files in a folder.
#[derive(Debug, Clone)]
pub struct Feed {
    folder: PathBuf,
    entries: usize,
}

impl Feed {
    /// The feeds that are specified; their folder is relative to `folder`.
    pub fn new(spec: &FeedSink, folder: &Path) -> Self {
        Self { folder: folder.join(&spec.path), entries: spec.entries }
    }

    /// The files and what stands in them.
    fn files(&self, recent: &[Event]) -> BTreeMap<String, String> {
        let mut feeds: BTreeMap<String, (String, Vec<Event>)> =
            BTreeMap::from([("all".to_owned(), ("onrecord: all events".to_owned(), Vec::new()))]);
        for event in recent.iter().filter(|event| event.level > Level::Silent) {
            let incidents = event.incident.iter().chain(&event.also);
            let incidents =
                incidents.map(|id| (format!("incident-{id}"), format!("onrecord: incident {id}")));
            let body = (format!("body-{}", slug(&event.body)), format!("onrecord: {}", event.body));
            let all = ("all".to_owned(), String::new());
            for (name, title) in incidents.chain([body, all]) {
                let (_, events) = feeds.entry(name).or_insert_with(|| (title, Vec::new()));
                if events.len() < self.entries {
                    events.push(event.clone());
                }
            }
        }
        feeds
            .into_iter()
            .map(|(name, (title, events))| {
                let text = render::atom(&name, &title, &events);
                (format!("{name}.atom"), text)
            })
            .collect()
    }
}

impl Sink for Feed {
    async fn deliver(&self, batch: &[Event], context: &Context<'_>) -> Delivery {
        let files = self.files(context.recent);
        let folder = self.folder.clone();
        let written = tokio::task::spawn_blocking(move || write(&folder, &files)).await;
        match written.unwrap_or_else(|_| Err(io::Error::other("the writer stopped"))) {
            Ok(()) => Delivery::of_all(batch),
            Err(error) => {
                Delivery::of_none(format!("{} could not be written: {error}", self.folder.display()))
            }
        }
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(30)
    }

    fn recent(&self) -> usize {
        LOOKED_THROUGH
    }
}

/// Puts each file in its place whole: a reader sees the old one or the new one.
fn write(folder: &Path, files: &BTreeMap<String, String>) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, text) in files {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_data()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // Feeds are made to be served.
            file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
        file.persist(folder.join(name)).map_err(|error| error.error)?;
    }
    Ok(())
}

/// A body's name as the name of a file: letters and digits of ASCII, and a digest where that is not all of it.
fn slug(body: &str) -> String {
    let mut slug = String::new();
    for c in body.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST);
    let slug = slug.trim_end_matches('-').to_owned();
    let whole = body.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ') && body.len() < LONGEST;
    if whole && !slug.is_empty() { slug } else { format!("{slug}-{}", Digest::of(body.as_bytes()).short()) }
}
