//! The rules that drop an element, each with its name: by what it is, and by how it is called.
//!
//! Not here: what they ask about an element (`asked`).

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::read::html::{
    dom::{Page, Tag},
    hints::Hints,
    links, notes,
    prune::sums::between,
    sharing,
};

/// Bytes of a sentence that only asks to share.
const GREETING: u32 = 24;

/// A page and what the rules go by.
pub(super) struct Rules<'a, 'p> {
    pub(super) page: &'a Page<'p>,
    pub(super) plain: &'a [u32],
    pub(super) linked: &'a [u32],
    pub(super) prose: &'a [u32],
    /// Bytes of plain words and of prose on the page, what is certain to go left out.
    pub(super) all: (u64, u64),
    pub(super) fields: Vec<u32>,
    /// Nodes that hold the page's heading or main element: no name drops them.
    pub(super) kept: &'a FxHashSet<usize>,
    pub(super) opened: &'a FxHashSet<&'p str>,
    /// What holds nothing but ways to share the page, or the heads under which it is filed.
    pub(super) boxes: FxHashMap<usize, &'static str>,
    /// Where the first article, called so and saying something, ends.
    pub(super) article: Option<usize>,
    /// Where a main element is made of teasers.
    pub(super) teased: std::ops::Range<usize>,
    /// The page's heading.
    pub(super) h1: Option<usize>,
    /// The sentences that name an incident.
    pub(super) told: &'a [usize],
    /// Nothing that is left names an incident: a name is no reason to drop what does.
    pub(super) forgiving: bool,
}

/// Bytes of plain words and of prose on the page without its foot, its menus and what asks to consent: those come and
/// go, and what is most of the rest stays.
pub(super) fn all(page: &Page<'_>, plain: &[u32], prose: &[u32], kept: &FxHashSet<usize>) -> (u64, u64) {
    let goes = |i: usize| {
        let node = page.get(i);
        matches!(node.tag, Tag::Nav | Tag::Footer)
            || node.hints.any(Hints::CONSENT) && !matches!(node.tag, Tag::Html | Tag::Body)
    };
    let last = |sums: &[u32]| u64::from(sums.last().copied().unwrap_or(0));
    let (mut all, mut until) = ((last(plain), last(prose)), 0);
    for i in 0..page.nodes.len() {
        if i >= until && goes(i) && !kept.contains(&i) {
            all.0 -= u64::from(between(plain, page, i));
            all.1 -= u64::from(between(prose, page, i));
            until = page.get(i).end;
        }
    }
    all
}

/// Where the first article ends that is called so and says something.
pub(super) fn article(page: &Page<'_>, prose: &[u32]) -> Option<usize> {
    let body = |i: &usize| page.get(*i).hints.any(Hints::NAMED_BODY) && between(prose, page, *i) > 0;
    (0..page.nodes.len()).filter(body).map(|i| page.get(i).end).min()
}

/// What the entries of a list may be called.
const LISTED: Hints = Hints::PROMO.with(Hints::SEARCH);

/// The main element most of whose words stand in teasers, or were found by a search: there they are what the page is about.
pub(super) fn teased(
    page: &Page<'_>,
    plain: &[u32],
    linked: &[u32],
    h1: Option<usize>,
) -> std::ops::Range<usize> {
    let words = |i: usize| u64::from(between(plain, page, i)) + u64::from(between(linked, page, i));
    let is_main = |i: &usize| page.get(*i).tag == Tag::Main || page.get(*i).hints.any(Hints::ROLE_MAIN);
    let named = |i: &usize| page.get(*i).hints.any(Hints::MAIN);
    let all = || 0..page.nodes.len();
    // Where none is called so, what the heading stands in.
    let headed =
        || h1.map(|h1| page.get(h1).up).filter(|up| !matches!(page.get(*up).tag, Tag::Body | Tag::Html));
    let main = all()
        .find(is_main)
        .or_else(|| all().filter(named).max_by_key(|i| (words(*i), Reverse(*i))))
        .or_else(headed);
    let Some(main) = main else { return 0..0 };
    let (mut sum, mut until) = (0, 0);
    for i in page.within(main) {
        let hints = page.get(i).hints;
        if i >= until && hints.any(LISTED) && !hints.any(Hints::ADVERT) {
            sum += words(i);
            until = page.get(i).end;
        }
    }
    if sum * 100 >= words(main) * 60 { page.within(main) } else { 0..0 }
}

impl Rules<'_, '_> {
    /// The rule that drops an element, if any.
    pub(super) fn rule(&self, i: usize) -> Option<&'static str> {
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
        // What a page strikes out it says no longer.
        if node.hints.any(Hints::STRUCK)
            || node.element.is_some_and(|e| matches!(e.name(), "del" | "s" | "strike"))
        {
            return Some("struck out");
        }
        if let Some(rule) = self.boxes.get(&i) {
            return Some(rule);
        }
        if self.is_of_the_machine(i) {
            return Some("changes at each look");
        }
        let hints = node.hints;
        if notes::is_mark(self.page, i) {
            return Some("mark of a note");
        }
        if notes::is_of_the_history(self.page, i) {
            return Some("page tool");
        }
        if notes::is_of_the_link(self.page, i) {
            return Some("said of a link");
        }
        // What takes its room in the main column is faded in there by a script.
        let faded = hints.any(Hints::FADED) && !self.in_main(i);
        if (hints.any(Hints::HIDDEN) || faded) && !self.is_panel(i) && !self.is_streamed(i) {
            return Some("hidden");
        }
        match node.tag {
            Tag::Heading(_) | Tag::Summary | Tag::Cell | Tag::Row | Tag::Quote => return None,
            Tag::Nav if !self.is_spoken_panel(i) => return Some("nav"),
            Tag::A if self.page.attr(i, "href").is_some_and(links::goes_back) => return Some("page tool"),
            Tag::List if self.names_panels(i) => return None,
            Tag::List if self.is_menu(i) => return Some("menu with this page in it"),
            Tag::Footer if !self.is_said_within(i) && !self.calls(i) => return Some("footer"),
            Tag::Header if !self.in_main(i) => return Some("header"),
            Tag::Aside
                if !hints.any(Hints::NOTICE | Hints::ROLE_ALERT)
                    && !self.is_said_within(i)
                    && !self.states_facts(i)
                    && !self.offers_documents(i) =>
            {
                return Some("aside");
            }
            Tag::Button if !self.names_a_part(i) && !self.asks(i) => return Some("button"),
            Tag::Label if !hints.any(Hints::PANEL) && !self.asks(i) => return Some("label"),
            Tag::Form if self.is_filled_in(i) && !self.is_most(i) => return Some("form"),
            _ => {}
        }
        self.by_name(i, hints)
    }

    fn by_name(&self, i: usize, hints: Hints) -> Option<&'static str> {
        const ALL: [(Hints, &str, bool); 14] = [
            (Hints::CHAT, "chat", true),
            (Hints::NAV, "menu", true),
            (Hints::CONSENT, "consent", true),
            (Hints::FOOT, "foot", true),
            (Hints::SIDE, "beside", true),
            (Hints::SHARE, "sharing", false),
            (Hints::PROMO, "promotion", true),
            (Hints::FEEDBACK, "feedback", false),
            (Hints::COMMENTS, "comments", true),
            (Hints::DIALOG, "dialog", true),
            (Hints::HEAD, "head", false),
            (Hints::SEARCH, "search", false),
            (Hints::TOOL, "page tool", false),
            (Hints::BYLINE, "byline", false),
        ];
        /// Names of what stands beside a statement, which parts of one may bear too: "related-incident".
        const BESIDE: Hints =
            Hints::SIDE.with(Hints::PROMO).with(Hints::FEEDBACK).with(Hints::COMMENTS).with(Hints::SHARE);
        /// Names of what is no part of a statement, unless it tells of an incident.
        const APART: Hints = Hints::NAV.with(Hints::FOOT).with(Hints::DIALOG);
        /// Names of layouts with such things beside a statement.
        const OPENS: Hints =
            Hints::SIDE.with(Hints::PROMO).with(Hints::NAV).with(Hints::FOOT).with(Hints::HEAD);
        if hints.any(Hints::NAMED_BODY) {
            return None;
        }
        let hit = ALL.iter().find(|(flag, _, _)| hints.any(*flag))?;
        let greeting = hit.0 == Hints::SHARE && self.sum(self.prose, i) <= GREETING;
        // A weak name drops only what has no sentence in it, or what a visitor fills in.
        let weak = !hit.2 && self.sum(self.prose, i) > 0 && !self.is_filled_in(i);
        // "Share this with" and "opens in a new window" are no sentences, and "Sharing is caring!" is a short one.
        let weak = weak && (hit.0 != Hints::SHARE || sharing::has_sentence(self.page, i) && !greeting);
        let weak = weak || hit.0 == Hints::BYLINE && !self.is_byline(i);
        // "Take our survey" leads there.
        let weak = weak && (hit.0 != Hints::FEEDBACK || self.is_said_within(i) || !self.in_main(i));
        let about_consent = hit.0 == Hints::CONSENT
            && self.in_main(i)
            && !self.is_filled_in(i)
            && !(self.asks_consent(i) && self.has_button(i));
        let panel = hints.any(Hints::PANEL) && hit.0 == Hints::DIALOG;
        // Where there is hardly anything but what readers say, that is the page.
        let answers = hit.0 == Hints::COMMENTS && self.answers_an_article(i);
        let talk = hit.0 == Hints::COMMENTS && self.is_talk(i);
        let asks = hit.0 == Hints::CONSENT && self.asks_consent(i);
        let most = self.h1.is_none() && self.is_most(i) && !asks || talk;
        // A name is no reason to lose what the page is about.
        let said = BESIDE.any(hit.0)
            && !greeting
            && self.is_said_within(i)
            && (!hints.any(Hints::ADVERT) || self.tells(i))
            || APART.any(hit.0) && self.is_said_within(i) && self.tells(i)
            || Hints::HEAD.with(Hints::TOOL).with(Hints::SIDE).any(hit.0) && self.states_facts(i)
            || hit.0 == Hints::HEAD && self.heads_a_part(i)
            || Hints::SIDE.with(Hints::PROMO).any(hit.0)
                && !hints.any(Hints::ADVERT)
                && self.is_said_beside(i)
            || hit.0 == Hints::SIDE && self.offers_documents(i)
            || hit.0 == Hints::NAV && self.in_main(i) && self.speaks(i)
            || OPENS.any(hit.0) && !hints.any(Hints::ADVERT) && self.opens(i);
        let told =
            hit.0 != Hints::CONSENT && hit.0 != Hints::CHAT && (self.is_the_story(i) || self.is_the_page(i));
        let teased = LISTED.any(hit.0)
            && !hints.any(Hints::ADVERT)
            && self.teased.contains(&i)
            && (!self.is_filled_in(i) || self.is_most_of(i, self.teased.start.saturating_sub(1)));
        let kept = weak || teased || about_consent || panel || !answers && (said || most || told);
        (!kept).then_some(hit.1)
    }
}
