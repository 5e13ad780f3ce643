//! Posting to an address that the person who runs this has named: a webhook, not a page.
//!
//! Nothing is followed and nothing is learnt; what comes back is read to a bound. Not here: what it means (`sinks`).

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use jiff::Timestamp;
use reqwest::Client;
use url::Url;

use super::{after, clients};

/// The most of an answer that is read, in bytes.
const ANSWER: usize = 4 * 1024;

/// A client for what goes out; its clones share connections.
#[derive(Debug, Clone, Default)]
pub struct Outgoing {
    client: Arc<OnceLock<Client>>,
}

/// What came back.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Until when the receiver asks to be left alone, at most a day.
    pub not_before: Option<Timestamp>,
    /// The beginning of the body.
    pub body: String,
}

impl Outgoing {
    /// Posts a body. Proxies of the environment are used; a redirect is not followed.
    ///
    /// # Errors
    /// In words, what kept an answer from coming; they never hold the address, which may be a secret.
    pub async fn post(
        &self,
        url: &Url,
        headers: &[(&str, String)],
        body: String,
        timeout: Duration,
        now: Timestamp,
    ) -> Result<Answer, String> {
        let client = if let Some(client) = self.client.get() {
            client
        } else {
            let client = clients::outgoing()?;
            self.client.get_or_init(|| client)
        };
        let mut request = client.post(url.clone()).timeout(timeout).body(body);
        request = request.header("user-agent", concat!("onrecord/", env!("CARGO_PKG_VERSION")));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let mut response = request.send().await.map_err(without_address)?;
        let status = response.status().as_u16();
        let asked = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
        let not_before = asked.and_then(|asked| after::until(asked, now));
        let mut received = Vec::new();
        while received.len() < ANSWER {
            match response.chunk().await {
                Ok(Some(chunk)) => received.extend_from_slice(&chunk),
                // What it says beside its status is a courtesy.
                Ok(None) | Err(_) => break,
            }
        }
        received.truncate(ANSWER);
        Ok(Answer { status, not_before, body: String::from_utf8_lossy(&received).into_owned() })
    }
}

fn without_address(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(next) = cause {
        said = format!("{said}: {next}");
        cause = next.source();
    }
    said
}
