//! Wires the pipeline; owns the clock and the tasks. `pass.rs` is the whole program on one screen.
//!
//! Not here: what any stage does. `consider` decides what a look came to; the stages say what is in it.

mod again;
mod against;
mod brake;
pub mod clock;
mod consider;
mod happened;
mod hosts;
mod judging;
mod lessons;
pub mod pass;
mod place;
pub mod schedule;
pub mod watch;

pub use again::alike;
pub use clock::WallClock;
pub use happened::FLAPPING;
pub use judging::Judging;
pub use pass::{Fault, Tally, pass};
pub use watch::{Order, Plan, Pulse, watch};
