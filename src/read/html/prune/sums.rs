//! How many words stand in each element: bytes of plain words, of links, of prose, as sums that run over the page.
//!
//! Not here: what follows from it.

use crate::read::html::{
    dom::{Page, Tag},
    links,
};

/// How many words a text has before it is taken for prose rather than a name, unless it ends like a sentence.
const PROSE_WORDS: usize = 6;

pub(super) fn between(sums: &[u32], page: &Page<'_>, i: usize) -> u32 {
    let end = page.get(i).end.min(page.nodes.len());
    let at = |k: usize| sums.get(k).copied().unwrap_or(0);
    at(end).saturating_sub(at(i))
}

/// Running sums over the nodes: plain, linked and prose bytes before each.
pub(super) fn sums(page: &Page<'_>, dropped: &[Option<&'static str>]) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    let n = page.nodes.len();
    let (mut plain, mut linked, mut prose) =
        (Vec::with_capacity(n + 1), Vec::with_capacity(n + 1), Vec::with_capacity(n + 1));
    let (mut p, mut l, mut s) = (0u32, 0u32, 0u32);
    let (mut link_until, mut document_until) = (0, 0);
    for (i, node) in page.nodes.iter().enumerate() {
        plain.push(p);
        linked.push(l);
        prose.push(s);
        match node.tag {
            Tag::A | Tag::Button if page.attr(i, "href").is_some() || node.tag == Tag::Button => {
                link_until = link_until.max(node.end);
                if page.attr(i, "href").is_some_and(links::is_document) {
                    document_until = document_until.max(node.end);
                }
            }
            Tag::Text
                if dropped.get(i).copied().flatten().is_none() && !page.get(node.up).tag.is_silent() =>
            {
                let text = node.text.trim();
                let bytes = u32::try_from(text.len()).unwrap_or(u32::MAX);
                if i < document_until {
                    p = p.saturating_add(bytes);
                    s = s.saturating_add(bytes);
                } else if i < link_until {
                    l = l.saturating_add(bytes);
                } else {
                    p = p.saturating_add(bytes);
                    if is_prose(text) {
                        s = s.saturating_add(bytes);
                    }
                }
            }
            _ => {}
        }
    }
    plain.push(p);
    linked.push(l);
    prose.push(s);
    (plain, linked, prose)
}

pub(super) fn is_prose(text: &str) -> bool {
    let words = text.split_ascii_whitespace().take(PROSE_WORDS).count();
    words >= PROSE_WORDS || (words >= 3 && text.ends_with(['.', '!', '?', ';', ':']))
}

/// Fields to be filled in, before each node.
pub(super) fn fields(page: &Page<'_>) -> Vec<u32> {
    let mut sum = 0;
    let mut sums: Vec<u32> = Vec::with_capacity(page.nodes.len() + 1);
    for (i, node) in page.nodes.iter().enumerate() {
        sums.push(sum);
        let kind = || page.attr(i, "type").unwrap_or("text");
        if node.tag == Tag::Input && !["hidden", "image"].iter().any(|h| kind().eq_ignore_ascii_case(h)) {
            sum += 1;
        }
    }
    sums.push(sum);
    sums
}
