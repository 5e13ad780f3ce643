//! The demo's sites as data: how each is built, and what an address answers from which moment on.
//!
//! Not here: what is said (`statements`), and the HTML that it is said in (`pages`).

use jiff::civil::Date;

/// How a site is built; see `pages`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// A modern council site: `main`, mega menu, alert region.
    Portal,
    /// One ASP.NET form with layout tables and no landmarks.
    Legacy,
    /// Bare `div`s with generated class names.
    Divs,
    /// A company's newsroom: `article`, JSON-LD, consent dialog.
    Newsroom,
}

/// A piece of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading within the statement.
    Heading(&'static str),
    /// A paragraph.
    Text(&'static str),
    /// A list.
    Items(&'static [&'static str]),
    /// A table of services and how they are.
    Rows(&'static [(&'static str, &'static str)]),
}

/// What a page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words {
    /// Its headline.
    pub(super) title: &'static str,
    /// The date that it claims.
    pub(super) date: Date,
    /// A notice above everything, or nothing.
    pub(super) banner: &'static str,
    /// Its text, in sections that versions share.
    pub(super) sections: &'static [&'static [Block]],
}

/// What an address answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// A page.
    Says(Words),
    /// An error page with its status.
    Status(u16),
    /// A page at status 200 that says "not found".
    SoftNotFound,
    /// Another address of the same host, for good.
    Redirect(&'static str),
    /// No connection can be made; the address is `https`, which the demo's proxy does not carry.
    Unreachable,
}

/// An address over the five days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// The target that watches it; none for an address that is only redirected to.
    pub(super) target: Option<&'static str>,
    /// Who speaks.
    pub(super) body: &'static str,
    /// The address.
    pub(super) url: &'static str,
    /// How the site is built.
    pub(super) layout: Layout,
    /// Whether the site answers conditional requests.
    pub(super) validates: bool,
    /// From which step on it answers what, ascending, the first from step 0.
    pub(super) versions: &'static [(usize, Answer)],
}

impl Page {
    /// What it answers at a step, and which version that is.
    pub(super) fn at(&self, step: usize) -> (usize, Answer) {
        let started = self.versions.iter().enumerate().take_while(|(_, (from, _))| *from <= step);
        started.last().map_or((0, Answer::Status(404)), |(n, (_, answer))| (n, *answer))
    }
}

/// The host of an address, without port.
pub(super) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    authority.split(':').next().unwrap_or(authority)
}
