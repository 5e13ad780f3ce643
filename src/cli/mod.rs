//! The verbs: one file each; the argument struct holds the help.
//!
//! Not here: what the verbs do beyond reading their arguments, calling the library and printing.

mod across;
mod add;
mod check;
mod choose;
mod completions;
mod config;
pub mod demo;
mod diff;
mod edit;
mod event;
mod exit;
mod format;
mod global;
mod init;
mod log;
mod man;
mod moment;
mod pause;
mod read;
mod remove;
mod report;
mod resend;
mod saved;
mod schema;
mod show;
mod single;
mod sinks;
mod status;
mod timeline;
mod totals;
mod verify;
mod watch;
mod workflow;

use std::io::Write as _;

use clap::{CommandFactory as _, Parser, Subcommand};

pub use exit::{Exit, Failure};
use global::{Color, Global};

/// Watches public notices about an incident and says, with proof, when their wording changes.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Demo(demo::Demo),
    Init(init::Init),
    Add(add::Add),
    Edit(edit::Edit),
    Pause(pause::Pause),
    Resume(pause::Resume),
    Remove(remove::Remove),
    Check(check::Check),
    Watch(watch::Watch),
    Status(status::Status),
    Across(across::Across),
    Timeline(timeline::Timeline),
    Report(report::Report),
    Read(read::Read),
    Diff(diff::Diff),
    Log(log::Log),
    Show(show::Show),
    Verify(verify::Verify),
    Sinks(sinks::Sinks),
    Resend(resend::Resend),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Cli {
    /// Runs the verb and says how it ended; what went wrong is told on standard error.
    pub fn run(self) -> Exit {
        // Each verb leaves what it has made durable; nothing half done is looked at after a panic.
        let run = std::panic::AssertUnwindSafe(|| self.verb());
        std::panic::catch_unwind(run).unwrap_or_else(|_| {
            let _ = writeln!(
                anstream::stderr(),
                "onrecord: this is a bug in onrecord. What was recorded before it stands; please report the lines above"
            );
            Exit::Bug
        })
    }

    fn verb(&self) -> Exit {
        let global = &self.global;
        match global.color {
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
            Color::Auto => {}
        }
        let result = match &self.verb {
            Verb::Demo(verb) => verb.run(global),
            Verb::Init(verb) => verb.run(global),
            Verb::Add(verb) => verb.run(global),
            Verb::Edit(verb) => verb.run(global),
            Verb::Pause(verb) => verb.run(global),
            Verb::Resume(verb) => verb.run(global),
            Verb::Remove(verb) => verb.run(global),
            Verb::Check(verb) => verb.run(global),
            Verb::Watch(verb) => verb.run(global),
            Verb::Status(verb) => verb.run(global),
            Verb::Across(verb) => verb.run(global),
            Verb::Timeline(verb) => verb.run(global),
            Verb::Report(verb) => verb.run(global),
            Verb::Read(verb) => verb.run(global),
            Verb::Diff(verb) => verb.run(global),
            Verb::Log(verb) => verb.run(global),
            Verb::Show(verb) => verb.run(global),
            Verb::Verify(verb) => verb.run(global),
            Verb::Sinks(verb) => verb.run(global),
            Verb::Resend(verb) => verb.run(global),
            Verb::Schema(verb) => Ok(verb.run()),
            Verb::Completions(verb) => verb.run(Self::command()),
            Verb::Man(verb) => verb.run(Self::command()),
        };
        result.unwrap_or_else(|failure| {
            // Nothing is left to do when even standard error is gone.
            if !failure.told.is_empty() {
                let _ = writeln!(anstream::stderr(), "onrecord: {}", failure.told);
            }
            failure.exit
        })
    }
}
