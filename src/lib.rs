//! # onrecord
//!
//! Watches the pages on which public bodies and their suppliers say what happened, keeps what they said, and
//! tells people when the wording about an incident changes: what was said, what is said now, between which two
//! moments it changed, what kind of change it is, and the proof.
//!
//! The modules are the verbs of one pass, in order:
//!
//! ```text
//! targets -> fetch -> read (gate first) -> store -> compare -> judge -> event -> sinks
//! ```
//!
//! [`fetch`], [`store`] and [`sinks`] touch the world. [`text`], [`read`], [`compare`], [`judge`], [`render`] and [`warc`]
//! are functions of values: no clock, no disk, no network, no randomness, no async; a test keeps them so.
//! [`engine`] wires them: `engine/pass.rs` is the whole program on one screen.

pub mod cli;
pub mod compare;
pub mod engine;
pub mod evidence;
pub mod fetch;
pub mod judge;
pub mod model;
pub mod read;
pub mod render;
pub mod sinks;
pub mod store;
pub mod targets;
pub mod text;
pub mod warc;
