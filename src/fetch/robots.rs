//! robots.txt (RFC 9309): fetched once a day for each origin, asked before each page.
//!
//! Not here: parsing and matching, which the `robotxt` crate does.

use std::{
    collections::HashMap,
    io::Read as _,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use robotxt::{BYTE_LIMIT, Robots};
use url::Url;

use crate::model::{Hop, Why};

use super::{
    Request, after,
    allowance::Allowance,
    body::Take,
    exchange::{Ask, Wire},
    fault::Fault,
    redirect,
};

/// The name that rules are looked up by.
const AGENT: &str = "onrecord";
/// The longest `Crawl-delay` that is kept.
const LONGEST_DELAY: Duration = Duration::from_secs(60);
/// Redirects that are followed; more count as a file that is not there (section 2.3.1.2).
const REDIRECTS: usize = 5;
/// How long rules hold (section 2.4).
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How long a server's error holds.
const ERROR: SignedDuration = SignedDuration::from_mins(10);
/// How long a failure holds: long enough that the other pages of a dead host do not each wait for it.
const FAILURE: SignedDuration = SignedDuration::from_secs(60);
/// Above so many origins, the outdated ones are forgotten.
const MANY: usize = 4096;

/// Rules as they can be kept between runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRobots {
    /// The origin: scheme, host and port.
    pub origin: String,
    /// When they were fetched.
    pub fetched: Timestamp,
    /// The rules that apply to this program, as a robots.txt of their own.
    pub rules: String,
}

/// What an origin's robots.txt came to.
#[derive(Clone)]
enum Access {
    /// Rules; none where there is no file.
    Rules(Arc<Robots>),
    /// No page may be asked for: the server is in trouble (section 2.3.1.4), or asks to be left alone.
    Closed(Fault, Option<(Timestamp, bool)>),
    /// It could not be fetched.
    Failed(Fault),
}

#[derive(Clone)]
struct Entry {
    fetched: Timestamp,
    access: Access,
}

impl Entry {
    /// A clock that was set back makes nothing fresh.
    fn is_fresh(&self, now: Timestamp) -> bool {
        let holds = match &self.access {
            Access::Rules(_) => DAY,
            Access::Closed(..) => ERROR,
            Access::Failed(_) => FAILURE,
        };
        let age = now.duration_since(self.fetched);
        !age.is_negative() && age < holds
    }
}

/// What robots.txt says of a page.
pub(super) struct Verdict {
    /// The pause that it asks for, capped.
    pub(super) delay: Duration,
    /// Why the page may not be asked for, and a pause that was asked for with it.
    pub(super) closed: Option<(Fault, Option<(Timestamp, bool)>)>,
}

type Cell = Arc<tokio::sync::Mutex<Option<Entry>>>;

/// What is known of each origin.
#[derive(Default)]
pub(super) struct Cache {
    origins: Mutex<HashMap<String, Cell>>,
}

impl Cache {
    /// Asks an origin's rules about a page, fetching them first where needed. Looks at one origin wait for one
    /// fetch. Its time is its own, not the page's.
    pub(super) async fn ask(&self, wire: &Wire, url: &Url, request: &Request) -> Verdict {
        let cell = self.cell(&url.origin().ascii_serialization(), wire.now());
        let mut entry = cell.lock().await;
        let access = if let Some(known) = entry.as_ref().filter(|e| e.is_fresh(wire.now())) {
            known.access.clone()
        } else {
            let access = fetch(wire, url, request).await;
            *entry = Some(Entry { fetched: wire.now(), access: access.clone() });
            access
        };
        drop(entry);
        access.verdict(url)
    }

    fn cell(&self, origin: &str, now: Timestamp) -> Cell {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cell) = origins.get(origin) {
            return Arc::clone(cell);
        }
        if origins.len() >= MANY {
            origins.retain(|_, cell| {
                cell.try_lock().map_or(true, |entry| entry.as_ref().is_some_and(|e| e.is_fresh(now)))
            });
        }
        Arc::clone(origins.entry(origin.to_owned()).or_default())
    }

    /// The rules known now.
    pub(super) fn kept(&self) -> Vec<KeptRobots> {
        let origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        let mut kept: Vec<_> = origins
            .iter()
            .filter_map(|(origin, cell)| {
                let entry = cell.try_lock().ok()?;
                let Some(Entry { fetched, access: Access::Rules(robots) }) = entry.as_ref() else {
                    return None;
                };
                Some(KeptRobots { origin: origin.clone(), fetched: *fetched, rules: write(robots) })
            })
            .collect();
        kept.sort_unstable_by(|a, b| a.origin.cmp(&b.origin));
        kept
    }

    /// Takes over rules kept by an earlier run; each holds a day from when it was fetched.
    pub(super) fn seed(&self, kept: impl IntoIterator<Item = KeptRobots>) {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        for KeptRobots { origin, fetched, rules } in kept {
            let access = Access::Rules(Arc::new(Robots::parse(rules.as_bytes(), AGENT)));
            origins.insert(origin, Arc::new(tokio::sync::Mutex::new(Some(Entry { fetched, access }))));
        }
    }
}

impl Access {
    fn verdict(self, url: &Url) -> Verdict {
        let none = Duration::ZERO;
        match self {
            Self::Rules(robots) => {
                let delay = robots.crawl_delay().unwrap_or_default().min(LONGEST_DELAY);
                if robots.is_url_allowed(url) {
                    return Verdict { delay, closed: None };
                }
                let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
                let rule = robots.matching_rule(path).map_or("", |rule| rule.pattern());
                let fault = Fault::new(Why::Robots, &format!("robots.txt says \"Disallow: {rule}\""));
                Verdict { delay, closed: Some((fault, None)) }
            }
            Self::Closed(fault, pause) => Verdict { delay: none, closed: Some((fault, pause)) },
            Self::Failed(fault) => Verdict { delay: none, closed: Some((fault, None)) },
        }
    }
}

async fn fetch(wire: &Wire, url: &Url, request: &Request) -> Access {
    let Ok(mut url) = robotxt::robots_url(url) else { return rules(b"") };
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
            Err(_) => return rules(b""),
        }
    }
    rules(b"")
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
        200..=299 => rules(&decoded(hop)),
        429 | 500..=599 => {
            let why = if hop.status == 429 { Why::HttpError } else { Why::Robots };
            let fault = Fault::new(why, &format!("robots.txt answered {}", hop.status));
            Access::Closed(fault.with_status(hop.status), after::pause_asked(hop, now))
        }
        _ => rules(b""),
    }
}

fn rules(text: &[u8]) -> Access {
    Access::Rules(Arc::new(Robots::parse(text, AGENT)))
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

/// The rules of a parsed file as a file.
fn write(robots: &Robots) -> String {
    let rules = robots.rules().iter().map(|rule| {
        let kind = if rule.is_allow() { "Allow" } else { "Disallow" };
        format!("{kind}: {}", rule.pattern())
    });
    let delay = robots.crawl_delay().map(|delay| format!("Crawl-delay: {}", delay.as_secs_f64()));
    let lines: Vec<_> = std::iter::once(format!("User-agent: {AGENT}")).chain(rules).chain(delay).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(text: &str, path: &str) -> bool {
        let url = Url::parse("https://wantsum.example").unwrap().join(path).unwrap();
        rules(text.as_bytes()).verdict(&url).closed.is_none()
    }

    #[test]
    fn the_longest_rule_wins_and_the_own_group_goes_before_the_others() {
        let text =
            "User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nDisallow: /news/\nAllow: /news/notice$\n";
        assert!(allowed(text, "/about"));
        assert!(allowed(text, "/news/notice"));
        assert!(!allowed(text, "/news/notice?page=2"));
        assert!(!allowed("User-agent: *\nDisallow: /a\nUser-agent: other\nAllow: /", "/a/b"));
        assert!(allowed("<html>Not found</html>", "/"));
    }

    #[test]
    fn rules_are_the_same_after_they_were_kept() {
        let cache = Cache::default();
        let text = "User-agent: *\nCrawl-delay: 2.5\nDisallow: /a\nAllow: /a/b\nDisallow: /*.pdf$\nDisallow: /h%23\n";
        let Access::Rules(before) = rules(text.as_bytes()) else { panic!("no rules") };
        let (origin, fetched) = ("https://wantsum.example".to_owned(), Timestamp::UNIX_EPOCH);
        cache.seed([KeptRobots { origin, fetched, rules: write(&before) }]);
        let kept = cache.kept();
        assert_eq!(kept.len(), 1);
        let after = Robots::parse(kept[0].rules.as_bytes(), AGENT);
        assert_eq!((after.rules(), after.crawl_delay()), (before.rules(), before.crawl_delay()));
    }

    #[test]
    fn rules_hold_a_day_and_failures_a_minute() {
        let (at, hour) = (Timestamp::UNIX_EPOCH, SignedDuration::from_hours(1));
        let entry = |access| Entry { fetched: at, access };
        assert!(entry(rules(b"")).is_fresh(at + hour * 23));
        assert!(!entry(rules(b"")).is_fresh(at + hour * 24));
        assert!(!entry(rules(b"")).is_fresh(at - hour));
        assert!(!entry(Access::Failed(Fault::new(Why::Dns, ""))).is_fresh(at + hour));
    }
}
