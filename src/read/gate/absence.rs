//! Pages that say, at status 200, that there is nothing here: "page not found", "server error", "down for
//! maintenance".
//!
//! Several weak signs together refuse; the wording of a title, a heading or a sentence alone never does. Welsh and
//! French say it in their own words.

mod words;

use super::{
    super::{Refusal, about, clip, marks::Marks},
    Sight,
};
use crate::model::{BlockKind, Why, fold};
use words::{ABSENT, BROKE, BROKEN, CLOSED, FILLERS, MAINTENANCE, NOT_FOUND, SAID};

/// The most words that a page has which says only that there is nothing here.
const FEW_WORDS: usize = 180;
/// A page with no more words than this has little to say.
const SHORT: usize = 60;
/// So many blocks may open such a page; the site's name is one.
const OPENING: usize = 3;
/// So many words below a heading may be a server's name.
const SIGNATURE: usize = 4;
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
    machine(sight)?;
    let body = || sight.blocks.iter().take(8).map(|b| fold(&b.text)).collect::<Vec<_>>().join("\n");
    for (why, phrases) in
        [(Why::Soft404, &NOT_FOUND[..]), (Why::HttpError, &BROKEN[..]), (Why::Maintenance, &MAINTENANCE[..])]
    {
        let excuse = excuse(&body(), why);
        let signs = signs(sight, why, phrases, excuse);
        let enough = signs.iter().map(|s| s.0).sum::<u32>() >= ENOUGH;
        if enough && !tells(sight, why, excuse.is_some()) {
            return Err(Refusal::new(why, signs.into_iter().map(|s| s.1).collect::<Vec<_>>().join("; ")));
        }
    }
    Ok(())
}

/// What speaks for an error page, each sign with its weight; none where neither the title nor the heading does.
fn signs(sight: &Sight<'_, '_>, why: Why, phrases: &[&str], excuse: Option<&str>) -> Vec<(u32, String)> {
    let (title, heading) = (&sight.about.full_title, &sight.about.heading);
    let mut signs = Vec::new();
    if about::parts(title).any(|part| is_all(part, phrases)) {
        signs.push((2, format!("title {title:?}")));
    }
    let first = sight.blocks.first().map_or("", |b| b.text.as_str());
    let opens = sight.blocks.iter().take(OPENING).map(|b| first_sentence(&b.text));
    let named = if heading.is_empty() { first } else { heading };
    let headed = std::iter::once(named)
        .chain(opens.filter(|_| sight.words() <= SHORT))
        .find(|text| is_all(text, phrases));
    signs.extend(headed.map(|headed| (2, format!("heading {headed:?}"))));
    // "Oops!" says nothing, and a page that says it first says little else.
    if signs.is_empty() && why == Why::Soft404 && excuse.is_some() && is_sigh(heading) {
        signs.push((1, format!("heading {heading:?}")));
    }
    if signs.is_empty() {
        return signs;
    }
    if excuse.is_none() && sight.words() <= words_of(headed.unwrap_or_default()) + SIGNATURE {
        signs.push((1, "nothing else".to_owned()));
    }
    signs.extend(excuse.map(|words| (2, format!("{words:?}"))));
    signs.extend(self_named(sight, why).map(|mark| (1, mark)));
    // Only what says no more than that can be an error page.
    if sight.words() <= SHORT {
        signs.push((1, format!("{} words", sight.words())));
    }
    signs
}

/// Whether a page has something to say, whatever it is called.
fn tells(sight: &Sight<'_, '_>, why: Why, excused: bool) -> bool {
    /// A page of the site as always, menu and all: a notice of maintenance, not a sign on the door.
    const MENU: usize = 12;
    // What stands below a heading and makes no excuse is what the page has to say.
    let below = || !excused && sight.words() > words_of(&sight.about.heading) + SIGNATURE;
    match why {
        Why::Soft404 => tells_when(sight),
        Why::Maintenance => {
            below() || speaks_of_an_incident(sight) || is_laid_out(sight) || sight.links() > MENU
        }
        _ => below() || speaks_of_an_incident(sight) || tells_when(sight),
    }
}

/// Refuses what a server wrote without anybody's words: a folder's files, where a program stopped.
fn machine(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    let first = sight.blocks.first().map_or_else(String::new, |b| fold(&b.text));
    let says = |words: &str| sight.blocks.iter().any(|b| fold(&b.text).contains(words));
    if first.starts_with("index of /") && says("parent directory") {
        return Err(Refusal::new(Why::Listing, format!("{first:?}, with a parent directory")));
    }
    if let Some(parked) =
        ["parked free, courtesy of", "this domain is parked"].into_iter().find(|words| says(words))
    {
        return Err(Refusal::new(Why::HttpError, format!("the address is for hire: {parked:?}")));
    }
    let stopped =
        first.starts_with("fatal error:") && (says("stack trace") || says("fatal error: uncaught "));
    if stopped || first.starts_with("server error in '/") {
        return Err(Refusal::new(Why::HttpError, format!("where a program stopped: {:?}", clip(&first, 60))));
    }
    Ok(())
}

/// Whether it says what no error page says: in an incident's first days the page that stands in for the site is often the
/// only statement there is.
fn speaks_of_an_incident(sight: &Sight<'_, '_>) -> bool {
    // A link to what is said elsewhere says nothing of this page.
    sight.blocks.iter().filter(|block| !block.all_links).any(|block| {
        let text = fold(&block.text);
        SAID.iter().any(|words| text.contains(words))
    })
}

fn words_of(text: &str) -> usize {
    text.split_whitespace().count()
}

/// A block's first sentence.
fn first_sentence(text: &str) -> &str {
    text.find(". ").and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Whether a heading is a sigh: "Oops!", "Are you lost?".
fn is_sigh(heading: &str) -> bool {
    let key = fold(heading);
    let mut words =
        key.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| FILLERS.contains(&word))
}

/// Whether it has parts with names, and lists: a notice, and not a sign on the door.
fn is_laid_out(sight: &Sight<'_, '_>) -> bool {
    let of = |kind| sight.blocks.iter().filter(|b| b.kind == kind && !b.all_links).count();
    of(BlockKind::Heading) > 1 && of(BlockKind::Item) > 1
}

/// Whether a sentence says on which day something was, "on 4 May": no error page does.
fn tells_when(sight: &Sight<'_, '_>) -> bool {
    const SENTENCE: usize = 6;
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let day = |word: &str| word.len() <= 2 && word.parse::<u8>().is_ok();
    let month = |word: &str| word.len() > 2 && MONTHS.iter().any(|m| word.starts_with(m));
    let dated = |text: &str| {
        let key = fold(text);
        let words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        words.len() >= SENTENCE && words.windows(3).any(|w| matches!(*w, ["on", d, m] if day(d) && month(m)))
    };
    sight.blocks.iter().filter(|block| !block.all_links).any(|block| dated(&block.text))
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
    let start = clip(body, 20_000).to_lowercase();
    MAINTENANCE.iter().find(|p| start.contains(**p)).copied()
}
