//! One request and its response, in the host's turn, tried again where that may help.
//!
//! Not here: following redirects, and whether the address may be asked at all.

use std::{sync::Arc, time::Duration};

use backon::{BackoffBuilder as _, ExponentialBuilder};
use jiff::Timestamp;
use reqwest::{
    Response, Version,
    header::{
        ACCEPT, ACCEPT_ENCODING, FROM, HOST, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
        USER_AGENT,
    },
};
use url::{Position, Url};

use crate::model::{Header, Hop, Validators};

use super::{
    allowance::Allowance,
    body::{Budget, Take},
    clients::{Clients, Route},
    fault::{Fault, Retry},
    gate::Gates,
    identity::Identity,
    opening::Openings,
    proxies::Proxies,
    redirect,
};

/// The wait before a refused connection is tried again.
const REFUSED: Duration = Duration::from_millis(200);
/// The most of a redirect's body that is taken, and the longest wait for it: reading it to its end lets the
/// connection be used again.
const REDIRECT: (u64, Duration) = (64 * 1024, Duration::from_secs(1));

/// What one request asks.
pub(super) struct Ask<'a> {
    pub(super) url: &'a Url,
    pub(super) proxy: Option<&'a Url>,
    pub(super) allow_private: bool,
    pub(super) delay: Duration,
    pub(super) validators: Option<&'a Validators>,
    /// The content codings that are understood.
    pub(super) codings: &'static str,
    pub(super) take: Take,
}

/// All that requests share.
pub(super) struct Wire {
    pub(super) identity: Identity,
    pub(super) now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    pub(super) proxies: Proxies,
    pub(super) clients: Clients,
    pub(super) gates: Gates,
    pub(super) openings: Openings,
    pub(super) budget: Budget,
}

impl Wire {
    pub(super) fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Asks, and asks again after what passes: a refused connection or an unresolved name once; a broken
    /// connection, or a server that gives up without saying for how long, twice. A timeout has used the time up already.
    pub(super) async fn exchange(
        &self,
        ask: &Ask<'_>,
        allowance: &mut Allowance,
        started: &mut Option<Timestamp>,
    ) -> Result<Hop, Fault> {
        // With jitter, half a second and a second on average.
        let mut waits = ExponentialBuilder::new()
            .with_min_delay(Duration::from_millis(340))
            .with_max_times(2)
            .with_jitter()
            .with_jitter_seed(fastrand::u64(..))
            .build();
        let mut refused = false;
        loop {
            let result = self.once(ask, allowance, started).await;
            let wait = match &result {
                Ok(hop) if matches!(hop.status, 408 | 502..=504) && hop.header("retry-after").is_none() => {
                    waits.next()
                }
                Err(Fault { retry: Retry::Backoff, .. }) => waits.next(),
                Err(Fault { retry: Retry::Once, .. }) if !refused => {
                    refused = true;
                    Some(REFUSED)
                }
                _ => None,
            };
            let Some(wait) = wait.filter(|wait| *wait < allowance.left()) else { return result };
            allowance.within(wait, std::future::pending::<()>()).await;
        }
    }

    async fn once(
        &self,
        ask: &Ask<'_>,
        allowance: &mut Allowance,
        started: &mut Option<Timestamp>,
    ) -> Result<Hop, Fault> {
        let proxy = ask.proxy.or_else(|| self.proxies.of(ask.url));
        let route = match proxy {
            Some(url) => Route::Proxy(url),
            None if ask.allow_private => Route::Open,
            None => Route::Guarded,
        };
        let client = self.clients.get(ask.url, route)?;
        let headers = self.headers(ask);
        let turn = self.gates.turn(ask.url.host_str().unwrap_or_default(), ask.delay).await;
        let begun = self.now();
        started.get_or_insert(begun);

        let peer = || {
            let named = match proxy {
                Some(url) => format!("the proxy {}", authority(url)),
                None => authority(ask.url),
            };
            named.chars().take(120).collect::<String>()
        };
        let request = client.get(ask.url.clone()).headers(headers.clone());
        let answer = self.openings.answer(proxy, allowance.within(Duration::MAX, request.send()));
        let mut response = match answer.await {
            Some(Ok(response)) => response,
            Some(Err(error)) => {
                return Err(Fault::before_head(&error, &peer(), ask.url.scheme() == "https"));
            }
            None => return Err(Fault::timeout(&peer(), allowance.whole())),
        };
        let mut hop = Hop {
            url: ask.url.clone(),
            started: begun,
            ended: begun,
            request: recorded(&headers, Some(ask.url)),
            version: version(&response).to_owned(),
            status: response.status().as_u16(),
            response: recorded(response.headers(), None),
            peer: response.remote_addr(),
            proxied: proxy.is_some(),
            body: Vec::new(),
        };
        if matches!(redirect::next(&hop), Ok(None)) {
            hop.body = self
                .budget
                .read(&mut response, ask.take, &peer(), allowance)
                .await
                .map_err(|fault| fault.with_status(hop.status))?;
        } else {
            let (most, longest) = REDIRECT;
            let mut own = Allowance::new(longest);
            let read = self.budget.read(&mut response, Take::Whole(most), "", &mut own);
            hop.body = allowance.within(longest, read).await.and_then(Result::ok).unwrap_or_default();
        }
        hop.ended = self.now();
        drop(turn);
        Ok(hop)
    }

    fn headers(&self, ask: &Ask<'_>) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(USER_AGENT, self.identity.user_agent.clone());
        if let Some(from) = &self.identity.from {
            headers.insert(FROM, from.clone());
        }
        headers.insert(
            ACCEPT,
            HeaderValue::from_static("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        );
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(ask.codings));
        let validators = [
            (IF_NONE_MATCH, ask.validators.and_then(|v| v.etag.as_deref())),
            (IF_MODIFIED_SINCE, ask.validators.and_then(|v| v.last_modified.as_deref())),
        ];
        for (name, value) in validators {
            // What a server gave may still be no header value, if the store was edited by hand.
            if let Some(value) = value.and_then(|v| HeaderValue::from_str(v).ok()) {
                headers.insert(name, value);
            }
        }
        headers
    }
}

/// Host and port, without credentials.
fn authority(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

/// The headers as they are kept. `Host` is put in by the connection (over HTTP/2 as `:authority`).
fn recorded(headers: &HeaderMap, to: Option<&Url>) -> Vec<Header> {
    let host = to.map(|url| Header {
        name: HOST.as_str().to_owned(),
        value: url[Position::BeforeHost..Position::AfterPort].as_bytes().to_vec(),
    });
    let sent = headers
        .iter()
        .map(|(name, value)| Header { name: name.as_str().to_owned(), value: value.as_bytes().to_vec() });
    host.into_iter().chain(sent).collect()
}

fn version(response: &Response) -> &'static str {
    match response.version() {
        Version::HTTP_09 => "HTTP/0.9",
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_2 => "HTTP/2",
        Version::HTTP_3 => "HTTP/3",
        _ => "HTTP/1.1",
    }
}
