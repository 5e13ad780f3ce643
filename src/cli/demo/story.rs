//! The story as data: moments, addresses, and what each address answers from which moment on.

use std::fmt::Write as _;

use jiff::{Timestamp, civil::Date};

use super::statements;

/// A moment of the story at which the pages are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The story's clock then.
    pub at: Timestamp,
    /// What a reporter would have called it.
    pub title: &'static str,
}

/// How a site is built; see `pages`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// A modern council site: `main`, mega menu, alert region.
    Portal,
    /// One ASP.NET form with layout tables and no landmarks.
    Legacy,
    /// Bare `div`s with generated class names.
    Divs,
    /// A company's newsroom: `article`, JSON-LD, consent dialog.
    Newsroom,
}

/// A piece of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading within the statement.
    Heading(&'static str),
    /// A paragraph.
    Text(&'static str),
    /// A list.
    Items(&'static [&'static str]),
    /// A table of services and how they are.
    Rows(&'static [(&'static str, &'static str)]),
}

/// What a page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words {
    /// Its headline.
    pub(super) title: &'static str,
    /// The date that it claims.
    pub(super) date: Date,
    /// A notice above everything, or nothing.
    pub(super) banner: &'static str,
    /// Its text, in sections that versions share.
    pub(super) sections: &'static [&'static [Block]],
}

/// What an address answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// A page.
    Says(Words),
    /// An error page with its status.
    Status(u16),
    /// A page at status 200 that says "not found".
    SoftNotFound,
    /// Another address of the same host, for good.
    Redirect(&'static str),
    /// No connection can be made; the address is `https`, which the demo's proxy does not carry.
    Unreachable,
}

/// An address over the five days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// The target that watches it; none for an address that is only redirected to.
    pub(super) target: Option<&'static str>,
    /// Who speaks.
    pub(super) body: &'static str,
    /// The address.
    pub(super) url: &'static str,
    /// How the site is built.
    pub(super) layout: Layout,
    /// Whether the site answers conditional requests.
    pub(super) validates: bool,
    /// From which step on it answers what, ascending, the first from step 0.
    pub(super) versions: &'static [(usize, Answer)],
}

impl Page {
    /// What it answers at a step, and which version that is.
    pub(super) fn at(&self, step: usize) -> (usize, Answer) {
        let started = self.versions.iter().enumerate().take_while(|(_, (from, _))| *from <= step);
        started.last().map_or((0, Answer::Status(404)), |(n, (_, answer))| (n, *answer))
    }
}

/// A story that can be served.
#[derive(Debug, Clone)]
pub struct Story {
    steps: Vec<Step>,
    pages: &'static [Page],
}

impl Story {
    /// What must be said before any of it is shown.
    pub const NOTICE: &'static str = "A re-enactment of five days in January 2024. The course of events follows \
         what was reported then; bodies, addresses and wording are invented.";

    /// Five days in Kent.
    pub fn kent() -> Self {
        let step = |&(at, title): &(&str, &'static str)| at.parse().ok().map(|at| Step { at, title });
        Self { steps: statements::STEPS.iter().filter_map(step).collect(), pages: statements::PAGES }
    }

    /// The moments to look at, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// A `targets.json` that watches the story's addresses, without a pause between requests: nobody is there to
    /// be spared.
    pub fn targets_json(&self) -> String {
        let mut targets = Vec::new();
        for page in self.pages {
            if let Some(id) = page.target {
                let quoted = |s: &str| serde_json::Value::from(s).to_string();
                targets.push(format!(
                    "    {{ \"id\": {}, \"body\": {},\n      \"url\": {} }}",
                    quoted(id),
                    quoted(page.body),
                    quoted(page.url)
                ));
            }
        }
        let mut out = String::from(HEAD);
        let _ = write!(out, "{}\n  ]\n}}\n", targets.join(",\n"));
        out
    }

    pub(super) fn page(&self, url: &str) -> Option<&'static Page> {
        self.pages.iter().find(|p| p.url == url)
    }

    /// Whether any address of the story is on that host.
    pub(super) fn knows(&self, host: &str) -> bool {
        self.pages.iter().any(|p| host_of(p.url) == host)
    }
}

/// The host of an address, without port.
pub(super) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    authority.split(':').next().unwrap_or(authority)
}

const HEAD: &str = r#"{
  "version": 1,
  "contact": "newsdesk@demo.example",
  "defaults": { "every": "15m", "delay": "0s", "timeout": "5s" },
  "incidents": [
    { "id": "kent-2024", "title": "Kent councils cyber incident (re-enacted, all wording invented)",
      "terms": ["cyber", "security incident", "online services", "personal data", "Eastway", "Orvane"] }
  ],
  "targets": [
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_runs_forward_over_five_days() {
        let story = Story::kent();
        let steps = story.steps();
        assert_eq!(steps.len(), statements::STEPS.len());
        assert!(steps.windows(2).all(|w| w[0].at < w[1].at));
        let days: std::collections::BTreeSet<_> =
            steps.iter().map(|s| s.at.strftime("%F").to_string()).collect();
        assert_eq!(days.len(), 5);
    }

    #[test]
    fn every_version_has_its_moment_and_differs_from_the_one_before() {
        let story = Story::kent();
        for page in story.pages {
            assert_eq!(page.versions.first().map(|v| v.0), Some(0), "{}", page.url);
            for pair in page.versions.windows(2) {
                assert!(pair[0].0 < pair[1].0 && pair[1].0 < story.steps().len(), "{}", page.url);
                assert_ne!(pair[0].1, pair[1].1, "{}", page.url);
            }
            assert!(host_of(page.url).ends_with(".example"), "{}", page.url);
        }
    }

    #[test]
    fn what_is_watched_is_valid_json_and_every_target_is_there_once() {
        let story = Story::kent();
        let file: serde_json::Value = serde_json::from_str(&story.targets_json()).unwrap();
        let ids: std::collections::BTreeSet<_> =
            file["targets"].as_array().unwrap().iter().map(|t| t["id"].to_string()).collect();
        assert_eq!(ids.len(), story.pages.iter().filter(|p| p.target.is_some()).count());
        assert_eq!(ids.len(), 9);
    }
}
