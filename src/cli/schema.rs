//! `onrecord schema`: the JSON Schemas of what people write and programs read.

use clap::{Args, ValueEnum};

use super::Exit;
use crate::{render, targets};

/// Print the JSON Schema of targets.json, or of an event
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  onrecord schema > targets.schema.json")]
pub(super) struct Schema {
    /// Of what
    #[arg(default_value = "targets")]
    of: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    Targets,
    Event,
}

impl Schema {
    pub(super) fn run(&self) -> Exit {
        let text = match self.of {
            Of::Targets => targets::schema(),
            Of::Event => render::event_schema(),
        };
        anstream::print!("{text}");
        Exit::Done
    }
}
