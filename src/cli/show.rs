//! `onrecord show`: an event again, whole.

use std::io::Write as _;

use clap::{Args, ValueEnum};

use super::{Exit, Failure, Global, config};
use crate::{
    render,
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
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
    Html,
}

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
        let mut out = anstream::stdout().lock();
        match self.format {
            Format::Json => writeln!(out, "{}", render::ndjson(&event))?,
            Format::Markdown => writeln!(out, "{}", render::markdown(&event))?,
            Format::Html => {
                writeln!(out, "{}", render::html_page(&event.headline, std::slice::from_ref(&event)))?;
            }
            Format::Text => {
                let style = render::Style { detail: render::Detail::Whole, ..config::style(global) };
                writeln!(out, "{}", render::terminal(&event, &style))?;
            }
        }
        Ok(Exit::Done)
    }
}
