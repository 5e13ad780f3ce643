//! Documents within a page whose words a browser shows in their place: `srcdoc` of a frame, the shadow tree of an
//! element.
//!
//! Not here: frames by address, whose words are another page's.

use std::borrow::Cow;

use crate::read::html::prescan::ends::{end_of, name_of, tag_end};

/// The most frames of a page that are put in.
const MOST: usize = 16;

/// Whether a start tag of a template is that of a shadow tree.
pub(super) fn is_shadow_root(tag: &str) -> bool {
    tag.to_ascii_lowercase().contains("shadowroot")
}

/// A source with the documents of its frames in place of the frames.
pub(super) fn inlined(src: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut done, mut at, mut frames) = (0, 0, 0);
    while let Some(found) = src.get(at..).and_then(find).filter(|_| frames < MOST) {
        let start = at + found;
        let tag = src.get(start..).unwrap_or_default();
        at = start + 1;
        let name = name_of(tag.get(1..).unwrap_or_default());
        let Some(end) = tag_end(tag, 1 + name.len()) else { break };
        let Some(document) = tag.get(..end).and_then(srcdoc) else { continue };
        let rest = tag.get(end..).unwrap_or_default();
        let closed = end_of(rest, "iframe").unwrap_or(0);
        let after = closed + rest.get(closed..).and_then(|end| end.find('>')).map_or(0, |end| end + 1);
        out.push_str(src.get(done..start).unwrap_or_default());
        out.extend(["<div>", &document, "</div>"]);
        at = start + end + after;
        done = at;
        frames += 1;
    }
    if frames == 0 {
        return Cow::Borrowed(src);
    }
    out.push_str(src.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Where the next frame begins.
fn find(src: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = src.get(at..)?.find('<') {
        let here = at + found;
        if src.get(here + 1..here + 7).is_some_and(|name| name.eq_ignore_ascii_case("iframe")) {
            return Some(here);
        }
        at = here + 1;
    }
    None
}

/// The document in a frame's tag: the value of `srcdoc`, with what stands for markup in it undone.
fn srcdoc(tag: &str) -> Option<String> {
    let at = tag.to_ascii_lowercase().find("srcdoc")?;
    let value = tag.get(at + "srcdoc".len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, _) = value.get(1..)?.split_once(quote)?;
    let plain =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#34;", "\""), ("&amp;", "&")];
    Some(plain.iter().fold(value.to_owned(), |value, (written, meant)| value.replace(written, meant)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frames_own_document_stands_in_its_place() {
        let page = "<p>a</p><IFRAME title=x srcdoc=\"&lt;p&gt;b &amp;amp; c&lt;/p&gt;\">old</iframe><p>d</p>";
        assert_eq!(inlined(page), "<p>a</p><div><p>b &amp; c</p></div><p>d</p>");
        assert_eq!(inlined("<iframe src=/x></iframe>"), "<iframe src=/x></iframe>");
    }
}
