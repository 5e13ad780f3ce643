//! `onrecord add`: one more page to watch, shown before it is written down.

use std::io::Write as _;

use clap::Args;
use url::Url;

use super::{Exit, Failure, Global, config, read, saved, single::Single};
use crate::{
    model::{Memory, Recipe, TargetId, Watch},
    read::{kind, read as read_page},
    render,
    targets::{self, AddError, NewTarget},
};

/// Look at a page, show what would be kept of it, and add it to targets.json
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord add https://news.example.gov.uk/incident --body \"Example Council\"\n  onrecord add https://www.example.gov.uk/ --incident kent-2024 --select main --dry-run"
)]
pub(super) struct Add {
    /// The address
    url: Url,
    /// Its name; made from the address without it
    #[arg(long)]
    id: Option<TargetId>,
    /// Who speaks there
    #[arg(long)]
    body: Option<String>,
    /// The incident it is watched for, where there are several; may be given several times
    #[arg(long, value_name = "ID")]
    incident: Vec<String>,
    /// What kind of source it is; found out by looking without it
    #[arg(long, value_name = "KIND", value_parser = read::watch)]
    watch: Option<Watch>,
    /// A CSS selector of the statement; may be given several times, tried in order
    #[arg(long, value_name = "CSS")]
    select: Vec<String>,
    /// A CSS selector of what is left out; may be given several times
    #[arg(long, value_name = "CSS")]
    remove: Vec<String>,
    /// Ask a private address, such as an intranet's, now and at every look
    #[arg(long)]
    allow_private: bool,
    /// Only show; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Add it without looking, or although it cannot be read now
    #[arg(long, conflicts_with = "dry_run")]
    unseen: bool,
}

impl Add {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let name = global.targets.display().to_string();
        let text = config::text(global)?;
        // A wrong file or a page that is watched already is told before anybody is asked for anything.
        let add =
            |watch| targets::add(&name, &text, &self.target(watch)).map_err(|error| refused(error, global));
        let mut added = add(self.watch)?;
        let mut out = anstream::stdout().lock();
        if !self.unseen {
            let found = self.show(&mut out, global)?;
            if self.watch.is_none() && found != Watch::Page {
                added = add(Some(found))?;
            }
        }
        if self.dry_run {
            writeln!(out, "Not added: this was a dry run. Its name would be `{}`.", added.id)?;
            return Ok(Exit::Done);
        }
        config::replace(&global.targets, &added.text)?;
        writeln!(out, "Added to {name} as `{}`. `onrecord check {}` begins its record.", added.id, added.id)?;
        Ok(Exit::Done)
    }

    fn target(&self, watch: Option<Watch>) -> NewTarget {
        NewTarget {
            url: self.url.to_string(),
            id: self.id.as_ref().map(ToString::to_string),
            body: self.body.clone(),
            incidents: self.incident.clone(),
            watch,
            allow_private: self.allow_private,
            select: self.select.clone(),
            remove: self.remove.clone(),
        }
    }

    fn show(&self, out: &mut impl std::io::Write, global: &Global) -> Result<Watch, Failure> {
        let single = Single { url: &self.url, allow_private: self.allow_private };
        let capture = single.look(global).map_err(not_added)?;
        let (kind, feeds) = kind(&capture);
        let watch = self.watch.unwrap_or(kind);
        let recipe =
            Recipe { watch, select: self.select.clone(), remove: self.remove.clone(), ..Recipe::default() };
        let shown = render::escape::terminal(self.url.as_str());
        let statement = read_page(&capture, &recipe, &Memory::default())
            .joined()
            .map_err(|refusal| not_added(saved::refused(&shown, &refusal)))?;
        let width = config::style(global).width;
        for line in render::lines(&format!("This would be kept of {shown}:"), width) {
            writeln!(out, "{line}")?;
        }
        writeln!(out)?;
        read::print(out, &statement, width)?;
        let said = match (watch, feeds.as_slice()) {
            (Watch::Feed, _) => {
                "It is a feed: each of its entries is followed as a statement of its own.".to_owned()
            }
            (Watch::Json, _) => {
                "It is JSON; `--select` with a JSON Pointer or a JSONPath says what of it counts.".to_owned()
            }
            (Watch::Index, _) => {
                "It is a list: the pages that it links to in words about the incident are watched.".to_owned()
            }
            (_, [first, ..]) => format!(
                "The site offers a feed, which tells of each notice by itself: `onrecord add {}`.",
                render::escape::terminal(first)
            ),
            _ => return Ok(watch),
        };
        for line in render::lines(&said, width) {
            writeln!(out, "{line}")?;
        }
        writeln!(out)?;
        Ok(watch)
    }
}

fn not_added(mut failure: Failure) -> Failure {
    failure.told.push_str("\nNot added; `--unseen` adds it all the same.");
    failure
}

fn refused(error: AddError, global: &Global) -> Failure {
    Failure::usage(match error {
        AddError::File(faults) => faults.render(global.color(), 100),
        AddError::Target(faults) => {
            format!("not added; with it the file would be wrong:\n\n{}", faults.render(global.color(), 100))
        }
        other => other.to_string(),
    })
}
