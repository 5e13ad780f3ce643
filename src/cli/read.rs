//! `onrecord read`: what a snapshot of a page would hold.
//!
//! Not here: many pages at once (`batch`), files (`saved`), addresses (`single`).

mod batch;

use std::{io::Write, path::Path};

use clap::{Args, ValueEnum};
use url::Url;

use super::{Exit, Failure, Global, saved, single::Single};
use crate::{
    model::{BlockKind, Capture, Memory, Recipe, Statement, Watch},
    read::{self, Fate, Reading},
    render,
};

/// Print what a snapshot of a page would hold
///
/// Nothing is kept. A page that is no statement (an error page, a challenge, "not found" at status 200) ends with 4.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord read https://news.example.gov.uk/incident\n  onrecord read notice.html --explain\n  onrecord read --batch < pages.jsonl"
)]
pub(super) struct Read {
    /// The page: an address or a file; `-` for standard input
    #[arg(required_unless_present = "batch", value_name = "FILE|URL")]
    page: Option<String>,
    /// The address that a file came from, so that its links can be told
    #[arg(long, default_value = saved::NOWHERE)]
    url: Url,
    /// Ask a private address, such as an intranet's
    #[arg(long)]
    allow_private: bool,
    /// A CSS selector of the statement, such as 'main, .contact'; may be given several times, tried in order
    #[arg(long, value_name = "CSS", value_parser = css)]
    select: Vec<String>,
    /// A CSS selector of what is left out; may be given several times
    #[arg(long, value_name = "CSS", value_parser = css)]
    remove: Vec<String>,
    /// Show what was kept and left out, and by which rule
    #[arg(long)]
    explain: bool,
    /// What kind of source it is
    #[arg(long, value_name = "KIND", default_value = "page", value_parser = watch)]
    watch: Watch,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Read JSON lines `{"id","path","url","select"?}`, write `{"id","text","banner","cpu_ms","why"?}`
    #[arg(long, conflicts_with_all = ["page", "explain"])]
    batch: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A kind of source by its name.
pub(super) fn watch(name: &str) -> Result<Watch, String> {
    // Whoever deserialises them knows their names.
    serde_json::from_value(name.into()).map_err(|error| error.to_string())
}

/// A selector as it was written, tried before anything is fetched.
fn css(text: &str) -> Result<String, String> {
    read::json::check(text).map(|()| text.to_owned())
}

impl Read {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        if self.batch {
            return batch::run();
        }
        let page = self.page.as_deref().unwrap_or("-");
        let capture = self.capture(page, global)?;
        let recipe = Recipe {
            watch: self.watch,
            select: self.select.clone(),
            remove: self.remove.clone(),
            ..Recipe::default()
        };
        let memory = Memory::default();
        let reading = if self.explain {
            read::explain(&capture, &recipe, &memory)
        } else {
            read::read(&capture, &recipe, &memory)
        };
        let mut out = anstream::stdout().lock();
        if self.explain {
            explain(&mut out, &reading)?;
        }
        let statement =
            reading.joined().map_err(|refusal| saved::refused(&render::escape::terminal(page), &refusal))?;
        match self.format {
            Format::Json => {
                writeln!(out, "{}", serde_json::to_string_pretty(&statement).map_err(std::io::Error::from)?)?;
            }
            Format::Text => print(&mut out, &statement, usize::MAX)?,
        }
        Ok(Exit::Done)
    }

    fn capture(&self, page: &str, global: &Global) -> Result<Capture, Failure> {
        match Url::parse(page) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                Single { url: &url, allow_private: self.allow_private }.look(global)
            }
            _ if page == "-" => Ok(saved::as_if_served(&self.url, saved::input()?)),
            _ => Ok(saved::as_if_served(&self.url, saved::bytes(Path::new(page))?)),
        }
    }
}

/// A statement as text, in lines of so many columns: headings and items marked, the banner first.
pub(super) fn print(out: &mut impl Write, statement: &Statement, width: usize) -> std::io::Result<()> {
    for (name, blocks) in [("banner", &statement.banner), ("", &statement.content)] {
        if !name.is_empty() && !blocks.is_empty() {
            writeln!(out, "[{name}]")?;
        }
        for block in blocks {
            let mark = match block.kind {
                BlockKind::Heading => "#".repeat(usize::from(block.level.clamp(1, 6))) + " ",
                BlockKind::Item => "- ".to_owned(),
                _ => String::new(),
            };
            for line in render::lines(&format!("{mark}{}", block.text()), width) {
                writeln!(out, "{line}")?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

fn explain(out: &mut impl Write, reading: &Reading) -> std::io::Result<()> {
    for note in &reading.explanation {
        let fate = match note.fate {
            Fate::Root => "root",
            Fate::Content => "kept",
            Fate::Banner => "banner",
            Fate::Dropped => "dropped",
        };
        let (element, words) =
            (render::escape::terminal(&note.element), render::escape::terminal(&note.words));
        writeln!(out, "{fate:8} {:24} {element}  {words}", note.rule)?;
    }
    writeln!(out)
}
