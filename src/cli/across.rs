//! `onrecord across`: what several bodies say of one incident, line by line.

use std::io::Write as _;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{
    Exit, Failure, Global, config,
    timeline::{incident, watched},
};
use crate::{
    model::{Across as Found, Saying, Target, Together},
    query::{self, Scope},
    render::{self, escape},
    store::Files,
};

/// Show what several bodies say of an incident, line by line: who says it, since when, who changed first
///
/// Sentences are one line where one page made the one of the other, or where two bodies say them in the same place. What was
/// given to reporters (`onrecord statement`) counts as said.
///
/// `--saying` answers who says a thing, who says it less surely, or otherwise, or no longer, and since when. It is found by
/// what sentences claim, not by their words alone: "no personal data has been accessed" says that no data was taken.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord across kent-2024\n  onrecord across kent-2024 --saying \"no data was taken\"\n  onrecord across kent-2024 --only apart --format html > kent.html"
)]
pub(super) struct Across {
    /// Which incident, as targets.json names it
    #[arg(value_name = "INCIDENT")]
    incident: String,
    /// Who says this, and since when
    #[arg(long, value_name = "WORDS")]
    saying: Option<String>,
    /// Only lines to which bodies stand so
    #[arg(long, value_name = "HOW", conflicts_with = "saying")]
    only: Option<Only>,
    /// Also lines that are not about the incident
    #[arg(long)]
    all: bool,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Said by several, and no longer alike
    Apart,
    /// Said by several, in the same words
    Alike,
    /// Said by one body alone
    Alone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For an issue or a page
    Markdown,
    /// One JSON document
    Json,
    /// A page
    Html,
}

/// What `--format json` prints.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    across: Option<&'a Found>,
    #[serde(flatten)]
    saying: Option<&'a Saying>,
}

impl Across {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let now = config::clock()?.now();
        let config = config::load(global)?;
        let incident = incident(&config, &self.incident)?;
        let targets: Vec<Target> = watched(&config, incident).cloned().collect();
        let store = Files::read_only(&global.store)?;
        let lexicons = &config.lexicons;
        let scope = Scope { incident, targets: &targets, lexicons, all: self.all || self.saying.is_some() };
        let mut found = config::runtime()?.block_on(query::across(&store, &scope))?;
        let saying = self.saying.as_deref().map(|asked| query::saying(&found, asked, lexicons));
        if let Some(only) = self.only {
            let state = match only {
                Only::Apart => Together::Apart,
                Only::Alike => Together::Alike,
                Only::Alone => Together::Alone,
            };
            found.lines.retain(|line| line.state == state);
        }
        let style = config::style(global);
        let title = saying.as_ref().map_or_else(|| incident.title.clone(), render::saying_title);
        let text = match (self.format, &saying) {
            (Format::Text, saying) => {
                let words = match saying {
                    Some(saying) => render::saying_text(&found, saying, &style),
                    None => render::across_text(&found, &style),
                };
                format!("{}\n{words}", render::heading(&title, now, &style))
            }
            (Format::Markdown, Some(saying)) => render::saying_markdown(&found, saying),
            (Format::Markdown, None) => render::across_markdown(&found),
            (Format::Html, Some(saying)) => render::saying_html(&found, saying),
            (Format::Html, None) => render::across_html(&title, &found),
            (Format::Json, saying) => {
                let across = saying.is_none().then_some(&found);
                let schema = if saying.is_some() { "onrecord.saying/1" } else { "onrecord.across/1" };
                let document = Document { schema, across, saying: saying.as_ref() };
                let json = serde_json::to_string_pretty(&document).map_err(Failure::store)?;
                json.lines().map(|line| escape::json(line) + "\n").collect()
            }
        };
        write!(anstream::stdout().lock(), "{text}")?;
        Ok(Exit::Done)
    }
}
