//! `onrecord pause` and `onrecord resume`: targets that are not looked at for a while.

use std::io::Write as _;

use clap::Args;

use super::{Exit, Failure, Global, config};
use crate::targets::{self, Set, Setting};

/// Do not look at targets until they are resumed; their history stays
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  onrecord pause canterbury-news")]
pub(super) struct Pause {
    /// Which targets
    #[arg(id = "named", value_name = "TARGET", required = true)]
    targets: Vec<String>,
}

/// Look at paused targets again
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  onrecord resume canterbury-news")]
pub(super) struct Resume {
    /// Which targets
    #[arg(id = "named", value_name = "TARGET", required = true)]
    targets: Vec<String>,
}

impl Pause {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        config::change(global, &self.targets, |name, text, target| {
            targets::set(name, text, target, &[paused(Some(true))])
        })?;
        let mut out = anstream::stdout().lock();
        for target in &self.targets {
            writeln!(out, "`{target}` is not looked at until `onrecord resume {target}`.")?;
        }
        Ok(Exit::Done)
    }
}

impl Resume {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        config::change(global, &self.targets, |name, text, target| {
            let bare = targets::set(name, text, target, &[paused(None)])?;
            // Where all targets are paused by `defaults`, this one says otherwise.
            let loaded = targets::load(name, &bare).map_err(targets::ChangeError::Changed)?;
            let still = loaded.config.targets.iter().any(|known| known.id.as_str() == target && known.paused);
            if still { targets::set(name, &bare, target, &[paused(Some(false))]) } else { Ok(bare) }
        })?;
        let mut out = anstream::stdout().lock();
        for target in &self.targets {
            writeln!(out, "`{target}` is looked at again.")?;
        }
        Ok(Exit::Done)
    }
}

fn paused(flag: Option<bool>) -> Set {
    Set { key: "paused", value: flag.map(Setting::Flag) }
}
