//! `--format` where it is about events: which of the forms a verb offers, and under which names.
//!
//! Not here: the forms themselves (`render::Format`).

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::render::Format;

/// A form under the name that a verb gives it, and what it is for where the help says so.
pub(super) type Offer = (&'static str, Format, &'static str);

/// Takes one of these names.
pub(super) fn one_of(offers: &'static [Offer]) -> impl TypedValueParser<Value = Format> {
    let names = offers.iter().map(|(name, _, help)| {
        let value = PossibleValue::new(*name);
        if help.is_empty() { value } else { value.help(*help) }
    });
    PossibleValuesParser::new(names).try_map(move |given| {
        let found = offers.iter().find(|(name, ..)| *name == given);
        found.map(|(_, format, _)| *format).ok_or("no form of an event")
    })
}

/// How verbs that look may tell what happened.
pub(super) const EVENT_FORMATS: &[Offer] = &[
    ("text", Format::Text, "For people"),
    ("ndjson", Format::Json, "Events, one JSON object a line, the silent ones too"),
    ("markdown", Format::Markdown, "Alerts and notes as Markdown, for an issue or a page"),
    (
        "github",
        Format::Github,
        "Annotations for a run of GitHub Actions; of `check` also its job summary and outputs",
    ),
];
