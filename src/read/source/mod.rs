//! The sources of statements: which kind some bytes are, what text they are, and how a plain text is read.
//!
//! Not here: how HTML is read (`html`).

pub(super) mod decode;
pub(super) mod feed;
pub(super) mod index;
pub mod json;
pub(super) mod kind;
mod list;
pub mod plain;

/// Whether bytes are a source of several statements by themselves: a feed.
pub fn is_list(bytes: &[u8]) -> bool {
    kind::Kind::sniff(bytes, None) == kind::Kind::Feed
}
