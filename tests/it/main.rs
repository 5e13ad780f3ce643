//! One integration binary: cases that a reporter could write, through the public library and the program.
#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]
#![expect(clippy::disallowed_methods, reason = "tests read cases, keep stores and run the program")]

mod across;
#[cfg(unix)]
mod action;
mod check;
mod compare;
mod configs;
mod demo;
mod feeds;
mod fetch;
mod imports;
mod judging;
mod kill;
mod mutate;
mod notices;
mod pairs;
mod purity;
mod reading;
mod render;
mod sinks;
mod site;
mod states;
mod store;
mod verbs;
mod watch;
mod words;
