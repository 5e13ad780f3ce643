//! The demo's world: five days in January 2024, in which three councils in Kent lost their online services, as a
//! story that a server inside the program tells page by page.
//!
//! The course of events follows what was reported at the time. The bodies, their hosts and every word they say
//! are invented here; no real body said them. Not here: the verb that looks at these pages.

mod pages;
mod server;
mod statements;
mod story;

pub use server::Server;
pub use story::{Step, Story};
