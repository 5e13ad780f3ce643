//! Events to text, JSON, Markdown and HTML. Pure; every word from outside is escaped for where it goes.
//!
//! What is said stands once, in `prose` and `when`; how it looks stands once a format. Not here: what a change
//! means (`judge`), where the text goes (`sinks`, `cli`).

pub mod bulletin;
pub mod escape;

mod across;
mod atom;
mod compared;
mod csv;
mod format;
mod github;
mod html;
mod json;
mod markdown;
mod marks;
mod prose;
mod report;
mod saying;
mod statement;
mod summary;
mod table;
mod terminal;
#[cfg(test)]
mod tests;
mod timeline;
mod when;
mod wrap;

pub use across::{across_html, across_markdown, across_text};
pub use atom::atom;
pub use bulletin::{Bulletin, bulletins, bulletins_html};
pub use compared::{Compared, compared_html};
pub use csv::csv;
pub use format::Format;
pub use github::{annotations, commit_subject, github, job_summary};
pub use html::{html, html_page};
pub use json::{event_schema, ndjson};
pub use markdown::{changes_markdown, markdown};
pub use report::{Reported, Unchanged, report_markdown, report_text};
pub use saying::{saying_html, saying_markdown, saying_text, saying_title};
pub use statement::{Stood, statement_html, statement_markdown, stood};
pub use summary::{Totals, hanging, heading, lines, paragraph, quiet, summary};
pub use table::table;
pub use terminal::{changes_text, terminal};
pub use timeline::{TimelineRow, What, timeline_csv, timeline_markdown, timeline_text};
pub use when::{count, dated, short_moment};

use jiff::{Timestamp, tz::TimeZone};

/// How text for people looks.
#[derive(Debug, Clone)]
pub struct Style {
    /// The reader's own time zone.
    pub zone: TimeZone,
    /// Whether ANSI colours are written. Without them changed words stand in `[-old-]` and `{+new+}`.
    pub color: bool,
    /// The most columns of a line; words longer than that stay whole.
    pub width: usize,
    /// The moment of reading. On its own day, times go without their date.
    pub now: Option<Timestamp>,
    /// How much is shown.
    pub detail: Detail,
}

/// How much of an event is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Detail {
    /// What a person needs at once: the weightiest places, long unchanged stretches left out, the rest counted.
    #[default]
    Brief,
    /// Everything.
    Whole,
}

impl Default for Style {
    /// UTC, no colour, 100 columns, brief.
    fn default() -> Self {
        Self { zone: TimeZone::UTC, color: false, width: 100, now: None, detail: Detail::Brief }
    }
}
