//! `onrecord show`: an event again, whole.

use std::io::Write as _;

use clap::Args;

use super::{
    Exit, Failure, Global, config,
    format::{self, Offer},
};
use crate::{
    render::{self, Format},
    store::{Files, Store as _},
};

/// Show an event again, whole
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord show 7f3a1c\n  onrecord show 7f3a1c --format html > change.html"
)]
pub(super) struct Show {
    /// The event's id, or how it begins
    event: String,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format::one_of(FORMATS))]
    format: Format,
}

/// How it may be shown.
const FORMATS: &[Offer] = &[
    ("text", Format::Text, ""),
    ("json", Format::Json, ""),
    ("markdown", Format::Markdown, ""),
    ("html", Format::Html, ""),
];

impl Show {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let store = Files::read_only(&global.store)?;
        let asked = render::escape::terminal(&self.event);
        let found = store.find_event(&self.event)?;
        let id = match found.as_slice() {
            [] => {
                return Err(Failure::usage(format!(
                    "no event begins with `{asked}`; `onrecord log` names them"
                )));
            }
            [id] => id,
            more => {
                return Err(Failure::usage(format!(
                    "{} events begin with `{asked}`; give more digits",
                    more.len()
                )));
            }
        };
        let event = store.event(id)?;
        let style = render::Style { detail: render::Detail::Whole, ..config::style(global) };
        let mut out = anstream::stdout().lock();
        writeln!(out, "{}", self.format.event(&event, &style))?;
        Ok(Exit::Done)
    }
}
