//! Where events go, and the program that may judge them too, as targets.json says.

use std::{collections::BTreeSet, path::PathBuf, time::Duration};

use jiff::civil::Time;
use schemars::JsonSchema;

use super::{Event, Hours, IncidentId, Label, Level, TargetId};

/// A place that events go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinkSpec {
    /// Its name in the log: what it has taken is known by it.
    pub name: String,
    /// The quietest level that it is told.
    pub level: Level,
    /// Which events it is told.
    pub filter: Filter,
    /// When, and how many in one message.
    pub rhythm: Rhythm,
    /// The hours in which it is told nothing.
    pub quiet: Option<Hours>,
    /// How long a watch holds an event back, so that what several bodies say alike is one message.
    pub gather: Duration,
    /// How long an event that it does not take is offered to it; until it is taken without it.
    pub give_up: Option<Duration>,
    /// What it is.
    pub kind: SinkKind,
}

impl SinkSpec {
    /// A sink that is told every event of a level, one by one, at once.
    pub fn plain(name: impl Into<String>, level: Level, kind: SinkKind) -> Self {
        Self {
            name: name.into(),
            level,
            filter: Filter::default(),
            rhythm: Rhythm::Each,
            quiet: None,
            gather: Duration::ZERO,
            give_up: None,
            kind,
        }
    }
}

/// Which events a sink is told: those that pass each part. A part that names nothing lets all pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// About one of these incidents, first or among others.
    pub incidents: Vec<IncidentId>,
    /// Of one of these bodies.
    pub bodies: Vec<String>,
    /// With a change that has one of these labels.
    pub labels: Vec<Label>,
    /// Of one of these targets: those that have one of the tags.
    pub targets: Option<BTreeSet<TargetId>>,
}

impl Filter {
    /// Whether an event passes.
    pub fn passes(&self, event: &Event) -> bool {
        let incident = |id| self.incidents.contains(id);
        let labelled = |label| self.labels.contains(label);
        (self.incidents.is_empty() || event.incident.iter().chain(&event.also).any(incident))
            && (self.bodies.is_empty() || self.bodies.contains(&event.body))
            && (self.labels.is_empty()
                || event.changes.iter().flat_map(|change| &change.labels).any(labelled))
            && self.targets.as_ref().is_none_or(|targets| targets.contains(&event.target))
    }
}

/// When a sink is told, and how many events in one message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rhythm {
    /// At once; an event a message.
    #[default]
    Each,
    /// After a pass, or at once where none ends; all in one message.
    Pass,
    /// On the hour; all in one message.
    Hourly,
    /// Once a day at this time, in the time zone of the machine; all in one message.
    Daily(Time),
}

/// Where a secret stands; it is read when it is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// In an environment variable.
    Env(String),
    /// In a file, its last line feed left out.
    File(PathBuf),
}

/// The kinds of sink, each with what it needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SinkKind {
    /// Lines in a file.
    File(FileSink),
    /// A program.
    Command(CommandSink),
    /// An address that is posted to.
    Webhook(WebhookSink),
    /// Mail.
    Mail(MailSink),
    /// Atom files.
    Feed(FeedSink),
}

/// How a program is given an event.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum Input {
    /// A line of JSON.
    #[default]
    Json,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

/// An address that is posted to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookSink {
    /// The address.
    pub url: Secret,
    /// What is posted.
    pub form: Form,
    /// The key of the signature.
    pub secret: Option<Secret>,
    /// What stands in `Authorization`.
    pub authorization: Option<Secret>,
    /// The time that one request may take.
    pub timeout: Duration,
}

/// Whose form a webhook has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// The event as JSON; several as a batch.
    Json,
    /// Slack.
    Slack,
    /// Discord.
    Discord,
    /// Microsoft Teams, by a Workflows address.
    Teams,
    /// Mattermost.
    Mattermost,
    /// ntfy, with a topic.
    Ntfy(String),
    /// An Apprise server.
    Apprise,
}

/// Mail, by a server that takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSink {
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: MailTls,
    /// A file with the certificates to trust beside the system's.
    pub ca: Option<PathBuf>,
    /// Whom it is from.
    pub from: String,
    /// Whom it goes to.
    pub to: Vec<String>,
    /// The name to log in with.
    pub user: Option<String>,
    /// The password to log in with.
    pub password: Option<Secret>,
    /// The time that one mail may take.
    pub timeout: Duration,
}

/// How a connection to a mail server is protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum MailTls {
    /// Plain at first, then TLS, or nothing is sent.
    #[default]
    StartTls,
    /// TLS from the beginning.
    Tls,
    /// Not at all: only for a server on the same machine.
    None,
}

/// Atom files in a folder, made again after each event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedSink {
    /// The folder, as targets.json names it.
    pub path: PathBuf,
    /// How many events a feed holds.
    pub entries: usize,
}

/// Lines of JSON at the end of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSink {
    /// The file, as targets.json names it.
    pub path: PathBuf,
}

/// A program, run once for each message, with what is told on its standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandSink {
    /// The program and its arguments; no shell comes between.
    pub run: Vec<String>,
    /// What it is given.
    pub input: Input,
    /// The time that it may take for one event.
    pub timeout: Duration,
}

/// A further judge, as targets.json names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgeSpec {
    /// The program and its arguments; no shell comes between.
    pub run: Vec<String>,
    /// The time that it may take for one event.
    pub timeout: Duration,
}
