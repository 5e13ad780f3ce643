//! The feeds that a page offers beside itself, by its `link` elements.

use scraper::{Html, Selector};
use url::Url;

/// So many are told.
const MOST: usize = 8;

/// The addresses of the feeds, in the page's order, each once.
pub(in crate::read) fn feeds(markup: &str, base: &Url) -> Vec<String> {
    const KINDS: [&str; 4] =
        ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];
    let Ok(links) = Selector::parse("link[rel~='alternate'][type][href]") else { return Vec::new() };
    let page = Html::parse_document(markup);
    let mut found: Vec<String> = Vec::new();
    for link in page.select(&links) {
        let kind = link.attr("type").unwrap_or_default().to_ascii_lowercase();
        let address = link.attr("href").and_then(|href| super::links::address(base, href));
        let is_feed = KINDS.iter().any(|known| kind.starts_with(known));
        // WordPress offers a feed of comments on each page too.
        let of_comments = address.as_deref().is_some_and(|address| address.contains("/comments/"));
        found.extend(address.filter(|address| is_feed && !of_comments && !found.contains(address)));
        if found.len() >= MOST {
            break;
        }
    }
    found
}
