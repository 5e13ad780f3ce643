//! The sources of statements: which kind some bytes are, what text they are, and how a plain text is read.
//!
//! Not here: how HTML is read (`html`).

pub(super) mod decode;
pub(super) mod kind;
pub mod plain;
