//! An address that is posted to: the event as JSON with a signature, or the form that a chat takes.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde_json::json;
use sha2::Sha256;
use url::Url;

use super::{
    Context, Delivery, Retry, Sink,
    one_by_one::{Fault, Give, message_id, one_by_one},
    rhythm::messages,
    secret,
};
use crate::{
    fetch::{Answer, Outgoing},
    model::{Event, Form, Rhythm, WebhookSink},
    render::{self, Bulletin, bulletin::chat, escape},
};

/// The most of an answer that is shown, in characters.
const SHOWN: usize = 200;

/// An address that messages are posted to.
#[derive(Debug, Clone)]
pub struct Webhook {
    spec: WebhookSink,
    rhythm: Rhythm,
    folder: PathBuf,
    client: Outgoing,
}

impl Webhook {
    /// The address that is specified; files are relative to `folder`.
    pub fn new(spec: WebhookSink, rhythm: Rhythm, folder: &Path) -> Self {
        Self { spec, rhythm, folder: folder.to_owned(), client: Outgoing::default() }
    }

    fn body(&self, message: &[Bulletin<'_>]) -> String {
        let value = match &self.spec.form {
            Form::Json => {
                let events: Vec<&Event> = message.iter().flat_map(Bulletin::events).collect();
                return match events.as_slice() {
                    [event] if self.rhythm == Rhythm::Each => render::ndjson(event),
                    events => json!({ "schema": "onrecord.batch/1", "events": events }).to_string(),
                };
            }
            Form::Slack => chat::slack(message),
            Form::Discord => chat::discord(message),
            Form::Teams => chat::teams(message),
            Form::Mattermost => chat::mattermost(message),
            Form::Ntfy(topic) => chat::ntfy(message, topic),
            Form::Apprise => chat::apprise(message),
        };
        value.to_string()
    }
}

/// A webhook, at the moment of a delivery.
struct Now<'a>(&'a Webhook, Timestamp);

impl Give for Now<'_> {
    async fn give(&self, message: &[Bulletin<'_>]) -> Result<(), Fault> {
        let Self(hook, now) = *self;
        let again = |reason: String| Fault::retry(reason);
        let url = secret::read(&hook.spec.url, &hook.folder).map_err(again)?;
        // The address is a secret: what is wrong with it is said without it.
        let url = Url::parse(&url)
            .map_err(|error| again(format!("what should be its address is none: {error}")))?;
        let body = hook.body(message);
        let key = message_id(message);
        let mut headers = vec![
            ("content-type", "application/json".to_owned()),
            // The draft of the HTTPAPI group: the same key, the same message.
            ("idempotency-key", format!("\"{key}\"")),
        ];
        if let Some(secret) = &hook.spec.secret {
            let secret = secret::read(secret, &hook.folder).map_err(again)?;
            headers.push(("x-onrecord-signature", format!("sha256={}", signature(&secret, &body))));
        }
        if let Some(authorization) = &hook.spec.authorization {
            headers.push(("authorization", secret::read(authorization, &hook.folder).map_err(again)?));
        }
        let answer = hook.client.post(&url, &headers, body, hook.spec.timeout, now).await.map_err(again)?;
        judge(&answer)
    }
}

/// HMAC-SHA256 (RFC 2104) in hex.
fn signature(secret: &str, body: &str) -> String {
    // A key of any length will do.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(body.as_bytes());
    HEXLOWER.encode(&mac.finalize().into_bytes())
}

/// What an answer means. What is wrong with the message is refused for good; what is wrong with the address or the
/// receiver may be mended, so the message is offered again.
fn judge(answer: &Answer) -> Result<(), Fault> {
    if (200..300).contains(&answer.status) {
        return Ok(());
    }
    let said: String = escape::terminal(answer.body.trim()).chars().take(SHOWN).collect();
    let said = if said.is_empty() { said } else { format!(", saying: {said}") };
    let advice = match answer.status {
        401 | 403 => "; look at its secret",
        404 | 410 => "; the address is gone: a chat's address dies with the app or the account that made it",
        300..=399 => "; the address has moved",
        _ => "",
    };
    let reason = format!("it answered {}{said}{advice}", answer.status);
    match answer.status {
        400 | 413 | 422 => Err(Fault::Refused(reason)),
        _ => Err(Fault::Retry(Retry { reason, after: answer.not_before })),
    }
}

impl Sink for Webhook {
    async fn deliver(&self, batch: &[Event], context: &Context<'_>) -> Delivery {
        let messages = messages(batch, self.rhythm, self.spec.form != Form::Json);
        one_by_one(&Now(self, context.now), messages).await
    }

    fn patience(&self) -> Duration {
        self.spec.timeout
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_one_of_the_standard() {
        // RFC 4231, test case 2.
        assert_eq!(
            signature("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn only_what_is_wrong_with_the_message_is_refused_for_good() {
        let of = |status| Answer { status, ..Answer::default() };
        assert!(judge(&of(204)).is_ok());
        for status in [400, 413, 422] {
            assert!(matches!(judge(&of(status)), Err(Fault::Refused(_))), "{status}");
        }
        for status in [302, 401, 404, 410, 429, 500, 503] {
            assert!(matches!(judge(&of(status)), Err(Fault::Retry(_))), "{status}");
        }
    }
}
