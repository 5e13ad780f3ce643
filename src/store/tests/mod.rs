//! What every store keeps to, and what the folder keeps to when the world stops or somebody changed a file.

mod contract;
mod cost;
mod crash;
mod damage;
#[cfg(all(unix, not(target_vendor = "apple")))]
mod links;
mod resume;
pub(crate) mod sample;
