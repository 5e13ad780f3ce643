//! The keys of one object, asked for one by one. What was asked for is what is known: a key that nobody asked
//! for is a fault, so the code that reads a key is the only list of keys there is.

use jsonc_parser::{
    ast::{Object, Value},
    common::Ranged as _,
};
use rustc_hash::FxHashMap;

use super::{
    excerpt::shown,
    near::did_you_mean,
    notes::Notes,
    secrets,
    value::{At, FromJson, kind, span},
};

/// An object of the file while it is read.
pub(super) struct Fields<'a, 't> {
    what: &'static str,
    object: &'a Object<'t>,
    index: FxHashMap<&'a str, usize>,
    asked: Vec<&'static str>,
    /// Keys that are known elsewhere, which was told.
    refused: Vec<&'static str>,
}

impl<'a, 't> Fields<'a, 't> {
    /// Opens an object; `what` names it in faults ("a target"). A key that stands twice is a fault. None when
    /// the value is no object, which is a fault too.
    pub(super) fn open(what: &'static str, value: &'a Value<'t>, notes: &mut Notes<'_>) -> Option<Self> {
        let Value::Object(object) = value else {
            notes
                .fault(span(value), format!("{what} must be an object"))
                .label(format!("this is {}", kind(value)));
            return None;
        };
        let mut index =
            FxHashMap::with_capacity_and_hasher(object.properties.len(), rustc_hash::FxBuildHasher);
        for (i, property) in object.properties.iter().enumerate() {
            let name = property.name.as_str();
            if let Some(first) = index.insert(name, i).and_then(|n: usize| object.properties.get(n)) {
                let line = notes.line(first.range.start);
                let at = property.name.range();
                notes
                    .fault(at.start..at.end, format!("`{}` stands twice in {what}", shown(name)))
                    .label("again")
                    .help(format!("it stands at line {line} already"));
            }
        }
        Some(Self { what, object, index, asked: Vec::with_capacity(24), refused: Vec::new() })
    }

    /// The value of a key as it stands.
    pub(super) fn raw(&mut self, key: &'static str) -> Option<&'a Value<'t>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        let property = self.index.get(key).and_then(|i| self.object.properties.get(*i))?;
        Some(&property.value)
    }

    /// The value of a key; None when it is not there, or is wrong, which is a fault.
    pub(super) fn get<T: FromJson>(&mut self, key: &'static str, notes: &mut Notes<'_>) -> Option<At<T>> {
        let value = self.raw(key)?;
        Some(At { value: T::read(value, key, notes)?, at: span(value) })
    }

    /// The value of a key that must be there; `help` says how it may look.
    pub(super) fn need<T: FromJson>(
        &mut self,
        key: &'static str,
        help: &str,
        notes: &mut Notes<'_>,
    ) -> Option<At<T>> {
        if !self.index.contains_key(key) {
            self.missing(key, help, notes);
        }
        self.get(key, notes)
    }

    /// Tells that a key is not there.
    pub(super) fn missing(&self, key: &str, help: &str, notes: &mut Notes<'_>) {
        let at = self.object.range.start;
        notes
            .fault(at..at + 1, format!("{} needs `{key}`", self.what))
            .label(format!("`{key}` is not there"))
            .help(help);
    }

    /// Whether a key is there, right or wrong.
    pub(super) fn has(&self, key: &str) -> bool {
        self.index.contains_key(key)
    }

    /// Where the object begins.
    pub(super) fn start(&self) -> std::ops::Range<usize> {
        self.object.range.start..self.object.range.start + 1
    }

    /// A key that is known elsewhere and may not stand here, and why.
    pub(super) fn refuse(&mut self, key: &'static str, why: &str, help: &str, notes: &mut Notes<'_>) {
        if self.asked.contains(&key) || self.refused.contains(&key) {
            return;
        }
        if let Some(property) = self.index.get(key).and_then(|i| self.object.properties.get(*i)) {
            self.refused.push(key);
            let at = property.name.range();
            notes.fault(at.start..at.end, why).help(help);
        }
    }

    /// Whether there is a key that nobody asked for.
    pub(super) fn has_unasked(&self) -> bool {
        self.object.properties.iter().any(|property| !self.is_known(property.name.as_str()))
    }

    /// The keys that were asked for, there or not.
    pub(super) fn into_asked(self) -> Vec<&'static str> {
        self.asked
    }

    fn is_known(&self, name: &str) -> bool {
        self.asked.contains(&name) || self.refused.contains(&name)
    }

    /// Tells of every key that nobody asked for; secrets are told of elsewhere.
    pub(super) fn finish(self, notes: &mut Notes<'_>) {
        for property in &self.object.properties {
            let name = property.name.as_str();
            if !self.is_known(name) && !secrets::is_secret(name) {
                let at = property.name.range();
                notes
                    .fault(at.start..at.end, format!("{} has no key `{}`", self.what, shown(name)))
                    .label("unknown key")
                    .help_with(|| did_you_mean(name, self.asked.iter().copied()));
            }
        }
    }
}
