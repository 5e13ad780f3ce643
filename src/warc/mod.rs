//! The WARC 1.1 format (ISO 28500:2017): a capture as the plain, uncompressed file that web archives read, and back.
//!
//! A file holds a `warcinfo` record, and for every hop of the look, redirects too, a `request`, a `response` and a
//! `metadata` record. The same capture gives the same bytes: record ids are made from what they name.
//!
//! Headers lost their order and case on the way in, and the transfer coding is undone; each `metadata` record says
//! so. A `transfer-encoding` header is kept under another name, so that no reader undoes the coding again.
//!
//! Not here: where files lie (`store`), and what the bytes say (`read`).

mod http;
mod read;
mod record;
mod write;

pub use read::to_capture;
pub use record::{Record, Records};
pub use write::write;

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at byte {at}: {seen}")]
pub struct WarcError {
    /// Where the record begins in which it was found.
    pub at: usize,
    /// What was seen.
    pub seen: &'static str,
}

#[cfg(test)]
mod tests;
