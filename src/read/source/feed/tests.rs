use super::*;
use crate::model::Block;

const ATOM: &str = r#"<?xml version="1.0" encoding="iso-8859-1"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Wantsum news</title><id>tag:wantsum.example,2024:news</id>
<updated>2024-01-19T11:00:00Z</updated>
<entry><title type="html">Cyber incident &amp;amp; online forms</title><id>tag:wantsum.example,2024:1</id>
<link rel="alternate" type="text/html" href="/news/cyber?utm_source=feed"/><link rel="enclosure" href="/a.mp3"/>
<published>2024-01-18T09:00:00Z</published><updated>2024-01-19T10:00:00Z</updated>
<content type="html">&lt;p&gt;Our forms are off. See &lt;a href="/status"&gt;status&lt;/a&gt;.&lt;/p&gt;&lt;p&gt;No data was seen – “none”.&lt;/p&gt;</content></entry>
<entry><title>Bins</title><id>tag:wantsum.example,2024:2</id><link href="https://www.wantsum.example/news/bins"/>
<updated>2024-01-10T10:00:00Z</updated><summary>Bins are collected on Friday.</summary></entry>
</feed>"#;

fn read(text: &str) -> Vec<(String, String)> {
    let base = Url::parse("https://www.wantsum.example/news/feed.xml").unwrap();
    let items = items(text, &base, &Memory::default()).unwrap();
    items.into_iter().map(|item| (item.key.as_str().to_owned(), said(&item.statement))).collect()
}

fn said(statement: &Statement) -> String {
    statement.content.iter().map(Block::text).collect::<Vec<_>>().join(" | ")
}

fn why(text: &str) -> Why {
    let base = Url::parse("https://www.wantsum.example/feed").unwrap();
    items(text, &base, &Memory::default()).unwrap_err().why
}

#[test]
fn an_entry_of_atom_is_known_by_its_link_and_says_its_headline_first() {
    let read = read(ATOM);
    assert_eq!(read[0], (String::new(), "Wantsum news | Cyber incident & online forms | Bins".to_owned()));
    assert_eq!(read[1].0, "https://www.wantsum.example/news/cyber");
    assert_eq!(
        read[1].1,
        "Cyber incident & online forms | Our forms are off. See status. | No data was seen – “none”."
    );
    assert_eq!(read[2].1, "Bins | Bins are collected on Friday.");
    let base = Url::parse("https://www.wantsum.example/").unwrap();
    let items = items(ATOM, &base, &Memory::default()).unwrap();
    let dates: Vec<_> = items[1].statement.dates.iter().map(|d| (d.modified, d.text.as_str())).collect();
    assert_eq!(dates, [(false, "2024-01-18T09:00:00Z"), (true, "2024-01-19T10:00:00Z")]);
}

#[test]
fn rss_of_each_age_and_json_feed_read_alike() {
    let rss = r#"<rss version="2.0"><channel><title>News</title><link>https://w.example/</link><description/>
        <item><title>Forms off</title><link>https://w.example/a</link><guid isPermaLink="false">7</guid>
        <description><![CDATA[<p>Forms are off.</p>]]></description><pubDate>Thu, 18 Jan 2024 09:00:00 +0000</pubDate></item>
        </channel></rss><!-- kept by a cache -->"#;
    let rdf = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <channel rdf:about="https://w.example/"><title>News</title><link>https://w.example/</link><description/></channel>
        <item rdf:about="https://w.example/a"><title>Forms off</title><link>https://w.example/a</link>
        <description>Forms are off.</description></item></rdf:RDF>"#;
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"News","items":[{"id":"7","url":"https://w.example/a",
        "title":"Forms off","content_html":"<p>Forms are off.</p>","attachments":[{"url":"https://w.example/a.pdf","mime_type":"application/pdf"}]}]}"#;
    for feed in [rss, rdf, json] {
        let read = read(feed);
        assert_eq!(
            read[1],
            ("https://w.example/a".to_owned(), "Forms off | Forms are off.".to_owned()),
            "{feed}"
        );
    }
}

#[test]
fn entries_that_share_a_link_or_have_none_are_told_apart_and_keep_their_keys() {
    let rss = |items: &str| {
        read(&format!("<rss version='2.0'><channel><title>N</title>{items}</channel></rss>"))
            .into_iter()
            .map(|(key, _)| key)
            .collect::<Vec<_>>()
    };
    let first = "<item><title>One</title><link>https://w.example/news</link><guid>a</guid></item>";
    let second = "<item><title>Two</title><link>https://w.example/news</link><guid>b</guid></item>";
    assert_eq!(rss(first)[1..], ["https://w.example/news"]);
    assert_eq!(rss(&format!("{second}{first}"))[1..], ["https://w.example/news#b", "https://w.example/news"]);
    assert_eq!(rss("<item><title>T</title><guid isPermaLink='false'>x-1</guid></item>")[1..], ["x-1"]);
    let bare = "<item><title>T</title></item>";
    assert_eq!(rss(bare), rss(bare), "never random");
    assert_eq!(rss(&format!("{bare}{bare}")).len(), 2, "one that is there twice is one");
}

#[test]
fn half_a_feed_and_what_is_none_are_refused() {
    let cut = &ATOM[..ATOM.len() - 60];
    assert_eq!(why(cut), Why::Truncated);
    assert_eq!(
        why("<rss version='2.0'><channel><title>N</title><item><title>a</b></item></channel></rss>"),
        Why::Malformed
    );
}
