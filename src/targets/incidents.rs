//! The incidents of a file: each id once, and which target is watched for which.
//!
//! Not here: what a term means.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{
    excerpt::shown,
    ids::checked_id,
    near::{did_you_mean, nearest},
    notes::Notes,
    typed,
    value::{At, Line},
};
use crate::model::{Incident, IncidentId};

/// The incidents of a file, and who named them.
pub(super) struct Incidents {
    pub(super) list: Vec<Incident>,
    places: Vec<Range<usize>>,
    named: Vec<bool>,
    index: FxHashMap<String, usize>,
    /// How many there are in the file, the wrong ones too.
    typed: usize,
}

impl Incidents {
    pub(super) fn resolve(typed: Vec<typed::Incident>, notes: &mut Notes<'_>) -> Self {
        let mut all = Self {
            list: Vec::new(),
            places: Vec::new(),
            named: Vec::new(),
            index: FxHashMap::default(),
            typed: typed.len(),
        };
        for incident in typed {
            let Some(at) = incident.id else { continue };
            let Some(id) = checked_id::<IncidentId>(&at, notes) else { continue };
            if let Some(first) = all.index.get(id.as_str()).and_then(|i| all.places.get(*i)) {
                let line = notes.line(first.start);
                notes
                    .fault(at.at, format!("two incidents have the id `{id}`"))
                    .label("again")
                    .help(format!("it is the id of the incident at line {line} already"));
                continue;
            }
            all.index.insert(id.as_str().to_owned(), all.list.len());
            let title = incident.title.map_or_else(|| id.to_string(), |title| title.value.0);
            let terms = incident.terms.map(|terms| terms.value.0).unwrap_or_default();
            let terms = terms.into_iter().map(|term| term.value.0).collect();
            all.list.push(Incident { id, title, terms });
            all.places.push(at.at);
            all.named.push(false);
        }
        all
    }

    /// The incidents that a target is watched for.
    pub(super) fn of(&mut self, target: &typed::Target, notes: &mut Notes<'_>) -> Vec<Incident> {
        let Some(named) = &target.incident else { return self.only(target, notes) };
        let mut numbers: Vec<usize> = Vec::new();
        for name in &named.value.0 {
            match self.index.get(&name.value.0) {
                Some(i) if numbers.contains(i) => {
                    notes
                        .fault(name.at.clone(), format!("`{}` is named twice", shown(&name.value.0)))
                        .label("again");
                }
                Some(i) => numbers.push(*i),
                None => self.tell_unknown(name, notes),
            }
        }
        for i in &numbers {
            self.name(*i);
        }
        numbers.into_iter().filter_map(|i| self.list.get(i).cloned()).collect()
    }

    /// What is meant when a target names none: the only one there is.
    fn only(&mut self, target: &typed::Target, notes: &mut Notes<'_>) -> Vec<Incident> {
        if self.typed > 1 {
            let ids = self.list.iter().map(|incident| incident.id.as_str());
            notes
                .fault(target.at.clone(), "a target must name its incident where there are several")
                .label("`incident` is not there")
                .help(format!("add \"incident\": one of {}", ids.take(20).collect::<Vec<_>>().join(", ")));
            return Vec::new();
        }
        self.name(0);
        self.list.clone()
    }

    fn name(&mut self, i: usize) {
        if let Some(named) = self.named.get_mut(i) {
            *named = true;
        }
    }

    /// An unknown name. The incident that was nearly named counts as named: one slip is one fault.
    fn tell_unknown(&mut self, name: &At<Line>, notes: &mut Notes<'_>) {
        let given = &name.value.0;
        let ids = self.list.iter().map(|incident| incident.id.as_str());
        let note = notes.fault(name.at.clone(), format!("there is no incident `{}`", shown(given)));
        note.label("unknown incident");
        if self.list.is_empty() {
            note.help("`incidents` has none: add it there, or take this out");
        } else {
            note.help_with(|| did_you_mean(given, ids.clone()));
        }
        if notes.is_full() {
            return;
        }
        if let Some(i) = nearest(given, ids).and_then(|id| self.index.get(id)).copied() {
            self.name(i);
        }
    }

    pub(super) fn tell_unnamed(&self, notes: &mut Notes<'_>) {
        for ((incident, at), named) in self.list.iter().zip(&self.places).zip(&self.named) {
            if !named {
                notes
                    .warn(at.clone(), format!("no target names the incident `{}`", incident.id))
                    .label("nothing is watched for it")
                    .help(format!("add \"incident\": \"{}\" to a target", incident.id));
            }
        }
    }
}
