//! Nodes to blocks: headings, paragraphs, items, rows, quotations, each a run of words with its links.
//!
//! Not here: which nodes count (`prune`, `root`), and where sentences end (`sentences`).

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};
use url::Url;

use super::{
    cues,
    dom::{Page, Tag},
    links,
    marks::Marks,
};
use crate::model::{Block, BlockKind, Link, Sentence};

/// A block as it stands on the page, not yet cut into sentences.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Raw {
    /// What it is.
    pub(super) kind: BlockKind,
    /// The level of a heading.
    pub(super) level: u8,
    /// Its words: NFC, white space folded.
    pub(super) text: String,
    /// Which bytes of them lead where.
    pub(super) links: Vec<(Range<usize>, String)>,
    /// Whether all of its words are links.
    pub(super) all_links: bool,
    /// The element it begins in.
    pub(super) node: usize,
}

impl Raw {
    /// The block in sentences.
    pub(super) fn block(self) -> Option<Block> {
        let sentences: Vec<Sentence> = super::sentences::split(&self.text)
            .into_iter()
            .filter_map(|range| {
                let text = self.text.get(range.clone())?.to_owned();
                let within = |l: &&(Range<usize>, String)| l.0.start < range.end && l.0.end > range.start;
                let cut = |r: &Range<usize>| self.text.get(r.start.max(range.start)..r.end.min(range.end));
                let links = self.links.iter().filter(within);
                let links = links
                    .map(|(r, to)| Link {
                        words: cut(r).unwrap_or("").trim().to_owned(),
                        address: to.clone(),
                    })
                    .filter(|l| !l.words.is_empty())
                    .collect();
                Some(Sentence { text, volatile: None, links })
            })
            .collect();
        (!sentences.is_empty()).then_some(Block { kind: self.kind, level: self.level, sentences })
    }
}

/// A picture's words are a sentence from so many on.
const POSTER: usize = 6;

/// What surrounds the words being read.
#[derive(Debug, Clone, Copy)]
struct Frame {
    end: usize,
    kind: BlockKind,
    level: u8,
    /// Within a row of a data table: everything in it is one block.
    row: bool,
    /// A `br` here is a space: the element is a paragraph of its own.
    flows: bool,
    /// Leaving it ends a block.
    ends: bool,
}

/// What lies between the last word and the next, beside white space.
#[derive(Debug, Default)]
struct Seam {
    /// A `span` begins where another ended, or a button, or a link: sites set such apart by style alone.
    parted: bool,
    /// An inline element begins.
    named: bool,
    /// What is there for those who listen begins or ends.
    beside: bool,
}

struct Builder<'b, 'p> {
    page: &'b Page<'p>,
    base: &'b Url,
    out: Vec<Raw>,
    now: Raw,
    space: bool,
    seam: Seam,
    /// Where an element ends that is there for those who listen; 0 outside of one.
    unseen_until: usize,
    /// Bytes of words, in links and in all.
    linked: usize,
    words: usize,
    breaks: u8,
    open: Vec<Frame>,
    /// Where an open link began, where it leads, and the node at which it ends.
    link: Option<(usize, Option<String>, usize)>,
}

/// The blocks of a node. `dropped` says which nodes in it are left out.
pub(super) fn of(page: &Page<'_>, root: usize, base: &Url, dropped: &dyn Fn(usize) -> bool) -> Vec<Raw> {
    let end = page.get(root).end.min(page.nodes.len());
    let mut b = Builder {
        page,
        base,
        out: Vec::new(),
        now: Raw::default(),
        space: false,
        seam: Seam::default(),
        unseen_until: 0,
        linked: 0,
        words: 0,
        breaks: 0,
        open: vec![Frame { end, kind: BlockKind::Paragraph, level: 0, row: false, flows: false, ends: true }],
        link: None,
    };
    let mut i = root;
    while i < end {
        b.leave(i);
        if let Some(said) = b.pictured(i) {
            b.text(i, said);
        }
        if i != root && dropped(i) {
            i = page.get(i).end.max(i + 1);
            continue;
        }
        i = if b.enter(i) { i + 1 } else { page.get(i).end.max(i + 1) };
    }
    b.leave(end);
    b.flush();
    b.out
}

impl<'b> Builder<'b, '_> {
    fn frame(&self) -> Frame {
        self.open.last().copied().unwrap_or(Frame {
            end: usize::MAX,
            kind: BlockKind::Paragraph,
            level: 0,
            row: false,
            flows: false,
            ends: true,
        })
    }

    /// Closes what ends before node `i`.
    fn leave(&mut self, i: usize) {
        if self.unseen_until > 0 && self.unseen_until <= i {
            self.unseen_until = 0;
            self.seam.beside = true;
        }
        if self.link.as_ref().is_some_and(|l| l.2 <= i) {
            self.end_link();
        }
        while self.open.len() > 1 && self.frame().end <= i {
            if self.frame().ends {
                self.flush();
            } else {
                self.space = true;
            }
            self.open.pop();
        }
    }

    /// Takes one node in; says whether its descendants are to be read.
    fn enter(&mut self, i: usize) -> bool {
        let node = self.page.get(i);
        match node.tag {
            Tag::Text => {
                self.text(i, node.text);
                return true;
            }
            Tag::Br => {
                self.line_break();
                return true;
            }
            Tag::A => {
                self.seam.parted |= self.page.before(i).is_some_and(|k| self.page.get(k).tag == Tag::A);
                let address = self.page.attr(i, "href").map(|h| links::address(self.base, h));
                if let Some(address) = address {
                    self.end_link();
                    // A space before the first word of a block is none.
                    let space = self.space && !self.now.text.is_empty();
                    self.link = Some((self.now.text.len() + usize::from(space), address, node.end));
                }
                return true;
            }
            _ => {}
        }
        let hidden = self.page.attr(i, "data-cfemail").filter(|_| node.tag.is_inline());
        if let Some(mail) = hidden.and_then(unhide) {
            self.text(i, &mail);
            return false;
        }
        if node.tag.is_inline() {
            // Said to those who listen, beside what is shown: `<span class="visually-hidden">Warning</span>Do not …`.
            self.unseen_until = if node.marks.any(Marks::UNSEEN) { node.end } else { self.unseen_until };
            self.seam.beside |= node.marks.any(Marks::UNSEEN);
            let after = |k: usize| self.is_apart(k) || self.page.get(k).tag == Tag::A && self.ends_apart(k);
            self.seam.parted |= self.is_apart(i) && self.page.before(i).is_some_and(after);
            self.seam.named = true;
            return true;
        }
        let outer = self.frame();
        let inherits = |kind| if outer.kind == BlockKind::Paragraph { kind } else { outer.kind };
        let frame = |kind, flows| Frame { end: node.end, kind, level: 0, row: false, flows, ends: true };
        let frame = match node.tag {
            _ if outer.row => Frame { end: node.end, ends: false, ..outer },
            Tag::Heading(level) => Frame { level, ..frame(BlockKind::Heading, true) },
            Tag::Li | Tag::Term => frame(BlockKind::Item, true),
            Tag::Quote => frame(BlockKind::Quote, false),
            Tag::P => frame(inherits(BlockKind::Paragraph), true),
            Tag::Row if self.is_data(i) => Frame { row: true, ..frame(BlockKind::Row, true) },
            _ => Frame { flows: outer.flows, ..frame(inherits(BlockKind::Paragraph), false) },
        };
        if frame.ends {
            self.flush();
        } else {
            self.space = true;
        }
        self.open.push(frame);
        true
    }

    fn text(&mut self, i: usize, text: &str) {
        let normal: String;
        let text = if text.is_ascii() || is_nfc(text) {
            text
        } else {
            normal = text.nfc().collect();
            &normal
        };
        for word in text.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end_matches(char::is_whitespace);
            if !bare.is_empty() {
                self.word(i, bare);
            }
            self.space |= bare.len() < word.len();
        }
    }

    /// What a picture that is all there is in a cell says: "Offline".
    fn pictured(&self, i: usize) -> Option<&'b str> {
        if !self.frame().row {
            return self.posted(i);
        }
        let name = self.page.get(i).element?.name();
        let says = match name {
            "img" => "alt",
            "span" | "i" | "svg" if self.page.attr(i, "role") == Some("img") => "aria-label",
            _ => return None,
        };
        let cell = self.page.ancestors(i).find(|a| self.page.get(*a).tag == Tag::Cell)?;
        let bare = self.page.words(cell, 1).is_empty();
        let page = self.page;
        page.attr(i, says).map(str::trim).filter(|words| bare && !words.is_empty())
    }

    /// What a picture says that is all there is in a paragraph and names an incident: a poster.
    fn posted(&self, i: usize) -> Option<&'b str> {
        let page = self.page;
        let is_picture = page.get(i).element.is_some_and(|e| e.name() == "img");
        let alt =
            page.attr(i, "alt").map(str::trim).filter(|alt| is_picture && cues::names_an_incident(alt))?;
        let alone = page.get(page.get(i).up).tag == Tag::P && page.words(page.get(i).up, 1).is_empty();
        (alone && alt.split(' ').count() >= POSTER).then_some(alt)
    }

    /// Whether it is set apart by style: a `span` with a name of its own or among nothing but such, or a button, such
    /// as a tab's.
    fn is_apart(&self, i: usize) -> bool {
        let is_span = |i: usize| self.page.get(i).element.is_some_and(|e| e.name() == "span");
        let named = || self.page.attr(i, "class").is_some();
        let only_spans = || self.page.children(self.page.get(i).up).take(8).all(is_span);
        self.page.get(i).tag == Tag::Button || is_span(i) && (named() || only_spans())
    }

    /// Whether a link is nothing but one such.
    fn ends_apart(&self, link: usize) -> bool {
        let mut children = self.page.children(link);
        children.next().is_some_and(|k| self.is_apart(k)) && children.next().is_none()
    }

    fn word(&mut self, i: usize, word: &str) {
        // "Council tax" and "Down" are two things: `<span>Council tax</span><span>Down</span>`.
        let ended = self.now.text.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        let seam = std::mem::take(&mut self.seam);
        self.space |= seam.parted && ended && word.starts_with(char::is_uppercase);
        // "Benefits:" and "Closed" too, each in an element of its own.
        self.space |= seam.named && self.now.text.ends_with(':') && word.starts_with(char::is_uppercase);
        self.space |= seam.beside && word.starts_with(char::is_alphanumeric);
        let before = self.now.text.len();
        if self.space && before > 0 {
            self.now.text.push(' ');
        }
        self.space = false;
        let start = self.now.text.len();
        if word.is_ascii() {
            self.now.text.push_str(word);
        } else {
            // Marks that show nothing: soft hyphens, zero-width spaces, direction marks, byte order marks.
            let shown =
                |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\0');
            self.now.text.extend(word.chars().filter(shown));
        }
        let added = self.now.text.len() - start;
        if added == 0 {
            self.space = before < start;
            self.now.text.truncate(before);
            return;
        }
        if self.words == 0 {
            self.now.node = self.page.get(i).up;
        }
        self.breaks = 0;
        self.words += added;
        if self.link.is_some() {
            self.linked += added;
        }
    }

    /// Within a paragraph a `br` is a space, two end the block; where there are no paragraphs one ends it.
    fn line_break(&mut self) {
        let frame = self.frame();
        self.space = true;
        self.breaks = self.breaks.saturating_add(1);
        if !frame.row && (!frame.flows || self.breaks > 1) {
            self.flush();
        }
    }

    fn end_link(&mut self) {
        if let Some((start, Some(address), _)) = self.link.take() {
            let end = self.now.text.len();
            if start < end {
                self.now.links.push((start..end, address));
            }
        }
    }

    fn flush(&mut self) {
        // A link around blocks leads from each of them.
        let carried = self.link.clone();
        self.end_link();
        let mut done = std::mem::take(&mut self.now);
        let (linked, words) = (std::mem::take(&mut self.linked), std::mem::take(&mut self.words));
        self.space = false;
        self.breaks = 0;
        self.link = carried.map(|(_, address, end)| (0, address, end));
        if !done.text.chars().any(char::is_alphanumeric) {
            return;
        }
        let frame = self.frame();
        (done.kind, done.level) = (frame.kind, frame.level);
        done.all_links = linked >= words;
        if !is_nfc(&done.text) {
            done.text = done.text.nfc().collect();
            let end = done.text.len();
            done.links.iter_mut().for_each(|l| l.0 = l.0.start.min(end)..l.0.end.min(end));
        }
        self.out.push(done);
    }

    /// Whether a row belongs to a table of data rather than of layout: cells side by side, and nothing in the
    /// row that stands by itself at length.
    fn is_data(&self, row: usize) -> bool {
        let page = self.page;
        let table = page.ancestors(row).find(|a| page.get(*a).tag == Tag::Table);
        if table.is_some_and(|t| page.get(t).marks.any(Marks::ROLE_NONE)) {
            return false;
        }
        let (mut cells, mut blocks, mut cell_end) = (0, 0, 0);
        for i in page.within(row) {
            match page.get(i).tag {
                Tag::Cell => {
                    cells += 1;
                    cell_end = page.get(i).end;
                    blocks = 0;
                }
                Tag::Table | Tag::Heading(1 | 2) | Tag::Form | Tag::Nav => return false,
                Tag::P | Tag::Heading(_) if i < cell_end => {
                    blocks += 1;
                    if blocks > 3 {
                        return false;
                    }
                }
                _ => {}
            }
        }
        cells > 1
    }
}

/// A mail address that Cloudflare has hidden: hexadecimal, the first byte is the key of the others.
fn unhide(hidden: &str) -> Option<String> {
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(hidden.as_bytes()).ok()?;
    let (key, rest) = bytes.split_first()?;
    let mail = String::from_utf8(rest.iter().map(|b| b ^ key).collect()).ok()?;
    (mail.contains('@') && mail.len() < 255).then_some(mail)
}
