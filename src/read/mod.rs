//! Bytes to items: decode, gate (is this content at all), find the statement, prune, banners, blocks, dates.
//!
//! The kind of source is chosen from bytes and headers (`source`), what refuses stands in `gate`, what reads HTML in
//! `html`; `reader` is the whole way on one screen. A pure function of capture, recipe and memory. Not here: comparing
//! with an earlier reading.

mod bounds;
mod clip;
mod cues;
mod dates;
mod gate;
mod html;
mod learn;
mod reader;
mod reading;
mod recipe;
pub mod selector;
mod source;
mod volatile;

pub use learn::{learn, may_move};
pub use reader::{explain, kind, left_open, read, unpacked};
pub use reading::{Fate, Item, Note, Reading, Refusal, join};
pub use recipe::recipe;
pub use source::{is_list, json, plain};
