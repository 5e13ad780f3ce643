//! What every store keeps to, and what the folder keeps to when the world stops.

mod contract;
mod crash;
pub(crate) mod sample;
