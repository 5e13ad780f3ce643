//! `onrecord completions`: for shells.

use std::io::Write as _;

use clap::{Args, Command};

use super::{Exit, Failure};

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
    /// Prints them for a program.
    pub(super) fn run(&self, mut program: Command) -> Result<Exit, Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut program, "onrecord", &mut text);
        std::io::stdout().lock().write_all(&text)?;
        Ok(Exit::Done)
    }
}
