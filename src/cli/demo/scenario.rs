//! The scenario that the demo replays: its moments, its addresses, and a `targets.json` that watches them.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::{
    site::{Page, host_of},
    statements,
};

/// A moment of the scenario at which the pages are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The scenario's clock then.
    pub at: Timestamp,
    /// What a reporter would have called it.
    pub title: &'static str,
}

/// A scenario that can be served.
#[derive(Debug, Clone)]
pub struct Scenario {
    steps: Vec<Step>,
    pages: &'static [Page],
}

impl Scenario {
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

    /// A `targets.json` that watches the scenario's addresses, without a pause between requests: nobody is there to
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

    /// Whether any address of the scenario is on that host.
    pub(super) fn knows(&self, host: &str) -> bool {
        self.pages.iter().any(|p| host_of(p.url) == host)
    }
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
        let scenario = Scenario::kent();
        let steps = scenario.steps();
        assert_eq!(steps.len(), statements::STEPS.len());
        assert!(steps.windows(2).all(|w| w[0].at < w[1].at));
        let days: std::collections::BTreeSet<_> =
            steps.iter().map(|s| s.at.strftime("%F").to_string()).collect();
        assert_eq!(days.len(), 5);
    }

    #[test]
    fn every_version_has_its_moment_and_differs_from_the_one_before() {
        let scenario = Scenario::kent();
        for page in scenario.pages {
            assert_eq!(page.versions.first().map(|v| v.0), Some(0), "{}", page.url);
            for pair in page.versions.windows(2) {
                assert!(pair[0].0 < pair[1].0 && pair[1].0 < scenario.steps().len(), "{}", page.url);
                assert_ne!(pair[0].1, pair[1].1, "{}", page.url);
            }
            assert!(host_of(page.url).ends_with(".example"), "{}", page.url);
        }
    }

    #[test]
    fn what_is_watched_is_valid_json_and_every_target_is_there_once() {
        let scenario = Scenario::kent();
        let file: serde_json::Value = serde_json::from_str(&scenario.targets_json()).unwrap();
        let ids: std::collections::BTreeSet<_> =
            file["targets"].as_array().unwrap().iter().map(|t| t["id"].to_string()).collect();
        assert_eq!(ids.len(), scenario.pages.iter().filter(|p| p.target.is_some()).count());
        assert_eq!(ids.len(), 9);
    }
}
