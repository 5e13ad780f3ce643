//! The gates that ask before anything is parsed: headers, status, whether the bytes are text, whether they came whole.
//!
//! Not here: what is asked once the words are found (`after`).

mod legible;
mod status;
mod whole;

pub(in crate::read) use legible::legible;
pub(in crate::read) use status::{headers, status};
pub(in crate::read) use whole::uncut;
