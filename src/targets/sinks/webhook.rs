//! A sink that posts to an address.

use std::time::Duration;

use schemars::JsonSchema;

use super::options::{Options, Place, secret};
use crate::{
    model::{Form, SinkKind, WebhookSink},
    targets::{
        fields::Fields,
        notes::Notes,
        period::Period,
        value::{At, Line},
        words::Word,
    },
};

/// An address that is posted to.
#[derive(Debug, JsonSchema)]
pub(super) struct Webhook {
    /// The environment variable that holds the address. Whoever has the address can post to it, so it never stands in
    /// this file.
    url_env: Option<At<Line>>,
    /// Or the file that holds it.
    url_file: Option<At<Line>>,
    /// Whose form it has: "json", the event as it is kept (the default), or "slack", "discord", "teams", "mattermost",
    /// "ntfy", "apprise".
    preset: Option<At<Preset>>,
    /// The topic at an ntfy server.
    topic: Option<At<Line>>,
    /// The environment variable that holds the key of the signature: `X-Onrecord-Signature: sha256=` and the HMAC-SHA256
    /// of the body in hex.
    secret_env: Option<At<Line>>,
    /// Or the file that holds it.
    secret_file: Option<At<Line>>,
    /// The environment variable that holds what stands in `Authorization`.
    authorization_env: Option<At<Line>>,
    /// Or the file that holds it.
    authorization_file: Option<At<Line>>,
    /// The time that one request may take, at most 5m; "20s" when left out.
    timeout: Option<At<Period<100, 300_000>>>,
    #[schemars(skip)]
    place: Place,
}

/// Whose form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Preset {
    Json,
    Slack,
    Discord,
    Teams,
    Mattermost,
    Ntfy,
    Apprise,
}

impl Word for Preset {
    const ALL: &'static [(&'static str, Self)] = &[
        ("json", Self::Json),
        ("slack", Self::Slack),
        ("discord", Self::Discord),
        ("teams", Self::Teams),
        ("mattermost", Self::Mattermost),
        ("ntfy", Self::Ntfy),
        ("apprise", Self::Apprise),
    ];
}

impl Options for Webhook {
    fn read(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Self {
        const HELP: &str = "\"url_env\": \"NEWSDESK_WEBHOOK\"";
        let place = Place(fields.start());
        let read = Self {
            url_env: fields.get("url_env", notes),
            url_file: fields.get("url_file", notes),
            preset: fields.get("preset", notes),
            topic: fields.get("topic", notes),
            secret_env: fields.get("secret_env", notes),
            secret_file: fields.get("secret_file", notes),
            authorization_env: fields.get("authorization_env", notes),
            authorization_file: fields.get("authorization_file", notes),
            timeout: fields.get("timeout", notes),
            place,
        };
        if read.url_env.is_none() && read.url_file.is_none() {
            notes
                .fault(read.place.0.clone(), "a webhook needs `url_env` or `url_file`")
                .label("it says where the address stands")
                .help(HELP);
        }
        let is_ntfy = read.preset.as_ref().is_some_and(|preset| preset.value == Preset::Ntfy);
        match &read.topic {
            None if is_ntfy => {
                notes.fault(read.place.0.clone(), "ntfy needs a `topic`").help("\"topic\": \"newsdesk\"");
            }
            Some(topic) if !is_ntfy => {
                notes.fault(topic.at.clone(), "only ntfy has a `topic`").help("\"preset\": \"ntfy\"");
            }
            _ => {}
        }
        read
    }

    fn resolve(self) -> Option<SinkKind> {
        let form = match self.preset.map_or(Preset::Json, |preset| preset.value) {
            Preset::Json => Form::Json,
            Preset::Slack => Form::Slack,
            Preset::Discord => Form::Discord,
            Preset::Teams => Form::Teams,
            Preset::Mattermost => Form::Mattermost,
            Preset::Ntfy => Form::Ntfy(self.topic?.value.0),
            Preset::Apprise => Form::Apprise,
        };
        Some(SinkKind::Webhook(WebhookSink {
            url: secret(self.url_env, self.url_file)?,
            form,
            secret: secret(self.secret_env, self.secret_file),
            authorization: secret(self.authorization_env, self.authorization_file),
            timeout: self.timeout.map_or(Duration::from_secs(20), |timeout| timeout.value.0),
        }))
    }
}
