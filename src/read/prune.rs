//! What is furniture wherever it stands: menus, feet, consent, sharing, forms, what is hidden. One pass over the
//! page; every node dropped has a rule with a name.
//!
//! Not here: which part of the rest is the statement (`root`), and what words say of themselves (`tidy`).

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    about,
    dom::{Page, Tag},
    links,
    marks::Marks,
    sharing,
};

/// What one pass found out about each node.
#[derive(Debug)]
pub(super) struct Facts {
    /// The rule that drops a node and all in it.
    pub(super) dropped: Vec<Option<&'static str>>,
    /// The page's heading, where there is one.
    pub(super) h1: Option<usize>,
    /// Where a skip link leads: below it the page's own words begin.
    pub(super) start: Option<usize>,
    /// Bytes of words outside links, up to each node.
    plain: Vec<u32>,
    /// Bytes of words in links, those to documents not counted, up to each node.
    linked: Vec<u32>,
    /// Bytes of words in text of a sentence's shape outside links, and of links to documents, up to each node.
    prose: Vec<u32>,
}

/// How many words a text has before it is taken for prose rather than a name, unless it ends like a sentence.
const PROSE_WORDS: usize = 6;

/// Bytes of what may lead in above the names of those who wrote it.
const LEAD: u32 = 300;

/// Bytes of words that are more than any furniture has.
const MANY_WORDS: u64 = 1500;

/// Bytes of a sentence that only asks to share.
const GREETING: u32 = 24;

/// So many paragraphs under one element are a story.
const RUN: usize = 4;

impl Facts {
    /// Bytes of undropped words outside links in a node.
    pub(super) fn plain(&self, page: &Page<'_>, i: usize) -> u32 {
        between(&self.plain, page, i)
    }

    /// Bytes of undropped words inside links in a node.
    pub(super) fn linked(&self, page: &Page<'_>, i: usize) -> u32 {
        between(&self.linked, page, i)
    }

    /// Bytes of undropped prose in a node.
    pub(super) fn prose(&self, page: &Page<'_>, i: usize) -> u32 {
        between(&self.prose, page, i)
    }

    /// The rule that drops a node, or one it stands in.
    pub(super) fn rule(&self, i: usize) -> Option<&'static str> {
        self.dropped.get(i).copied().flatten()
    }

    /// Whether a node is never words, whoever chose it: media, fields, what browsers do not show.
    pub(super) fn never(&self, page: &Page<'_>, i: usize) -> bool {
        silent(page.get(i).tag) || self.rule(i) == Some("no words")
    }

    /// Whether any words are left on the page at all.
    pub(super) fn has_words(&self, page: &Page<'_>) -> bool {
        self.plain(page, 0) + self.linked(page, 0) > 0
    }

    /// Looks at every node of a page.
    pub(super) fn of(page: &Page<'_>) -> Self {
        let n = page.nodes.len();
        let raw = sums(page, &vec![None; n]);
        let h1 = heading(page);
        let mut kept = FxHashSet::default();
        let mains = page
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, n)| n.tag == Tag::Main || n.marks.any(Marks::ROLE_MAIN));
        for i in h1.into_iter().chain(mains.map(|(i, _)| i).take(8)) {
            kept.insert(i);
            kept.extend(page.ancestors(i));
        }
        let rules = Rules {
            page,
            plain: &raw.0,
            linked: &raw.1,
            prose: &raw.2,
            fields: fields(page),
            kept: &kept,
            opened: opened(page),
            boxes: sharing::boxes(page, &kept),
            teased: teased(page, &raw.0, &raw.1),
            h1,
        };
        let mut dropped = vec![None; n];
        let mut i = 0;
        while i < n {
            let end = page.get(i).end.clamp(i + 1, n);
            if let Some(rule) = rules.rule(i) {
                if let Some(all) = dropped.get_mut(i..end) {
                    all.fill(Some(rule));
                }
                i = end;
            } else {
                i += 1;
            }
        }
        let (plain, linked, prose) = sums(page, &dropped);
        Self { dropped, h1, start: start(page), plain, linked, prose }
    }
}

fn between(sums: &[u32], page: &Page<'_>, i: usize) -> u32 {
    let end = page.get(i).end.min(page.nodes.len());
    let at = |k: usize| sums.get(k).copied().unwrap_or(0);
    at(end).saturating_sub(at(i))
}

/// Running sums over the nodes: plain, linked and prose bytes before each.
fn sums(page: &Page<'_>, dropped: &[Option<&'static str>]) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
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
            Tag::Text if dropped.get(i).copied().flatten().is_none() && !silent(page.get(node.up).tag) => {
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

fn is_prose(text: &str) -> bool {
    let words = text.split_ascii_whitespace().take(PROSE_WORDS).count();
    words >= PROSE_WORDS || (words >= 3 && text.ends_with(['.', '!', '?', ';', ':']))
}

/// Elements whose words are never words of a statement.
pub(super) fn silent(tag: Tag) -> bool {
    matches!(tag, Tag::Void | Tag::Head | Tag::Meta | Tag::Title | Tag::Input)
}

/// The page's own heading: of several `h1` the first that is not the site's name.
fn heading(page: &Page<'_>) -> Option<usize> {
    let all =
        || page.nodes.iter().enumerate().filter(|(_, n)| n.tag == Tag::Heading(1)).map(|(i, _)| i).take(16);
    let worded = |i: &usize| page.within(*i).any(|k| !page.get(k).text.trim().is_empty());
    let own = |i: &usize| {
        let home = page.within(*i).any(|k| {
            page.get(k).tag == Tag::A
                && page.attr(k, "href").is_some_and(|h| {
                    let path = h
                        .split_once("://")
                        .map_or(h, |(_, rest)| rest.find('/').map_or("/", |s| rest.get(s..).unwrap_or("/")));
                    matches!(path, "/" | "/home" | "/index.html" | "./" | "")
                })
        });
        let site = std::iter::once(*i)
            .chain(page.ancestors(*i).take(3))
            .any(|k| page.get(k).marks.any(Marks::CONSENT | Marks::DIALOG) || page.get(k).tag == Tag::Nav);
        !home && !site && !page.get(*i).marks.any(Marks::HIDDEN)
    };
    let in_head = |i: &usize| {
        page.ancestors(*i).any(|k| page.get(k).marks.any(Marks::HEAD) && !page.get(k).marks.any(Marks::MAIN))
            && page.ancestors(*i).any(|k| page.get(k).tag == Tag::Header)
    };
    let good: Vec<usize> = all().filter(worded).filter(own).collect();
    // What the title says too is the page's own; a greeting in a box is not.
    let title =
        page.nodes.iter().position(|n| n.tag == Tag::Title).map_or_else(String::new, |i| page.words(i, 400));
    let title = title.to_lowercase();
    let titled = |i: &usize| {
        let words = page.words(*i, 400).to_lowercase();
        about::parts(&title).any(|part| part == words)
    };
    let named = if good.len() > 1 { good.iter().copied().find(titled) } else { None };
    named.or_else(|| good.iter().copied().find(|i| !in_head(i))).or_else(|| good.first().copied())
}

/// Where the page's first "skip to content" leads.
fn start(page: &Page<'_>) -> Option<usize> {
    let links = (0..page.nodes.len()).filter(|i| page.get(*i).tag == Tag::A).take(24);
    let id = links.filter_map(|i| {
        let id = page.attr(i, "href")?.strip_prefix('#').filter(|id| !id.is_empty())?;
        let words = page.words(i, 60).to_lowercase();
        (words.contains("content") || words.contains("cynnwys") || words.contains("contenu")).then_some(id)
    });
    let id = id.into_iter().next()?;
    (0..page.nodes.len()).find(|i| page.attr(*i, "id") == Some(id) || page.attr(*i, "name") == Some(id))
}

/// The ids that a control on the page opens.
fn opened<'p>(page: &Page<'p>) -> FxHashSet<&'p str> {
    let mut ids = FxHashSet::default();
    for node in &page.nodes {
        let Some(element) = node.element else { continue };
        for (name, value) in element.attrs() {
            match name {
                "aria-controls" => ids.extend(value.split_ascii_whitespace()),
                "href" | "data-target" | "data-bs-target" | "data-href" => {
                    ids.extend(value.strip_prefix('#').filter(|v| !v.is_empty()));
                }
                _ => {}
            }
        }
    }
    ids
}

struct Rules<'a, 'p> {
    page: &'a Page<'p>,
    plain: &'a [u32],
    linked: &'a [u32],
    prose: &'a [u32],
    fields: Vec<u32>,
    /// Nodes that hold the page's heading or main element: no name drops them.
    kept: &'a FxHashSet<usize>,
    opened: FxHashSet<&'p str>,
    /// What holds nothing but ways to share the page, or the heads under which it is filed.
    boxes: FxHashMap<usize, &'static str>,
    /// Where a main element is made of teasers.
    teased: std::ops::Range<usize>,
    /// The page's heading.
    h1: Option<usize>,
}

/// What the entries of a list may be called.
const LISTED: Marks = Marks::PROMO.with(Marks::SEARCH);

/// The main element most of whose words stand in teasers, or were found by a search: there they are what the page is about.
fn teased(page: &Page<'_>, plain: &[u32], linked: &[u32]) -> std::ops::Range<usize> {
    let words = |i: usize| u64::from(between(plain, page, i)) + u64::from(between(linked, page, i));
    let is_main = |i: &usize| page.get(*i).tag == Tag::Main || page.get(*i).marks.any(Marks::ROLE_MAIN);
    let named = |i: &usize| page.get(*i).marks.any(Marks::MAIN);
    let all = || 0..page.nodes.len();
    let main = all().find(is_main).or_else(|| all().filter(named).max_by_key(|i| (words(*i), Reverse(*i))));
    let Some(main) = main else { return 0..0 };
    let (mut sum, mut until) = (0, 0);
    for i in page.within(main) {
        let marks = page.get(i).marks;
        if i >= until && marks.any(LISTED) && !marks.any(Marks::ADVERT) {
            sum += words(i);
            until = page.get(i).end;
        }
    }
    if sum * 100 >= words(main) * 60 { page.within(main) } else { 0..0 }
}

impl Rules<'_, '_> {
    fn rule(&self, i: usize) -> Option<&'static str> {
        let node = self.page.get(i);
        match node.tag {
            Tag::Void | Tag::Head | Tag::Meta | Tag::Title => return Some("no words"),
            Tag::Input => return Some("form control"),
            Tag::Text | Tag::Br | Tag::Html | Tag::Body | Tag::Main => return None,
            _ => {}
        }
        if self.kept.contains(&i) {
            return None;
        }
        if let Some(rule) = self.boxes.get(&i) {
            return Some(rule);
        }
        let marks = node.marks;
        if marks.any(Marks::HIDDEN) && !self.is_panel(i) && !self.is_streamed(i) {
            return Some("hidden");
        }
        match node.tag {
            Tag::Heading(_) | Tag::Summary | Tag::Cell | Tag::Row | Tag::Quote => return None,
            Tag::Nav => return Some("nav"),
            Tag::A if self.page.attr(i, "href").is_some_and(links::goes_back) => return Some("page tool"),
            Tag::List if self.is_menu(i) => return Some("menu with this page in it"),
            Tag::Footer if !self.is_said_within(i) => return Some("footer"),
            Tag::Header if !self.in_main(i) => return Some("header"),
            Tag::Aside if !marks.any(Marks::NOTICE | Marks::ROLE_ALERT) && !self.is_said_within(i) => {
                return Some("aside");
            }
            Tag::Button if !self.names_a_part(i) && !self.asks(i) => return Some("button"),
            Tag::Label if !marks.any(Marks::PANEL) && !self.asks(i) => return Some("label"),
            Tag::Form if self.is_filled_in(i) && !self.is_most(i) => return Some("form"),
            _ => {}
        }
        self.by_name(i, marks)
    }

    fn by_name(&self, i: usize, marks: Marks) -> Option<&'static str> {
        const ALL: [(Marks, &str, bool); 14] = [
            (Marks::CHAT, "chat", true),
            (Marks::NAV, "menu", true),
            (Marks::CONSENT, "consent", true),
            (Marks::FOOT, "foot", true),
            (Marks::SIDE, "beside", true),
            (Marks::SHARE, "sharing", false),
            (Marks::PROMO, "promotion", true),
            (Marks::FEEDBACK, "feedback", false),
            (Marks::COMMENTS, "comments", true),
            (Marks::DIALOG, "dialog", true),
            (Marks::HEAD, "head", false),
            (Marks::SEARCH, "search", false),
            (Marks::TOOL, "page tool", false),
            (Marks::BYLINE, "byline", false),
        ];
        /// Names of what stands beside a statement, which parts of one may bear too: "related-incident".
        const BESIDE: Marks =
            Marks::SIDE.with(Marks::PROMO).with(Marks::FEEDBACK).with(Marks::COMMENTS).with(Marks::SHARE);
        if marks.any(Marks::NAMED_BODY) {
            return None;
        }
        let hit = ALL.iter().find(|(flag, _, _)| marks.any(*flag))?;
        let greeting = hit.0 == Marks::SHARE && self.sum(self.prose, i) <= GREETING;
        // A weak name drops only what has no sentence in it, or what a visitor fills in.
        let weak = !hit.2 && self.sum(self.prose, i) > 0 && !self.is_filled_in(i);
        // "Share this with" and "opens in a new window" are no sentences, and "Sharing is caring!" is a short one.
        let weak = weak && (hit.0 != Marks::SHARE || sharing::is_told(self.page, i) && !greeting);
        let weak = weak || hit.0 == Marks::BYLINE && !self.is_byline(i);
        let about_consent = hit.0 == Marks::CONSENT && self.in_main(i) && !self.is_filled_in(i);
        let panel = marks.any(Marks::PANEL) && hit.0 == Marks::DIALOG;
        // Where there is hardly anything but what readers say, that is the page.
        let answers = hit.0 == Marks::COMMENTS && self.answers_an_article(i);
        let talk = hit.0 == Marks::COMMENTS && self.is_talk(i);
        let most = self.h1.is_none() && self.is_most(i) || talk;
        // A name is no reason to lose what the page is about.
        let told =
            hit.0 != Marks::CONSENT && hit.0 != Marks::CHAT && (self.is_the_story(i) || self.is_the_page(i))
                || BESIDE.any(hit.0) && !greeting && self.is_said_within(i);
        let teased =
            LISTED.any(hit.0) && self.teased.contains(&i) && (!self.is_filled_in(i) || self.is_most(i));
        (!weak && !teased && !about_consent && !panel && (answers || !most && !told)).then_some(hit.1)
    }

    fn sum(&self, sums: &[u32], i: usize) -> u32 {
        between(sums, self.page, i)
    }

    /// Whether there is hardly anything on the page but what readers say, or little above it in the main element.
    fn is_talk(&self, i: usize) -> bool {
        let own = u64::from(self.sum(self.prose, i));
        let above = |h1: usize| {
            let at = |k: usize| self.prose.get(k).copied().unwrap_or(0);
            u64::from(at(i).saturating_sub(at(self.page.get(h1).end)))
        };
        own * 5 > u64::from(self.prose.last().copied().unwrap_or(0)) * 4
            || self.in_main(i)
                && own >= MANY_WORDS
                && self.h1.is_some_and(|h1| h1 < i && above(h1) * 10 < own)
    }

    /// Whether an article, called so and saying something, stands before it: what readers say of it may be longer.
    fn answers_an_article(&self, i: usize) -> bool {
        let page = self.page;
        let body = |k: &usize| page.get(*k).marks.any(Marks::NAMED_BODY) && self.sum(self.prose, *k) > 0;
        let from = self.h1.filter(|h1| *h1 < i).unwrap_or(0);
        (from..i).any(|k| body(&k) && page.get(k).end <= i)
    }

    /// Whether it stands below the heading with hardly more between them than a sentence that leads in. When a page was
    /// written or changed is a claim to keep.
    fn is_byline(&self, i: usize) -> bool {
        let at = |k: usize| self.prose.get(k).copied().unwrap_or(0);
        self.h1.is_some_and(|h1| h1 < i && at(i) - at(self.page.get(h1).end).min(at(i)) <= LEAD)
            && !self.page.words(i, 400).bytes().any(|b| b.is_ascii_digit())
    }

    /// Whether it holds more than half of the page's plain words.
    fn is_most(&self, i: usize) -> bool {
        u64::from(self.sum(self.plain, i)) * 2 > u64::from(self.plain.last().copied().unwrap_or(0))
    }

    /// Whether it says something in the main element, below its heading, without a link or a field: furniture there
    /// leads somewhere. What a quotation ends with is its speaker.
    fn is_said_within(&self, i: usize) -> bool {
        let page = self.page;
        if page.ancestors(i).take(3).any(|a| page.get(a).tag == Tag::Quote) {
            return true;
        }
        let leads = |k: usize| matches!(page.get(k).tag, Tag::A | Tag::Button | Tag::Input | Tag::Nav);
        self.h1.is_some_and(|h1| h1 < i)
            && self.sum(self.prose, i) > 0
            && self.in_main(i)
            && !self.is_filled_in(i)
            && !page.within(i).any(leads)
    }

    /// Whether it holds most of the page's prose, several paragraphs of it in a row: nothing beside a statement does.
    fn is_the_story(&self, i: usize) -> bool {
        let page = self.page;
        let prose = self.sum(self.prose, i);
        if u64::from(prose) * 2 <= u64::from(self.prose.last().copied().unwrap_or(0)) {
            return false;
        }
        let lead = |k: usize| {
            page.children(k).any(|c| page.get(c).tag == Tag::Text && is_prose(page.get(c).text.trim()))
        };
        let paragraph = |k: &usize| {
            matches!(page.get(*k).tag, Tag::P | Tag::Block) && self.sum(self.prose, *k) > 0 && lead(*k)
        };
        let mut runs: FxHashMap<usize, usize> = FxHashMap::default();
        page.within(i).filter(paragraph).any(|k| {
            let run = runs.entry(page.get(k).up).or_default();
            *run += 1;
            *run >= RUN
        })
    }

    /// Whether there would hardly be anything left of the main element, or of the page, without it: many words, most of
    /// them not in links.
    fn is_the_page(&self, i: usize) -> bool {
        let page = self.page;
        let words = |i: usize| u64::from(self.sum(self.plain, i)) + u64::from(self.sum(self.linked, i));
        let is_main = |a: &usize| {
            page.get(*a).tag == Tag::Main || page.get(*a).marks.any(Marks::ROLE_MAIN | Marks::MAIN)
        };
        let scope = page.ancestors(i).find(is_main).unwrap_or(0);
        let own = words(i);
        own >= MANY_WORDS && own * 100 >= words(scope) * 85 && u64::from(self.sum(self.prose, i)) * 2 >= own
    }

    fn in_main(&self, i: usize) -> bool {
        self.page.ancestors(i).any(|a| {
            let node = self.page.get(a);
            matches!(node.tag, Tag::Main | Tag::Article) || node.marks.any(Marks::MAIN | Marks::ROLE_MAIN)
        })
    }

    /// A list of links one of which is marked as this page.
    fn is_menu(&self, i: usize) -> bool {
        let page = self.page;
        let current =
            |k: usize| page.get(k).marks.any(Marks::CURRENT) && matches!(page.get(k).tag, Tag::Li | Tag::A);
        self.sum(self.plain, i) == 0 && page.within(i).any(current)
    }

    /// A part that was sent behind the rest, to be put in its place by a script (React's streaming: `S:0`, `S:1`).
    fn is_streamed(&self, i: usize) -> bool {
        let number = self.page.attr(i, "id").and_then(|id| id.strip_prefix("S:"));
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_hexdigit()))
    }

    /// A hidden part that a control of the page opens, or that is one of a set of panels.
    fn is_panel(&self, i: usize) -> bool {
        let page = self.page;
        let named = page.attr(i, "id").is_some_and(|id| self.opened.contains(id));
        let by_class = || {
            page.get(i).marks.any(Marks::PANEL)
                || page.ancestors(i).take(3).any(|a| page.get(a).marks.any(Marks::PANEL))
        };
        let after_heading = || {
            page.before(i).is_some_and(|k| {
                matches!(page.get(k).tag, Tag::Heading(_) | Tag::Button | Tag::Summary | Tag::Term)
            })
        };
        !page.get(i).marks.any(Marks::NAV | Marks::CONSENT | Marks::SHARE | Marks::SEARCH)
            && !self.is_filled_in(i)
            && (named || by_class() || after_heading())
    }

    /// A button that is the name of a part: in a heading, a summary or a term.
    fn names_a_part(&self, i: usize) -> bool {
        let opens = self.page.attr(i, "aria-controls").is_some()
            || self.page.attr(i, "aria-expanded").is_some()
            || self.page.get(i).marks.any(Marks::PANEL);
        let within = self
            .page
            .ancestors(i)
            .take(3)
            .any(|a| matches!(self.page.get(a).tag, Tag::Heading(_) | Tag::Summary | Tag::Term));
        within || (opens && !self.page.get(i).marks.any(Marks::NAV))
    }

    /// A question of the statement that opens its answer, which stands next to it: an accordion without any mark of one.
    fn asks(&self, i: usize) -> bool {
        let page = self.page;
        let up = page.get(i).up;
        let answer = page.children(up).skip_while(|k| *k <= i).find(|k| page.get(*k).tag != Tag::Text);
        self.in_main(i)
            && page.words(i, 200).ends_with('?')
            && answer.is_some_and(|k| self.sum(self.prose, k) > 0 && !self.is_filled_in(k))
    }

    /// Whether a visitor is meant to fill something in.
    fn is_filled_in(&self, i: usize) -> bool {
        self.sum(&self.fields, i) > 0
    }
}

/// Fields to be filled in, before each node.
fn fields(page: &Page<'_>) -> Vec<u32> {
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
