//! Pages without a statement's words: only a request for consent, only script, nothing.

use crate::{
    model::Why,
    read::{
        clip::clip,
        cues,
        gate::after::sight::Sight,
        html::{
            blocks::Raw,
            consent::{self, Place},
            dom::Tag,
            prescan::Prescanned,
        },
        reading::Refusal,
    },
    text::{fold, sentences},
};

/// Refuses a page that asks for consent before it shows anything.
///
/// # Errors
/// `consent-wall`.
pub(super) fn consent(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    let landed = sight.capture.landed();
    let host = landed.host_str().unwrap_or("");
    let away = !sight.capture.redirects.is_empty() && sight.capture.asked().host_str() != Some(host);
    if away && ["consent.", "cmp.", "privacy-gate.", "guce."].iter().any(|p| host.starts_with(p)) {
        return Err(Refusal::new(Why::ConsentWall, format!("redirected to {host}")));
    }
    if let Some(evidence) = asks_first(sight) {
        return Err(Refusal::new(Why::ConsentWall, evidence));
    }
    if !sight.blocks.is_empty() {
        return Ok(());
    }
    let page = sight.page;
    let asked = (0..page.nodes.len())
        .find(|i| sight.facts.rule(*i) == Some("consent") && !page.words(*i, 16).is_empty());
    match asked {
        Some(i) => Err(Refusal::new(
            Why::ConsentWall,
            format!("nothing but {}: {:?}", page.selector(i), page.words(i, 80)),
        )),
        None => Ok(()),
    }
}

/// Whether a page opens with a request for consent, and offers to accept it: what stands behind is not shown.
fn asks_first(sight: &Sight<'_, '_>) -> Option<String> {
    /// More words than this are no request, whatever they begin with.
    const MOST: usize = 300;
    /// A page with more links has a menu, and something behind it.
    const MENU: usize = 12;
    if sight.words > MOST || sight.links() > MENU {
        return None;
    }
    let first = sight.blocks.iter().take(2).map(|b| fold(&b.text)).collect::<Vec<_>>().join(" ");
    if !consent::asks(&first, Place::Wall) {
        return None;
    }
    let cut = |b: &Raw| -> Vec<String> {
        sentences::split(&b.text).into_iter().filter_map(|at| b.text.get(at).map(fold)).collect()
    };
    let said: Vec<String> = sight.blocks.iter().flat_map(cut).collect();
    // Most of the words are about that.
    // Google asks so, and goes on about what it offers.
    let named = fold(&sight.about.heading).starts_with("before you continue to ");
    let about: usize = said.iter().filter(|t| consent::is_about(t, Place::Wall)).map(String::len).sum();
    if !named && about * 2 < said.iter().map(String::len).sum()
        || !said.iter().any(|t| consent::names_cookies(t) || t.contains("tracking"))
        || !named && said.iter().any(|t| cues::names_an_incident(t) && !consent::names_cookies(t))
    {
        return None;
    }
    let page = sight.page;
    let offers = |i: &usize| {
        if !matches!(page.get(*i).tag, Tag::Button | Tag::A | Tag::Input) {
            return false;
        }
        let words = fold(&format!("{} {}", page.words(*i, 60), page.attr(*i, "value").unwrap_or_default()));
        consent::answers(Place::Wall).any(|accepts| words.trim().starts_with(accepts))
    };
    let control = (0..page.nodes.len()).find(offers)?;
    Some(format!("opens with {:?} and offers {}", clip(&first, 60), page.selector(control)))
}

/// What pages say that have nothing to show without script, in lower case.
const PLEASE: [&str; 11] = [
    "enable javascript",
    "javascript is required",
    "requires javascript",
    "javascript to run",
    "turn on javascript",
    "javascript enabled",
    "javascript is disabled",
    "need javascript",
    "sorry to interrupt",
    "loading",
    "please wait",
];

/// A shell's few words.
const FEW: usize = 24;
/// A plea for script is shorter than this, in bytes of markup; a page's words are longer.
const PLEA: usize = 1500;

/// Whether a page shows next to nothing, and says what it has to say to browsers without script.
pub(super) fn is_for_the_scriptless(source: &Prescanned, blocks: &[Raw]) -> bool {
    let words: usize = blocks.iter().map(|b| b.text.split(' ').count()).sum();
    !source.unwrapped && words <= FEW && source.noscript_bytes >= PLEA
}

/// Refuses a page without words, or with none but a plea for script.
///
/// # Errors
/// `needs-script` where there are scripts to put words in, else `empty`.
pub(super) fn words(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    let plea = |text: &str| {
        let key = fold(text);
        PLEASE.iter().find(|p| key.contains(**p)).copied()
    };
    let told = sight.words;
    let noscript = plea(&sight.source.noscript);
    if told == 0 {
        let scripts = sight.source.scripts;
        return Err(match (noscript, scripts) {
            (Some(words), _) => {
                Refusal::new(Why::NeedsScript, format!("no words but {words:?}, and {scripts} scripts"))
            }
            (None, 1..) if !sight.facts.has_words(sight.page) => {
                Refusal::new(Why::NeedsScript, format!("no words, and {scripts} scripts"))
            }
            _ => Refusal::new(Why::Empty, "the page has no words of its own"),
        });
    }
    // A shell's few words: all of them a plea, and script to go on with.
    if sight.source.scripts > 0 && told <= FEW && sight.blocks.len() <= 4 {
        let all = sight.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(" ");
        let rooted = (0..sight.page.nodes.len()).any(|i| {
            let own = sight.page.get(i).element.is_some_and(|e| e.name() == "app-root");
            own || matches!(
                sight.page.attr(i, "id"),
                Some("root" | "app" | "__next" | "__nuxt" | "react-root")
            )
        });
        let told = cues::names_an_incident(&all);
        if let Some(words) = plea(&all)
            .filter(|_| !told)
            .filter(|w| noscript.is_some() || rooted || !matches!(*w, "loading" | "please wait"))
        {
            return Err(Refusal::new(Why::NeedsScript, format!("no words but {words:?} ({all:?})")));
        }
    }
    // Fields that script was to fill in.
    let is_field = |text: &str| text.starts_with("{{") && text.ends_with("}}");
    let fields: usize =
        sight.blocks.iter().filter(|b| is_field(&b.text)).map(|b| b.text.split(' ').count()).sum();
    if let Some(block) = sight.blocks.iter().find(|b| is_field(&b.text)).filter(|_| fields * 4 >= told) {
        return Err(Refusal::new(Why::NeedsScript, format!("unfilled {:?}", block.text)));
    }
    Ok(())
}
