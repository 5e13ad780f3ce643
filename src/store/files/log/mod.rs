//! The log on disk: segments, a run and an hour each, a line an entry, each line with the hash of the one before.
//!
//! The first line of a segment names the heads that it follows: one, after a merge of two clones several. There is no
//! global number; the order is that of the heads, ties by start, then by run. The days' files of a store of format 1
//! come before every segment. A last line without its line feed was torn by a crash and counts for nothing; anything
//! else that does not add up is a fault, with its file and line.

mod format1;
mod line;
mod order;
mod position;
mod quiet;
mod reader;
mod roster;
mod segment;
mod short;

pub(crate) use line::{Body, Head, Line, Run, Segment, State, write};
pub(crate) use position::Position;
pub(crate) use quiet::{Quiet, Waiting, waiting, write as quiet_lines};
pub(crate) use reader::{End, Reader};
pub(crate) use roster::Roster;

/// The most bytes of one line.
const LINE: u64 = 64 << 20;
