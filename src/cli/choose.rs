//! Which targets of many: by incident, body, state and tag.
//!
//! Not here: naming targets one by one, which each verb takes as it needs.

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::Failure;
use crate::{
    model::{Subject, Target},
    query::State,
    render::escape,
    store::Looks,
    targets::Config,
};

/// What a target must be to be shown. Of one option given several times any may hold; of several options each must.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Choose {
    /// Only targets that are watched for this incident
    #[arg(long, value_name = "ID")]
    incident: Vec<String>,
    /// Only targets of this body, named whole or in part
    #[arg(long, value_name = "NAME")]
    body: Vec<String>,
    /// Only targets that stand so
    #[arg(long, value_name = "STATE", value_parser = state())]
    state: Vec<State>,
    /// Only targets with this tag
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
}

fn state() -> impl TypedValueParser<Value = State> {
    PossibleValuesParser::new(State::ALL.map(State::name)).try_map(|name| {
        State::ALL.into_iter().find(|state| state.name() == name).ok_or("no state of a target")
    })
}

impl Choose {
    /// Whether all targets are meant.
    pub(super) fn is_all(&self) -> bool {
        self.incident.is_empty() && self.body.is_empty() && self.state.is_empty() && self.tag.is_empty()
    }

    /// The incidents that are named.
    pub(super) fn incidents(&self) -> &[String] {
        &self.incident
    }

    /// The targets that are so, in the order of the file.
    pub(super) async fn among(&self, config: &Config, store: &impl Looks) -> Result<Vec<Target>, Failure> {
        self.known(config)?;
        let mut chosen = Vec::new();
        for target in &config.targets {
            if self.is_named(target) && self.stands(target, store).await? {
                chosen.push(target.clone());
            }
        }
        Ok(chosen)
    }

    fn is_named(&self, target: &Target) -> bool {
        let body = target.body.to_lowercase();
        any(&self.incident, |id| target.incidents.iter().any(|incident| incident.id.as_str() == id))
            && any(&self.body, |name| body.contains(&name.to_lowercase()))
            && any(&self.tag, |tag| target.tags.contains(tag))
    }

    async fn stands(&self, target: &Target, store: &impl Looks) -> Result<bool, Failure> {
        if self.state.is_empty() {
            return Ok(true);
        }
        let state = store.state(&Subject::page(target.id.clone())).await?;
        Ok(self.state.contains(&State::of(target, &state)))
    }

    /// A slip in an incident's name must not look like silence.
    fn known(&self, config: &Config) -> Result<(), Failure> {
        let known: Vec<&str> = config.incidents.iter().map(|incident| incident.id.as_str()).collect();
        match self.incident.iter().find(|id| !known.contains(&id.as_str())) {
            None => Ok(()),
            Some(id) => {
                let id = escape::terminal(id);
                Err(Failure::usage(format!("no incident is called `{id}`; there are: {}", known.join(", "))))
            }
        }
    }
}

/// Whether one of the words holds, or none was given.
fn any(words: &[String], holds: impl Fn(&String) -> bool) -> bool {
    words.is_empty() || words.iter().any(holds)
}
