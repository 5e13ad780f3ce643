//! The demo's world: five days in January 2024, in which three councils in Kent lost their online services, as a
//! scenario that a server inside the program tells page by page.
//!
//! The course of events follows what was reported at the time. The bodies, their hosts and every word they say
//! are invented here; no real body said them. The verb looks at these pages by the real pass, through a proxy of its own.

mod fetcher;
mod folder;
mod pages;
mod run;
mod scenario;
mod server;
mod site;
mod statements;

pub(in crate::cli) use run::Demo;
pub use scenario::{Scenario, Step};
pub use server::Server;
