//! `onrecord diff`: what changed between two texts, judged.
//!
//! Not here: what a text is (`sides`).

mod sides;

use std::{io::Write as _, path::PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Exit, Failure, Global, config};
use crate::{
    judge::{self, Difference, Subject},
    model::{Change, Incident, Level, Part, Relevance, Span, SpanPair},
    render,
    text::Lexicons,
};
use sides::{Pair, Side};

/// Compare two text files, two saved pages or two snapshots, sentence by sentence
///
/// A file that begins as HTML does is read as `onrecord read` reads it. In a text file an empty line ends a block, a line that begins with a bullet is an item, a short line without a
/// full stop before a block is a heading, and `[words](address)` is a link. A snapshot is named by its target and a
/// date or moment: `canterbury-news@2024-01-19` is the wording at the end of that day.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord diff before.txt after.txt --terms terms.txt --format json\n  onrecord diff before.txt after.txt --explain --own-words\n  onrecord diff saved-monday.html saved-friday.html\n  onrecord diff canterbury-news@2024-01-18 canterbury-news@2024-01-19\n  onrecord diff canterbury-news@2024-01-18 canterbury-news@now --format html > redline.html"
)]
pub(super) struct Diff {
    /// The text before: a file, or TARGET@WHEN
    before: String,
    /// The text after: a file, or TARGET@WHEN
    after: String,
    /// A file of the incident's terms, one a line; for snapshots, those of targets.json without it
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// Which changes count: those about the terms, or all
    #[arg(long, value_name = "WHICH")]
    relevance: Option<Which>,
    /// In a text file, each line is one sentence
    #[arg(long)]
    lines: bool,
    /// For text files: judge by the words of your own in targets.json too, as is done for snapshots
    #[arg(long)]
    own_words: bool,
    /// Show the cells that were compared: what each side denies and claims, how surely, and its values
    #[arg(long)]
    explain: bool,
    /// How to tell it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    Terms,
    Page,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
    Html,
}

/// What `--format json` prints.
#[derive(Debug, Serialize)]
struct Document<'a> {
    alignment: Vec<SpanPair>,
    changes: &'a [Change],
    relevant: bool,
    level: Level,
    degraded: bool,
    headline: &'a str,
    /// With `--explain`: for each change, the cells of its sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<Vec<Cells>>,
}

/// What the two sides of a change claim, one cell a line.
#[derive(Debug, Serialize)]
struct Cells {
    before: Vec<String>,
    after: Vec<String>,
}

impl Cells {
    fn of(change: &Change, lexicons: &Lexicons) -> Self {
        let side = |words: &[String]| match words {
            [] => Vec::new(),
            words => judge::cells(&words.join(" "), lexicons),
        };
        Self { before: side(&change.before), after: side(&change.after) }
    }
}

/// Each change, then what its sides claim and by which rules it was judged.
fn explained(
    out: &mut impl std::io::Write,
    changes: &[Change],
    lexicons: &Lexicons,
    style: &render::Style,
) -> Result<(), Failure> {
    for change in changes {
        let style = render::Style { detail: render::Detail::Whole, ..style.clone() };
        writeln!(out, "{}", render::changes_text(std::slice::from_ref(change), &style).trim_end())?;
        let cells = Cells::of(change, lexicons);
        for (sign, lines) in [('-', cells.before), ('+', cells.after)] {
            for line in lines {
                writeln!(out, "           {sign} {}", render::escape::terminal(&line))?;
            }
        }
        for reason in &change.reasons {
            let evidence = render::escape::terminal(&reason.evidence);
            writeln!(out, "           rule {}: {evidence}", reason.rule)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

impl Diff {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let Pair { before, after, target, mut lexicons } =
            sides::pair(&self.before, &self.after, self.lines, global)?;
        if self.own_words {
            lexicons = config::load(global)?.lexicons;
        }
        let terms = self.terms()?;
        let mut subject = match &target {
            Some(target) => Subject::of(target, &lexicons),
            None => Subject {
                body: "",
                incidents: &[],
                relevance: Relevance::Terms,
                watches_banner: false,
                lexicons: &lexicons,
            },
        };
        if let Some(terms) = &terms {
            subject.incidents = std::slice::from_ref(terms);
        }
        if let Some(which) = self.relevance {
            subject.relevance = if which == Which::Page { Relevance::Page } else { Relevance::Terms };
        }
        let Difference { mut judgement, content, banner } =
            judge::difference(&before.statement, &after.statement, &subject);
        judgement.degraded |= before.is_degraded() || after.is_degraded();

        let mut out = anstream::stdout().lock();
        let style = config::style(global);
        let title = format!("{} and {}", self.before, self.after);
        match self.format {
            Format::Text if self.explain => explained(&mut out, &judgement.changes, &lexicons, &style)?,
            Format::Text => write!(out, "{}", render::changes_text(&judgement.changes, &style))?,
            Format::Markdown => write!(out, "{}", render::changes_markdown(&judgement.changes, &style))?,
            Format::Html => {
                let compared = render::Compared {
                    before: &before.statement,
                    after: &after.statement,
                    content: &content,
                    banner: &banner,
                    changes: &judgement.changes,
                    headline: &judgement.headline,
                };
                write!(out, "{}", render::compared_html(&title, &compared, &style))?;
            }
            Format::Json => {
                for change in judgement.changes.iter_mut().filter(|change| change.part == Part::Content) {
                    place(change, &before, &after);
                }
                let pair = |pair: &crate::model::Pair| SpanPair {
                    before: before.sentence(pair.before),
                    after: after.sentence(pair.after),
                };
                let document = Document {
                    alignment: content.alignment.iter().map(pair).collect(),
                    changes: &judgement.changes,
                    relevant: judgement.relevant,
                    level: judgement.level,
                    degraded: judgement.degraded,
                    headline: &judgement.headline,
                    cells: self.explain.then(|| {
                        judgement.changes.iter().map(|change| Cells::of(change, &lexicons)).collect()
                    }),
                };
                writeln!(out, "{}", serde_json::to_string(&document).map_err(std::io::Error::from)?)?;
            }
        }
        Ok(Exit::Done)
    }

    fn terms(&self) -> Result<Option<Incident>, Failure> {
        let Some(path) = &self.terms else { return Ok(None) };
        let terms = sides::text(path)?;
        let terms = terms
            .trim_start_matches('\u{feff}')
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        let id = "terms".parse().map_err(Failure::usage)?;
        Ok(Some(Incident { id, title: path.display().to_string(), terms }))
    }
}

/// Turns spans within a change's sentences into spans from the start of the texts.
fn place(change: &mut Change, before: &Side, after: &Side) {
    let (at, spans) = (&change.at, &mut change.spans);
    let to = |side: &Side, at: &[usize], span: Option<Span>| span.and_then(|span| side.place(at, span));
    for span in spans {
        span.before = to(before, &at.before, span.before);
        span.after = to(after, &at.after, span.after);
    }
}
