//! One look at one address, for verbs that show what would be kept before anything is kept.

use std::time::Duration;

use url::Url;

use super::{Exit, Failure, Global, config};
use crate::{
    fetch::{Fetcher as _, Outcome, Request},
    model::{Capture, MAX_BODY},
    render::escape,
    targets,
};

/// How a single look is made.
pub(super) struct Single<'a> {
    /// The address.
    pub(super) url: &'a Url,
    /// Whether a private address may be asked.
    pub(super) allow_private: bool,
}

impl Single<'_> {
    /// Looks once, as politely as a pass does.
    pub(super) fn look(&self, global: &Global) -> Result<Capture, Failure> {
        let known = config::text(global).ok().and_then(|text| targets::load("targets.json", &text).ok());
        let contact = known.and_then(|loaded| loaded.config.contact);
        let http = config::http(contact.as_deref(), config::clock()?)?;
        let request = Request {
            url: self.url.clone(),
            validators: None,
            timeout: Duration::from_secs(30),
            delay: Duration::from_secs(1),
            max_body: MAX_BODY,
            allow_private: self.allow_private,
            ignore_robots: false,
            proxy: None,
        };
        let shown = escape::terminal(self.url.as_str());
        match config::runtime()?.block_on(http.look(request)).outcome {
            Outcome::Answered(capture) => Ok(*capture),
            Outcome::NotModified(_) => {
                Err(unread(format!("{shown}: \"not modified\" in answer to a plain request")))
            }
            Outcome::Failed { why, evidence, .. } => {
                let evidence = escape::terminal(&evidence);
                Err(unread(format!(
                    "{shown} could not be read ({why}): {evidence}.\n{}.",
                    capital(why.advice())
                )))
            }
        }
    }
}

/// The page could not be read.
pub(super) fn unread(told: String) -> Failure {
    Failure { exit: Exit::Unread, told }
}

/// The same with its first letter large.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
