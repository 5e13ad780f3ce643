//! Wires the pipeline; owns the clock and the tasks. `pass.rs` is the whole program on one screen.
//!
//! Not here: what any stage does. `evaluate` decides what a look came to; the stages say what is in it.

mod adopt;
mod answer;
mod backoff;
mod baseline;
mod bounds;
mod budget;
pub mod clock;
mod deliver;
mod evaluate;
mod evaluation;
mod items;
mod judging;
mod open;
mod pass;
mod place;
mod refused;
pub mod schedule;
mod second_look;
mod settled;
mod tally;
#[cfg(test)]
mod tests;
mod transition;
mod worker;

pub use clock::WallClock;
pub use deliver::{Offered, Refusals, offer};
pub use judging::Judging;
pub use open::{close, open};
pub use pass::{Fault, Order, Plan, Progress, Pulse, Until, run};
pub use tally::Tally;
