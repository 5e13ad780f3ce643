//! `onrecord remove`: targets that are watched no longer.

use std::io::Write as _;

use clap::Args;

use super::{Exit, Failure, Global, config};
use crate::targets;

/// Watch targets no longer; what is on record of them stays
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  onrecord remove canterbury-news")]
pub(super) struct Remove {
    /// Which targets
    #[arg(id = "named", value_name = "TARGET", required = true)]
    targets: Vec<String>,
}

impl Remove {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        config::change(global, &self.targets, targets::remove)?;
        let mut out = anstream::stdout().lock();
        for target in &self.targets {
            writeln!(out, "`{target}` is watched no longer. `onrecord log {target}` shows its history.")?;
        }
        Ok(Exit::Done)
    }
}
