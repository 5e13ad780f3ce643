//! `onrecord completions`: for shells.

use std::io::Write as _;

use clap::{Args, CommandFactory as _};

use super::{Cli, Exit, Failure};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord"
)]
pub(super) struct Completions {
    /// Which shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<Exit, Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "onrecord", &mut text);
        std::io::stdout().lock().write_all(&text)?;
        Ok(Exit::Done)
    }
}
