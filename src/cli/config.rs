//! What every verb that looks at pages needs first: the file of targets, the clock, the style of the output.
//!
//! Not here: what the file may say (`targets`).

use std::{collections::BTreeMap, io::Write as _, path::Path, sync::Arc};

use jiff::{Timestamp, tz::TimeZone};

use super::{Exit, Failure, Global};
use crate::{
    engine::{Judging, Plan, Refusals, WallClock},
    fetch::{Http, HttpOptions, Proxies},
    model::{SinkKind, SinkSpec, TargetId},
    query, render,
    sinks::AnySink,
    store::Files,
    targets::{self, ChangeError, Config},
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
    if global.no_programs {
        refuse_programs(&loaded.config, &name)?;
    }
    Ok(loaded.config)
}

/// Whoever may change the file may otherwise have any program run: a change from outside is looked at without them.
fn refuse_programs(config: &Config, name: &str) -> Result<(), Failure> {
    let sinks = config.sinks.iter().filter(|sink| matches!(sink.kind, SinkKind::Command(_)));
    let mut named: Vec<String> =
        sinks.map(|sink| format!("sink `{}`", render::escape::terminal(&sink.name))).collect();
    named.extend(config.judge.is_some().then(|| "`judge`".to_owned()));
    if named.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "{name} names programs to run, and --no-programs refuses that: {}. Nothing was run or fetched",
        named.join(", ")
    )))
}

/// The text of the file of targets.
pub(super) fn text(global: &Global) -> Result<String, Failure> {
    std::fs::read_to_string(&global.targets).map_err(|error| {
        let name = global.targets.display();
        Failure::usage(match error.kind() {
            std::io::ErrorKind::NotFound => format!(
                "there is no {name} here, so nothing is watched.\n\n  \
                 onrecord init       writes one to start from\n  \
                 onrecord add URL    adds a page to it, once it is there\n  \
                 onrecord demo       shows the program at work, without a network"
            ),
            _ => format!("{name} could not be read: {error}"),
        })
    })
}

/// The sinks of a file, the paths of files relative to the file of targets.
fn sinks(config: &Config, global: &Global) -> Vec<(SinkSpec, AnySink)> {
    let folder = global.targets.parent().unwrap_or(Path::new(""));
    config.sinks.iter().map(|spec| (spec.clone(), AnySink::new(spec, folder))).collect()
}

/// Tells that the outside judge failed; what it was asked about stands without it.
pub(super) fn tell_judge(trouble: Option<&str>) {
    if let Some(trouble) = trouble {
        say(&format!(
            "the outside judge gave no answer, and what was found stands without it: {}",
            render::escape::terminal(trouble)
        ));
    }
}

/// A line on standard error; one that cannot be shown is no reason to stop.
pub(super) fn say(words: &str) {
    let _ = writeln!(anstream::stderr(), "onrecord: {words}");
}

/// Tells that the clock went back since a look that is on record.
pub(super) fn tell_clock(went_back: Option<(Timestamp, Timestamp)>, style: &render::Style) {
    if let Some((before, now)) = went_back {
        say(&format!(
            "the clock went back: a look at {} is on record, and a later one began at {}; their order is that of the log",
            render::dated(before, style),
            render::dated(now, style)
        ));
    }
}

/// Tells of targets whose address was watched under another name, which nobody has now.
pub(super) async fn tell_earlier_names(store: &Files, config: &Config) -> Result<(), Failure> {
    let given: Vec<&TargetId> = config.renamed.iter().map(|(now, _)| now).collect();
    for (now, before) in query::earlier_names(store, &config.targets).await? {
        if !given.contains(&&now) {
            say(&format!(
                "`{now}` is new, and this address was watched as `{before}`; with \"was\": \"{before}\" its history goes on"
            ));
        }
    }
    Ok(())
}

/// What is to be watched of a file: the targets that are not paused, and where what happens goes.
pub(super) fn plan(config: &Config, global: &Global) -> Plan {
    Plan {
        targets: config.targets.iter().filter(|target| !target.paused).cloned().map(Arc::new).collect(),
        sinks: sinks(config, global),
        renamed: config.renamed.clone(),
        judging: Arc::new(Judging::new(config.lexicons.clone(), config.judge.clone())),
    }
}

/// Tells which sinks did not take their events; the next run offers them again.
pub(super) fn tell_sinks(troubles: &BTreeMap<String, String>) {
    for (sink, trouble) in troubles {
        say(&format!(
            "sink `{sink}` did not take an event, and is offered it again: {}",
            render::escape::terminal(trouble)
        ));
    }
}

/// Tells which sinks will never have some of their events.
pub(super) fn tell_refused(refused: &BTreeMap<String, Refusals>) {
    for (sink, Refusals { count, last }) in refused {
        let events = render::count(*count, "event");
        say(&format!(
            "sink `{sink}` is not offered {events} any more, which `onrecord log --undelivered` shows: {}",
            render::escape::terminal(last)
        ));
    }
}

/// Changes some targets in the file, all of them or none.
pub(super) fn change(
    global: &Global,
    targets: &[String],
    change: impl Fn(&str, &str, &str) -> Result<String, ChangeError>,
) -> Result<(), Failure> {
    let name = global.targets.display().to_string();
    let mut text = text(global)?;
    for target in targets {
        text = change(&name, &text, target).map_err(|error| {
            Failure::usage(match error {
                ChangeError::File(faults) => faults.render(global.color(), WIDTH),
                ChangeError::Changed(faults) => {
                    let faults = faults.render(global.color(), WIDTH);
                    format!("nothing was changed; the file would be wrong:\n\n{faults}")
                }
                ChangeError::Unknown(target) => {
                    format!(
                        "no target is called `{}`; `onrecord status` lists them",
                        render::escape::terminal(&target)
                    )
                }
            })
        })?;
    }
    replace(&global.targets, &text)
}

/// Puts a new text in the place of a file, so that a crash leaves the one or the other.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        let mut new = tempfile::NamedTempFile::new_in(dir)?;
        new.write_all(text.as_bytes())?;
        new.as_file().set_permissions(std::fs::metadata(path)?.permissions())?;
        new.as_file().sync_all()?;
        new.persist(path)?;
        Ok(())
    };
    write().map_err(|error| Failure::usage(format!("{} could not be written: {error}", path.display())))
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
    let columns = terminal_size::terminal_size().map_or(COLUMNS, |(columns, _)| usize::from(columns.0));
    let width = columns.clamp(40, WIDTH);
    let detail = if global.verbose { render::Detail::Whole } else { render::Detail::Brief };
    render::Style { color: global.color(), zone: TimeZone::system(), width, now: None, detail }
}

/// How wide text is set where no terminal says it: what fits everywhere.
const COLUMNS: usize = 80;
/// The widest that text is set: longer lines are hard to read.
const WIDTH: usize = 100;
