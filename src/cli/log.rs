//! `onrecord log`: every look, the failed ones too, and what it led to; what sinks do not have.

mod format;
mod undelivered;

use std::io::Write;

use clap::Args;
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use self::format::Format;
use super::{Exit, Failure, Global, choose::Choose, config, moment};
use crate::{
    model::{Level, Looked, Observation, TargetId},
    query::{self, LookFilter, Run},
    render::{self, escape},
    store::Files,
};

/// Show every look at a target, the failed ones too
///
/// Looks in a row that came to the same are one line.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord log\n  onrecord log canterbury-news --since 2024-01-18\n  onrecord log --since 2d --each\n  onrecord log --incident kent-2024 --state unreadable --format markdown\n  onrecord log --undelivered"
)]
pub(super) struct Log {
    /// Which targets; all without it
    #[arg(id = "named", value_name = "TARGET")]
    targets: Vec<TargetId>,
    #[command(flatten)]
    choose: Choose,
    /// Only looks from then on: a moment, a date, or so long ago (`6h`, `2d`)
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// One line a look
    #[arg(long)]
    each: bool,
    /// Show what waits for a sink and what is not offered to it any more, and why, in place of looks
    #[arg(long, conflicts_with_all = ["named", "incident", "body", "state", "tag", "since", "each"])]
    undelivered: bool,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// What `--format json` prints.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    looked: &'a query::Looked,
}

impl Log {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let since = self.since.as_deref().map(|text| moment::since(text, config::clock()?)).transpose()?;
        let store = Files::read_only(&global.store)?;
        if self.undelivered {
            undelivered::print(&mut anstream::stdout().lock(), global, &store, self.format)?;
            return Ok(Exit::Done);
        }
        let found = config::runtime()?.block_on(async {
            match self.chosen(global, &store).await? {
                Some(targets) => {
                    let filter = LookFilter { targets, since, each: self.each, ..LookFilter::default() };
                    Ok::<_, Failure>(query::looks(&store, &filter).await?)
                }
                None => Ok(query::Looked::default()),
            }
        })?;
        let mut out = anstream::stdout().lock();
        match self.format {
            Format::Text => text(&mut out, &found, &config::style(global))?,
            Format::Markdown => markdown(&mut out, &found)?,
            Format::Json => {
                let document = Document { schema: "onrecord.log/1", looked: &found };
                let json = serde_json::to_string_pretty(&document).map_err(Failure::store)?;
                json.lines().try_for_each(|line| writeln!(out, "{}", escape::json(line)))?;
            }
        }
        Ok(Exit::Done)
    }

    /// The targets that are meant, by their names now; empty for all, none where no target is as was asked.
    async fn chosen(&self, global: &Global, store: &Files) -> Result<Option<Vec<TargetId>>, Failure> {
        let mut named = Vec::new();
        for name in &self.targets {
            let known = query::name_now(store, name).await?;
            named.push(known.ok_or_else(|| {
                Failure::usage(format!("`{name}` was never looked at; `onrecord log` shows what was"))
            })?);
        }
        if self.choose.is_all() {
            return Ok(Some(named));
        }
        let among = self.choose.among(&config::load(global)?, store).await?;
        let chosen = among.into_iter().map(|target| target.id);
        let chosen: Vec<TargetId> = chosen.filter(|id| named.is_empty() || named.contains(id)).collect();
        Ok((!chosen.is_empty()).then_some(chosen))
    }
}

/// So wide a name still stands in a column.
const COLUMN: usize = 24;

fn text(out: &mut impl Write, found: &query::Looked, style: &render::Style) -> Result<(), Failure> {
    let names = found.runs.iter().map(|run| subject(run).width());
    let column = names.filter(|width| *width <= COLUMN).max().unwrap_or(0);
    for run in &found.runs {
        let subject = subject(run);
        let gap = " ".repeat(column.saturating_sub(subject.width()));
        let lead = format!("{:.0}  {subject}{gap}", run.first.started);
        write!(out, "{}", render::hanging(&lead, &words(run), style))?;
    }
    let times = |n: u64| render::count(n, "time");
    let (looked, read, in_vain) = (found.total.looked, found.total.read, found.total.in_vain());
    writeln!(out, "Looked {}, read {}, {} in vain.", times(looked), times(read), times(in_vain))?;
    Ok(())
}

fn markdown(out: &mut impl Write, found: &query::Looked) -> Result<(), Failure> {
    writeln!(out, "| when | target | what it came to |\n| --- | --- | --- |")?;
    for run in &found.runs {
        let cell = |words: &str| escape::markdown(words);
        writeln!(out, "| {:.0} | {} | {} |", run.first.started, cell(&subject(run)), cell(&words(run)))?;
    }
    Ok(())
}

/// An item's key is the publisher's.
fn subject(run: &Run) -> String {
    escape::terminal(&run.first.subject().to_string())
}

/// What came of a run of looks: the headline of what happened, else what the page was found to be.
fn words(run: &Run) -> String {
    use std::fmt::Write as _;

    let look = &run.first;
    let level = match look.level() {
        Level::Alert => "ALERT ",
        Level::Note => "note ",
        Level::Silent => "",
    };
    let mut words = match &run.headline {
        Some(headline) => format!("{level}{headline}"),
        None => kind(look).to_owned(),
    };
    let why = look.why.filter(|_| look.looked != Looked::Cooling && run.headline.is_none());
    // Writing into a string does not fail.
    if let Some(why) = why {
        let _ = write!(words, " ({why})");
        if let Some(evidence) = &run.evidence {
            let _ = write!(words, ": {evidence}");
        }
    }
    if run.went_back {
        words.push_str(", the clock went back");
    }
    if run.count > 1 {
        let _ = write!(words, ", {} looks until {:.0}", run.count, run.last);
    }
    for event in look.events.iter().filter(|event| event.level > Level::Silent) {
        let _ = write!(words, "; onrecord show {}", event.id.short());
    }
    words
}

/// What a look came to, in words.
fn kind(look: &Observation) -> &'static str {
    match look.looked {
        Looked::Read => "read, the wording is new",
        Looked::Same | Looked::NotModified => "the wording stands",
        Looked::Unreadable => "not readable",
        Looked::Absent => "not there",
        Looked::Cooling => "not asked, its server wants a pause",
    }
}
