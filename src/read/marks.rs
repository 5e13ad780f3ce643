//! What an element's class, id, role and state suggest, as a set of flags.
//!
//! Class tokens count whole, split into words at `-`, `_` and a change of case; a token with a digit in it says
//! nothing (it may be a hash), nor does one that describes the page around it (`has-sidebar`, `box--footer`).
//! Not here: what is done about it; a flag alone drops nothing.

mod names;

use std::{ops::BitOr, sync::LazyLock};

use rustc_hash::FxHashMap;
use scraper::node::Element;

use names::{TOKENS, WORDS};

/// A set of suggestions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks(u32);

impl BitOr for Marks {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl std::ops::Not for Marks {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0)
    }
}

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)+) => {
        impl Marks { $($(#[$doc])* pub(super) const $name: Self = Self(1 << $bit);)+ }
    };
}

flags! {
    /// Ways through the site: menus, trails, pagers.
    NAV = 0;
    /// Beside the statement: sidebars, related pages.
    SIDE = 1;
    /// The site's foot.
    FOOT = 2;
    /// The site's head.
    HEAD = 3;
    /// Sharing and social networks.
    SHARE = 4;
    /// Consent to cookies.
    CONSENT = 5;
    /// "Is this page useful?", comments.
    FEEDBACK = 6;
    /// Advertising, newsletters, teasers.
    PROMO = 7;
    /// Notices and alerts: junk nowhere, banners outside the statement.
    NOTICE = 8;
    /// Hidden by attribute or style.
    HIDDEN = 9;
    /// Hidden by a class of that name.
    HIDE_CLASS = 10;
    /// Dialogs and overlays.
    DIALOG = 11;
    /// Search of the site.
    SEARCH = 12;
    /// Printing, translating, going to the top.
    TOOL = 13;
    /// Panels that open: what they hide is content.
    PANEL = 14;
    /// Names given to the main content.
    MAIN = 15;
    /// `role=main`.
    ROLE_MAIN = 16;
    /// `role=alert` or `status`.
    ROLE_ALERT = 17;
    /// `role=presentation` or `none`.
    ROLE_NONE = 18;
    /// The body of an article, by name.
    BODY = 19;
    /// The page says of itself that it is an error page.
    ERROR_PAGE = 20;
    /// For eyes that cannot see: words that browsers do not show.
    UNSEEN = 21;
    /// Notices of the whole site, wherever they stand.
    SITE_WIDE = 22;
    /// The entry of a menu that is this page.
    CURRENT = 23;
    /// A box to talk with somebody or something.
    CHAT = 24;
    /// Called the body of an article: what else its names suggest is about how it looks.
    NAMED_BODY = 25;
    /// What readers say below an article.
    COMMENTS = 26;
    /// What is said of a picture, and who took it.
    CAPTION = 27;
    /// Who wrote it, when, and under which heads it is filed.
    BYLINE = 28;
    /// Advertising by name, which is never what a page is about.
    ADVERT = 29;
}

impl Marks {
    /// Nothing.
    pub(super) const NONE: Self = Self(0);

    /// These and others.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any flag of `other` is set.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Those that say something of a whole page: `fusion-top-header` on a body tells how its head looks.
    pub(super) const fn of_a_whole(self) -> Self {
        self.without(Self::HEAD.with(Self::FOOT).with(Self::NAV).with(Self::SIDE))
    }

    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

static WORD_MARKS: LazyLock<FxHashMap<&str, Marks>> = LazyLock::new(|| WORDS.iter().copied().collect());
static TOKEN_MARKS: LazyLock<FxHashMap<&str, Marks>> = LazyLock::new(|| TOKENS.iter().copied().collect());

/// The value of an attribute, by its name in lower case.
pub(super) fn attr<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs().find(|(n, _)| *n == name).map(|(_, v)| v)
}

/// What an element's attributes suggest. `memory` keeps what earlier class attributes came to.
pub(super) fn of<'e>(element: &'e Element, memory: &mut FxHashMap<&'e str, Marks>) -> Marks {
    // An element of the page's own making is called by what it is: `site-alert`.
    let mut marks = match element.name() {
        "dialog" => Marks::DIALOG,
        name if name.contains('-') && ["alert", "banner", "notice"].iter().any(|n| name.contains(n)) => {
            tokens(name)
        }
        _ => Marks::default(),
    };
    for (name, value) in element.attrs() {
        match name {
            "class" | "id" => marks.add(*memory.entry(value).or_insert_with(|| tokens(value))),
            "role" => marks.add(role(value)),
            "hidden" => marks.add(Marks::HIDDEN),
            "aria-current" if value != "false" => marks.add(Marks::CURRENT),
            "aria-hidden" if value.trim().eq_ignore_ascii_case("true") => marks.add(Marks::HIDDEN),
            "aria-label" if tells_of_a_notice(value) => marks.add(Marks::NOTICE),
            "style" if hides(value) => marks.add(Marks::HIDDEN),
            _ => {}
        }
    }
    marks
}

/// Whether a name for those who listen says that it is a notice: "Important announcement".
fn tells_of_a_notice(label: &str) -> bool {
    const NAMES: [&str; 4] = ["announcement", "alert", "important notice", "emergency"];
    let label = label.to_ascii_lowercase();
    label.len() <= 40 && NAMES.iter().any(|name| label.contains(name))
}

fn hides(style: &str) -> bool {
    style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
        let (name, value) = (name.trim(), value.trim());
        let is = |a: &str, b: &str| a.get(..b.len()).is_some_and(|a| a.eq_ignore_ascii_case(b));
        (is(name, "display") && is(value, "none")) || (is(name, "visibility") && is(value, "hidden"))
    })
}

fn role(value: &str) -> Marks {
    match value.trim().to_ascii_lowercase().as_str() {
        "main" => Marks::ROLE_MAIN,
        "navigation" | "menu" | "menubar" => Marks::NAV,
        "search" => Marks::SEARCH,
        "complementary" => Marks::SIDE,
        "contentinfo" => Marks::FOOT,
        "banner" => Marks::HEAD,
        "dialog" | "alertdialog" => Marks::DIALOG,
        "alert" | "status" => Marks::ROLE_ALERT,
        "presentation" | "none" => Marks::ROLE_NONE,
        "toolbar" => Marks::TOOL,
        "tabpanel" => Marks::PANEL,
        _ => Marks::default(),
    }
}

fn tokens(value: &str) -> Marks {
    let mut marks = Marks::default();
    let mut lower = String::new();
    for mut token in value.split_ascii_whitespace().take(32) {
        if token.len() > 64 {
            continue;
        }
        token = within_webforms(token);
        if token.bytes().any(|b| b.is_ascii_digit()) {
            let bare = token.trim_start_matches("error").trim_start_matches(['-', '_']);
            if token.len() < 12 && (bare == "404" || token == "page-404") {
                marks.add(Marks::ERROR_PAGE);
            }
            // `consent_box--2k2uB`: a name with a hash behind it.
            // and `AlertBanner_wrap__x1Ab2`.
            match token.split_once("--").or_else(|| token.split_once("__")) {
                Some((name, _)) if !name.bytes().any(|b| b.is_ascii_digit()) => token = name,
                _ => continue,
            }
        }
        lower.clear();
        lower.push_str(token);
        lower.make_ascii_lowercase();
        if let Some(found) = TOKEN_MARKS.get(lower.as_str()) {
            marks.add(*found);
            continue;
        }
        let around = ["has-", "no-", "with-", "is-", "without-", "hasn-", "not-"];
        if around.iter().any(|a| lower.starts_with(a)) {
            continue;
        }
        marks.add(by_words(token, &mut lower));
    }
    marks
}

/// The name that an ASP.NET page gave to a part, without those of the controls around it:
/// `ctl00_ContentPlaceHolder1_pnlFooter` is `pnlFooter`.
fn within_webforms(mut token: &str) -> &str {
    let cut = |token: &str| {
        let (head, rest) = token.split_once('_')?;
        let number = head.strip_prefix("ctl").or_else(|| head.strip_prefix("ContentPlaceHolder"))?;
        number.bytes().all(|b| b.is_ascii_digit()).then_some(rest.len())
    };
    while let Some(rest) = cut(token).and_then(|len| token.get(token.len() - len..)) {
        token = rest;
    }
    token
}

/// What the words of a token suggest: each by itself, and two together that name the body of an article, or what is
/// said of it.
fn by_words(token: &str, lower: &mut String) -> Marks {
    let mut marks = Marks::default();
    let (mut whose, mut body, mut about) = (false, false, false);
    let (mut meta, mut filed) = (false, false);
    let (mut skips, mut ahead) = (false, false);
    let (mut phase, mut step, mut panels) = (false, false, false);
    for word in words(token) {
        lower.clear();
        lower.push_str(word);
        lower.make_ascii_lowercase();
        let word = lower.as_str();
        if matches!(word, "with" | "w" | "without" | "has" | "orientation") {
            // `content-with-sidebar` is the content.
            return Marks::default();
        }
        whose |= matches!(word, "article" | "story" | "post" | "entry" | "news" | "blog" | "statement");
        body |= matches!(word, "body" | "content" | "text" | "copy" | "bodytext");
        meta |= matches!(word, "meta" | "metadata");
        about |= matches!(word, "meta" | "metadata" | "tags" | "author");
        filed |= matches!(word, "author" | "category" | "categories" | "reply" | "tags");
        phase |= word == "phase";
        step |= word == "step" || word == "steps";
        panels |= word == "accordion" || word == "tabs";
        skips |= word == "skip";
        ahead |= matches!(word, "link" | "links" | "nav" | "content" | "main" | "button" | "btn");
        marks.add(WORD_MARKS.get(word).copied().unwrap_or_else(|| names::compound(word)));
    }
    // `entry-content`, and not `related-article-content`.
    if whose && body && !marks.any(!Marks::BODY) {
        marks.add(Marks::NAMED_BODY);
    }
    // `entry-meta`: what is said of the article.
    if whose && about || meta && filed {
        marks.add(Marks::BYLINE);
    }
    // `skip-to-content`, and not `skip-item`.
    if skips && ahead {
        marks.add(Marks::NAV);
    }
    // Steps to take, the parts of an accordion and the names of tabs are no menu; what a menu drops down is.
    if step || panels {
        marks = marks.without(Marks::NAV);
    }
    // That a service is new is said to all visitors, and is no notice.
    if phase {
        marks = marks.without(Marks::NOTICE);
    }
    // The head of a panel is no head of the site.
    if marks.any(Marks::PANEL) && marks.any(Marks::HEAD) {
        marks = marks.without(Marks::HEAD);
    }
    marks
}

/// The words of a token: `siteHeader_top--wide` is `site`, `Header`, `top`.
fn words(token: &str) -> impl Iterator<Item = &str> {
    let token = token.split("--").next().unwrap_or(token);
    token.split(['-', '_', ':', '.']).flat_map(|part| {
        let mut starts: Vec<usize> = vec![0];
        let bytes = part.as_bytes();
        starts.extend((1..bytes.len()).filter(|&i| {
            let (before, here) = (bytes.get(i - 1).copied().unwrap_or(0), bytes.get(i).copied().unwrap_or(0));
            before.is_ascii_lowercase() && here.is_ascii_uppercase()
        }));
        starts.push(part.len());
        starts.windows(2).filter_map(|w| part.get(*w.first()?..*w.get(1)?)).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_tokens_count_and_hashes_do_not() {
        assert!(tokens("siteHeader").any(Marks::HEAD));
        assert!(tokens("c-cookie_banner").any(Marks::CONSENT));
        assert!(tokens("css-ad41f0 nav2").0 == 0, "a token with a digit says nothing");
        assert!(!tokens("loading has-sidebar grid--footer").any(Marks::PROMO | Marks::SIDE | Marks::FOOT));
        assert!(!tokens("content-with-sidebar-wrp").any(Marks::SIDE));
        assert!(tokens("article__body article-overlay").any(Marks::NAMED_BODY));
        assert!(!tokens("related-article-content").any(Marks::NAMED_BODY));
        assert!(tokens("entry-meta").any(Marks::BYLINE));
        assert!(!tokens("recipe-meta").any(Marks::BYLINE));
        assert!(tokens("skip-to-content-link").any(Marks::NAV));
        assert!(!tokens("skip-item").any(Marks::NAV));
        assert!(tokens("ctl00_topNav").any(Marks::NAV));
        assert!(tokens("ctl00_ContentPlaceHolder1_pnlFooter").any(Marks::FOOT));
        assert!(!tokens("accordion__section-header").any(Marks::HEAD));
        assert!(tokens("downloads").0 == 0, "`ad` within a word is no advertisement");
    }

    #[test]
    fn styles_hide_by_value() {
        assert!(hides("color:red; Display : none"));
        assert!(!hides("display:block;background:none"));
    }
}
