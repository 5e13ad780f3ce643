//! Pages of a guard before the site: asking for proof that a person is looking, or refusing this program.
//!
//! Known by their marks in headers and source, which a statement never has, and only where there is little else on
//! the page: guards leave scripts of theirs in pages that they let through, too.

use crate::{
    model::Why,
    read::{
        cues,
        gate::{after::sight::Sight, guards},
        html::about,
        reading::Refusal,
    },
    text::fold,
};

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
const TITLES: [&str; 17] = [
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
    "429 too many requests",
    "too many requests",
    "captcha",
];

/// A page with more words than this is no guard's.
const FEW_WORDS: usize = 220;

/// A refusal has no more words than its title and a server's name.
const SIGNED: usize = 5;
/// Nor has a page that asks for nothing but a name.
const ASKS_NAME: usize = 12;
/// What a guard says is short.
const FEW_SAID: usize = 60;

/// Whether a page does nothing but ask who is there: a name for it, and a field for a password.
fn signs_in(sight: &Sight<'_, '_>, words: usize) -> Option<String> {
    const NAMES: [&str; 9] = [
        "you need to log in to view this page",
        "sign in",
        "log in",
        "login",
        "sign in to your account",
        "mewngofnodi",
        "connexion",
        "se connecter",
        "please log in",
    ];
    let page = sight.page;
    let is_one = |text: &str| NAMES.contains(&fold(text).as_str());
    let named = is_one(&sight.about.heading) || about::parts(&sight.about.full_title).any(is_one);
    // Some ask for the name first, on a page of its own.
    let asked = |kind: &str| {
        kind.eq_ignore_ascii_case("password") || words <= ASKS_NAME && kind.eq_ignore_ascii_case("email")
    };
    let field = || (0..page.nodes.len()).find(|i| page.attr(*i, "type").is_some_and(asked));
    // What happened may be told on the very page where one signs in.
    let tells = sight
        .blocks
        .iter()
        .chain(sight.banner)
        .any(|b| cues::has_cue(&b.text) && b.text.trim_end().ends_with('.'));
    let field = if named && words <= FEW_SAID && !tells { field() } else { None };
    field.map(|i| format!("a page to sign in, with {}", page.selector(i)))
}

/// What guards say to a visitor, where the page is called so or carries the number of a refusal: statements may say any
/// of it in passing.
fn says(sight: &Sight<'_, '_>, title: &str, words: usize) -> Option<String> {
    const SAID: [&str; 15] = [
        "switch to an account with access",
        "permission to view this article",
        "not available in your region",
        "not available in your country",
        "from your country is not",
        "not authorized to access",
        "not authorised to access",
        "complete the security check",
        "sent too many requests",
        "security plugin installed",
        "blocked by the barracuda",
        "made us think that you are a bot",
        "blocked by our security service",
        "verify you are human",
        "country where we restrict access",
    ];
    const NUMBERS: [&str; 7] = [
        "your ip",
        "client ip",
        "event id",
        "incident id",
        "ray id",
        "block reason",
        "needs to review the security",
    ];
    let page = || sight.blocks.iter().map(|b| fold(&b.text)).collect::<Vec<_>>().join("\n");
    let text = if words <= FEW_WORDS { page() } else { return None };
    let said = SAID.iter().find(|said| text.contains(**said))?;
    let called = words <= FEW_SAID && TITLES.iter().any(|t| about::parts(title).any(|part| part == *t));
    let heading = fold(&sight.about.heading);
    let headed = words <= FEW_SAID
        && [
            "not available in your region",
            "access denied",
            "you need access",
            "authorized to access",
            "authorised to access",
        ]
        .iter()
        .any(|h| heading.contains(h));
    let second = NUMBERS.iter().find(|number| text.contains(**number)).copied();
    let second = second.or(called.then_some(title)).or(headed.then_some(heading.as_str()))?;
    Some(format!("says {said:?}, with {second:?}"))
}

/// Refuses a guard's page.
///
/// # Errors
/// `blocked`.
pub(super) fn page(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    let words = sight.words;
    if words > FEW_WORDS {
        return Ok(());
    }
    let source = sight.decoded.text.as_str();
    let shell = sight.links() < 8;
    if let Some(name) = shell.then(|| guards::marked(source)).flatten() {
        return Err(Refusal::new(Why::Blocked, format!("the page is {name}")));
    }
    let title = sight.about.full_title.trim().to_lowercase();
    let titled = TITLES.contains(&title.as_str());
    if titled && words <= SIGNED {
        return Err(Refusal::new(Why::Blocked, format!("{words} words under the title {title:?}")));
    }
    if let Some(evidence) = signs_in(sight, words) {
        return Err(Refusal::new(Why::Blocked, evidence));
    }
    if let Some(evidence) = says(sight, &title, words) {
        return Err(Refusal::new(Why::Blocked, evidence));
    }
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
