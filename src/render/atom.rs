//! Events as an Atom feed (RFC 4287): an entry an event, with the whole difference as its content.

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::Timestamp;

use super::{Detail, bulletin::bulletins_html, escape};
use crate::{
    model::{Event, EventId},
    render::Bulletin,
};

/// A feed of events, the newest first. `name` tells the feeds of one store apart, and is in the feed's id.
pub fn atom(name: &str, title: &str, events: &[Event]) -> String {
    let newest = events.iter().map(|event| event.between.1).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let feed = Feed {
        title: Text::plain(escape::terminal(title)),
        id: urn(&EventId::of(&["feed", name])),
        updated: moment(newest),
        authors: vec![Person { name: "onrecord".to_owned(), ..Person::default() }],
        generator: Some(Generator {
            value: "onrecord".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            ..Generator::default()
        }),
        entries: events.iter().map(entry).collect(),
        ..Feed::default()
    };
    format!("{}\n", feed.to_string())
}

fn entry(event: &Event) -> Entry {
    let bulletin = Bulletin { lead: event, others: Vec::new() };
    // A scheme is an IRI; these name what the term is of.
    let category = |term: &str, of: &str| Category {
        term: term.to_owned(),
        scheme: Some(format!("onrecord:{of}")),
        ..Category::default()
    };
    let mut categories = vec![category(&word(event.kind), "kind"), category(&word(event.level), "level")];
    categories.extend(event.incident.iter().chain(&event.also).map(|id| category(id.as_str(), "incident")));
    let mut labels: Vec<_> = event.changes.iter().flat_map(|change| &change.labels).collect();
    labels.sort_unstable();
    labels.dedup();
    categories.extend(labels.into_iter().map(|label| category(&label.name(), "label")));
    Entry {
        title: Text::plain(escape::terminal(&bulletin.title())),
        id: urn(&event.id),
        // What happened does not change: told once, it stands.
        updated: moment(event.between.1),
        published: Some(moment(event.between.1)),
        authors: vec![Person { name: escape::terminal(&event.body), ..Person::default() }],
        categories,
        links: vec![Link { href: event.url.clone(), rel: "alternate".to_owned(), ..Link::default() }],
        content: Some(Content {
            content_type: Some("html".to_owned()),
            value: Some(bulletins_html(&[bulletin], 2, Detail::Whole)),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// The word that JSON has for a kind or a level.
fn word(name: impl serde::Serialize) -> String {
    let json = serde_json::to_value(name).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

/// The beginning of a SHA-256 as a UUID of version 8 (RFC 9562, 5.8): Atom asks for an IRI, and readers know these.
fn urn(id: &EventId) -> String {
    let hex = id.to_string();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

fn moment(at: Timestamp) -> FixedDateTime {
    // Every moment that can be written as RFC 3339 can be read as such.
    format!("{at:.0}").parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::stories::hedged;

    #[test]
    fn a_feed_says_removed_and_added_as_words_and_the_same_each_time() {
        let mut event = hedged();
        event.body = "Wantsum </title><script>\u{1b}\u{202e}".to_owned();
        let text = atom("all", "Kent & all", std::slice::from_ref(&event));
        assert_eq!(text, atom("all", "Kent & all", std::slice::from_ref(&event)));
        let feed: Feed = text.parse().unwrap();
        let entry = &feed.entries[0];
        let content = entry.content().and_then(Content::value).unwrap();
        assert!(content.contains("removed: <del>No</del> customer data"), "{content}");
        assert!(content.contains("added: <ins>There is no evidence that any</ins>"), "{content}");
        assert!(!content.contains("<script>") && !text.contains('\u{1b}') && !text.contains('\u{202e}'));
        assert!(entry.id().starts_with("urn:uuid:") && entry.id().len() == 45, "{}", entry.id());
        assert_eq!(entry.updated().to_rfc3339(), "2024-01-19T11:15:09+00:00");
    }
}
