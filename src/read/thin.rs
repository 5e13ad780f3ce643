//! The page's source before a tree is built of it: script, style and comments taken out, nesting bounded.
//!
//! html5ever's tree builder takes time quadratic in depth, copies open formatting elements into each block,
//! and compares each attribute of a tag with all before it. So what could make it slow is bounded here, in
//! one scan that follows the tokenizer of the HTML standard (13.2.5) as far as tags and raw text go.
//! Not here: what elements mean.

mod attributes;
mod drawing;
mod names;

use super::Refusal;
use crate::model::Why;
use names::{Raw, closes, contains_ci, is, is_foreign, is_format, is_inline, is_void, raw_kind};

/// Deeper elements lose their tags and keep their words; browsers do the same at this depth.
const MAX_DEPTH: usize = 512;
/// More start tags than this make no page.
const MAX_TAGS: usize = 400_000;
/// Formatting elements left open, which every later block opens again.
const MAX_FORMATS: usize = 48;
/// How many elements the re-opened formatting may come to.
const MAX_REOPENED: usize = 500_000;
/// A body that was cut within a comment or a style was cut within so many bytes of its beginning.
const NEAR_THE_END: usize = 4096;
/// A longer tag loses its attributes.
const MAX_TAG: usize = 1 << 16;

/// The source without what nobody reads.
#[derive(Debug, Default)]
pub(super) struct Thin {
    /// Markup for the tree builder.
    pub(super) html: String,
    /// The JSON-LD blocks.
    pub(super) json_ld: Vec<String>,
    /// The words for browsers without script, as markup.
    pub(super) noscript: String,
    /// How many bytes of them there were, or were put in as part of the page.
    pub(super) noscript_bytes: usize,
    /// The words for browsers without script are part of `html`.
    pub(super) unwrapped: bool,
    /// How many scripts there were.
    pub(super) scripts: usize,
    /// What stood open when the source ended: a tag, a comment or a script.
    pub(super) cut: Option<&'static str>,
    /// Whether the document's end was marked: `</html>` or `</body>`.
    pub(super) ended: bool,
    /// The main element, or an article, that was open when the source ended within a word.
    pub(super) broken_off: Option<&'static str>,
}

struct Scan<'s> {
    src: &'s str,
    out: Thin,
    open: Vec<&'s str>,
    over: usize,
    formats: usize,
    formats_over: usize,
    reopened: usize,
    tags: usize,
    foreign: usize,
    /// Whether every attribute is kept: a selector of a user may ask for any.
    whole: bool,
}

/// Thins a page. `whole`: every attribute and drawing is kept, as selectors of a user may ask for them.
///
/// # Errors
/// `too-large` for markup that no page needs.
pub(super) fn thin(src: &str, whole: bool) -> Result<Thin, Refusal> {
    scanned(src, whole, false)
}

/// Thins a page, the words for browsers without script being part of it: some sites put all of theirs there.
///
/// # Errors
/// As [`thin`].
pub(super) fn with_noscript(src: &str, whole: bool) -> Result<Thin, Refusal> {
    scanned(src, whole, true)
}

fn scanned(src: &str, whole: bool, unwrapped: bool) -> Result<Thin, Refusal> {
    let mut scan = Scan {
        src,
        out: Thin { html: String::with_capacity(src.len() / 2), unwrapped, ..Thin::default() },
        open: Vec::with_capacity(64),
        over: 0,
        formats: 0,
        formats_over: 0,
        reopened: 0,
        tags: 0,
        foreign: 0,
        whole,
    };
    scan.run()?;
    // A style or a comment that nobody closed swallows the end tag, which is there all the same.
    let tail = src.trim_end();
    let last = tail.len().checked_sub("</html>".len()).and_then(|at| tail.get(at..));
    scan.out.ended |= last.is_some_and(|tag| tag.eq_ignore_ascii_case("</html>"));
    let open = ["main", "article"].into_iter().find(|name| scan.open.iter().any(|open| is(open, name)));
    scan.out.broken_off = open.filter(|_| tail.ends_with(char::is_alphanumeric));
    Ok(scan.out)
}

impl<'s> Scan<'s> {
    fn run(&mut self) -> Result<(), Refusal> {
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

    fn comment(&mut self, tag: &str) -> usize {
        // `<!-->` and `<!--->` are whole comments.
        if let Some(end) = ["<!-->", "<!--->"].iter().find(|s| tag.starts_with(**s)).map(|s| s.len()) {
            return end;
        }
        let body = tag.get(4..).unwrap_or("");
        let end = body.find("-->");
        // Only as far as the comment goes: another end of it beyond that is another comment's.
        let within = body.get(..end.unwrap_or(body.len())).unwrap_or("");
        match (within.find("--!>"), end) {
            (Some(early), _) => 4 + early + 4,
            (None, Some(end)) => 4 + end + 3,
            (None, None) => {
                self.out.cut = (body.len() <= NEAR_THE_END).then_some("a comment");
                tag.len()
            }
        }
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
        if self.is_unwrapped(name) {
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
        if self.is_unwrapped(name) {
            self.out.html.push_str("<div>");
            return Ok(end);
        }
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
                return Ok(end + drawing::length(tag.get(end..).unwrap_or("")));
            }
        }
        Ok(end)
    }

    /// An element whose content is text: kept for `title` and `textarea`, taken out for the others.
    fn raw(&mut self, kind: Raw, name: &str, whole: &str, tag: &'s str, start: usize) -> usize {
        let body = tag.get(start..).unwrap_or("");
        let length = match kind {
            Raw::Script => script_end(body),
            _ => end_of(body, name),
        };
        let text = body.get(..length.unwrap_or(body.len())).unwrap_or("");
        let Some(length) = length else {
            // An end that was forgotten far from the end of the page is the page's own fault.
            let near = kind == Raw::Script || body.len() <= NEAR_THE_END;
            let what = match kind {
                Raw::Script => "a script",
                Raw::Kept => "a title or a field",
                Raw::Style | Raw::Noscript => "a style or a frame",
            };
            self.out.cut = near.then_some(what);
            if kind == Raw::Kept {
                self.out.html.extend([whole, text]);
            }
            return tag.len();
        };
        let after = start + length;
        let end =
            tag.get(after..).and_then(|rest| tag_end(rest, 2 + name.len())).map_or(tag.len(), |e| after + e);
        match kind {
            Raw::Kept => self.out.html.push_str(tag.get(..end).unwrap_or("")),
            Raw::Script => {
                self.out.scripts += 1;
                if contains_ci(whole, "ld+json") && self.out.json_ld.len() < 32 {
                    self.out.json_ld.push(text.to_owned());
                }
            }
            Raw::Noscript => {
                self.out.noscript_bytes += text.len();
                if self.out.noscript.len() < 4096 {
                    self.out.noscript.extend([super::clip(text, 2048), " "]);
                }
            }
            Raw::Style => {}
        }
        end
    }
}

fn too_much(evidence: String) -> Refusal {
    Refusal { why: Why::TooLarge, evidence }
}

fn name_of(from: &str) -> &str {
    let end =
        from.bytes().position(|b| b.is_ascii_whitespace() || b == b'/' || b == b'>').unwrap_or(from.len());
    from.get(..end).unwrap_or("")
}

/// Where a tag ends, quotes observed where the tokenizer observes them: at the start of an attribute's value.
fn tag_end(tag: &str, from: usize) -> Option<usize> {
    let bytes = tag.as_bytes();
    let mut i = from;
    let mut value = false;
    while let Some(&b) = bytes.get(i) {
        match b {
            b'>' => return Some(i + 1),
            b'"' | b'\'' if value => {
                i += 1 + bytes.get(i + 1..)?.iter().position(|c| *c == b)?;
                value = false;
            }
            b'=' => value = true,
            b if b.is_ascii_whitespace() => {}
            _ => value = false,
        }
        i += 1;
    }
    None
}

/// Where `</name` stands in raw text.
fn end_of(body: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = body.get(at..)?.find("</") {
        let here = at + found;
        let rest = body.get(here + 2..)?;
        if rest.get(..name.len()).is_some_and(|n| is(n, name))
            && rest
                .as_bytes()
                .get(name.len())
                .is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
        {
            return Some(here);
        }
        at = here + 2;
    }
    None
}

/// Where a script ends: a `<script` within `<!--` is a script within the script (the "double escaped" states).
fn script_end(body: &str) -> Option<usize> {
    let first = end_of(body, "script")?;
    let head = body.get(..first)?;
    let Some(escaped) = head.find("<!--") else { return Some(first) };
    let inside = head.get(escaped..)?;
    if inside.contains("-->") || !contains_ci(inside, "<script") {
        return Some(first);
    }
    let after = first + 2;
    body.get(after..).and_then(|rest| end_of(rest, "script")).map(|more| after + more).or(Some(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(src: &str) -> String {
        thin(src, false).unwrap().html
    }

    #[test]
    fn scripts_go_and_what_only_looks_like_one_stays() {
        assert_eq!(html("a<script>if (a < b) '<p>'</script>b<!-- <p> -->c"), "abc");
        assert_eq!(html("<title><script></title>x"), "<title><script></title>x");
        assert_eq!(html(r#"<a href="<script>">x</a>"#), r#"<a href="<script>">x</a>"#);
        assert_eq!(html("a<script><!-- <script>x</script> --></script>b"), "ab");
        assert_eq!(html("<p>1 < 2</p>"), "<p>1 &lt; 2</p>");
        assert_eq!(thin("<p>The pool is <b class='x", false).unwrap().cut, Some("a tag"));
    }

    #[test]
    fn depth_is_bounded_and_words_are_kept() {
        let deep =
            format!("{}Gates shut{}<p>Ask at the desk", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let thin = html(&deep);
        assert!(thin.matches("<div>").count() <= MAX_DEPTH);
        assert!(thin.contains("Gates shut") && thin.contains("Ask at the desk"));
    }

    #[test]
    fn formatting_left_open_does_not_multiply() {
        let many = (0..2000).map(|i| format!("<font size={i}>")).collect::<Vec<_>>().concat();
        assert!(html(&many).matches("<font").count() <= MAX_FORMATS);
        let blocks = format!("{many}{}", "<p>x".repeat(30_000));
        assert_eq!(thin(&blocks, false).unwrap_err().why, Why::TooLarge);
    }
}
