//! The words of a part of the page, node by node, set together to blocks.
//!
//! Not here: what markup says of layout (`layout`), and what pictures say (`pictures`).

use unicode_normalization::{UnicodeNormalization as _, is_nfc};
use url::Url;

use crate::read::html::{
    blocks::{
        around::{Frame, Seam},
        layout, pictures,
        raw::Raw,
    },
    dom::{Page, Tag},
    hints::Hints,
    links,
};

/// The blocks so far, and the one that is being set.
pub(super) struct Builder<'b, 'p> {
    page: &'b Page<'p>,
    base: &'b Url,
    out: Vec<Raw>,
    now: Raw,
    space: bool,
    seam: Seam,
    /// Something in this line was left out since the last word.
    passed: bool,
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

impl<'b, 'p> Builder<'b, 'p> {
    /// Begins what ends at node `end`.
    pub(super) fn new(page: &'b Page<'p>, base: &'b Url, end: usize) -> Self {
        Self {
            page,
            base,
            out: Vec::new(),
            now: Raw::default(),
            space: false,
            seam: Seam::default(),
            passed: false,
            unseen_until: 0,
            linked: 0,
            words: 0,
            breaks: 0,
            open: vec![Frame::outermost(end)],
            link: None,
        }
    }

    /// Whether it is within a row of data.
    pub(super) fn in_row(&self) -> bool {
        self.frame().row
    }

    fn frame(&self) -> Frame {
        self.open.last().copied().unwrap_or(Frame::outermost(usize::MAX))
    }

    /// The blocks, all that ends before node `end` being closed.
    pub(super) fn done(mut self, end: usize) -> Vec<Raw> {
        self.leave(end);
        self.flush();
        self.out
    }

    /// Passes over an element in a line that is left out: a stop behind it stands at the word before it.
    pub(super) fn pass(&mut self, i: usize) {
        self.passed |= self.page.get(i).tag.is_inline();
    }

    /// Closes what ends before node `i`.
    pub(super) fn leave(&mut self, i: usize) {
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
    pub(super) fn enter(&mut self, i: usize) -> bool {
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
        if let Some(mail) = hidden.and_then(pictures::unhidden) {
            self.text(i, &mail);
            return false;
        }
        if node.tag.is_inline() {
            // Said to those who listen, beside what is shown: `<span class="visually-hidden">Warning</span>Do not …`.
            self.unseen_until = if node.hints.any(Hints::UNSEEN) { node.end } else { self.unseen_until };
            self.seam.beside |= node.hints.any(Hints::UNSEEN);
            self.seam.parted |= layout::parts(self.page, i);
            self.seam.named = true;
            return true;
        }
        let frame = Frame::within(self.page, i, self.frame());
        if frame.ends {
            self.flush();
        } else {
            self.space = true;
        }
        self.open.push(frame);
        true
    }

    pub(super) fn text(&mut self, i: usize, text: &str) {
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

    fn word(&mut self, i: usize, word: &str) {
        self.space |= std::mem::take(&mut self.seam).parts(&self.now.text, word);
        let stop = word.starts_with(['.', ',', ';', ':', '!', '?', ')']);
        self.space &= !(std::mem::take(&mut self.passed) && stop);
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
}
