//! `onrecord edit`: another address, name or selector for a target.

use std::io::Write as _;

use clap::Args;

use super::{Exit, Failure, Global, config};
use crate::{
    model::TargetId,
    targets::{self, Set},
};

/// Change a target in targets.json; its history goes on
///
/// An empty value takes the key out, so that what holds for all targets holds for it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord edit canterbury-news --select .statement --every 5m\n  onrecord edit canterbury-news --id canterbury --select \"\""
)]
pub(super) struct Edit {
    /// Which target
    #[arg(id = "named", value_name = "TARGET")]
    target: String,
    /// Another name
    #[arg(long)]
    id: Option<TargetId>,
    /// Another address
    #[arg(long)]
    url: Option<String>,
    /// Who speaks there
    #[arg(long)]
    body: Option<String>,
    /// The incident it is watched for; may be given several times
    #[arg(long, value_name = "ID")]
    incident: Vec<String>,
    /// A tag; may be given several times
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// A CSS selector of the statement; may be given several times, tried in order
    #[arg(long, value_name = "CSS")]
    select: Vec<String>,
    /// A CSS selector of what is left out; may be given several times
    #[arg(long, value_name = "CSS")]
    remove: Vec<String>,
    /// How often it is looked at, such as 15m
    #[arg(long, value_name = "TIME")]
    every: Option<String>,
}

impl Edit {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let keys = self.keys();
        if keys.is_empty() {
            return Err(Failure::usage(
                "nothing to change was given; `onrecord edit --help` lists what there is",
            ));
        }
        let named = std::slice::from_ref(&self.target);
        config::change(global, named, |name, text, target| targets::set(name, text, target, &keys))?;
        let mut out = anstream::stdout().lock();
        let now = self.id.as_ref().map_or(self.target.as_str(), TargetId::as_str);
        writeln!(out, "`{now}` is changed in {}.", global.targets.display())?;
        Ok(Exit::Done)
    }

    fn keys(&self) -> Vec<Set> {
        let renamed = self.id.iter().filter(|id| id.as_str() != self.target);
        let mut keys: Vec<Set> = renamed.flat_map(|id| Set::renamed(id, &self.target)).collect();
        let one = |word: &Option<String>| word.iter().cloned().collect::<Vec<_>>();
        for (key, words) in [
            ("url", one(&self.url)),
            ("body", one(&self.body)),
            ("incident", self.incident.clone()),
            ("tags", self.tag.clone()),
            ("select", self.select.clone()),
            ("remove", self.remove.clone()),
            ("every", one(&self.every)),
        ] {
            if !words.is_empty() {
                keys.push(Set::list(key, &words));
            }
        }
        keys
    }
}
