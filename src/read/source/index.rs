//! A page of links, or a map of a site, as the list of what on it is about the incident.
//!
//! A link is about it when its words, or those that stand with it until the next one, hold a term of the incident. Only links
//! to the list's own host count, and only the first so many. Not here: that they are followed (`engine`).

use std::collections::BTreeMap;

use url::Url;

use crate::{
    model::{BlockKind, ClaimedDate, DateSource, Memory, Recipe, Statement, Why},
    read::{
        html::fragment,
        reading::{Item, Refusal},
        source::list::{self, Listed},
    },
    text::{Term, fold},
};

/// So many links about the incident are followed, the first ones.
const MOST: usize = 100;
/// So many bytes that stand with a link are looked at.
const TEASER: usize = 600;

/// A link, and what stands with it.
#[derive(Default)]
struct Entry {
    words: String,
    teaser: String,
    date: Option<String>,
}

/// The links of a page that are about the incident; all, where there are no terms.
///
/// # Errors
/// `too-large`, `empty` for a page without any link.
pub(in crate::read) fn items(
    markup: &str,
    base: &Url,
    recipe: &Recipe,
    memory: &Memory,
) -> Result<Vec<Item>, Refusal> {
    let entries = if is_map(markup) { mapped(markup, base) } else { linked(markup, base, memory)? };
    if entries.is_empty() {
        return Err(Refusal::new(Why::Empty, "the page has no links"));
    }
    let terms = terms(recipe);
    let is_about = |entry: &Entry| holds(&terms, &format!("{} . {}", entry.words, entry.teaser));
    let found = entries.into_iter().filter(|(_, entry)| is_about(entry)).take(MOST);
    let found = found.map(|(address, entry)| {
        let dates = entry.date.into_iter().map(|text| ClaimedDate {
            source: DateSource::Entry,
            modified: true,
            value: Some(text.clone()),
            text,
        });
        let statement = Statement {
            title: Some(entry.words),
            canonical: Some(address.clone()),
            dates: dates.collect(),
            ..Statement::default()
        };
        Listed { key: list::key(&address), statement: list::headed(statement), ages: true }
    });
    Ok(list::items(None, None, found))
}

/// Of a feed's items those that are about the incident, and the list of them.
pub(in crate::read) fn about(items: Vec<Item>, recipe: &Recipe) -> Vec<Item> {
    let terms = terms(recipe);
    let title = items.first().and_then(|list| list.statement.title.clone());
    let about = |item: &Item| {
        let text =
            item.statement.content.iter().map(crate::model::Block::text).collect::<Vec<_>>().join(" . ");
        !item.key.is_whole() && holds(&terms, &text)
    };
    let found = items.into_iter().filter(about).take(MOST);
    list::items(title, None, found.map(|Item { key, statement, ages }| Listed { key, statement, ages }))
}

fn terms(recipe: &Recipe) -> Vec<Term> {
    recipe.terms.iter().map(|term| Term::new(term)).collect()
}

/// Whether a text holds one of the terms; where there are none, every text is about the incident.
fn holds(terms: &[Term], text: &str) -> bool {
    let folded = fold(text);
    terms.is_empty() || terms.iter().any(|term| term.is_in(text, &folded))
}

/// Whether some markup is a sitemap (sitemaps.org).
pub(in crate::read) fn is_map(markup: &str) -> bool {
    let head = markup.get(..markup.len().min(4096)).unwrap_or(markup);
    head.contains("<urlset")
}

/// The links of a page in their order, each with its longest words and what stands with it.
fn linked(markup: &str, base: &Url, memory: &Memory) -> Result<Vec<(String, Entry)>, Refusal> {
    let blocks = fragment::listed(markup, base, memory)?;
    let mut order: Vec<String> = Vec::new();
    let mut found: BTreeMap<String, Entry> = BTreeMap::new();
    let mut last: Option<String> = None;
    for block in &blocks {
        let text = block.text();
        let links = block.sentences.iter().flat_map(|sentence| &sentence.links);
        let own: Vec<_> = links.filter(|link| is_near(&link.address, base)).collect();
        for link in &own {
            if !found.contains_key(&link.address) {
                order.push(link.address.clone());
            }
            let entry = found.entry(link.address.clone()).or_default();
            if link.words.len() > entry.words.len() {
                entry.words.clone_from(&link.words);
            }
        }
        // What stands beside several links is about none of them.
        let of = match own.as_slice() {
            [one] => Some(one.address.clone()),
            [] if block.kind != BlockKind::Heading => last.clone(),
            _ => None,
        };
        if let Some(entry) = of.as_ref().and_then(|address| found.get_mut(address))
            && entry.teaser.len() < TEASER
        {
            entry.teaser.push(' ');
            entry.teaser.push_str(&text);
        }
        last = of;
    }
    Ok(order.into_iter().filter_map(|address| found.remove_entry(&address)).collect())
}

/// Whether an address is another page of the same site.
fn is_near(address: &str, base: &Url) -> bool {
    let bare = |url: &Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    Url::parse(address).is_ok_and(|url| {
        let web = matches!(url.scheme(), "http" | "https");
        web && bare(&url) == bare(base) && (url.path() != base.path() || url.query() != base.query())
    })
}

/// The addresses of a sitemap, those of news with their titles, the others by the words of their paths.
fn mapped(markup: &str, base: &Url) -> Vec<(String, Entry)> {
    let tag = |part: &str, name: &str| -> Option<String> {
        let (_, after) = part.split_once(&format!("<{name}>"))?;
        let (text, _) = after.split_once("</")?;
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        Some(list::line(text, base)).filter(|text| !text.is_empty())
    };
    let parts = markup.split("<url>").skip(1);
    parts
        .filter_map(|part| {
            let address = fragment::address(base, &tag(part, "loc")?).filter(|own| is_near(own, base))?;
            let path = Url::parse(&address).ok()?.path().replace(['/', '-', '_', '.'], " ");
            let words = tag(part, "news:title")
                .unwrap_or_else(|| path.split_whitespace().collect::<Vec<_>>().join(" "));
            let date = tag(part, "lastmod").or_else(|| tag(part, "news:publication_date"));
            let date = date.and_then(|text| {
                let moment = text.parse::<jiff::Timestamp>().or_else(|_| format!("{text}T00:00:00Z").parse());
                moment.ok().map(|moment| moment.to_string())
            });
            Some((address, Entry { words, teaser: String::new(), date }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// A newsroom of 300 links, of which twelve are about the incident.
    fn newsroom() -> String {
        let mut html = String::from(
            "<html><body><nav><ul><li><a href=/>Home</a><li><a href=/cyber>Cyber advice for all</a></ul></nav><main><h1>News</h1>",
        );
        for n in 0..300 {
            let (title, teaser) = match n {
                7 | 40 | 41 | 90 | 120 | 200 => {
                    (format!("Cyber incident: update {n}"), "What we know.".to_owned())
                }
                8 | 55 | 130 | 210 | 250 | 299 => {
                    (format!("Notice {n}"), "The cyber-incident at our supplier.".to_owned())
                }
                _ => (
                    format!("Road works {n}"),
                    "Cyberpark Street is shut and incidental works go on.".to_owned(),
                ),
            };
            let _ = write!(
                html,
                "<article><h2><a href=/news/{n}>{title}</a></h2><p>{n} January 2024</p><p>{teaser}</p>\
                 <p><a href=/news/{n}>Read more</a></p></article>"
            );
        }
        html.push_str("</main><footer><a href=https://other.example/cyber-incident>Cyber incident elsewhere</a></footer>");
        html
    }

    #[test]
    fn of_three_hundred_links_the_twelve_about_the_incident_are_listed_and_no_other() {
        let base = Url::parse("https://www.wharf.example/news").unwrap();
        let recipe = Recipe { terms: vec!["cyber incident".to_owned()], ..Recipe::default() };
        let items = items(&newsroom(), &base, &recipe, &Memory::default()).unwrap();
        let keys: Vec<&str> =
            items.iter().skip(1).map(|item| item.key.as_str().rsplit('/').next().unwrap()).collect();
        assert_eq!(keys, ["7", "8", "40", "41", "55", "90", "120", "130", "200", "210", "250", "299"]);
    }

    #[test]
    fn a_map_of_a_site_and_one_of_its_news_are_lists() {
        let base = Url::parse("https://www.wharf.example/sitemap.xml").unwrap();
        let recipe = Recipe { terms: vec!["cyber".to_owned()], ..Recipe::default() };
        let map = "<?xml version='1.0'?><urlset><url><loc>https://www.wharf.example/news/cyber-incident</loc><lastmod>2024-01-19</lastmod></url>\
            <url><loc>https://www.wharf.example/bins</loc></url><url><loc>https://www.wharf.example/n/1</loc><news:news>\
            <news:title>Cyber &amp; forms</news:title></news:news></url><url><loc>https://other.example/cyber</loc></url></urlset>";
        let items = items(map, &base, &recipe, &Memory::default()).unwrap();
        let titles: Vec<_> =
            items.iter().skip(1).filter_map(|item| item.statement.title.as_deref()).collect();
        assert_eq!(titles, ["news cyber incident", "Cyber & forms"]);
    }
}
