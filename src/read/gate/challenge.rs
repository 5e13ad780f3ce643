//! Pages of a guard before the site: asking for proof that a person is looking, or refusing this program.
//!
//! Known by their marks in headers and source, which a statement never has, and only where there is little else on
//! the page: guards leave scripts of theirs in pages that they let through, too.

use super::{super::Refusal, Sight};
use crate::model::{Hop, Why};

/// Marks in a page's source that say by themselves what it is.
const SURE: [(&str, &str); 17] = [
    ("_cf_chl_opt", "Cloudflare's challenge"),
    ("cf-browser-verification", "Cloudflare's challenge"),
    ("cf_chl_captcha", "Cloudflare's challenge"),
    ("id=\"cf-error-details\"", "Cloudflare's refusal"),
    ("/_Incapsula_Resource?CWUDNSAI", "Incapsula's challenge"),
    ("Incapsula incident ID", "Incapsula's refusal"),
    ("/_sec/cp_challenge/", "Akamai's challenge"),
    ("sec-if-cpt-container", "Akamai's challenge"),
    ("errors.edgesuite.net", "Akamai's refusal"),
    ("captcha-delivery.com", "DataDome's challenge"),
    ("px-captcha", "PerimeterX's challenge"),
    ("sucuri_cloudproxy_js", "Sucuri's challenge"),
    ("Sucuri WebSite Firewall", "Sucuri's refusal"),
    ("AwsWafIntegration", "AWS WAF's challenge"),
    ("anubis_challenge", "Anubis' challenge"),
    ("ddos-guard/js-challenge", "DDoS-Guard's challenge"),
    ("distil_r_captcha", "Distil's challenge"),
];

/// Marks that guards also leave in pages they let through: they count with a title of `TITLES`, or without words.
const WEAK: [(&str, &str); 6] = [
    ("/cdn-cgi/challenge-platform/", "Cloudflare"),
    ("/_Incapsula_Resource", "Incapsula"),
    ("awswaf.com", "AWS WAF"),
    ("challenges.cloudflare.com", "Cloudflare"),
    ("www.google.com/recaptcha", "a captcha"),
    ("hcaptcha.com", "a captcha"),
];

/// Titles of guards' pages, whole, in lower case.
const TITLES: [&str; 14] = [
    "just a moment...",
    "just a moment…",
    "attention required! | cloudflare",
    "access denied",
    "pardon our interruption",
    "request rejected",
    "ddos-guard",
    "checking your browser",
    "human verification",
    "security check",
    "one moment, please...",
    "verifying you are human",
    "403 forbidden",
    "bot verification",
];

/// A page with more words than this is no guard's.
const FEW_WORDS: usize = 220;

/// Refuses what a guard says in its headers.
///
/// # Errors
/// `blocked`.
pub(super) fn headers(answer: &Hop) -> Result<(), Refusal> {
    let is = |name, values: &[&str]| {
        answer.header(name).filter(|v| values.iter().any(|w| v.eq_ignore_ascii_case(w)))
    };
    let seen = is("cf-mitigated", &["challenge", "block"])
        .map(|v| format!("header cf-mitigated: {v}"))
        .or_else(|| {
            is("x-amzn-waf-action", &["challenge", "captcha"])
                .map(|v| format!("header x-amzn-waf-action: {v}"))
        });
    seen.map_or(Ok(()), |evidence| Err(Refusal::new(Why::Blocked, evidence)))
}

/// The guard whose sure mark a source has.
pub(in crate::read) fn marked(source: &str) -> Option<&'static str> {
    SURE.iter().find(|(mark, _)| source.contains(mark)).map(|(_, name)| *name)
}

/// Refuses a guard's page.
///
/// # Errors
/// `blocked`.
pub(super) fn page(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    let words = sight.words();
    if words > FEW_WORDS {
        return Ok(());
    }
    let source = sight.decoded.text.as_str();
    let shell = sight.links() < 8;
    if let Some(name) = shell.then(|| marked(source)).flatten() {
        return Err(Refusal::new(Why::Blocked, format!("the page is {name}")));
    }
    let title = sight.about.full_title.trim().to_lowercase();
    let titled = TITLES.contains(&title.as_str());
    if !titled && words > 0 || !shell {
        return Ok(());
    }
    let weak = WEAK.iter().find(|(mark, _)| source.contains(mark)).map(|(_, name)| *name);
    let refused = [
        "You don't have permission to access",
        "The requested URL was rejected",
        "support ID is",
        "enable JavaScript and cookies",
    ];
    let said = refused.iter().find(|s| source.contains(**s)).copied();
    match weak.or(said) {
        Some(seen) => {
            Err(Refusal::new(Why::Blocked, format!("a page titled {title:?} with marks of {seen:?}")))
        }
        None => Ok(()),
    }
}
