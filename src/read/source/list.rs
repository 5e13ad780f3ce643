//! What every source of several statements has in common: a list of its items under their keys, and items with a headline.
//!
//! Not here: how each kind is read (`feed`, `json`).

use url::Url;

use crate::{
    model::{Block, BlockKind, Digest, ItemKey, Link, Memory, Sentence, Statement},
    read::{
        clip::clip,
        html::fragment,
        reading::{Item, Refusal},
        source::plain,
        volatile,
    },
    text::fold,
};

/// So many items of one source are followed, the first ones: more are an archive.
const MOST: usize = 1000;
/// So much of an item without a headline stands for it in the list, in bytes.
const BEGINNING: usize = 120;

/// An item to be listed.
pub(in crate::read) struct Listed {
    /// Which.
    pub(in crate::read) key: ItemKey,
    /// What it says.
    pub(in crate::read) statement: Statement,
    /// Whether it leaves by itself once newer ones have come.
    pub(in crate::read) ages: bool,
}

/// The items of a source, the list of them first.
pub(in crate::read) fn items(
    title: Option<String>,
    language: Option<String>,
    listed: impl Iterator<Item = Listed>,
) -> Vec<Item> {
    let mut items = vec![Item::whole(Statement::default())];
    let mut rows: Vec<Block> = title.iter().map(|title| heading(title, 1)).collect();
    for Listed { key, statement, ages } in listed.take(MOST) {
        let words = statement.title.clone().unwrap_or_else(|| {
            let text = statement.content.first().map(Block::text).unwrap_or_default();
            clip(&text, BEGINNING).to_owned()
        });
        let words = if words.is_empty() { key.as_str().to_owned() } else { words };
        let links = vec![Link { words: words.clone(), address: key.as_str().to_owned() }];
        let sentences = vec![Sentence { text: words, volatile: None, links }];
        rows.push(Block { kind: BlockKind::Item, level: 0, sentences });
        items.push(Item { key, statement, ages });
    }
    if let Some(whole) = items.first_mut() {
        whole.statement = Statement { title, language, content: rows, ..Statement::default() };
    }
    items
}

/// A key made of any text.
pub(in crate::read) fn key(text: &str) -> ItemKey {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    let long = |_| Digest::of(clean.as_bytes()).as_str().parse();
    // The digest of what is too long is a key.
    clean.parse().or_else(long).unwrap_or_default()
}

/// A statement whose headline is its first block: a headline that changes is an edit.
pub(in crate::read) fn headed(mut statement: Statement) -> Statement {
    if let Some(title) = &statement.title {
        let same = |block: &Block| fold(&block.text()) == fold(title);
        if statement.content.first().is_some_and(same) {
            statement.content.remove(0);
        }
        statement.content.insert(0, heading(title, 2));
    }
    statement
}

fn heading(title: &str, level: u8) -> Block {
    let sentences = vec![Sentence { text: title.to_owned(), ..Sentence::default() }];
    Block { kind: BlockKind::Heading, level, sentences }
}

/// The blocks of a text that may be markup.
///
/// # Errors
/// `too-large` for markup that nobody needs.
pub(in crate::read) fn blocks(
    text: &str,
    plain: bool,
    base: &Url,
    memory: &Memory,
) -> Result<Vec<Block>, Refusal> {
    if !plain && text.contains(['<', '&']) {
        return fragment::blocks(text, base, memory);
    }
    let mut found = plain::plain(text, false).statement.content;
    // A short first line of an entry is no heading: it has one.
    for block in &mut found {
        if block.kind == BlockKind::Heading {
            (block.kind, block.level) = (BlockKind::Paragraph, 0);
        }
    }
    volatile::mark(&mut found, memory);
    Ok(found)
}

/// The words of one line that may be markup, white space folded.
pub(in crate::read) fn line(text: &str, base: &Url) -> String {
    let words = if text.contains(['<', '&']) {
        let blocks = fragment::blocks(text, base, &Memory::default()).unwrap_or_default();
        blocks.iter().map(Block::text).collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    unicode_normalization::UnicodeNormalization::nfc(words.as_str()).filter(|c| !c.is_control()).collect()
}
