//! A host's robots.txt, fetched: what it came to, and what that says of a page (RFC 9309, section 2.3).
//!
//! Not here: the rules themselves (`rules`), and how long they hold (`robots`).

use std::{io::Read as _, sync::Arc, time::Duration};

use jiff::Timestamp;
use robotxt::BYTE_LIMIT;
use url::Url;

use crate::model::{Hop, Why};

use super::{
    Request, after,
    allowance::Allowance,
    body::Take,
    exchange::{Ask, Wire},
    fault::Fault,
    redirect,
    rules::Rules,
};

/// Redirects that are followed; more count as a file that is not there (section 2.3.1.2).
const REDIRECTS: usize = 5;

/// What an origin's robots.txt came to.
#[derive(Clone)]
pub(super) enum Access {
    /// Rules; none where there is no file.
    Rules(Arc<Rules>),
    /// No page may be asked for: the server is in trouble (section 2.3.1.4), or asks to be left alone.
    Closed(Fault, Option<(Timestamp, bool)>),
    /// It could not be fetched.
    Failed(Fault),
}

/// What robots.txt says of a page.
pub(super) struct Verdict {
    /// The pause that it asks for, capped.
    pub(super) delay: Duration,
    /// Why the page may not be asked for, and a pause that was asked for with it.
    pub(super) closed: Option<(Fault, Option<(Timestamp, bool)>)>,
}

impl Access {
    /// The rules of a file.
    pub(super) fn rules(text: &[u8]) -> Self {
        Self::Rules(Arc::new(Rules::parse(text)))
    }

    /// No file.
    pub(super) fn free() -> Self {
        Self::Rules(Arc::new(Rules::none()))
    }

    /// What it says of a page.
    pub(super) fn verdict(self, url: &Url) -> Verdict {
        let none = Duration::ZERO;
        match self {
            Self::Rules(rules) => {
                let told = |rule| Fault::new(Why::Robots, &format!("robots.txt says \"Disallow: {rule}\""));
                Verdict { delay: rules.delay(), closed: rules.closing(url).map(|rule| (told(rule), None)) }
            }
            Self::Closed(fault, pause) => Verdict { delay: none, closed: Some((fault, pause)) },
            Self::Failed(fault) => Verdict { delay: none, closed: Some((fault, None)) },
        }
    }
}

/// Fetches the robots.txt that an address goes by, in the host's turn, within a time of its own.
pub(super) async fn fetch(wire: &Wire, url: &Url, request: &Request) -> Access {
    let Ok(mut url) = robotxt::robots_url(url) else { return Access::free() };
    let mut allowance = Allowance::new(request.timeout);
    for _ in 0..=REDIRECTS {
        let hop = match hop(wire, &url, request, &mut allowance).await {
            Ok(hop) => hop,
            Err(fault) => {
                let evidence = format!("robots.txt: {}", fault.evidence);
                return Access::Failed(Fault { evidence, ..fault });
            }
        };
        match redirect::next(&hop) {
            Ok(Some(next)) => url = next,
            Ok(None) => return judge(&hop, wire.now()),
            // A redirect that leads nowhere is a file that is not there.
            Err(_) => return Access::free(),
        }
    }
    Access::free()
}

async fn hop(wire: &Wire, url: &Url, request: &Request, allowance: &mut Allowance) -> Result<Hop, Fault> {
    redirect::admit(url, request.allow_private)?;
    let ask = Ask {
        url,
        proxy: request.proxy.as_ref(),
        allow_private: request.allow_private,
        delay: request.delay,
        validators: None,
        codings: "identity",
        // One byte more tells the parser that its last line was cut.
        take: Take::Start(BYTE_LIMIT as u64 + 1),
    };
    wire.exchange(&ask, allowance, &mut None).await
}

fn judge(hop: &Hop, now: Timestamp) -> Access {
    match hop.status {
        200..=299 => Access::rules(&decoded(hop)),
        429 | 500..=599 => {
            let why = if hop.status == 429 { Why::HttpError } else { Why::Robots };
            let fault = Fault::new(why, &format!("robots.txt answered {}", hop.status));
            Access::Closed(fault.with_status(hop.status), after::pause_asked(hop, now))
        }
        _ => Access::free(),
    }
}

/// The file's text, for servers that compress what they were asked to send as it is.
fn decoded(hop: &Hop) -> Vec<u8> {
    if !hop.header("content-encoding").is_some_and(|c| c.eq_ignore_ascii_case("gzip")) {
        return hop.body.clone();
    }
    let mut text = Vec::new();
    // What could be decoded before a fault still holds rules.
    let _ =
        flate2::read::MultiGzDecoder::new(&hop.body[..]).take(BYTE_LIMIT as u64 + 1).read_to_end(&mut text);
    text
}
