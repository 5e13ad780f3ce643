//! The scan: tag by tag, each copied, left out, or counted against what bounds it.
//!
//! Not here: elements whose content is text (`raw`), and where a tag ends (`ends`).

use crate::{
    model::Why,
    read::{
        html::prescan::{
            attributes, drawing,
            ends::{name_of, tag_end},
            frames,
            names::{closes, is, is_foreign, is_format, is_inline, is_void, raw_kind},
            prescanned::Prescanned,
        },
        reading::Refusal,
    },
};

/// Deeper elements lose their tags and keep their words; browsers do the same at this depth.
pub(super) const MAX_DEPTH: usize = 512;
/// More start tags than this make no page.
const MAX_TAGS: usize = 400_000;
/// Formatting elements left open, which every later block opens again.
pub(super) const MAX_FORMATS: usize = 48;
/// How many elements the re-opened formatting may come to.
const MAX_REOPENED: usize = 500_000;
/// A longer tag loses its attributes.
const MAX_TAG: usize = 1 << 16;

/// A source, what has come of it so far, and what stands open.
pub(super) struct Scan<'s> {
    src: &'s str,
    pub(super) out: Prescanned,
    pub(super) open: Vec<&'s str>,
    over: usize,
    formats: usize,
    formats_over: usize,
    reopened: usize,
    tags: usize,
    foreign: usize,
    /// For each template that stands open, whether it is a shadow tree, whose words a browser shows.
    templates: Vec<bool>,
    /// Whether every attribute is kept: a selector of a user may ask for any.
    whole: bool,
}

impl<'s> Scan<'s> {
    pub(super) fn new(src: &'s str, out: Prescanned, whole: bool) -> Self {
        Self {
            src,
            out,
            open: Vec::with_capacity(64),
            over: 0,
            formats: 0,
            formats_over: 0,
            reopened: 0,
            tags: 0,
            foreign: 0,
            templates: Vec::new(),
            whole,
        }
    }

    pub(super) fn run(&mut self) -> Result<(), Refusal> {
        let mut at = 0;
        while let Some(rest) = self.src.get(at..).filter(|r| !r.is_empty()) {
            let Some(lt) = rest.find('<') else {
                self.out.html.push_str(rest);
                break;
            };
            self.text(rest.get(..lt).unwrap_or(""));
            let tag = rest.get(lt..).unwrap_or("");
            at += lt + self.tag(tag)?;
        }
        Ok(())
    }

    /// Words between two tags; of white space alone, which templates write much of, one character.
    fn text(&mut self, text: &str) {
        let only_space = text.len() > 1 && text.bytes().all(|b| b.is_ascii_whitespace());
        if only_space && !self.whole {
            self.out.html.push_str(text.get(..1).unwrap_or(""));
        } else {
            self.out.html.push_str(text);
        }
    }

    /// Handles what begins with `<`; gives how many bytes of it are done.
    fn tag(&mut self, tag: &'s str) -> Result<usize, Refusal> {
        let bytes = tag.as_bytes();
        match (bytes.get(1), bytes.get(2)) {
            (Some(b'!'), _) if tag.starts_with("<!--") => Ok(self.comment(tag)),
            (Some(b'!' | b'?'), _) => {
                let end = tag.find('>').map_or(tag.len(), |e| e + 1);
                if tag.get(..9).is_some_and(|t| t.eq_ignore_ascii_case("<!doctype")) {
                    self.out.html.push_str(tag.get(..end).unwrap_or(""));
                } else if tag.starts_with("<![CDATA[") && self.foreign > 0 {
                    return Ok(tag.find("]]>").map_or(tag.len(), |e| e + 3));
                }
                Ok(end)
            }
            (Some(b'/'), Some(c)) if c.is_ascii_alphabetic() => Ok(self.end_tag(tag)),
            (Some(b'/'), Some(_)) => Ok(tag.find('>').map_or(tag.len(), |e| e + 1)),
            (Some(c), _) if c.is_ascii_alphabetic() => self.start_tag(tag),
            _ => {
                self.out.html.push_str("&lt;");
                Ok(1)
            }
        }
    }

    fn is_unwrapped(&self, name: &str) -> bool {
        // Those of the head hold styles.
        self.out.unwrapped && is(name, "noscript") && self.open.iter().any(|open| is(open, "body"))
    }

    fn end_tag(&mut self, tag: &'s str) -> usize {
        let name = name_of(tag.get(2..).unwrap_or(""));
        let Some(end) = tag_end(tag, 2 + name.len()) else {
            self.out.cut = Some("a tag");
            return tag.len();
        };
        if is(name, "html") || is(name, "body") {
            self.out.ended = true;
        }
        let shown = is(name, "template") && self.templates.pop() == Some(true);
        if shown || self.is_unwrapped(name) {
            self.out.html.push_str("</div>");
            return end;
        }
        if self.over > 0 && !is_void(name) {
            self.over -= 1;
            return end;
        }
        if is_format(name) {
            if self.formats_over > 0 {
                self.formats_over -= 1;
                return end;
            }
            self.formats = self.formats.saturating_sub(1);
        }
        if let Some(i) = self.open.iter().rposition(|o| is(o, name)) {
            for gone in self.open.drain(i..) {
                self.foreign -= usize::from(is_foreign(gone)).min(self.foreign);
            }
        }
        self.out.html.push_str(tag.get(..end).unwrap_or(""));
        end
    }

    fn start_tag(&mut self, tag: &'s str) -> Result<usize, Refusal> {
        let name = name_of(tag.get(1..).unwrap_or(""));
        let Some(end) = tag_end(tag, 1 + name.len()) else {
            self.out.cut = Some("a tag");
            return Ok(tag.len());
        };
        self.tags += 1;
        if self.tags > MAX_TAGS {
            return Err(too_much(format!("more than {MAX_TAGS} elements")));
        }
        let whole = tag.get(..end).unwrap_or("");
        let closed = whole.ends_with("/>") && self.foreign > 0;
        if is(name, "template") && self.templates.len() < MAX_DEPTH {
            self.templates.push(frames::is_shadow_root(whole));
        }
        if self.is_unwrapped(name) || is(name, "template") && self.templates.last() == Some(&true) {
            self.out.html.push_str("<div>");
            return Ok(end);
        }
        self.out.raw |= is(name, "plaintext");
        // Whether it is closed so depends on what the tree builder has open: that is for the long way to find out.
        self.out.raw |= closed && raw_kind(name).is_some();
        if let Some(raw) = raw_kind(name).filter(|_| !closed) {
            return Ok(self.raw(raw, name, whole, tag, end));
        }
        if is_format(name) {
            if self.formats >= MAX_FORMATS {
                self.formats_over += 1;
                return Ok(end);
            }
            self.formats += 1;
        }
        if !is_void(name) && !closed {
            while self.open.last().is_some_and(|top| closes(name, top)) {
                self.open.pop();
            }
            if !is_inline(name) {
                self.reopened += self.formats;
                if self.reopened > MAX_REOPENED {
                    return Err(too_much(
                        "formatting elements opened in each of very many blocks".to_owned(),
                    ));
                }
            }
            if self.open.len() >= MAX_DEPTH {
                self.over += 1;
                self.out.html.push_str(if is_inline(name) { "" } else { "<br><br>" });
                return Ok(end);
            }
            self.foreign += usize::from(is_foreign(name));
            self.open.push(name);
        }
        if whole.len() > MAX_TAG {
            self.out.html.extend(["<", name, ">"]);
        } else if self.whole {
            self.out.html.push_str(whole);
        } else {
            attributes::read_by_somebody(whole, name.len(), &mut self.out.html);
            if !closed && is(name, "svg") {
                let drawing = drawing::length(tag.get(end..).unwrap_or(""));
                let title = drawing::title(tag.get(end..end + drawing).unwrap_or(""));
                if let Some(title) = title.filter(|_| !whole.contains("aria-label")) {
                    // What a drawing is called stands for it, as its label would.
                    self.out.html.truncate(self.out.html.trim_end_matches(['>', '/']).len());
                    self.out.html.extend([" aria-label=\"", title, "\">"]);
                }
                return Ok(end + drawing);
            }
        }
        Ok(end)
    }
}

fn too_much(evidence: String) -> Refusal {
    Refusal { why: Why::TooLarge, evidence }
}
