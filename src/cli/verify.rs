//! `onrecord verify`: proves the store whole, offline.

use clap::Args;

use super::{Exit, Failure, Global};
use crate::{evidence, render};

/// Prove the store whole: hashes, chain, captures, events
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  onrecord verify --store snapshots")]
pub(super) struct Verify {}

impl Verify {
    #[expect(clippy::unused_self, reason = "every verb is called alike")]
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let report = evidence::verify(&global.store)?;
        for fault in &report.faults {
            anstream::println!(
                "DAMAGED  {}: {}",
                render::escape::terminal(&fault.file),
                render::escape::terminal(&fault.seen)
            );
        }
        let (lines, files) = (render::count(report.lines, "line"), render::count(report.files, "file"));
        anstream::println!("{lines} of the log and {files} checked.");
        anstream::println!("Integrity only: no third party attested when any of this was written.");
        if report.faults.is_empty() {
            Ok(Exit::Done)
        } else {
            let faults = render::count(report.faults.len() as u64, "fault");
            Err(Failure::store(format!("the store has {faults}; nothing was changed")))
        }
    }
}
