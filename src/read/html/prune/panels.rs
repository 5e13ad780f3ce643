//! What opens and closes: panels, the controls that open them, questions that open their answers.
//!
//! Not here: what follows for what is hidden (`rules`).

use crate::read::html::{dom::Tag, hints::Hints, prune::rules::Rules};

impl Rules<'_, '_> {
    /// Whether it is a menu by its element alone: a control opens it, and it speaks more than it leads anywhere.
    pub(super) fn is_spoken_panel(&self, i: usize) -> bool {
        let opened = self.page.attr(i, "id").is_some_and(|id| self.opened.contains(id));
        opened && self.sum(self.prose, i) > self.sum(self.linked, i)
    }

    /// Whether it names the panels that stand below it: links within the page, called tabs.
    pub(super) fn names_panels(&self, i: usize) -> bool {
        let page = self.page;
        let within = |k: usize| page.attr(k, "href").is_some_and(|to| to.len() > 1 && to.starts_with('#'));
        let mut links = page.within(i).filter(|k| page.get(*k).tag == Tag::A).peekable();
        page.get(i).tag == Tag::List
            && page.get(i).hints.any(Hints::PANEL)
            && links.peek().is_some()
            && links.all(within)
    }

    /// A hidden part that a control of the page opens, or that is one of a set of panels.
    pub(super) fn is_panel(&self, i: usize) -> bool {
        let page = self.page;
        let named = page.attr(i, "id").is_some_and(|id| self.opened.contains(id));
        let by_class = || {
            page.get(i).hints.any(Hints::PANEL)
                || page.ancestors(i).take(3).any(|a| page.get(a).hints.any(Hints::PANEL))
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
        !page.get(i).hints.any(Hints::NAV | Hints::CONSENT | Hints::SHARE | Hints::SEARCH)
            && !self.is_filled_in(i)
            && (named || by_class() || after_heading() || self.goes_on(i))
    }

    /// A part that was sent behind the rest, to be put in its place by a script (React's streaming: `S:0`, `S:1`).
    pub(super) fn is_streamed(&self, i: usize) -> bool {
        let number = self.page.attr(i, "id").and_then(|id| id.strip_prefix("S:"));
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_hexdigit()))
    }

    /// Whether "read more" stands right behind a part of a line, or right before a part of the page: what it shows is the
    /// rest of what is said.
    fn goes_on(&self, i: usize) -> bool {
        let page = self.page;
        let more = |k: usize| {
            const MORE: [&str; 18] = [
                "read more",
                "show more",
                "see more",
                "more",
                "view more",
                "show details",
                "show all",
                "expand",
                "continue reading",
                "read the full statement",
                "full statement",
                "read full statement",
                "more information",
                "more details",
                "darllen mwy",
                "dangos mwy",
                "lire la suite",
                "en savoir plus",
            ];
            matches!(page.get(k).tag, Tag::A | Tag::Button | Tag::Inline)
                && MORE.contains(
                    &page
                        .words(k, 40)
                        .trim_matches(['.', '…', ' ', '+', '▼', '›', '»'])
                        .to_lowercase()
                        .as_str(),
                )
        };
        if page.get(i).tag.is_inline() {
            return page.after(i).or_else(|| page.after(page.get(i).up)).is_some_and(more);
        }
        // A link that leads somewhere shows nothing here.
        let stays = |k: usize| {
            page.attr(k, "href")
                .is_none_or(|to| to.is_empty() || to.starts_with('#') || to.starts_with("javascript:"))
        };
        let control =
            |k: usize| std::iter::once(k).chain(page.within(k).take(4)).any(|n| more(n) && stays(n));
        let last = |k: usize| page.children(k).last().unwrap_or(k);
        page.before(i).is_some_and(|k| control(k) && !self.leads_on(k) || k != last(k) && control(last(k)))
            || page.after(i).is_some_and(|k| control(k) && !self.leads_on(k))
    }

    /// Whether it says more than a control does.
    fn leads_on(&self, k: usize) -> bool {
        self.page.words(k, 60).split(' ').count() > 5
    }

    /// A button that is the name of a part: in a heading, a summary or a term.
    pub(super) fn names_a_part(&self, i: usize) -> bool {
        let opens = self.page.attr(i, "aria-controls").is_some()
            || self.page.attr(i, "aria-expanded").is_some()
            || self.page.get(i).hints.any(Hints::PANEL);
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
        within || (opens && !self.page.get(i).hints.any(Hints::NAV))
    }

    /// A question of the statement that opens its answer, which stands next to it: an accordion without any mark of one.
    pub(super) fn asks(&self, i: usize) -> bool {
        let page = self.page;
        let answer = page.after(i).filter(|k| page.get(*k).tag != Tag::Text);
        (self.in_main(i) || self.h1.is_some_and(|h1| h1 < i))
            && page.words(i, 200).ends_with('?')
            && answer.is_some_and(|k| self.sum(self.prose, k) > 0 && !self.is_filled_in(k))
    }
}
