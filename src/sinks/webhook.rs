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

use super::{Again, Context, Delivery, Sink, rhythm::messages, secret};
use crate::{
    fetch::{Answer, Outgoing},
    model::{Event, EventId, Form, Refused, Rhythm, WebhookSink},
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

/// Why a message was not taken.
enum Fault {
    /// It will never be.
    Refused(String),
    /// It may be later.
    Again(Again),
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

    async fn post(&self, message: &[Bulletin<'_>], now: Timestamp) -> Result<(), Fault> {
        let again = |reason: String| Fault::Again(Again::because(reason));
        let url = secret::read(&self.spec.url, &self.folder).map_err(again)?;
        // The address is a secret: what is wrong with it is said without it.
        let url = Url::parse(&url)
            .map_err(|error| again(format!("what should be its address is none: {error}")))?;
        let body = self.body(message);
        let ids: Vec<&str> =
            message.iter().flat_map(Bulletin::events).map(|event| event.id.as_str()).collect();
        let key = match ids.as_slice() {
            [id] => (*id).to_owned(),
            ids => EventId::of(ids).to_string(),
        };
        let mut headers = vec![
            ("content-type", "application/json".to_owned()),
            // The draft of the HTTPAPI group: the same key, the same message.
            ("idempotency-key", format!("\"{key}\"")),
        ];
        if let Some(secret) = &self.spec.secret {
            let secret = secret::read(secret, &self.folder).map_err(again)?;
            headers.push(("x-onrecord-signature", format!("sha256={}", signature(&secret, &body))));
        }
        if let Some(authorization) = &self.spec.authorization {
            headers.push(("authorization", secret::read(authorization, &self.folder).map_err(again)?));
        }
        let answer = self.client.post(&url, &headers, body, self.spec.timeout, now).await.map_err(again)?;
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
        _ => Err(Fault::Again(Again { reason, after: answer.not_before })),
    }
}

impl Sink for Webhook {
    /// One after the other; what comes after one that is to be offered again waits with it, so that the order holds.
    async fn deliver(&self, batch: &[Event], context: &Context<'_>) -> Delivery {
        let mut delivery = Delivery::default();
        for message in messages(batch, self.rhythm, self.spec.form != Form::Json) {
            let ids = message.iter().flat_map(Bulletin::events).map(|event| event.id.clone());
            match self.post(&message, context.now).await {
                Ok(()) => delivery.taken.extend(ids),
                Err(Fault::Refused(why)) => {
                    delivery.refused.extend(ids.map(|event| Refused { event, why: why.clone() }));
                }
                Err(Fault::Again(again)) => {
                    delivery.again = Some(again);
                    break;
                }
            }
        }
        delivery
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
            assert!(matches!(judge(&of(status)), Err(Fault::Again(_))), "{status}");
        }
    }
}
