//! The page as one flat list of nodes in document order, so that every walk is a loop and none recurses.
//!
//! Not here: judgement. What a class or role suggests is noted ([`Hints`]), not acted upon.

mod tag;

use rustc_hash::{FxHashMap, FxHashSet};
use scraper::{Html, Node as Parsed, node::Element};

use crate::read::{
    clip::clip,
    html::hints::{self, Hints},
};
pub(in crate::read) use tag::Tag;

/// A node of the page.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Node<'p> {
    /// What it is.
    pub(in crate::read) tag: Tag,
    /// The words, of a text node.
    pub(in crate::read) text: &'p str,
    /// The element, of an element.
    pub(in crate::read) element: Option<&'p Element>,
    /// What its class, id and role suggest.
    pub(in crate::read) hints: Hints,
    /// The parent's number; the first node is its own.
    pub(in crate::read) up: usize,
    /// The number after its last descendant's.
    pub(in crate::read) end: usize,
}

/// A parsed page, flat.
#[derive(Debug)]
pub(in crate::read) struct Page<'p> {
    /// The nodes; the descendants of node `i` are `i + 1 .. nodes[i].end`.
    pub(in crate::read) nodes: Vec<Node<'p>>,
    /// The numbers of its `meta`, `link` and `base` elements: they are asked for by name again and again.
    pub(in crate::read) metas: Vec<usize>,
    /// The ids that a control on the page opens.
    pub(in crate::read) opened: FxHashSet<&'p str>,
    /// What its `meta` elements say, each by every name that it has, in order.
    said: Vec<(&'p str, &'p str)>,
}

impl<'p> Page<'p> {
    /// Flattens a parsed page. Comments and instructions are left out.
    pub(in crate::read) fn flatten(html: &'p Html) -> Self {
        let (mut memory, mut opened) = (FxHashMap::default(), FxHashSet::default());
        let mut nodes: Vec<Node<'p>> = Vec::with_capacity(1024);
        let mut open: Vec<usize> = Vec::with_capacity(64);
        let mut at = html.tree.root();
        'walk: loop {
            let up = open.last().copied().unwrap_or(0);
            let number = nodes.len();
            let node = match at.value() {
                Parsed::Element(element) => {
                    let mut hints = hints::collect(element, &mut memory, &mut opened);
                    if matches!(element.name(), "html" | "body") {
                        hints = hints.on_body();
                    }
                    Some(Node {
                        tag: Tag::named(element.name()),
                        text: "",
                        element: Some(element),
                        hints,
                        up,
                        end: 0,
                    })
                }
                Parsed::Text(text) => Some(Node {
                    tag: Tag::Text,
                    text,
                    element: None,
                    hints: Hints::default(),
                    up,
                    end: number + 1,
                }),
                Parsed::Document | Parsed::Fragment => Some(Node {
                    tag: Tag::Block,
                    text: "",
                    element: None,
                    hints: Hints::default(),
                    up,
                    end: 0,
                }),
                _ => None,
            };
            let deeper = node.is_some_and(|n| n.tag != Tag::Text);
            nodes.extend(node);
            if deeper {
                open.push(number);
                if let Some(child) = at.first_child() {
                    at = child;
                    continue;
                }
                close(&mut nodes, &mut open);
            }
            loop {
                if let Some(next) = at.next_sibling() {
                    at = next;
                    break;
                }
                let Some(parent) = at.parent() else { break 'walk };
                close(&mut nodes, &mut open);
                at = parent;
            }
        }
        let metas = nodes.iter().enumerate().filter(|(_, n)| n.tag == Tag::Meta).map(|(i, _)| i).collect();
        let mut page = Self { nodes, metas, opened, said: Vec::new() };
        page.said = page.metas.iter().flat_map(|i| page.says(*i)).collect();
        page
    }

    /// The names of a `meta` element, each with its content; none where that is empty.
    fn says(&self, i: usize) -> impl Iterator<Item = (&'p str, &'p str)> {
        let content = self.attr(i, "content").map(str::trim).filter(|content| !content.is_empty());
        let names = ["name", "property", "itemprop", "http-equiv"].map(|name| self.attr(i, name));
        names
            .into_iter()
            .flatten()
            .zip(std::iter::repeat(content))
            .filter_map(|(name, said)| Some((name, said?)))
    }

    /// The content of the first `meta` element of a name or property.
    pub(in crate::read) fn meta(&self, name: &str) -> Option<&'p str> {
        self.said.iter().find(|(named, _)| named.eq_ignore_ascii_case(name)).map(|(_, said)| *said)
    }

    /// A node by its number; past the end, one that holds nothing.
    pub(in crate::read) fn get(&self, i: usize) -> &Node<'p> {
        const NOWHERE: &Node<'static> =
            &Node { tag: Tag::Void, text: "", element: None, hints: Hints::NONE, up: 0, end: usize::MAX };
        self.nodes.get(i).unwrap_or(NOWHERE)
    }

    /// The ancestors of a node, nearest first, the document last.
    pub(in crate::read) fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> {
        let mut at = i;
        std::iter::from_fn(move || {
            let up = self.get(at).up;
            (up != at).then(|| {
                at = up;
                up
            })
        })
    }

    /// The children of a node.
    pub(in crate::read) fn children(&self, i: usize) -> impl Iterator<Item = usize> {
        let end = self.get(i).end.min(self.nodes.len());
        let mut next = i + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let here = next;
                next = self.get(here).end.max(here + 1);
                here
            })
        })
    }

    /// The sibling after a node that is no white space.
    pub(in crate::read) fn after(&self, i: usize) -> Option<usize> {
        let end = self.get(self.get(i).up).end;
        let mut at = self.get(i).end.max(i + 1);
        while at < end {
            if self.get(at).tag != Tag::Text || !self.get(at).text.trim().is_empty() {
                return Some(at);
            }
            at = self.get(at).end.max(at + 1);
        }
        None
    }

    /// The sibling before a node, white space passed over.
    pub(in crate::read) fn before(&self, i: usize) -> Option<usize> {
        let up = self.get(i).up;
        let mut at = i;
        while at > up + 1 {
            at -= 1;
            // From the last descendant of the sibling up to the sibling itself.
            while self.get(at).up != up && self.get(at).up < at {
                at = self.get(at).up;
            }
            if self.get(at).tag != Tag::Text || !self.get(at).text.trim().is_empty() {
                return Some(at);
            }
        }
        None
    }

    /// The text right before a node in its line; empty where none stands there.
    pub(in crate::read) fn text_before(&self, i: usize) -> &'p str {
        let mut at = i;
        while let Some(node) = at.checked_sub(1).map(|k| self.get(k)) {
            at -= 1;
            if node.tag == Tag::Text {
                return node.text;
            }
            if !node.tag.is_inline() {
                break;
            }
        }
        ""
    }

    /// The numbers of a node's descendants.
    pub(in crate::read) fn within(&self, i: usize) -> std::ops::Range<usize> {
        i + 1..self.get(i).end.min(self.nodes.len())
    }

    /// The value of an attribute of a node.
    pub(in crate::read) fn attr(&self, i: usize, name: &str) -> Option<&'p str> {
        self.get(i).element.and_then(|e| hints::attr(e, name))
    }

    /// A node's words, white space folded, at most about `cap` bytes.
    pub(in crate::read) fn words(&self, i: usize, cap: usize) -> String {
        let mut out = String::new();
        let all = std::iter::once(i).chain(self.within(i));
        for node in all.filter_map(|k| self.nodes.get(k)).filter(|n| n.tag == Tag::Text) {
            for word in node.text.split_whitespace() {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(word);
                if out.len() >= cap {
                    out.truncate(clip(&out, cap).len());
                    return out;
                }
            }
        }
        out
    }

    /// A short CSS selector of an element: by id, else by tag and first classes.
    pub(in crate::read) fn selector(&self, i: usize) -> String {
        let node = self.get(i);
        let Some(element) = node.element else {
            return if node.tag == Tag::Text { self.selector(node.up.min(i)) } else { String::new() };
        };
        let plain = |s: &&str| {
            !s.is_empty()
                && s.len() <= 40
                && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
                && !s.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        };
        if let Some(id) = self.attr(i, "id").filter(plain) {
            return format!("{}#{id}", element.name());
        }
        let mut out = element.name().to_owned();
        for class in self.attr(i, "class").unwrap_or("").split_ascii_whitespace().filter(plain).take(2) {
            out.push('.');
            out.push_str(class);
        }
        out
    }
}

fn close(nodes: &mut [Node<'_>], open: &mut Vec<usize>) {
    let end = nodes.len();
    if let Some(node) = open.pop().and_then(|i| nodes.get_mut(i)) {
        node.end = end;
    }
}
