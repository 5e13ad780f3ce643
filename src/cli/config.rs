//! What every verb that looks at pages needs first: the file of targets, the clock, the style of the output.
//!
//! Not here: what the file may say (`targets`).

use std::{io::Write as _, sync::Arc};

use jiff::tz::TimeZone;

use super::{Exit, Failure, Global};
use crate::{
    engine::WallClock,
    fetch::{Http, HttpOptions, Proxies},
    render,
    targets::{self, Config},
};

/// The file of targets; every fault of it is told at once, its warnings go to standard error.
pub(super) fn load(global: &Global) -> Result<Config, Failure> {
    let name = global.targets.display().to_string();
    let text = text(global)?;
    let loaded =
        targets::load(&name, &text).map_err(|faults| Failure::usage(faults.render(global.color(), WIDTH)))?;
    if !loaded.warnings.is_empty() && !global.quiet {
        // A warning that cannot be shown is no reason to stop.
        let _ = write!(anstream::stderr(), "{}", targets::render(&loaded.warnings, global.color(), WIDTH));
    }
    Ok(loaded.config)
}

/// The text of the file of targets.
pub(super) fn text(global: &Global) -> Result<String, Failure> {
    std::fs::read_to_string(&global.targets).map_err(|error| {
        let name = global.targets.display();
        Failure::usage(match error.kind() {
            std::io::ErrorKind::NotFound => format!(
                "there is no {name} here, so nothing is watched.\n\n  \
                 onrecord init       writes one to start from\n  \
                 onrecord add URL    adds a page to it\n  \
                 onrecord demo       shows the program at work, without a network"
            ),
            _ => format!("{name} could not be read: {error}"),
        })
    })
}

/// The clock of this run.
pub(super) fn clock() -> Result<WallClock, Failure> {
    let given = std::env::var("ONRECORD_NOW").ok();
    WallClock::from_env_value(given.as_deref()).map_err(|error| {
        Failure::usage(format!("ONRECORD_NOW must be a moment such as 2024-01-19T11:15:00Z: {error}"))
    })
}

/// The fetcher of this run.
pub(super) fn http(contact: Option<&str>, clock: WallClock) -> Result<Http, Failure> {
    let proxies = Proxies::from_env().map_err(Failure::usage)?;
    let now = Arc::new(move || clock.now());
    Http::new(HttpOptions { contact: contact.map(str::to_owned), now, proxies }).map_err(Failure::usage)
}

/// The runtime of this run.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure { exit: Exit::Bug, told: format!("the machine gives no threads: {error}") })
}

/// How text for the person at this terminal looks.
pub(super) fn style(global: &Global) -> render::Style {
    let columns = terminal_size::terminal_size().map_or(WIDTH, |(columns, _)| usize::from(columns.0));
    let width = columns.clamp(40, WIDTH);
    render::Style { color: global.color(), zone: TimeZone::system(), width, ..render::Style::default() }
}

/// The widest that text is set: longer lines are hard to read, and a file reads the same everywhere.
const WIDTH: usize = 100;
