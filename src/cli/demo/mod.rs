//! The demo's world: five days in January 2024, in which three councils in Kent lost their online services, as a
//! story that a server inside the program tells page by page.
//!
//! The course of events follows what was reported at the time. The bodies, their hosts and every word they say
//! are invented here; no real body said them. The verb looks at these pages by the real pass, through a proxy of its own.

mod folder;
mod line;
mod pages;
mod run;
mod server;
mod statements;
mod story;

pub(in crate::cli) use run::Demo;
pub use server::Server;
pub use story::{Step, Story};
