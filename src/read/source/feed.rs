//! A feed as statements: Atom, RSS and JSON Feed, parsed by feed-rs. Each entry is one, and the list of them another.
//!
//! An entry is known by its link, whatever becomes of its headline; where several share one, by its id too. Not here: what
//! it means that an entry came or went (`compare::departures`).

use std::{borrow::Cow, collections::BTreeSet};

use feed_rs::{
    model::{Entry, Feed, FeedType, Link as FeedLink, Text},
    parser,
};
use jiff::Timestamp;
use url::Url;

use crate::{
    model::{ClaimedDate, DateSource, Digest, ItemKey, Memory, Statement, Why},
    read::{
        clip::clip,
        html::fragment,
        reading::{Item, Refusal},
        source::list::{self, Listed},
    },
};

/// The most bytes of a feed; the largest of a public body has a tenth.
const MOST_BYTES: usize = 16 << 20;
/// So many tags, values and commas of a feed ask for a closer look; eight times as many are too many.
const MOST_PARTS: usize = 60_000;
/// The most entries of such a feed.
const MOST_ENTRIES: usize = 10_000;

/// The items of a feed: the list first, then its entries in their order.
///
/// # Errors
/// `truncated` for a feed that ends early, `malformed` for what feed-rs cannot make sense of, `too-large` for markup that
/// no entry needs.
pub(in crate::read) fn items(text: &str, base: &Url, memory: &Memory) -> Result<Vec<Item>, Refusal> {
    let source = undeclared(text);
    bounded(source)?;
    whole(source)?;
    let source = versioned(source);
    // A missing id is made of nothing else: by its own default feed-rs makes it of the headline, or of chance.
    let parser = parser::Builder::new()
        .base_uri(Some(base.as_str()))
        .sanitize_content(false)
        .id_generator(|_, _, _| String::new())
        .build();
    let feed = parser
        .parse(source.as_bytes())
        .map_err(|error| Refusal::new(Why::Malformed, clip(&error.to_string(), 200).to_owned()))?;
    let title = feed.title.as_ref().map(|title| words(title, base)).filter(|title| !title.is_empty());
    let keys = keys(&feed, base);
    let mut found = Vec::with_capacity(keys.len());
    for (entry, key) in feed.entries.iter().zip(keys) {
        let Some(key) = key else { continue };
        found.push((key, statement(entry, &feed, base, memory)?));
    }
    let listed = found.into_iter().map(|(key, statement)| Listed { key, statement, ages: true });
    Ok(list::items(title, feed.language.clone(), listed))
}

/// Refuses what would become very many small things: feed-rs makes each of a thousand bytes of a dozen.
fn bounded(source: &str) -> Result<(), Refusal> {
    let entries =
        || ["<item", "<entry", "{"].map(|tag| source.matches(tag).count()).into_iter().sum::<usize>();
    let parts = source.bytes().filter(|b| matches!(b, b'<' | b'{' | b'[' | b',')).count();
    if source.len() > MOST_BYTES || parts > MOST_PARTS && (parts > MOST_PARTS * 8 || entries() > MOST_ENTRIES)
    {
        return Err(Refusal::new(Why::TooLarge, format!("{} bytes of feed, in {parts} parts", source.len())));
    }
    Ok(())
}

/// A feed without its XML declaration: the text is decoded already, whatever coding that names.
fn undeclared(text: &str) -> &str {
    let text = text.trim_start_matches(['\u{feff}', '\0']).trim_start();
    let declared = text.strip_prefix("<?xml").filter(|rest| rest.starts_with(char::is_whitespace));
    declared.and_then(|rest| rest.split_once("?>")).map_or(text, |(_, rest)| rest)
}

/// A feed that says of no version of RSS to be it: it is read as the last.
fn versioned(source: &str) -> Cow<'_, str> {
    let Some((before, after)) = source.split_once("<rss") else { return source.into() };
    let head = after.split('>').next().unwrap_or_default();
    let is_root = before.len() < 4096 && head.chars().next().is_none_or(char::is_whitespace);
    if is_root && !head.contains("version") {
        return format!("{before}<rss version=\"2.0\"{after}").into();
    }
    source.into()
}

/// Refuses a feed whose root element never ends: what feed-rs would make of the first half is no list of what is there.
fn whole(source: &str) -> Result<(), Refusal> {
    let mut rest = source;
    let root = loop {
        let Some((_, after)) = rest.split_once('<') else { return Ok(()) };
        rest = after;
        if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end =
                after.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(after.len());
            break after.get(..end).unwrap_or_default();
        }
        if after.starts_with("!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
        }
    };
    let close = format!("</{root}");
    let head = rest.split('>').next().unwrap_or_default();
    if head.ends_with('/')
        || rest.rfind(&close).is_some_and(|at| rest.get(at..).is_some_and(|end| end.contains('>')))
    {
        Ok(())
    } else {
        Err(Refusal::new(Why::Truncated, format!("the feed ends before its `{root}` does")))
    }
}

/// The key of each entry, in order; none for one that is there twice.
fn keys(feed: &Feed, base: &Url) -> Vec<Option<ItemKey>> {
    let mut taken = BTreeSet::new();
    // From the end: the entry that had its link first keeps it when another comes that shares it.
    let mut keys: Vec<Option<ItemKey>> = feed
        .entries
        .iter()
        .rev()
        .map(|entry| {
            let title = entry.title.as_ref().map_or("", |title| title.content.trim());
            let own = address(feed, entry, base);
            let id = entry.id.trim();
            let first = own.clone().or_else(|| Some(id.to_owned()).filter(|id| !id.is_empty()));
            let by_id = own.as_ref().filter(|_| !id.is_empty()).map(|own| format!("{own}#{id}"));
            let by_title = format!(
                "{}#{}",
                own.as_deref().unwrap_or_default(),
                Digest::of(format!("{title}\n{}", date(entry.published).unwrap_or_default()).as_bytes())
                    .short()
            );
            let wanted = first.into_iter().chain(by_id).chain([by_title]);
            wanted.map(|key| list::key(&key)).find(|key| taken.insert(key.clone()))
        })
        .collect();
    keys.reverse();
    keys
}

/// Where an entry leads.
fn address(feed: &Feed, entry: &Entry, base: &Url) -> Option<String> {
    // JSON Feed has no `rel`, and feed-rs puts attachments behind the address, with their type.
    let is_page = |link: &&FeedLink| {
        let to_itself = link.rel.as_deref().is_none_or(|rel| rel == "alternate") && link.target.is_none();
        to_itself && (feed.feed_type != FeedType::JSON || link.media_type.is_none())
    };
    let html = |link: &&FeedLink| link.media_type.as_deref().is_none_or(|kind| kind.contains("html"));
    let links = || entry.links.iter().filter(is_page);
    let link = links().find(html).or_else(|| links().next()).map(|link| link.href.as_str());
    let id = Some(entry.id.as_str()).filter(|id| id.starts_with("http://") || id.starts_with("https://"));
    link.into_iter().chain(id).find_map(|href| fragment::address(base, href))
}

/// What an entry says.
fn statement(entry: &Entry, feed: &Feed, base: &Url, memory: &Memory) -> Result<Statement, Refusal> {
    let own = address(feed, entry, base);
    let title = entry.title.as_ref().map(|title| words(title, base)).filter(|title| !title.is_empty());
    let mut dates = Vec::new();
    let published = date(entry.published);
    let modified = date(entry.updated).filter(|modified| Some(modified) != published.as_ref());
    for (modified, date) in [(false, published), (true, modified)] {
        dates.extend(date.map(|text| ClaimedDate {
            source: DateSource::Entry,
            modified,
            value: Some(text.clone()),
            text,
        }));
    }
    let body = entry.content.as_ref().and_then(|content| {
        let plain = content.content_type.subty() == "plain";
        content.body.as_deref().map(|body| (body, plain))
    });
    let summary = entry.summary.as_ref().map(|summary| (summary.content.as_str(), false));
    let base = own.as_deref().and_then(|own| Url::parse(own).ok()).unwrap_or_else(|| base.clone());
    let mut content = Vec::new();
    if let Some((body, plain)) = body.filter(|(body, _)| !body.trim().is_empty()).or(summary) {
        content = list::blocks(body, plain, &base, memory)?;
    }
    Ok(list::headed(Statement {
        title,
        language: entry.language.clone().or_else(|| feed.language.clone()),
        canonical: own,
        dates,
        content,
        banner: Vec::new(),
    }))
}

/// A headline: HTML says what it is in some feeds, and is escaped once too often in others.
fn words(text: &Text, base: &Url) -> String {
    list::line(&text.content, base)
}

/// A moment as RFC 3339, in UTC; chrono writes what jiff reads.
fn date(moment: Option<impl ToString>) -> Option<String> {
    let text = moment?.to_string().replace(" UTC", "Z").replacen(' ', "T", 1);
    text.parse::<Timestamp>().ok().map(|moment| moment.to_string())
}

#[cfg(test)]
mod tests;
