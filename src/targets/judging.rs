//! What changes are judged by: words of a user's own, and a further judge.
//!
//! Not here: what a class of words means, or what the judge is asked (`judge`).

use std::{borrow::Cow, time::Duration};

use jsonc_parser::{ast::Value, common::Ranged as _};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{
    excerpt::shown,
    fields::Fields,
    near::did_you_mean,
    notes::Notes,
    period::Period,
    value::{At, FromJson as _, Line, List, OneOrMany, mistyped, span},
};
use crate::{
    model::JudgeSpec,
    text::{self, BadEntry},
};

/// The most words of a file.
const MOST: usize = 2_000;

/// Words by language and class, each where it stands.
#[derive(Debug)]
pub(super) struct Lexicons {
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    language: At<String>,
    class: At<String>,
    entry: At<Line>,
}

/// A further judge.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Judge {
    /// The program and its arguments, without a shell. It gets the changed sentences as JSON on its standard input, and
    /// answers with labels as JSON.
    #[schemars(required)]
    run: Option<At<OneOrMany<Line>>>,
    /// The time that it may take for one event, at most 1m; "10s" when left out.
    timeout: Option<At<Period<100, 60_000>>>,
}

impl Lexicons {
    pub(super) fn read(value: &Value<'_>, notes: &mut Notes<'_>) -> Option<Self> {
        let mut words = Vec::new();
        for (language, classes) in members(value, "lexicons", notes)? {
            for (class, entries) in members(classes, &language.value, notes).unwrap_or_default() {
                let entries = List::read(entries, &class.value, notes).map_or_else(Vec::new, |list| list.0);
                let word = |entry| Word { language: language.clone(), class: class.clone(), entry };
                words.extend(entries.into_iter().map(word));
            }
        }
        if words.len() > MOST {
            notes.fault(span(value), format!("`lexicons` has more than {MOST} words"));
            return None;
        }
        Some(Self { words })
    }
}

/// The members of an object, whatever their names.
fn members<'v, 't>(
    value: &'v Value<'t>,
    name: &str,
    notes: &mut Notes<'_>,
) -> Option<Vec<(At<String>, &'v Value<'t>)>> {
    let Value::Object(object) = value else {
        mistyped(value, &shown(name), "an object", notes);
        return None;
    };
    let member = |property: &'v jsonc_parser::ast::ObjectProp<'t>| {
        let at = property.name.range();
        (At { value: property.name.as_str().to_owned(), at: at.start..at.end }, &property.value)
    };
    Some(object.properties.iter().map(member).collect())
}

/// The words of a file, added to those that are compiled in.
pub(super) fn lexicons(typed: Option<Lexicons>, notes: &mut Notes<'_>) -> text::Lexicons {
    let mut lexicons = text::Lexicons::default();
    let Some(typed) = typed else { return lexicons };
    for word in typed.words {
        let (language, class, entry) = (&word.language.value, &word.class.value, &word.entry.value.0);
        let Err(bad) = lexicons.add(language, class, entry) else { continue };
        match bad {
            BadEntry::Language => {
                let known: Vec<_> = text::Lexicons::languages().collect();
                notes
                    .fault(word.language.at, format!("there is no lexicon of `{}`", shown(language)))
                    .help(format!("there are: {}", known.join(", ")));
            }
            BadEntry::Class => {
                let classes = text::Lexicons::open_classes();
                notes
                    .fault(word.class.at, format!("there is no class of words `{}`", shown(class)))
                    .help_with(|| did_you_mean(class, classes));
            }
            BadEntry::Closed => {
                notes
                    .fault(word.class.at, format!("`{class}` takes no words of your own"))
                    .help("its words are read in their order, or tell languages apart");
            }
            BadEntry::Form(why) => {
                notes.fault(word.entry.at, format!("`{}` cannot be looked for: {why}", shown(entry))).help(
                    "words as they stand, `*` for how one goes on, `(a|b)` for a choice, `..` for a gap",
                );
            }
            BadEntry::Known => {
                notes.warn(word.entry.at, format!("`{}` is known already", shown(entry)));
            }
        }
    }
    lexicons
}

impl Judge {
    pub(super) fn read(value: &Value<'_>, notes: &mut Notes<'_>) -> Option<Self> {
        let mut fields = Fields::open("the judge", value, notes)?;
        let run: Option<At<OneOrMany<Line>>> =
            fields.need("run", "\"run\": [\"my-judge\", \"--stdin\"]", notes);
        let timeout = fields.get("timeout", notes);
        if let Some(run) = run.as_ref().filter(|run| run.value.0.is_empty()) {
            notes.fault(run.at.clone(), "`run` needs a program").help("\"run\": [\"my-judge\", \"--stdin\"]");
        }
        fields.finish(notes);
        Some(Self { run, timeout })
    }
}

/// The further judge of a file; what is wrong with it was told when it was read.
pub(super) fn judge(typed: Judge) -> Option<JudgeSpec> {
    let run: Vec<String> = typed.run?.value.0.into_iter().map(|word| word.value.0).collect();
    let timeout = typed.timeout.map_or(Duration::from_secs(10), |timeout| timeout.value.0);
    (!run.is_empty()).then_some(JudgeSpec { run, timeout })
}

impl JsonSchema for Lexicons {
    fn schema_name() -> Cow<'static, str> {
        "Lexicons".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entries = generator.subschema_for::<List<Line>>();
        let classes: Vec<_> = text::Lexicons::open_classes().collect();
        let words = json_schema!({
            "type": "object",
            "propertyNames": { "enum": classes },
            "additionalProperties": entries,
        });
        let languages: Vec<_> = text::Lexicons::languages().collect();
        json_schema!({
            "type": "object",
            "propertyNames": { "enum": languages },
            "additionalProperties": words,
        })
    }
}
