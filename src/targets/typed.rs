//! The file as it was typed: every value judged alone, each with its place. These types make the JSON Schema
//! too, so their descriptions are what an editor shows.
//!
//! Not here: defaults, and names that point elsewhere in the file.

use std::ops::Range;

use jsonc_parser::ast::Value;
use schemars::JsonSchema;

use super::{
    MAX_TARGETS,
    address::Address,
    fields::Fields,
    ids::ID,
    judging::{Judge, Lexicons},
    notes::Notes,
    period::Period,
    selector::Css,
    sinks::Sink,
    size::Size,
    value::{At, Count, Line, List, OneOrMany, mistyped, span},
};
use crate::model::{Hours, Keep, Relevance, Watch};

const SECOND: u64 = 1_000;
const HOUR: u64 = 3_600 * SECOND;
const YEAR: u64 = 365 * 24 * HOUR;

/// What onrecord watches, for whom, and how. Comments, and a comma after the last item, may stand.
#[derive(Debug, JsonSchema)]
#[schemars(title = "targets.json", deny_unknown_fields)]
pub(super) struct File {
    /// Where the schema of this file is, for editors.
    #[schemars(rename = "$schema")]
    #[expect(dead_code, reason = "editors read it, we do not")]
    schema: Option<At<String>>,
    /// The version of this format: 1.
    #[schemars(required)]
    #[expect(dead_code, reason = "there is one version, and it was checked")]
    version: Option<At<Count<1>>>,
    /// Whom a site may ask about the requests it gets: a mail address or a web page. Sent with each request.
    pub(super) contact: Option<At<Line>>,
    /// What holds for every target that does not say otherwise.
    pub(super) defaults: Option<Settings>,
    /// What happened: several bodies may speak about one incident.
    pub(super) incidents: Option<Vec<Incident>>,
    /// What is watched.
    #[schemars(required)]
    pub(super) targets: Option<Vec<Target>>,
    /// Where events go: files and programs.
    pub(super) sinks: Option<Vec<Sink>>,
    /// Words of your own for the rules, by language and class; `onrecord schema --lexicons` lists what is known.
    pub(super) lexicons: Option<Lexicons>,
    /// A further judge: a program that may add labels. Off when left out.
    pub(super) judge: Option<Judge>,
    /// Where the list of targets stands.
    #[schemars(skip)]
    pub(super) targets_at: Range<usize>,
}

/// Something that happened, and the words it is known by.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Incident {
    /// Its name: lower-case letters, digits and `-`, at most 64.
    #[schemars(required, extend("pattern" = ID))]
    pub(super) id: Option<At<Line>>,
    /// Its title, as people read it; its id when left out.
    pub(super) title: Option<At<Line>>,
    /// The words that a change must be about.
    #[schemars(required, length(min = 1))]
    pub(super) terms: Option<At<List<Line>>>,
}

/// One address that is watched.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Target {
    /// Its name: lower-case letters, digits and `-`, at most 64, no other target's. Made from the address when
    /// left out.
    #[schemars(extend("pattern" = ID))]
    pub(super) id: Option<At<Line>>,
    /// The address: http or https.
    #[schemars(required)]
    pub(super) url: Option<At<Address>>,
    /// The id of the incident it is watched for, or a list of ids. Left out, it is the only incident of the file.
    pub(super) incident: Option<At<OneOrMany<Line>>>,
    /// The id it had before, so that its history goes on under the new one.
    #[schemars(extend("pattern" = ID))]
    pub(super) was: Option<At<Line>>,
    /// Words of your own, by which targets are chosen: a region, a kind of body.
    pub(super) tags: Option<At<OneOrMany<Line>>>,
    #[schemars(flatten)]
    pub(super) settings: Settings,
    /// Where it begins.
    #[schemars(skip)]
    pub(super) at: Range<usize>,
}

/// How a target is watched. Each key may stand in a target and in `defaults`.
#[derive(Debug, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Settings {
    /// Who speaks there: a council, a supplier, a regulator. The host's name when left out.
    pub(super) body: Option<At<Line>>,
    /// What kind of source it is; `page` when left out.
    pub(super) watch: Option<At<Watch>>,
    /// Which changes count: those about the incident's terms (`terms`, when left out), or all (`page`).
    pub(super) relevance: Option<At<Relevance>>,
    /// CSS selector of the statement, or a list of them, tried in order. Left out, the statement is found.
    pub(super) select: Option<At<OneOrMany<Css>>>,
    /// CSS selector of what is left out, or a list of them.
    pub(super) remove: Option<At<OneOrMany<Css>>>,
    /// How often it is looked at, from 1s to 365d; "15m" when left out.
    pub(super) every: Option<At<Period<SECOND, YEAR>>>,
    /// How often it is looked at in the day after a change, such as "2m"; as `every` when left out.
    pub(super) quickest: Option<At<Period<SECOND, YEAR>>>,
    /// How often it is looked at when it has been still for two weeks, such as "6h"; as `every` when left out.
    pub(super) slowest: Option<At<Period<SECOND, YEAR>>>,
    /// The hours in which it is looked at, in the machine's time zone, such as "07:00-19:00"; all when left out.
    pub(super) between: Option<At<Hours>>,
    /// The least pause between two requests to its host, at most 1h; "5s" when left out.
    pub(super) delay: Option<At<Period<0, HOUR>>>,
    /// The time for one whole look, redirects included, from 100ms to 1h; "30s" when left out.
    pub(super) timeout: Option<At<Period<100, HOUR>>>,
    /// The most bytes received; "10MiB" when left out.
    pub(super) max_body: Option<At<Size>>,
    /// The most bytes after decompression; "64MiB" when left out.
    pub(super) max_decoded: Option<At<Size>>,
    /// Whether private addresses may be asked (an intranet, a test). False when left out.
    pub(super) allow_private: Option<At<bool>>,
    /// Whether robots.txt is passed over, which is put on record. False when left out.
    pub(super) ignore_robots: Option<At<bool>>,
    /// The address of a proxy, without password; the environment's when left out.
    pub(super) proxy: Option<At<Address>>,
    /// Which bodies are kept: those whose statement was new (`changes`, when left out), or every one (`all`).
    pub(super) keep: Option<At<Keep>>,
    /// How many looks in a row must find the page gone before that is an alert; 2 when left out.
    pub(super) confirm: Option<At<Count<100>>>,
    /// After how long unreadable it becomes an alert, such as "6h"; never when left out.
    pub(super) alert_after: Option<At<Period<0, YEAR>>>,
    /// Whether it is not looked at for now. False when left out.
    pub(super) paused: Option<At<bool>>,
}

impl File {
    /// Reads the file; None when it is not even an object.
    pub(super) fn read(root: &Value<'_>, notes: &mut Notes<'_>) -> Option<Self> {
        let mut fields = Fields::open("the file", root, notes)?;
        let schema = fields.get("$schema", notes);
        let version = version(&mut fields, notes);
        let contact = fields.get("contact", notes);
        let defaults = fields.raw("defaults").and_then(|value| Settings::defaults(value, notes));
        let incidents = list(&mut fields, "incidents", Incident::read, notes);
        if !fields.has("targets") {
            fields.missing(
                "targets",
                "\"targets\": [{ \"url\": \"https://www.example.gov.uk/news\" }]",
                notes,
            );
        }
        let targets_at = fields.raw("targets").map_or(0..0, span);
        let targets = list(&mut fields, "targets", Target::read, notes);
        let sinks = list(&mut fields, "sinks", Sink::read, notes);
        let lexicons = fields.raw("lexicons").and_then(|value| Lexicons::read(value, notes));
        let judge = fields.raw("judge").and_then(|value| Judge::read(value, notes));
        fields.finish(notes);
        Some(Self {
            schema,
            version,
            contact,
            defaults,
            incidents,
            targets,
            sinks,
            lexicons,
            judge,
            targets_at,
        })
    }
}

fn version(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Option<At<Count<1>>> {
    const HELP: &str = "this onrecord reads \"version\": 1";
    let Some(value) = fields.raw("version") else {
        fields.missing("version", HELP, notes);
        return None;
    };
    if let Value::NumberLit(number) = value
        && number.value == "1"
    {
        return Some(At { value: Count(1), at: span(value) });
    }
    notes.fault(span(value), "`version` must be 1").help(HELP);
    None
}

/// Reads a list of objects; one that is wrong is told of and left out.
fn list<T>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    read: fn(&Value<'_>, &mut Notes<'_>) -> Option<T>,
    notes: &mut Notes<'_>,
) -> Option<Vec<T>> {
    let value = fields.raw(key)?;
    let Value::Array(array) = value else {
        mistyped(value, key, "a list", notes);
        return None;
    };
    if array.elements.len() > MAX_TARGETS {
        notes.fault(span(value), format!("`{key}` has more than {MAX_TARGETS} items"));
        return None;
    }
    Some(array.elements.iter().filter_map(|item| read(item, notes)).collect())
}

impl Incident {
    fn read(value: &Value<'_>, notes: &mut Notes<'_>) -> Option<Self> {
        let mut fields = Fields::open("an incident", value, notes)?;
        let id = fields.need("id", "a short name of your own, such as \"id\": \"kent-2024\"", notes);
        let title = fields.get("title", notes);
        let terms: Option<At<List<Line>>> =
            fields.need("terms", "the words it is known by: \"terms\": [\"cyber incident\"]", notes);
        if let Some(terms) = &terms
            && matches!(fields.raw("terms"), Some(Value::Array(array)) if array.elements.is_empty())
        {
            notes
                .fault(terms.at.clone(), "an incident needs at least one term")
                .help("a change counts when it is about a term: without one, nothing would ever be told");
        }
        fields.finish(notes);
        Some(Self { id, title, terms })
    }
}

impl Target {
    fn read(value: &Value<'_>, notes: &mut Notes<'_>) -> Option<Self> {
        let mut fields = Fields::open("a target", value, notes)?;
        let at = fields.start();
        let id = fields.get("id", notes);
        let settings = Settings::read(&mut fields, notes);
        let incident = fields.get("incident", notes);
        let url = fields.need("url", "\"url\": \"https://www.example.gov.uk/news\"", notes);
        let was = fields.get("was", notes);
        let tags = fields.get("tags", notes);
        fields.finish(notes);
        Some(Self { id, url, incident, was, tags, settings, at })
    }
}

impl Settings {
    fn defaults(value: &Value<'_>, notes: &mut Notes<'_>) -> Option<Self> {
        let mut fields = Fields::open("`defaults`", value, notes)?;
        let settings = Self::read(&mut fields, notes);
        for key in ["id", "url", "was", "tags", "incident"] {
            let why = format!("`{key}` cannot stand in `defaults`");
            fields.refuse(key, &why, "each target has its own", notes);
        }
        fields.finish(notes);
        Some(settings)
    }

    fn read(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Self {
        Self {
            body: fields.get("body", notes),
            watch: fields.get("watch", notes),
            relevance: fields.get("relevance", notes),
            select: fields.get("select", notes),
            remove: fields.get("remove", notes),
            every: fields.get("every", notes),
            quickest: fields.get("quickest", notes),
            slowest: fields.get("slowest", notes),
            between: fields.get("between", notes),
            delay: fields.get("delay", notes),
            timeout: fields.get("timeout", notes),
            max_body: fields.get("max_body", notes),
            max_decoded: fields.get("max_decoded", notes),
            allow_private: fields.get("allow_private", notes),
            ignore_robots: fields.get("ignore_robots", notes),
            proxy: fields.get("proxy", notes),
            keep: fields.get("keep", notes),
            confirm: fields.get("confirm", notes),
            alert_after: fields.get("alert_after", notes),
            paused: fields.get("paused", notes),
        }
    }
}
