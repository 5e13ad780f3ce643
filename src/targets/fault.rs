//! What is told of a wrong file: each fault at its line and column, underlined, with what was expected.
//!
//! Not here: finding faults.

use std::fmt::{self, Write as _};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};

use super::excerpt::Excerpt;

/// One fault or warning, with the lines of the file around it. Everything in it is safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub(super) excerpt: Excerpt,
    pub(super) warning: bool,
    pub(super) message: String,
    pub(super) label: String,
    pub(super) help: Option<String>,
}

impl Fault {
    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.excerpt.line + 1
    }

    /// The column in characters, from 1.
    pub fn column(&self) -> usize {
        self.excerpt.column + 1
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl Diagnostic for Fault {
    fn severity(&self) -> Option<Severity> {
        Some(if self.warning { Severity::Warning } else { Severity::Error })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = LabeledSpan::new_with_span(Some(self.label.clone()), self.excerpt.span.clone());
        Some(Box::new(std::iter::once(label)))
    }
}

/// All that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    name: String,
    told: Vec<Fault>,
    wrong: usize,
    doubtful: usize,
}

impl Faults {
    pub(super) fn new(name: &str, told: Vec<Fault>, wrong: usize, doubtful: usize) -> Self {
        Self { name: super::excerpt::safe(name), told, wrong, doubtful }
    }

    /// The faults and warnings in the order of the file; of very many, the first hundred.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.told.iter()
    }

    /// The faults for a person to read, `width` columns wide, and a last line with their number.
    pub fn render(&self, color: bool, width: usize) -> String {
        let mut out = render(&self.told, color, width);
        let more = (self.wrong + self.doubtful).saturating_sub(self.told.len());
        if more > 0 {
            // Writing to a String cannot fail.
            let _ = write!(out, "... and {more} more.\n\n");
        }
        out.push_str(&self.to_string());
        out.push('\n');
        out
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, counted(self.wrong, "fault"))?;
        if self.doubtful > 0 {
            write!(f, ", {}", counted(self.doubtful, "warning"))?;
        }
        f.write_str(". Nothing was looked at.")
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

impl std::error::Error for Faults {}

impl Diagnostic for Faults {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.told.iter().map(|fault| fault as &dyn Diagnostic)))
    }
}

/// Faults or warnings for a person to read, `width` columns wide, an empty line after each.
pub fn render(faults: &[Fault], color: bool, width: usize) -> String {
    let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(width.max(40))
        .with_links(false)
        .without_syntax_highlighting();
    let mut out = String::new();
    for fault in faults {
        // Writing to a String cannot fail.
        let _ = handler.render_report(&mut out, fault);
        out.push('\n');
    }
    out
}
