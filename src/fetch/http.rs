//! The fetcher over HTTP: follows one address to its end, hop by hop, each hop guarded, in turn, and on record.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::Timestamp;
use url::Url;

use crate::model::{Capture, Hop, Why};

use super::{
    ClientError, Fetcher, Look, Outcome, Proxies, Request, after,
    allowance::Allowance,
    body::Take,
    exchange::{Ask, Wire},
    fault::Fault,
    identity::Identity,
    redirect,
    robots::{Cache, KeptRobots},
};

/// The most redirects that are followed.
const REDIRECTS: usize = 10;

/// What the fetcher is made of.
pub struct HttpOptions {
    /// Whom a site's owner can write to: a mail address or a web address. Part of the user agent.
    pub contact: Option<String>,
    /// The wall clock, for what is recorded; timeouts and pauses keep to the monotonic one.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// The proxies, for requests that name none.
    pub proxies: Proxies,
}

/// Looks at addresses over HTTP/1.1 and HTTP/2. Making one is cheap: clients and certificates wait for first use.
pub struct Http {
    wire: Wire,
    robots: Cache,
    /// Hosts that asked to be left alone, for pages that lead to them from elsewhere.
    cooling: Mutex<BTreeMap<String, Timestamp>>,
}

/// What has happened so far in one look.
#[derive(Default)]
struct Trace {
    started: Option<Timestamp>,
    hops: Vec<Hop>,
    retry_after: Option<(Timestamp, bool)>,
    host: Option<String>,
    robots_ignored: bool,
}

impl Http {
    /// A fetcher.
    ///
    /// # Errors
    /// When the contact cannot stand in a header.
    pub fn new(options: HttpOptions) -> Result<Self, ClientError> {
        let wire = Wire {
            identity: Identity::new(options.contact.as_deref())?,
            now: options.now,
            proxies: options.proxies,
            clients: super::clients::Clients::default(),
            gates: super::gate::Gates::default(),
            openings: super::opening::Openings::default(),
            budget: super::body::Budget::default(),
        };
        Ok(Self { wire, robots: Cache::default(), cooling: Mutex::default() })
    }

    /// The robots.txt rules known now, to be kept for a later run.
    pub fn robots_cache(&self) -> Vec<KeptRobots> {
        self.robots.kept()
    }

    /// Takes over robots.txt rules that an earlier run kept; each holds a day from when it was fetched.
    pub fn seed_robots(&self, kept: impl IntoIterator<Item = KeptRobots>) {
        self.robots.seed(kept);
    }

    /// Until when a host is left alone, as it asked of any target in this run.
    fn cooling(&self, host: &str) -> Option<Timestamp> {
        let cooling = self.cooling.lock().unwrap_or_else(PoisonError::into_inner);
        cooling.get(host).copied().filter(|until| *until > self.wire.now())
    }

    fn leave_alone(&self, url: &Url, pause: Option<(Timestamp, bool)>) {
        if let (Some((until, true)), Some(host)) = (pause, url.host_str()) {
            let mut cooling = self.cooling.lock().unwrap_or_else(PoisonError::into_inner);
            cooling.insert(host.to_owned(), until);
        }
    }

    async fn follow(&self, request: &Request, trace: &mut Trace) -> Result<Outcome, Fault> {
        let mut allowance = Allowance::new(request.timeout);
        let mut url = request.url.clone();
        url.set_fragment(None);
        loop {
            let validators = request.validators.as_ref().filter(|v| trace.hops.is_empty() && !v.is_empty());
            redirect::admit(&url, request.allow_private)?;
            trace.host = (url.host_str() != request.url.host_str())
                .then(|| url.host_str().map(str::to_owned))
                .flatten();
            if let Some(until) = trace.host.as_deref().and_then(|host| self.cooling(host)) {
                let evidence = format!("{url} is left alone until {until}, as its host asked");
                return Err(Fault::new(Why::Cooling, &evidence));
            }
            let verdict = self.robots.ask(&self.wire, &url, request).await;
            if let Some((fault, pause)) = verdict.closed {
                if !request.ignore_robots {
                    trace.retry_after = pause;
                    self.leave_alone(&url, pause);
                    return Err(fault);
                }
                trace.robots_ignored = true;
            }
            let ask = Ask {
                url: &url,
                proxy: request.proxy.as_ref(),
                allow_private: request.allow_private,
                delay: request.delay.max(verdict.delay),
                validators,
                codings: "gzip, deflate",
                take: Take::Whole(request.max_body),
            };
            let hop = self.wire.exchange(&ask, &mut allowance, &mut trace.started).await?;
            trace.retry_after = after::pause_asked(&hop, self.wire.now());
            self.leave_alone(&url, trace.retry_after);
            if hop.status == 304 {
                trace.hops.push(hop);
                if validators.is_none() {
                    let fault = Fault::new(Why::HttpError, "\"not modified\" in answer to a plain request");
                    return Err(fault.with_status(304));
                }
                return Ok(Outcome::NotModified(std::mem::take(&mut trace.hops)));
            }
            let next = redirect::next(&hop);
            let status = hop.status;
            let Some(next) = next.inspect_err(|_| trace.hops.push(hop.clone()))? else {
                let redirects = std::mem::take(&mut trace.hops);
                return Ok(Outcome::Answered(Box::new(Capture { redirects, answer: hop })));
            };
            trace.hops.push(hop);
            let circle = trace.hops.iter().any(|hop| hop.url == next);
            if circle || trace.hops.len() > REDIRECTS {
                let what =
                    if circle { "redirects lead back to" } else { "more than 10 redirects, the last to" };
                return Err(Fault::new(Why::RedirectLoop, &format!("{what} {next}")).with_status(status));
            }
            url = next;
        }
    }
}

impl Fetcher for Http {
    async fn look(&self, request: Request) -> Look {
        let begun = self.wire.now();
        let mut trace = Trace::default();
        let outcome = match self.follow(&request, &mut trace).await {
            Ok(outcome) => outcome,
            Err(Fault { why, evidence, status, .. }) => {
                Outcome::Failed { why, evidence, status, hops: std::mem::take(&mut trace.hops) }
            }
        };
        Look {
            started: trace.started.unwrap_or(begun),
            ended: self.wire.now(),
            outcome,
            retry_after: trace.retry_after,
            host: trace.host,
            robots_ignored: trace.robots_ignored,
        }
    }
}
