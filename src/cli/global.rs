//! The options of every verb.

use std::{io::IsTerminal as _, path::PathBuf};

use clap::{Args, ValueEnum};

/// Options of every verb.
#[derive(Debug, Clone, Args)]
pub(super) struct Global {
    /// What is watched
    #[arg(long, global = true, value_name = "FILE", default_value = "targets.json")]
    pub(super) targets: PathBuf,
    /// Where everything is kept
    #[arg(long, global = true, value_name = "DIR", default_value = "snapshots")]
    pub(super) store: PathBuf,
    /// Say only what changed
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// Show every change, and each whole
    #[arg(long, short, global = true)]
    pub(super) verbose: bool,
    /// Refuse a targets.json that names programs to run (`judge`, sinks of kind `command`)
    #[arg(long, global = true)]
    pub(super) no_programs: bool,
    /// When to colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

impl Global {
    /// Whether standard output gets colour.
    pub(super) fn color(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
            }
        }
    }
}
