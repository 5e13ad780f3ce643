//! `onrecord schema`: the JSON Schemas of what people write and programs read.

use clap::{Args, ValueEnum};

use super::Exit;
use crate::{judge, render, targets};

/// Print the JSON Schema of targets.json, or of an event, or the words that judging knows
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord schema > targets.schema.json\n  onrecord schema --lexicons | grep no-evidence"
)]
pub(super) struct Schema {
    /// Of what
    #[arg(default_value = "targets")]
    of: Of,
    /// Print the lexicons instead: language, class and words, parted by tabs
    #[arg(long, conflicts_with = "of")]
    lexicons: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    Targets,
    Event,
}

impl Schema {
    pub(super) fn run(&self) -> Exit {
        let text = match self.of {
            _ if self.lexicons => judge::lexicons(),
            Of::Targets => targets::schema(),
            Of::Event => render::event_schema(),
        };
        anstream::print!("{text}");
        Exit::Done
    }
}
