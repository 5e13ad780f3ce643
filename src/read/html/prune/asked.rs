//! What the rules ask about an element: does it say something, does it lead anywhere, would it be filled in.
//!
//! Not here: how much of the page it is (`weight`), what opens it (`panels`), and what follows from the answers (`rules`).

use crate::read::{
    cues::has_cue,
    html::{
        consent,
        dom::Tag,
        hints::Hints,
        links,
        prune::{holds, rules::Rules},
    },
};

/// Bytes of what may lead in above the names of those who wrote it.
const LEAD: u32 = 300;

/// So many siblings off, a paragraph still stands beside a part.
const NEAR: usize = 6;

impl Rules<'_, '_> {
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
        if !page.get(i).hints.any(Hints::ADVERT)
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

    /// Whether it stands in the very part of the page that holds the heading, and that part is not the whole page.
    fn is_beside_the_heading(&self, i: usize) -> bool {
        let up = self.page.get(i).up;
        !matches!(self.page.get(up).tag, Tag::Body | Tag::Html)
            && self.h1.is_some_and(|h1| self.page.within(up).contains(&h1))
    }

    pub(super) fn in_main(&self, i: usize) -> bool {
        self.page.ancestors(i).any(|a| {
            let node = self.page.get(a);
            matches!(node.tag, Tag::Main | Tag::Article) || node.hints.any(Hints::MAIN | Hints::ROLE_MAIN)
        })
    }

    /// A list of links one of which is marked as this page.
    pub(super) fn is_menu(&self, i: usize) -> bool {
        let page = self.page;
        let current =
            |k: usize| page.get(k).hints.any(Hints::CURRENT) && matches!(page.get(k).tag, Tag::Li | Tag::A);
        self.sum(self.plain, i) == 0 && page.within(i).any(current)
    }

    /// Whether a visitor is meant to fill something in.
    pub(super) fn is_filled_in(&self, i: usize) -> bool {
        self.sum(&self.fields, i) > 0
    }
}
