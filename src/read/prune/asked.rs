//! What the rules ask about an element: does it say something, is it most of the page, would it be filled in.
//!
//! Not here: what follows from the answers (`rules`).

use rustc_hash::FxHashMap;

use super::{
    holds,
    rules::Rules,
    sums::{between, is_prose},
};
use crate::read::{consent, cues::has_cue, dom::Tag, links, marks::Marks};

/// Bytes of what may lead in above the names of those who wrote it.
const LEAD: u32 = 300;

/// Bytes of words that are more than any furniture has.
const MANY_WORDS: u64 = 1500;

/// So many paragraphs under one element are a story.
const RUN: usize = 4;

/// So many siblings off, a paragraph still stands beside a part.
const NEAR: usize = 6;

/// Bytes of prose that no menu has.
const SPEECH: u32 = 400;

impl Rules<'_, '_> {
    pub(super) fn sum(&self, sums: &[u32], i: usize) -> u32 {
        between(sums, self.page, i)
    }

    /// Whether there is hardly anything on the page but what readers say, or little above it in the main element.
    pub(super) fn is_talk(&self, i: usize) -> bool {
        let own = u64::from(self.sum(self.prose, i));
        let above = |h1: usize| {
            let at = |k: usize| self.prose.get(k).copied().unwrap_or(0);
            u64::from(at(i).saturating_sub(at(self.page.get(h1).end)))
        };
        own * 5 > self.all.1 * 4
            || self.in_main(i)
                && self.words(i) >= MANY_WORDS
                && self.h1.is_some_and(|h1| h1 < i && above(h1) * 10 < own)
    }

    /// Whether an article, called so and saying something, stands before it: what readers say of it may be longer.
    pub(super) fn answers_an_article(&self, i: usize) -> bool {
        self.article.is_some_and(|end| end <= i)
    }

    /// Whether it stands below the heading with hardly more between them than a sentence that leads in. When a page was
    /// written or changed is a claim to keep.
    pub(super) fn is_byline(&self, i: usize) -> bool {
        let at = |k: usize| self.prose.get(k).copied().unwrap_or(0);
        self.h1.is_some_and(|h1| h1 < i && at(i) - at(self.page.get(h1).end).min(at(i)) <= LEAD)
            && !self.page.words(i, 400).bytes().any(|b| b.is_ascii_digit())
    }

    /// Whether it holds more than half of the page's plain words.
    pub(super) fn is_most(&self, i: usize) -> bool {
        u64::from(self.sum(self.plain, i)) * 2 > self.all.0
    }

    /// Whether it is short and says that cookies are used: a request may be longer than a short notice.
    pub(super) fn asks_consent(&self, i: usize) -> bool {
        const SHORT: usize = 1500;
        let words = self.page.words(i, SHORT + 1).to_lowercase();
        words.len() <= SHORT && words.contains("cookie") && consent::asks(&words, consent::Place::Named)
    }

    /// Whether something can be pressed in it.
    pub(super) fn has_button(&self, i: usize) -> bool {
        self.page.within(i).any(|k| self.page.get(k).tag == Tag::Button)
    }

    /// Whether it has several words in the main element, below its heading, that lead nowhere: "Ransom paid: no".
    pub(super) fn states_facts(&self, i: usize) -> bool {
        let page = self.page;
        self.h1.is_some_and(|h1| h1 < i)
            && (self.in_main(i) || self.is_between(i))
            && !self.leads(i)
            && page.words(i, 100).split(' ').nth(2).is_some()
    }

    /// Whether it holds most of the words of another element, links counted.
    pub(super) fn is_most_of(&self, i: usize, other: usize) -> bool {
        self.words(i) * 100 >= self.words(other) * 60
    }

    /// Bytes of all words.
    fn words(&self, i: usize) -> u64 {
        u64::from(self.sum(self.plain, i)) + u64::from(self.sum(self.linked, i))
    }

    /// Whether it is no more than the heading of a part of the main element: that of a box with a notice in it.
    pub(super) fn heads_a_part(&self, i: usize) -> bool {
        let page = self.page;
        self.h1.is_some_and(|h1| h1 < i)
            && self.in_main(i)
            && page.within(i).any(|k| matches!(page.get(k).tag, Tag::Heading(_)))
            && !self.leads(i)
    }

    /// Whether all that it leads to, below the heading of the main element, are documents: what the page publishes.
    pub(super) fn offers_documents(&self, i: usize) -> bool {
        let page = self.page;
        let mut links = page.within(i).filter(|k| page.get(*k).tag == Tag::A).peekable();
        self.h1.is_some_and(|h1| h1 < i)
            && self.in_main(i)
            && links.peek().is_some()
            && links.all(|k| page.attr(k, "href").is_some_and(links::is_document))
    }

    /// Whether it says something in the main element, below its heading, without a link or a field: furniture there
    /// leads somewhere. What a quotation ends with is its speaker.
    pub(super) fn is_said_within(&self, i: usize) -> bool {
        let page = self.page;
        if !page.get(i).marks.any(Marks::ADVERT)
            && page.ancestors(i).take(3).any(|a| page.get(a).tag == Tag::Quote)
        {
            return true;
        }
        self.h1.is_some_and(|h1| h1 < i)
            && self.sum(self.prose, i) > 0
            && (self.in_main(i) || self.is_between(i) || self.is_beside_the_heading(i) && self.tells(i))
            && !self.is_filled_in(i)
            && !self.leads(i)
    }

    /// Whether it says something in the very part of the page that holds the heading, below it, and leads nowhere.
    pub(super) fn is_said_beside(&self, i: usize) -> bool {
        self.h1.is_some_and(|h1| h1 < i)
            && self.sum(self.prose, i) > 0
            && self.is_beside_the_heading(i)
            && !self.is_filled_in(i)
            && !self.leads(i)
    }

    /// Whether a link, a button, a field or a menu stands in it. A number to ring and an address to write to lead nowhere.
    fn leads(&self, i: usize) -> bool {
        links::leads(self.page, i, links::reaches_somebody)
    }

    /// Whether it is a few words in the main element with a number to ring, and nothing else that leads anywhere.
    pub(super) fn calls(&self, i: usize) -> bool {
        self.states_facts(i) && links::has_number(self.page, i) && !self.page.words(i, 300).contains('©')
    }

    /// Whether it is a menu by its element alone: a control opens it, and it speaks more than it leads anywhere.
    pub(super) fn is_told_panel(&self, i: usize) -> bool {
        let opened = self.page.attr(i, "id").is_some_and(|id| self.opened.contains(id));
        opened && self.sum(self.prose, i) > self.sum(self.linked, i)
    }

    /// Whether it tells of an incident in sentences: no furniture does.
    pub(super) fn tells(&self, i: usize) -> bool {
        let words = self.page.words(i, 4000);
        words.trim_end().ends_with(['.', '!', '?', '”']) && has_cue(&words)
    }

    /// Whether the first that is said below the heading stands in it, and names an incident, or that is said nowhere else:
    /// what a layout with a bar beside the statement is called says nothing of the statement.
    pub(super) fn opens(&self, i: usize) -> bool {
        let at = |k: usize| self.prose.get(k).copied().unwrap_or(0);
        let first = |h1: usize| at(i) <= at(self.page.get(h1).end).saturating_add(LEAD);
        (self.forgiving || self.h1.is_some_and(|h1| h1 < i && first(h1))) && holds(self.told, self.page, i)
    }

    /// Whether its one text says how the page was made, or how many look at it: "Page generated in 0.2 seconds".
    pub(super) fn is_of_the_machine(&self, i: usize) -> bool {
        const BEGINS: [&str; 5] =
            ["page generated ", "page rendered ", "page loaded in ", "page created in ", "generated in "];
        let page = self.page;
        let only = page.get(i).end == i + 2 && page.get(i + 1).tag == Tag::Text;
        let text = if only { page.get(i + 1).text.trim() } else { "" };
        let begins = |with: &str| text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
        let counted = || text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(" viewing this ");
        text.len() <= 160
            && text.bytes().any(|b| b.is_ascii_digit())
            && (BEGINS.into_iter().any(begins) && text.contains("second") || counted())
    }

    /// Whether it stands between two paragraphs: nothing beside a statement does.
    fn is_between(&self, i: usize) -> bool {
        let page = self.page;
        let told = |k: &usize| page.get(*k).tag == Tag::P && self.sum(self.prose, *k) > 0;
        let near = |next: &dyn Fn(usize) -> Option<usize>| {
            std::iter::successors(next(i), |k| next(*k)).take(NEAR).any(|k| told(&k))
        };
        near(&|k| page.before(k)) && near(&|k| page.after(k))
    }

    /// Whether it names the panels that stand below it: links within the page, called tabs.
    pub(super) fn names_panels(&self, i: usize) -> bool {
        let page = self.page;
        let within = |k: usize| page.attr(k, "href").is_some_and(|to| to.len() > 1 && to.starts_with('#'));
        let mut links = page.within(i).filter(|k| page.get(*k).tag == Tag::A).peekable();
        page.get(i).tag == Tag::List
            && page.get(i).marks.any(Marks::PANEL)
            && links.peek().is_some()
            && links.all(within)
    }

    /// Whether it stands in the very part of the page that holds the heading, and that part is not the whole page.
    fn is_beside_the_heading(&self, i: usize) -> bool {
        let up = self.page.get(i).up;
        !matches!(self.page.get(up).tag, Tag::Body | Tag::Html)
            && self.h1.is_some_and(|h1| self.page.within(up).contains(&h1))
    }

    /// Whether it holds most of the page's prose, several paragraphs of it in a row: nothing beside a statement does.
    pub(super) fn is_the_story(&self, i: usize) -> bool {
        let page = self.page;
        let prose = self.sum(self.prose, i);
        if u64::from(prose) * 2 <= self.all.1 {
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
    pub(super) fn is_the_page(&self, i: usize) -> bool {
        let page = self.page;
        let is_main = |a: &usize| {
            page.get(*a).tag == Tag::Main || page.get(*a).marks.any(Marks::ROLE_MAIN | Marks::MAIN)
        };
        let scope = page.ancestors(i).find(is_main).unwrap_or(0);
        let own = self.words(i);
        own >= MANY_WORDS
            && own * 100 >= self.words(scope) * 85
            && u64::from(self.sum(self.prose, i)) * 2 >= own
    }

    /// Whether it speaks rather than leads anywhere, whatever it is called: no menu does.
    pub(super) fn speaks(&self, i: usize) -> bool {
        self.sum(self.prose, i) >= SPEECH && self.sum(self.prose, i) / 4 >= self.sum(self.linked, i)
    }

    pub(super) fn in_main(&self, i: usize) -> bool {
        self.page.ancestors(i).any(|a| {
            let node = self.page.get(a);
            matches!(node.tag, Tag::Main | Tag::Article) || node.marks.any(Marks::MAIN | Marks::ROLE_MAIN)
        })
    }

    /// A list of links one of which is marked as this page.
    pub(super) fn is_menu(&self, i: usize) -> bool {
        let page = self.page;
        let current =
            |k: usize| page.get(k).marks.any(Marks::CURRENT) && matches!(page.get(k).tag, Tag::Li | Tag::A);
        self.sum(self.plain, i) == 0 && page.within(i).any(current)
    }

    /// A part that was sent behind the rest, to be put in its place by a script (React's streaming: `S:0`, `S:1`).
    pub(super) fn is_streamed(&self, i: usize) -> bool {
        let number = self.page.attr(i, "id").and_then(|id| id.strip_prefix("S:"));
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_hexdigit()))
    }

    /// A hidden part that a control of the page opens, or that is one of a set of panels.
    pub(super) fn is_panel(&self, i: usize) -> bool {
        let page = self.page;
        let named = page.attr(i, "id").is_some_and(|id| self.opened.contains(id));
        let by_class = || {
            page.get(i).marks.any(Marks::PANEL)
                || page.ancestors(i).take(3).any(|a| page.get(a).marks.any(Marks::PANEL))
        };
        let after_heading = || {
            page.before(i).is_some_and(|k| {
                let opens = page.attr(k, "role") == Some("button")
                    || std::iter::once(k)
                        .chain(page.within(k).take(5))
                        .any(|n| page.attr(n, "aria-expanded").is_some());
                matches!(page.get(k).tag, Tag::Heading(_) | Tag::Button | Tag::Summary | Tag::Term)
                    || opens && self.sum(self.prose, i) > self.sum(self.linked, i)
            })
        };
        !page.get(i).marks.any(Marks::NAV | Marks::CONSENT | Marks::SHARE | Marks::SEARCH)
            && !self.is_filled_in(i)
            && (named || by_class() || after_heading() || self.goes_on(i))
    }

    /// Whether "read more" stands right behind it, which shows the rest of what stands before it.
    fn goes_on(&self, i: usize) -> bool {
        const MORE: [&str; 4] = ["read more", "show more", "see more", "more"];
        let page = self.page;
        let next = page.after(i).or_else(|| page.after(page.get(i).up));
        let link = next.filter(|k| matches!(page.get(*k).tag, Tag::A | Tag::Button));
        page.get(i).tag.is_inline()
            && link.is_some_and(|k| {
                MORE.contains(&page.words(k, 40).trim_end_matches(['.', '…', ' ']).to_lowercase().as_str())
            })
    }

    /// A button that is the name of a part: in a heading, a summary or a term.
    pub(super) fn names_a_part(&self, i: usize) -> bool {
        let opens = self.page.attr(i, "aria-controls").is_some()
            || self.page.attr(i, "aria-expanded").is_some()
            || self.page.get(i).marks.any(Marks::PANEL);
        let shows = || {
            ["data-target", "data-bs-target"].iter().any(|name| self.page.attr(i, name).is_some())
                && self.h1.is_some_and(|h1| h1 < i)
        };
        let opens = opens || shows();
        let within = self
            .page
            .ancestors(i)
            .take(3)
            .any(|a| matches!(self.page.get(a).tag, Tag::Heading(_) | Tag::Summary | Tag::Term));
        within || (opens && !self.page.get(i).marks.any(Marks::NAV))
    }

    /// A question of the statement that opens its answer, which stands next to it: an accordion without any mark of one.
    pub(super) fn asks(&self, i: usize) -> bool {
        let page = self.page;
        let answer = page.after(i).filter(|k| page.get(*k).tag != Tag::Text);
        (self.in_main(i) || self.h1.is_some_and(|h1| h1 < i))
            && page.words(i, 200).ends_with('?')
            && answer.is_some_and(|k| self.sum(self.prose, k) > 0 && !self.is_filled_in(k))
    }

    /// Whether a visitor is meant to fill something in.
    pub(super) fn is_filled_in(&self, i: usize) -> bool {
        self.sum(&self.fields, i) > 0
    }
}
