//! Pages that say, at status 200, that there is nothing here: "page not found", "server error", "down for
//! maintenance"; and redirects that end at the site's start or at a list.
//!
//! Several weak signs together refuse; the wording of a title, a heading or a sentence alone never does. Welsh and
//! French say it in their own words.

use super::{super::Refusal, super::about, super::marks::Marks, Sight};
use crate::model::{Why, fold};

/// What an error page calls itself.
const NOT_FOUND: [&str; 34] = [
    "not found",
    "page cannot be found",
    "page can't be found",
    "page could not be found",
    "page couldn't be found",
    "page cannot be displayed",
    "page was not found",
    "page wasn't found",
    "can't find that page",
    "cannot find that page",
    "can't find the page",
    "cannot find the page",
    "couldn't find that page",
    "could not find that page",
    "couldn't find the page",
    "could not find the page",
    "can't find this page",
    "page does not exist",
    "page doesn't exist",
    "page no longer exists",
    "page is no longer available",
    "page is not available",
    "page isn't available",
    "page is missing",
    "page missing",
    "page has moved or",
    "nothing was found",
    "no page here",
    "error 404",
    "404 error",
    "tudalen heb ei chanfod",
    "dod o hyd i'r dudalen",
    "page introuvable",
    "page n'existe pas",
];
const BROKEN: [&str; 19] = [
    "server error",
    "runtime error",
    "internal error",
    "bad gateway",
    "gateway timeout",
    "gateway time-out",
    "service unavailable",
    "request failed",
    "an error has occurred",
    "an error occurred",
    "application error",
    "database error",
    "error establishing a database connection",
    "something went wrong",
    "unexpected error",
    "technical difficulties",
    "error 500",
    "gwall gweinydd",
    "erreur interne",
];
const MAINTENANCE: [&str; 21] = [
    "site maintenance",
    "website maintenance",
    "under maintenance",
    "down for maintenance",
    "undergoing maintenance",
    "maintenance mode",
    "scheduled maintenance",
    "planned maintenance",
    "essential maintenance",
    "in maintenance",
    "closed for maintenance",
    "being updated",
    "be back soon",
    "be right back",
    "back shortly",
    "back soon",
    "temporarily unavailable",
    "temporarily offline",
    "gwaith cynnal a chadw",
    "cynnal a chadw",
    "en maintenance",
];
/// The words around those that leave a title an error page's title.
const FILLERS: [&str; 45] = [
    "the",
    "a",
    "an",
    "this",
    "that",
    "page",
    "file",
    "document",
    "content",
    "item",
    "url",
    "resource",
    "requested",
    "you",
    "your",
    "we",
    "we're",
    "we'll",
    "is",
    "was",
    "are",
    "has",
    "be",
    "to",
    "for",
    "of",
    "sorry",
    "oops",
    "whoops",
    "uh",
    "oh",
    "error",
    "404",
    "500",
    "503",
    "http",
    "status",
    "code",
    "our",
    "website",
    "site",
    "currently",
    "looking",
    "requested",
    "but",
];

/// The most words that a page has which says only that there is nothing here.
const FEW_WORDS: usize = 180;
/// The weight of signs that refuses.
const ENOUGH: u32 = 4;

/// Refuses an error or maintenance page served as a good one.
///
/// # Errors
/// `soft-404`, `http-error`, `maintenance`.
pub(super) fn page(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    if sight.words() > FEW_WORDS {
        return Ok(());
    }
    let (title, heading) = (&sight.about.full_title, &sight.about.heading);
    let first = sight.blocks.first().map_or("", |b| b.text.as_str());
    let body = || sight.blocks.iter().take(8).map(|b| fold(&b.text)).collect::<Vec<_>>().join("\n");
    for (why, phrases) in
        [(Why::Soft404, &NOT_FOUND[..]), (Why::HttpError, &BROKEN[..]), (Why::Maintenance, &MAINTENANCE[..])]
    {
        // Each sign with its weight.
        let mut signs: Vec<(u32, String)> = Vec::new();
        if about::parts(title).any(|part| is_all(part, phrases)) {
            signs.push((2, format!("title {title:?}")));
        }
        let headed = if heading.is_empty() { first } else { heading };
        if is_all(headed, phrases) {
            signs.push((2, format!("heading {headed:?}")));
        }
        if signs.is_empty() {
            continue;
        }
        signs.extend(excuse(&body(), why).map(|words| (2, format!("{words:?}"))));
        signs.extend(self_named(sight, why).map(|mark| (1, mark)));
        // Only what says no more than that can be an error page.
        if sight.words() <= 60 {
            signs.push((1, format!("{} words", sight.words())));
        }
        if why != Why::Soft404 && speaks_of_an_incident(sight) {
            continue;
        }
        if why == Why::Maintenance && sight.links() > 12 {
            // A page of the site as always, menu and all: a notice of maintenance, not a sign on the door.
            continue;
        }
        if signs.iter().map(|s| s.0).sum::<u32>() >= ENOUGH {
            return Err(Refusal::new(why, signs.into_iter().map(|s| s.1).collect::<Vec<_>>().join("; ")));
        }
    }
    Ok(())
}

/// Whether it says what no error page says: in an incident's first days the page that stands in for the site is often the
/// only statement there is.
fn speaks_of_an_incident(sight: &Sight<'_, '_>) -> bool {
    const SAID: [&str; 14] = [
        "cyber attack",
        "cyber-attack",
        "cyberattack",
        "cyber incident",
        "cyber security incident",
        "ransomware",
        "was attacked",
        "were attacked",
        "attack on",
        "data breach",
        "been stolen",
        "been hacked",
        "seiber",
        "cyberattaque",
    ];
    // A link to what is said elsewhere says nothing of this page.
    sight.blocks.iter().filter(|block| !block.all_links).any(|block| {
        let text = fold(&block.text);
        SAID.iter().any(|words| text.contains(words))
    })
}

/// Whether a text says one of the phrases and next to nothing else.
fn is_all(text: &str, phrases: &[&str]) -> bool {
    if text.len() > 160 {
        return false;
    }
    let key = fold(text);
    let Some(phrase) = phrases.iter().find(|p| key.contains(**p)) else {
        // A number alone is an error's, where it is that of a page that is not there.
        return key.trim_matches(['.', '!', ' ']) == "404" && phrases.first() == NOT_FOUND.first();
    };
    let rest = key.replacen(phrase, " ", 1);
    let more = rest
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty() && !FILLERS.contains(w))
        .count();
    more <= 1
}

/// What such a page says to the visitor.
fn excuse(body: &str, why: Why) -> Option<&'static str> {
    const ABSENT: [&str; 28] = [
        "page doesn't exist",
        "page does not exist",
        "may have been archived",
        "may have been deleted",
        "page you are looking for",
        "page you were looking for",
        "page you're looking for",
        "page you requested",
        "page you have requested",
        "page you tried to",
        "page you are trying to",
        "you typed the",
        "typed the web address",
        "check the web address",
        "check the address",
        "check the url",
        "mistyped",
        "may have been moved",
        "may have moved",
        "might have been moved",
        "has been moved or deleted",
        "has been removed or",
        "no longer exists",
        "use the search",
        "try searching",
        "back to the home",
        "go to the home",
        "broken link",
    ];
    const BROKE: [&str; 9] = [
        "try again later",
        "please try again",
        "stack trace",
        "contact the administrator",
        "contact your system administrator",
        "error log",
        "could not be processed",
        "unable to process",
        "unable to retrieve",
    ];
    const CLOSED: [&str; 10] = [
        "back soon",
        "back shortly",
        "try again later",
        "come back later",
        "check back",
        "apologise for any inconvenience",
        "sorry for any inconvenience",
        "be back",
        "normal service",
        "maintenance",
    ];
    let list: &[&str] = match why {
        Why::Soft404 => &ABSENT,
        Why::HttpError => &BROKE,
        _ => &CLOSED,
    };
    list.iter().find(|w| body.contains(**w)).copied()
}

/// Where a page's markup or address calls it an error page.
fn self_named(sight: &Sight<'_, '_>, why: Why) -> Option<String> {
    let page = sight.page;
    if why == Why::Maintenance {
        return None;
    }
    if let Some(i) = (0..page.nodes.len()).find(|i| page.get(*i).marks.any(Marks::ERROR_PAGE)) {
        return Some(format!("element {}", page.selector(i)));
    }
    if why != Why::Soft404 {
        return None;
    }
    let landed = sight.capture.landed().path().to_ascii_lowercase();
    ["404", "not-found", "notfound", "error"]
        .iter()
        .find(|p| landed.contains(**p))
        .map(|p| format!("address with {p:?}"))
}

/// Words of maintenance in the body of an error answer.
pub(super) fn says_maintenance(body: &str) -> Option<&'static str> {
    let start = super::super::clip(body, 20_000).to_lowercase();
    MAINTENANCE.iter().find(|p| start.contains(**p)).copied()
}

/// Refuses a redirect that ended at the site's start, or at a list above the address that was asked.
///
/// # Errors
/// `redirected`, `listing`.
pub(super) fn redirected(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    let capture = sight.capture;
    if capture.redirects.is_empty() {
        return Ok(());
    }
    let asked = steps(capture.asked());
    let landed = steps(capture.landed());
    let evidence = || format!("{} leads to {}", capture.asked(), capture.landed());
    if asked.len() >= 2 && landed.is_empty() && capture.landed().query().is_none() {
        return Err(Refusal::new(Why::Redirected, evidence()));
    }
    if !landed.is_empty() && landed.len() < asked.len() && asked.starts_with(&landed) {
        return Err(Refusal::new(Why::Listing, evidence()));
    }
    Ok(())
}

/// The steps of an address' path, without the names that servers give to a folder's own page.
fn steps(url: &url::Url) -> Vec<String> {
    let mut steps: Vec<String> = url
        .path_segments()
        .into_iter()
        .flatten()
        .filter(|s| !s.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let own =
        |s: &String| s.starts_with("index.") || s.starts_with("default.") || s == "index" || s == "home";
    if steps.last().is_some_and(own) {
        steps.pop();
    }
    steps
}
