//! The flags, and sets of them.
//!
//! Not here: what suggests which.

use std::ops::BitOr;

/// A set of suggestions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::read) struct Hints(u32);

impl BitOr for Hints {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl std::ops::Not for Hints {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0)
    }
}

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)+) => {
        impl Hints { $($(#[$doc])* pub(in crate::read) const $name: Self = Self(1 << $bit);)+ }
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
    /// Struck out: what a page says no longer.
    STRUCK = 30;
    /// Not visible by style, though it takes its room: what a script fades in.
    FADED = 31;
}

impl Hints {
    /// Nothing.
    pub(in crate::read) const NONE: Self = Self(0);

    /// These and others.
    pub(in crate::read) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any flag of `other` is set.
    pub(in crate::read) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Those that say something of a whole page: `fusion-top-header` on a body tells how its head looks.
    pub(in crate::read) const fn on_body(self) -> Self {
        self.without(Self::HEAD.with(Self::FOOT).with(Self::NAV).with(Self::SIDE))
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}
