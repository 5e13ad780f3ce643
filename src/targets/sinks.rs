//! The sinks of a file: each with a name of its own.

use std::{collections::BTreeMap, time::Duration};

use super::{names, notes::Notes, typed, value::At, words::SinkKind};
use crate::model::{Level, SinkSpec, TargetId, Way};

/// Names that this program gives itself.
const OWN: [&str; 1] = ["terminal"];

/// The sinks that a file names; one without a name is called by its kind.
pub(super) fn resolve(typed: Vec<typed::Sink>, notes: &mut Notes<'_>) -> Vec<SinkSpec> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut sinks = Vec::new();
    for sink in typed {
        let Some(At { value: kind, .. }) = sink.kind else { continue };
        let at = sink.id.as_ref().map_or(sink.at, |id| id.at.clone());
        let name = match &sink.id {
            // The form of a name is that of a target's.
            Some(id) => names::checked_id::<TargetId>(id, notes).map(|id| id.to_string()),
            None => Some(if kind == SinkKind::File { "file" } else { "command" }.to_owned()),
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
        let level = sink.level.map_or(Level::Alert, |level| level.value);
        let way = match (sink.path, sink.run) {
            (Some(path), _) => Way::File { path: path.value.0.into() },
            (None, Some(run)) if !run.value.0.is_empty() => Way::Command {
                run: run.value.0.into_iter().map(|word| word.value.0).collect(),
                timeout: sink.timeout.map_or(Duration::from_secs(10), |timeout| timeout.value.0),
            },
            (None, Some(run)) => {
                notes.fault(run.at, "`run` needs a program").help("\"run\": [\"notify\", \"--stdin\"]");
                continue;
            }
            // What is missing was told when it was read.
            (None, None) => continue,
        };
        sinks.push(SinkSpec { name, level, way });
    }
    sinks
}
