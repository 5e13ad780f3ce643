//! What can be said of a sink, whatever its kind: which events, when, and for how long.

use std::{borrow::Cow, collections::BTreeSet, time::Duration};

use jsonc_parser::ast::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{
    model::{Filter, Form, Hours, Incident, Label, Level, Rhythm, SinkKind, SinkSpec, Target},
    targets::{
        excerpt::shown,
        fields::Fields,
        hours::time_of_day,
        ids::ID,
        near::did_you_mean,
        notes::Notes,
        period::Period,
        value::{At, FromJson, Line, OneOrMany, span, text},
    },
};

const HOUR: u64 = 3_600_000;

/// What can be said of a sink, whatever its kind.
#[derive(Debug, JsonSchema)]
pub(super) struct Common {
    /// Its name, by which is known what it has taken: lower-case letters, digits and `-`, at most 64. Its kind when
    /// left out.
    #[schemars(extend("pattern" = ID))]
    pub(super) id: Option<At<Line>>,
    /// The quietest level that it is told; `alert` when left out.
    level: Option<At<Level>>,
    /// Only events about these incidents, by their ids.
    incident: Option<At<OneOrMany<Line>>>,
    /// Only events of these bodies, as they are named at the targets.
    body: Option<At<OneOrMany<Line>>>,
    /// Only events with a change that has one of these labels, such as "denial-withdrawn".
    label: Option<At<OneOrMany<Label>>>,
    /// Only events of targets that have one of these tags.
    tag: Option<At<OneOrMany<Line>>>,
    /// Hours in which it is told nothing, such as "22:00-07:00", in the time zone of the machine. What happened then
    /// is told after them.
    quiet: Option<At<Hours>>,
    /// All that waits in one message: after each "pass", each "hour", or each day at a time such as "07:30". One
    /// message an event when left out.
    digest: Option<At<Rhythm>>,
    /// How long `watch` holds an event back, so that what several bodies say alike is one message; at most 1h. "1m" for
    /// mail and chat when left out, else "0s".
    gather: Option<At<Period<0, HOUR>>>,
    /// How long an event that it does not take is offered to it, at least 1h; until it is taken when left out.
    give_up: Option<At<Period<HOUR, { 365 * 24 * HOUR }>>>,
}

impl Common {
    pub(super) fn read(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Self {
        Self {
            id: fields.get("id", notes),
            level: fields.get("level", notes),
            incident: fields.get("incident", notes),
            body: fields.get("body", notes),
            label: fields.get("label", notes),
            tag: fields.get("tag", notes),
            quiet: fields.get("quiet", notes),
            digest: fields.get("digest", notes),
            gather: fields.get("gather", notes),
            give_up: fields.get("give_up", notes),
        }
    }

    /// The sink; names that the file does not know are faults, for their sink would never be told anything.
    pub(super) fn resolve(
        self,
        name: String,
        kind: SinkKind,
        incidents: &[Incident],
        targets: &[Target],
        notes: &mut Notes<'_>,
    ) -> SinkSpec {
        let mut filter = Filter::default();
        for At { value: Line(id), at } in self.incident.into_iter().flat_map(|list| list.value.0) {
            if let Some(incident) = incidents.iter().find(|incident| incident.id.as_str() == id) {
                filter.incidents.push(incident.id.clone());
            } else {
                let known = incidents.iter().map(|incident| incident.id.as_str());
                notes
                    .fault(at, format!("no incident is called `{}`", shown(&id)))
                    .help_with(|| did_you_mean(&id, known));
            }
        }
        for At { value: Line(body), at } in self.body.into_iter().flat_map(|list| list.value.0) {
            if !targets.iter().any(|target| target.body == body) {
                let known = targets.iter().map(|target| target.body.as_str());
                notes
                    .fault(at, format!("no target is of the body `{}`", shown(&body)))
                    .help_with(|| did_you_mean(&body, known));
            }
            filter.bodies.push(body);
        }
        filter.labels =
            self.label.into_iter().flat_map(|list| list.value.0).map(|label| label.value).collect();
        if let Some(tags) = self.tag {
            let mut tagged = BTreeSet::new();
            for At { value: Line(tag), at } in tags.value.0 {
                let before = tagged.len();
                let has = |target: &&Target| target.tags.contains(&tag);
                tagged.extend(targets.iter().filter(has).map(|target| target.id.clone()));
                if tagged.len() == before && !targets.iter().any(|target| target.tags.contains(&tag)) {
                    notes.fault(at, format!("no target has the tag `{}`", shown(&tag)));
                }
            }
            filter.targets = Some(tagged);
        }
        let plain = SinkSpec::plain(name, self.level.map_or(Level::Alert, |level| level.value), kind);
        let gathers = match &plain.kind {
            SinkKind::Mail(_) => true,
            SinkKind::Webhook(webhook) => webhook.form != Form::Json,
            SinkKind::File(_) | SinkKind::Command(_) | SinkKind::Feed(_) => false,
        };
        let gather = if gathers { Duration::from_mins(1) } else { plain.gather };
        SinkSpec {
            filter,
            rhythm: self.digest.map_or(plain.rhythm, |digest| digest.value),
            quiet: self.quiet.map(|quiet| quiet.value),
            gather: self.gather.map_or(gather, |gather| gather.value.0),
            give_up: self.give_up.map(|period| period.value.0),
            ..plain
        }
    }
}

const DIGEST: &str = "\"pass\", \"hour\" or a time of the day such as \"07:30\"";

impl FromJson for Rhythm {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let given = text(value, key, DIGEST, notes)?;
        let found = match given {
            "pass" => Some(Self::Pass),
            "hour" => Some(Self::Hourly),
            time => time_of_day(time).map(Self::Daily),
        };
        if found.is_none() {
            notes
                .fault(span(value), format!("`{key}` must be {DIGEST}"))
                .label(format!("`{}` is none of them", shown(given)))
                .help("left out, each event is a message of its own");
        }
        found
    }
}

impl JsonSchema for Rhythm {
    fn schema_name() -> Cow<'static, str> {
        "Digest".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(pass|hour|([01][0-9]|2[0-3]):[0-5][0-9])$" })
    }
}

impl FromJson for Label {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let given = text(value, key, "a label such as \"denial-withdrawn\"", notes)?;
        let found = serde_json::from_value(given.into()).ok();
        if found.is_none() {
            notes
                .fault(span(value), format!("there is no label `{}`", shown(given)))
                .help("`onrecord schema --event` lists them");
        }
        found
    }
}
