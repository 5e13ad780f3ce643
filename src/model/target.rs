//! What is watched, for whom and how: `targets.json` resolved, every default filled in.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{IncidentId, TargetId};

/// What happened, and the words it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its name.
    pub id: IncidentId,
    /// Its title.
    pub title: String,
    /// The words that a change must be about.
    pub terms: Vec<String>,
}

/// What kind of source an address is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Watch {
    /// A page with a statement.
    #[default]
    Page,
    /// The site-wide notices of a page.
    Banner,
    /// An RSS or Atom feed.
    Feed,
    /// A list whose links are followed when they are about the incident.
    Index,
    /// A PDF.
    Document,
    /// A JSON document.
    Json,
}

/// Which changes of a target count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relevance {
    /// Those about the incident's terms.
    #[default]
    Terms,
    /// All: the page is wholly about the incident.
    Page,
}

/// Which bodies are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// Those whose statement was new.
    #[default]
    Changes,
    /// Every one.
    All,
}

/// Hours of the day, in the machine's time zone; over midnight where `to` is the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// From then on.
    pub from: jiff::civil::Time,
    /// Until then.
    pub to: jiff::civil::Time,
}

/// One address that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its name.
    pub id: TargetId,
    /// Who speaks there.
    pub body: String,
    /// The incidents it is watched for; empty where the file has none.
    pub incidents: Vec<Incident>,
    /// Words of the file's own, by which targets are chosen.
    pub tags: Vec<String>,
    /// The address.
    pub url: Url,
    /// What kind of source it is.
    pub watch: Watch,
    /// Which changes count.
    pub relevance: Relevance,
    /// CSS selectors of the statement, tried in order; empty: found by the reader.
    pub select: Vec<String>,
    /// CSS selectors of what is left out.
    pub remove: Vec<String>,
    /// How often it is looked at.
    pub every: Duration,
    /// How often it is looked at in the day after a change; as `every` without it.
    pub quickest: Option<Duration>,
    /// How often it is looked at when it has long been still; as `every` without it.
    pub slowest: Option<Duration>,
    /// The hours in which it is looked at; all without it.
    pub between: Option<Hours>,
    /// The least pause between two requests to its host.
    pub delay: Duration,
    /// The time allowed for one whole look, redirects included.
    pub timeout: Duration,
    /// The most bytes received.
    pub max_body: u64,
    /// The most bytes after decoding.
    pub max_decoded: u64,
    /// Whether private addresses may be asked.
    pub allow_private: bool,
    /// Whether robots.txt is passed over, which is put on record.
    pub ignore_robots: bool,
    /// The proxy for this target; without it the environment's.
    pub proxy: Option<Url>,
    /// Which bodies are kept.
    pub keep: Keep,
    /// How many looks in a row must find the page gone before that is an alert.
    pub confirm: u32,
    /// After how long unreadable it becomes an alert; never without it.
    pub alert_after: Option<Duration>,
    /// Not looked at for now.
    pub paused: bool,
}

/// The most bytes that are received of a body, where nothing else is said.
pub const MAX_BODY: u64 = 10 << 20;

impl Target {
    /// The host's name, lower case; empty for an address without one.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or("")
    }
}
