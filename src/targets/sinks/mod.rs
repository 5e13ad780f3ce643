//! The sinks of a file: what may be said of each kind, and a name of its own for each.
//!
//! A kind has a struct with its own options and nothing else, and a line in [`KINDS`].

mod common;
mod kinds;
mod mail;
mod options;
mod webhook;

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use jsonc_parser::ast::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{
    excerpt::shown,
    fields::Fields,
    ids,
    near::nearest,
    notes::Notes,
    value::{span, text},
};
use crate::model::{Incident, SinkKind, SinkSpec, Target, TargetId};
use common::Common;
use kinds::{Command, Feed, File};
use mail::Mail;
use options::Options;
use webhook::Webhook;

/// The kinds of sink.
static KINDS: [Kind; 5] = [
    Kind::new::<File>("file"),
    Kind::new::<Command>("command"),
    Kind::new::<Webhook>("webhook"),
    Kind::new::<Mail>("mail"),
    Kind::new::<Feed>("feed"),
];

/// Names that this program gives itself: older stores know what was printed by this one.
const OWN: [&str; 1] = ["terminal"];

/// A kind of sink.
#[derive(Debug)]
struct Kind {
    name: &'static str,
    read: fn(&mut Fields<'_, '_>, &mut Notes<'_>) -> Option<SinkKind>,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

impl Kind {
    const fn new<O: Options>(name: &'static str) -> Self {
        Self { name, read: |fields, notes| O::read(fields, notes).resolve(), schema: O::json_schema }
    }

    /// The kind that a value names; with another word, a fault that says which kinds there are.
    fn named(value: &Value<'_>, notes: &mut Notes<'_>) -> Option<&'static Self> {
        let names = KINDS.iter().map(|kind| kind.name);
        let wanted = names.clone().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let given = text(value, "kind", &format!("one of {wanted}"), notes)?;
        let found = KINDS.iter().find(|kind| kind.name == given);
        if found.is_none() {
            notes
                .fault(span(value), format!("`kind` must be one of {wanted}"))
                .label(format!("`{}` is none of them", shown(given)))
                .help_with(|| match nearest(given, names) {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => "a `command` can send what it is given anywhere".to_owned(),
                });
        }
        found
    }

    /// The keys that this kind asks for, whatever stands in the object.
    fn keys(&self, object: &Value<'_>) -> Vec<&'static str> {
        let mut unheard = Notes::new("");
        let Some(mut fields) = Fields::open("a sink", object, &mut unheard) else { return Vec::new() };
        (self.read)(&mut fields, &mut unheard);
        fields.into_asked()
    }
}

/// A sink as it was typed.
#[derive(Debug)]
pub(super) struct Sink {
    /// What it is; None when something in that was wrong.
    kind: Option<SinkKind>,
    /// The word for its kind.
    word: &'static str,
    common: Common,
    /// Where it begins.
    at: Range<usize>,
}

impl Sink {
    /// Reads a sink. Of a kind that is not known nothing but that is said, for its options are not known.
    pub(super) fn read(value: &Value<'_>, notes: &mut Notes<'_>) -> Option<Self> {
        let mut fields = Fields::open("a sink", value, notes)?;
        let at = fields.start();
        let Some(kind) = fields.raw("kind") else {
            fields.missing("kind", "\"kind\": \"file\"", notes);
            return None;
        };
        let kind = Kind::named(kind, notes)?;
        let read = (kind.read)(&mut fields, notes);
        let common = Common::read(&mut fields, notes);
        if fields.has_unasked() {
            for other in KINDS.iter().filter(|other| other.name != kind.name) {
                for key in other.keys(value) {
                    let why = format!(
                        "`{key}` is an option of `{}`, and this sink is a `{}`",
                        other.name, kind.name
                    );
                    let help = format!("take it out, or make it \"kind\": \"{}\"", other.name);
                    fields.refuse(key, &why, &help, notes);
                }
            }
        }
        fields.finish(notes);
        Some(Self { kind: read, word: kind.name, common, at })
    }
}

impl JsonSchema for Sink {
    fn schema_name() -> Cow<'static, str> {
        "Sink".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds = KINDS.each_ref().map(|kind| {
            let mut schema = (kind.schema)(generator);
            let common = Common::json_schema(generator);
            let mut properties = serde_json::Map::new();
            properties.insert("kind".to_owned(), serde_json::json!({ "const": kind.name }));
            for part in [&common, &schema] {
                let part = part.get("properties").and_then(serde_json::Value::as_object);
                properties.extend(part.cloned().unwrap_or_default());
            }
            let needed = schema.get("required").and_then(serde_json::Value::as_array);
            let mut required = vec![serde_json::Value::from("kind")];
            required.extend(needed.cloned().unwrap_or_default());
            schema.insert("properties".to_owned(), properties.into());
            schema.insert("required".to_owned(), required.into());
            schema.insert("additionalProperties".to_owned(), false.into());
            schema
        });
        json_schema!({ "description": "Where events go.", "oneOf": kinds })
    }
}

/// The sinks that a file names; one without a name is called by its kind.
pub(super) fn resolve(
    typed: Vec<Sink>,
    incidents: &[Incident],
    targets: &[Target],
    notes: &mut Notes<'_>,
) -> Vec<SinkSpec> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut sinks = Vec::new();
    for Sink { kind, word, common, at } in typed {
        let at = common.id.as_ref().map_or(at, |id| id.at.clone());
        let name = match &common.id {
            // The form of a name is that of a target's.
            Some(id) => ids::checked_id::<TargetId>(id, notes).map(|id| id.to_string()),
            None => Some(word.to_owned()),
        };
        let Some(name) = name else { continue };
        if OWN.contains(&name.as_str()) {
            notes.fault(at, format!("`{name}` is what onrecord prints itself")).help("give it another id");
            continue;
        }
        if let Some(first) = taken.insert(name.clone(), at.start) {
            let line = notes.line(first);
            notes
                .fault(at, format!("two sinks are called `{name}`"))
                .label("again")
                .help(format!("the other is at line {line}; give one of them an `id` of its own"));
            continue;
        }
        let spec = kind.map(|kind| common.resolve(name, kind, incidents, targets, notes));
        sinks.extend(spec);
    }
    sinks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_told_of_the_options_that_are_read_and_of_no_others() {
        let empty = super::super::parse("{}", &mut Notes::new("{}")).unwrap();
        for kind in &KINDS {
            let schema = (kind.schema)(&mut SchemaGenerator::default());
            let told: Vec<&String> = schema.get("properties").unwrap().as_object().unwrap().keys().collect();
            assert_eq!(told, kind.keys(&empty), "{}", kind.name);
        }
    }
}
