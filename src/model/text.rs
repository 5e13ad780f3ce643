//! A statement as text: blocks of sentences, with the addresses that its words lead to and the dates it claims.
//!
//! Text is stored NFC, as published. What two sentences are compared by is their key, which `text` makes.

use serde::{Deserialize, Serialize};

/// What a reading found on a page: the words, and what the page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The page's title, without the site's name where that could be told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The language that the page claims, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The address that the page calls its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// The dates that the page claims, outside the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<ClaimedDate>,
    /// The statement proper, in reading order.
    #[serde(default)]
    pub content: Vec<Block>,
    /// Site-wide notices and alerts outside the statement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub banner: Vec<Block>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A heading; its level is in [`Block::level`].
    Heading,
    /// A paragraph.
    #[default]
    Paragraph,
    /// An item of a list, or a term or description of a definition list.
    Item,
    /// A row of a table, cells joined by one space.
    Row,
    /// A quotation.
    Quote,
    /// Anything else that stands by itself.
    Other,
}

/// A run of sentences that stands by itself on the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The level of a heading, 1 to 6; 0 for other blocks.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub level: u8,
    /// Its sentences, in order; never empty.
    pub sentences: Vec<Sentence>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(n: &u8) -> bool {
    *n == 0
}

/// One sentence, as published.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The words: NFC, white space folded to single spaces, no line breaks.
    pub text: String,
    /// What the sentence is compared by where that is more than the folded text: volatile words (counters,
    /// relative times, what the site's memory knows to move) replaced by placeholders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volatile: Option<String>,
    /// The addresses that words of it lead to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// Words that lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The words.
    pub words: String,
    /// The absolute address, without tracking parameters and session tokens.
    pub address: String,
}

/// A date that the page claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedDate {
    /// Where it stood.
    pub source: DateSource,
    /// Whether it is claimed for the first publication (`false`) or the last change (`true`).
    pub modified: bool,
    /// The date as written there.
    pub text: String,
    /// The same as `YYYY-MM-DD` or RFC 3339, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Where a claimed date stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateSource {
    /// `datePublished`, `dateModified` of schema.org, in JSON-LD.
    JsonLd,
    /// `article:published_time`, `article:modified_time`, dcterms and other `meta` elements.
    Meta,
    /// A `time` element within the statement.
    Time,
    /// Words on the page: "Last updated 19 January 2024".
    Visible,
    /// The date that a feed or a list gives for an entry.
    Entry,
    /// The `Last-Modified` response header.
    Header,
}

impl Link {
    /// The address without what may change while it leads to the same: `http:` or `https:`, "www.", a slash at its end.
    pub fn bare(&self) -> &str {
        let address = self.address.as_str();
        let web = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        web.map_or(address, |rest| rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/'))
    }
}

impl Block {
    /// The block's words, sentences joined by one space.
    pub fn text(&self) -> String {
        self.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

impl Statement {
    /// Whether nothing at all was read.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty() && self.banner.is_empty()
    }

    /// The date that the page gives for its words: the last that it claims as "modified", else as published,
    /// visible words before what only machines see.
    pub fn stated_date(&self) -> Option<&ClaimedDate> {
        let rank = |d: &ClaimedDate| {
            let seen = match d.source {
                DateSource::Visible => 0,
                DateSource::Time => 1,
                DateSource::JsonLd => 2,
                DateSource::Meta => 3,
                DateSource::Entry => 4,
                DateSource::Header => 5,
            };
            (!d.modified, seen)
        };
        // A header is of the file, and says nothing of its words.
        self.dates.iter().filter(|d| d.source != DateSource::Header).min_by_key(|d| rank(d))
    }
}
