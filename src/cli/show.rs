//! `onrecord show`: an event again, whole; or what a page said at a moment.

use std::io::Write as _;

use clap::Args;

use super::{
    Exit, Failure, Global, config, event,
    format::{self, Offer},
    moment::Named,
};
use crate::{
    query::Wording,
    render::{self, Format, escape},
    store::{Files, History as _, latest},
};

/// Show an event again, whole; or what a page said at a moment
///
/// An event is named by its id or how it begins; a wording by its target and a date or moment:
/// `canterbury-news@2024-01-18` is the wording at the end of that day, `canterbury-news@now` the newest.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord show 7f3a1c\n  onrecord show 7f3a1c --format html > change.html\n  onrecord show canterbury-news@2024-01-18\n  onrecord show canterbury-news@2024-01-18T17:30:00Z --format json"
)]
pub(super) struct Show {
    /// The event's id, or how it begins; or TARGET@WHEN
    #[arg(value_name = "EVENT|TARGET@WHEN")]
    what: String,
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
        let style = render::Style { detail: render::Detail::Whole, ..config::style(global) };
        let runtime = config::runtime()?;
        let text = if let Some(named) = Named::of(&self.what) {
            self.wording(&runtime.block_on(named.wording(&store, config::clock()?.now()))?, &style)?
        } else {
            let id = runtime.block_on(event::named(&store, &self.what))?;
            let event = runtime.block_on(store.event(&id))?;
            format!("{}\n", self.format.event(&event, &style))
        };
        let mut out = anstream::stdout().lock();
        write!(out, "{text}")?;
        Ok(Exit::Done)
    }

    fn wording(&self, wording: &Wording, style: &render::Style) -> Result<String, Failure> {
        let snapshot = &wording.snapshot;
        let stood = render::Stood {
            subject: &wording.subject,
            snapshot: &snapshot.id,
            since: wording.since,
            read: wording.read,
            gave_way: wording.gave_way,
            away: wording.away.map(|away| (away.since, away.why)),
        };
        Ok(match self.format {
            Format::Json => {
                let json = serde_json::to_string(snapshot).map_err(Failure::store)?;
                format!("{}\n", escape::json(&json))
            }
            Format::Markdown => render::statement_markdown(&snapshot.statement, &stood),
            Format::Html => render::statement_html(&snapshot.statement, &stood),
            Format::Text | Format::Github => {
                let words = latest::render(&snapshot.statement);
                let lines = words.lines().map(|line| format!("{}\n", escape::terminal(line)));
                format!("{}\n{}", render::stood(&stood, style), lines.collect::<String>())
            }
        })
    }
}
