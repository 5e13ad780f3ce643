//! `onrecord man`: the manual pages, one for the program and one a verb.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use clap::{Args, Command};

use super::{Exit, Failure};

/// Print the manual page, or write one a verb into a folder
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord man > onrecord.1\n  onrecord man --dir ~/.local/share/man/man1"
)]
pub(super) struct Man {
    /// Write every page into this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Man {
    /// Prints or writes those of a program.
    pub(super) fn run(&self, mut program: Command) -> Result<Exit, Failure> {
        program.build();
        let Some(dir) = &self.dir else {
            std::io::stdout().lock().write_all(&page(program)?)?;
            return Ok(Exit::Done);
        };
        std::fs::create_dir_all(dir).map_err(|error| unwritten(dir, &error))?;
        let verbs: Vec<Command> =
            program.get_subcommands().filter(|verb| !verb.is_hide_set()).cloned().collect();
        for command in std::iter::once(program).chain(verbs) {
            let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
            let file = dir.join(format!("{name}.1"));
            std::fs::write(&file, page(command.name(name))?).map_err(|error| unwritten(&file, &error))?;
        }
        Ok(Exit::Done)
    }
}

fn page(command: Command) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    Ok(text)
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!("{} could not be written: {error}", path.display()))
}
