//! The forms that an event can be put in: one name for each, whoever asks.
//!
//! Not here: how each of them looks, or which of them a verb offers (`cli`).

use super::{Style, github, html_page, markdown, ndjson, terminal};
use crate::model::Event;

/// A form of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A stanza for a person at a terminal.
    Text,
    /// One line of JSON.
    Json,
    /// A section, for an issue or a page.
    Markdown,
    /// A whole document.
    Html,
    /// A workflow command of GitHub Actions.
    Github,
}

impl Format {
    /// An event in this form, line feed included. Zone, width and colour are a terminal's: the others are read by many.
    pub fn event(self, event: &Event, style: &Style) -> String {
        match self {
            Self::Text => terminal(event, style),
            Self::Json => ndjson(event),
            Self::Markdown => markdown(event, style.detail),
            Self::Html => html_page(&event.headline, std::slice::from_ref(event), style.detail),
            Self::Github => github(event),
        }
    }
}
