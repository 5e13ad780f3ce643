//! What a page says of itself: title, language, address.
//!
//! Not here: its dates (`dates`).

use url::Url;

use crate::read::html::{
    dom::{Page, Tag},
    links,
};

/// What a page says of itself.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct About {
    /// The title, without the site's name where that could be told apart.
    pub(in crate::read) title: Option<String>,
    /// The whole `title` element.
    pub(in crate::read) full_title: String,
    /// The words of the page's heading.
    pub(in crate::read) heading: String,
    /// The language claimed, as a BCP 47 tag.
    pub(in crate::read) language: Option<String>,
    /// The address that it calls its own.
    pub(in crate::read) canonical: Option<String>,
}

/// The most bytes of a title that are kept.
const LONGEST: usize = 300;

/// Looks at a page's head and heading.
pub(in crate::read) fn describe(page: &Page<'_>, h1: Option<usize>, base: &Url) -> About {
    let first = |want: &dyn Fn(usize) -> bool| (0..page.nodes.len()).find(|i| want(*i));
    let title = first(&|i| page.get(i).tag == Tag::Title);
    let full_title = title.map(|i| page.words(i, LONGEST)).unwrap_or_default();
    let heading = h1.map(|i| page.words(i, LONGEST)).unwrap_or_default();
    let site = page.meta("og:site_name").unwrap_or("");
    let language = first(&|i| page.get(i).tag == Tag::Html)
        .and_then(|i| page.attr(i, "lang").or_else(|| page.attr(i, "xml:lang")));
    let canonical = page.metas.iter().copied().find_map(|i| {
        let is = page.attr(i, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical"));
        is.then(|| page.attr(i, "href")).flatten().and_then(|h| links::address(base, h))
    });
    About {
        title: own(&full_title, &heading, site),
        full_title,
        heading,
        language: language.and_then(tag),
        canonical: canonical.filter(|c| c.starts_with("http")),
    }
}

fn tag(lang: &str) -> Option<String> {
    let lang = lang.trim();
    let plain =
        (2..=35).contains(&lang.len()) && lang.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain.then(|| lang.to_owned())
}

/// The parts of a title between the marks that sites put before their name.
pub(in crate::read) fn parts(title: &str) -> impl Iterator<Item = &str> {
    title
        .split(['|', '»', '«', '·', '•', '—'])
        .flat_map(|p| p.split(" - "))
        .flat_map(|p| p.split(" – "))
        .flat_map(|p| p.split(" :: "))
        .map(str::trim)
        .filter(|p| !p.is_empty())
}

fn own(title: &str, heading: &str, site: &str) -> Option<String> {
    let same = |a: &str, b: &str| !a.is_empty() && a.to_lowercase() == b.to_lowercase();
    let part = parts(title).find(|p| same(p, heading));
    let without = || {
        let rest = title.strip_suffix(site)?.trim_end_matches([' ', '|', '-', '–', '—', ':', '»', '·', '•']);
        (!site.is_empty() && !rest.is_empty()).then_some(rest)
    };
    let found = part.or_else(without).unwrap_or(title).trim();
    let found = if found.is_empty() { heading } else { found };
    (!found.is_empty()).then(|| found.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_name_is_told_apart() {
        assert_eq!(
            own("Flood at Quay Lane - News | Wantsum Council", "Flood at Quay Lane", "").unwrap(),
            "Flood at Quay Lane"
        );
        assert_eq!(own("Flood warnings | Wantsum Council", "", "Wantsum Council").unwrap(), "Flood warnings");
        assert_eq!(own("Bins - what goes where", "Recycling", "").unwrap(), "Bins - what goes where");
    }
}
