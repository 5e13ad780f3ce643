//! Places on a page that other rules ask for: its heading, where a skip link leads, what its controls open.
//!
//! Not here: what is left out (`rules`).

use rustc_hash::FxHashSet;

use crate::read::{
    cues::names_an_incident,
    html::{
        about,
        consent::{self, Place},
        dom::{Page, Tag},
        hints::Hints,
    },
};

/// The page's own heading: of several `h1` the first that is not the site's name.
pub(super) fn heading(page: &Page<'_>) -> Option<usize> {
    let all =
        || page.nodes.iter().enumerate().filter(|(_, n)| n.tag == Tag::Heading(1)).map(|(i, _)| i).take(16);
    let worded = |i: &usize| page.within(*i).any(|k| !page.get(k).text.trim().is_empty());
    let own = |i: &usize| {
        let home = page.within(*i).any(|k| {
            page.get(k).tag == Tag::A
                && page.attr(k, "href").is_some_and(|h| {
                    let path = h
                        .split_once("://")
                        .map_or(h, |(_, rest)| rest.find('/').map_or("/", |s| rest.get(s..).unwrap_or("/")));
                    matches!(path, "/" | "/home" | "/index.html" | "./" | "")
                })
        });
        let site = std::iter::once(*i)
            .chain(page.ancestors(*i).take(3))
            .any(|k| page.get(k).hints.any(Hints::CONSENT | Hints::DIALOG) || page.get(k).tag == Tag::Nav);
        !home && !site && !page.get(*i).hints.any(Hints::HIDDEN.with(Hints::FADED))
    };
    let in_head = |i: &usize| {
        page.ancestors(*i).any(|k| page.get(k).hints.any(Hints::HEAD) && !page.get(k).hints.any(Hints::MAIN))
            && page.ancestors(*i).any(|k| page.get(k).tag == Tag::Header)
    };
    let good: Vec<usize> = all().filter(worded).filter(own).collect();
    // What the title says too is the page's own; a greeting in a box is not.
    let title =
        page.nodes.iter().position(|n| n.tag == Tag::Title).map_or_else(String::new, |i| page.words(i, 400));
    let title = title.to_lowercase();
    let titled = |i: &usize| {
        let words = page.words(*i, 400).to_lowercase();
        // A headline may hold a mark that parts others from the name of the site.
        let whole = || title.strip_prefix(&words).is_some_and(|rest| about::parts(rest).count() == 1);
        about::parts(&title).any(|part| part == words) || !words.is_empty() && whole()
    };
    let named = if good.len() > 1 { good.iter().copied().find(titled) } else { None };
    // A headline that only leads elsewhere is another page's, where one of the next rank says what the title says.
    let elsewhere = |i: &usize| leads_elsewhere(page, *i);
    let second = || {
        let seconds = page.nodes.iter().enumerate().filter(|(_, n)| n.tag == Tag::Heading(2)).map(|(i, _)| i);
        let long = |i: &usize| page.words(*i, 400).split(' ').nth(3).is_some();
        if !good.is_empty() && good.iter().all(elsewhere) {
            seconds.take(64).find(|i| long(i) && titled(i))
        } else {
            None
        }
    };
    // Without one of the first rank, the last of the second that says what the title says; the site's own name stands first.
    let only_second = || {
        let none = !all().any(|i| worded(&i));
        let seconds = page.nodes.iter().enumerate().filter(|(_, n)| none && n.tag == Tag::Heading(2));
        seconds.map(|(i, _)| i).take(64).filter(|i| worded(i) && own(i) && titled(i)).last()
    };
    named
        .or_else(only_second)
        .or_else(second)
        .or_else(|| good.iter().copied().find(|i| !in_head(i)))
        .or_else(|| good.first().copied())
}

/// Whether all words of a heading are a link to another site.
fn leads_elsewhere(page: &Page<'_>, h1: usize) -> bool {
    let mut until = h1;
    page.within(h1).all(|k| {
        let node = page.get(k);
        let outside = node.tag == Tag::A && page.attr(k, "href").is_some_and(|to| to.starts_with("http"));
        until = if outside { until.max(node.end) } else { until };
        node.tag != Tag::Text || k < until || node.text.trim().is_empty()
    })
}

/// Where the page's first "skip to content" leads.
pub(super) fn start(page: &Page<'_>) -> Option<usize> {
    let links = (0..page.nodes.len()).filter(|i| page.get(*i).tag == Tag::A).take(24);
    let id = links.filter_map(|i| {
        let id = page.attr(i, "href")?.strip_prefix('#').filter(|id| !id.is_empty())?;
        let words = page.words(i, 60).to_lowercase();
        (words.contains("content") || words.contains("cynnwys") || words.contains("contenu")).then_some(id)
    });
    let id = id.into_iter().next()?;
    (0..page.nodes.len()).find(|i| page.attr(*i, "id") == Some(id) || page.attr(*i, "name") == Some(id))
}

/// The boxes that ask for consent to cookies, whatever they are called: known by their words and a control, outside of what
/// the page has to say.
pub(super) fn consents<'p>(
    page: &'p Page<'_>,
    kept: &'p FxHashSet<usize>,
) -> impl Iterator<Item = usize> + 'p {
    /// Bytes of what is no request any more.
    const MOST: usize = 900;
    /// And of what is none yet.
    const SHORTEST: usize = 12;
    let speaks = |i: &usize| {
        let text = page.get(*i).text;
        // One search for both cases, and none in the white space that most texts of a page are.
        text.len() > SHORTEST && page.get(*i).tag == Tag::Text && text.contains("ookie")
    };
    let within = |i: usize| {
        let says = |a: usize| {
            matches!(page.get(a).tag, Tag::Main | Tag::Article)
                || page.get(a).hints.any(Hints::MAIN | Hints::ROLE_MAIN)
        };
        page.ancestors(i).any(says)
    };
    // Half of what a box says is about that.
    let about = |i: usize| {
        let texts = page.within(i).filter(|k| page.get(*k).tag == Tag::Text).map(|k| page.get(k).text.trim());
        texts.filter(|text| consent::is_about(text, Place::Beside)).map(str::len).sum::<usize>()
    };
    let is_box = move |i: &usize| {
        let words = page.words(*i, MOST + 1);
        !kept.contains(i)
            && !matches!(page.get(*i).tag, Tag::Body | Tag::Html)
            && words.len() <= MOST
            && about(*i) * 2 >= words.len()
            && !names_an_incident(&words)
    };
    let asks = move |i: usize| {
        let words = page.words(i, MOST).to_lowercase();
        let control = page.within(i).filter(|k| matches!(page.get(*k).tag, Tag::A | Tag::Button));
        let answers = |k: usize| {
            let words = page.words(k, 40).to_lowercase();
            consent::answers(Place::Beside).any(|answer| words.contains(answer))
        };
        consent::asks(&words, Place::Beside) && control.into_iter().any(answers)
    };
    (0..page.nodes.len())
        .filter(speaks)
        .filter(move |i| !within(*i))
        .filter_map(move |i| page.ancestors(i).take_while(&is_box).last())
        .filter(move |i| asks(*i))
}
