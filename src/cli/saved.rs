//! A file of the user's: its bytes, and the page that was saved in it, read as if a server had given it.
//!
//! Not here: what is in a page (`read`), or pages of the net (`single`).

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use url::Url;

use super::{
    Failure,
    single::{capital, unread},
};
use crate::{
    model::{Capture, Header, Hop, MAX_DECODED, Memory, Recipe, Why},
    read::{self, Item, Refusal},
    render::escape,
};

/// The address of a page that came without one (RFC 2606).
pub(super) const NOWHERE: &str = "http://page.invalid/page";

/// Why a file gave no bytes.
#[derive(Debug)]
pub(super) enum Unopened {
    /// It could not be read.
    Failed(PathBuf, std::io::Error),
    /// It has more bytes than a body may have. A part of it is never taken for the whole.
    TooLarge(PathBuf),
}

impl Unopened {
    /// Its reason among those that a look may have; none where the file could not be read at all.
    pub(super) fn why(&self) -> Option<Why> {
        match self {
            Self::Failed(..) => None,
            Self::TooLarge(_) => Some(Why::TooLarge),
        }
    }
}

impl From<Unopened> for Failure {
    fn from(unopened: Unopened) -> Self {
        match unopened {
            Unopened::Failed(path, error) => {
                let name = shown(&path);
                let like_an_address =
                    error.kind() == std::io::ErrorKind::NotFound && name.starts_with("www.");
                let hint = if like_an_address {
                    format!("; an address begins with https://, as in https://{name}")
                } else {
                    String::new()
                };
                Self::usage(format!("{name} could not be read: {error}{hint}"))
            }
            Unopened::TooLarge(path) => unread(format!(
                "{} is not read ({}): it has more than {} MiB.",
                shown(&path),
                Why::TooLarge,
                MAX_DECODED >> 20
            )),
        }
    }
}

/// The bytes of a file.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Unopened> {
    let file = std::fs::File::open(path).map_err(|error| Unopened::Failed(path.to_owned(), error))?;
    whole(file, path, MAX_DECODED)
}

/// The bytes of standard input.
pub(super) fn input() -> Result<Vec<u8>, Unopened> {
    whole(std::io::stdin().lock(), Path::new("standard input"), MAX_DECODED)
}

fn whole(from: impl Read, path: &Path, most: u64) -> Result<Vec<u8>, Unopened> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes).map_err(|error| Unopened::Failed(path.to_owned(), error))?;
    if bytes.len() as u64 > most { Err(Unopened::TooLarge(path.to_owned())) } else { Ok(bytes) }
}

/// A page from a file as if a server had given it with status 200 and no word on its encoding.
pub(super) fn as_if_served(url: &Url, body: Vec<u8>) -> Capture {
    let header = |name: &str, value: &str| Header { name: name.to_owned(), value: value.as_bytes().to_vec() };
    Capture {
        redirects: Vec::new(),
        answer: Hop {
            url: url.clone(),
            started: Timestamp::UNIX_EPOCH,
            ended: Timestamp::UNIX_EPOCH,
            request: Vec::new(),
            version: "HTTP/1.1".to_owned(),
            status: 200,
            response: vec![header("content-type", "text/html")],
            peer: None,
            proxied: false,
            body,
        },
    }
}

/// The items of a page or a feed that was saved as a file.
pub(super) fn items(path: &Path, bytes: Vec<u8>) -> Result<Vec<Item>, Failure> {
    let nowhere = Url::parse(NOWHERE).map_err(Failure::usage)?;
    let reading = read::read(&as_if_served(&nowhere, bytes), &Recipe::default(), &Memory::default());
    reading.items.map_err(|refusal| refused(&shown(path), &refusal))
}

/// A path as it may stand in a sentence.
fn shown(path: &Path) -> String {
    escape::terminal(&path.display().to_string())
}

/// What a person is told of a page that is no statement.
pub(super) fn refused(page: &str, refusal: &Refusal) -> Failure {
    let evidence = escape::terminal(&refusal.evidence);
    unread(format!(
        "{page} is no statement ({}): {evidence}.\n{}.",
        refusal.why,
        capital(refusal.why.advice())
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_never_taken_for_the_whole() {
        let read = |bytes: &[u8]| whole(bytes, Path::new("notice.txt"), 4);
        assert_eq!(read(b"four").unwrap(), b"four");
        let refused = read(b"five!").unwrap_err();
        assert_eq!(refused.why(), Some(Why::TooLarge));
        assert_eq!(
            Failure::from(refused).told,
            "notice.txt is not read (too-large): it has more than 64 MiB."
        );
    }
}
