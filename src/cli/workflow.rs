//! What a run of GitHub Actions is given beside its annotations: the job summary, and the outputs of the step.
//!
//! Not here: how they are put (`render`). Where the environment names no such files, nothing is written.

use std::{fs::OpenOptions, io::Write as _};

use super::config;
use crate::{
    engine::Pulse,
    model::{Event, Incident, Level},
    render::{self, Totals},
};

/// Adds what a pass came to to the files that the runner reads. One that cannot be written is told of, and no reason to stop.
pub(super) fn tell(events: &[Event], incidents: &[Incident], totals: &Totals, pulse: &Pulse) {
    let told: Vec<&Event> = events.iter().filter(|event| event.level > Level::Silent).collect();
    add("GITHUB_STEP_SUMMARY", &render::job_summary(&told, incidents, totals));
    let damaged = pulse.looks.damaged as u64 + pulse.damaged_events;
    let outputs = format!(
        "alerts={}\nnotes={}\nunreadable={}\ndamaged={damaged}\nheadline={}\n",
        totals.alerts,
        totals.notes,
        pulse.looks.without,
        render::commit_subject(&told, totals),
    );
    add("GITHUB_OUTPUT", &outputs);
}

fn add(variable: &str, text: &str) {
    let Some(path) = std::env::var_os(variable).filter(|path| !path.is_empty()) else { return };
    let added = OpenOptions::new().append(true).create(true).open(&path);
    if let Err(error) = added.and_then(|mut file| file.write_all(text.as_bytes())) {
        config::say(&format!("{variable} could not be written: {error}"));
    }
}
