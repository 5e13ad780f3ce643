//! Class attributes and ids, taken apart.
//!
//! Class tokens count whole, split into words at `-`, `_` and a change of case; a token with a digit in it says
//! nothing (it may be a hash), nor does one that describes the page around it (`has-sidebar`, `box--footer`).
//! Not here: the names that are known (`names`).

use crate::read::html::hints::{
    names::{NAMES, Turns},
    set::Hints,
};

/// What a class attribute or an id suggests.
pub(super) fn tokens(value: &str) -> Hints {
    let mut hints = Hints::default();
    let mut lower = String::new();
    for mut token in value.split_ascii_whitespace().take(32) {
        if token.len() > 64 {
            continue;
        }
        token = within_webforms(token);
        if token.bytes().any(|b| b.is_ascii_digit()) {
            let bare = token.trim_start_matches("error").trim_start_matches(['-', '_']);
            if token.len() < 12 && (bare == "404" || token == "page-404") {
                hints.add(Hints::ERROR_PAGE);
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
        if let Some(found) = NAMES.whole(&lower) {
            hints.add(found);
            continue;
        }
        let around = ["has-", "no-", "with-", "is-", "without-", "hasn-", "not-"];
        if around.iter().any(|a| lower.starts_with(a)) {
            continue;
        }
        hints.add(by_words(token, &lower));
    }
    hints
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

/// What the words of a token suggest, `lower` being the same in lower case: each by itself, and two together that name
/// the body of an article, or what is said of it.
fn by_words(token: &str, lower: &str) -> Hints {
    let (mut hints, mut turns) = (Hints::default(), Turns::default());
    let own = token.split("--").next().unwrap_or(token).as_bytes();
    let (mut start, mut before) = (0, 0u8);
    // The words of `siteHeader_top--wide` are `site`, `Header` and `top`.
    for (at, here) in own.iter().copied().chain([b'-']).enumerate() {
        let parts = matches!(here, b'-' | b'_' | b':' | b'.');
        if parts || before.is_ascii_lowercase() && here.is_ascii_uppercase() {
            let (suggested, turned) = NAMES.word(lower.get(start..at).unwrap_or_default());
            hints.add(suggested);
            turns = turns.with(turned);
            start = at + usize::from(parts);
        }
        before = here;
    }
    turned(hints, turns)
}

/// What the words of a name suggest together.
fn turned(mut hints: Hints, turns: Turns) -> Hints {
    // `content-with-sidebar` is the content.
    if turns.has(Turns::AROUND) {
        return Hints::default();
    }
    // `entry-content`, and not `related-article-content`.
    if turns.has(Turns::WHOSE.with(Turns::BODY)) && !hints.any(!Hints::BODY) {
        hints.add(Hints::NAMED_BODY);
    }
    // `entry-meta`: what is said of the article.
    if turns.has(Turns::WHOSE.with(Turns::SAID)) || turns.has(Turns::META.with(Turns::FILED)) {
        hints.add(Hints::BYLINE);
    }
    // `skip-to-content`, and not `skip-item`.
    if turns.has(Turns::SKIP.with(Turns::AHEAD)) {
        hints.add(Hints::NAV);
    }
    // Steps to take, the parts of an accordion and the names of tabs are no menu; what a menu drops down is.
    if turns.has(Turns::STEPS) {
        hints = hints.without(Hints::NAV);
    }
    // That a service is new is said to all visitors, and is no notice.
    if turns.has(Turns::PHASE) {
        hints = hints.without(Hints::NOTICE);
    }
    // The head of a panel is no head of the site.
    if hints.any(Hints::PANEL) && hints.any(Hints::HEAD) {
        hints = hints.without(Hints::HEAD);
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_tokens_count_and_hashes_do_not() {
        assert!(tokens("siteHeader").any(Hints::HEAD));
        assert!(tokens("c-cookie_banner").any(Hints::CONSENT));
        assert_eq!(tokens("css-ad41f0 nav2"), Hints::NONE, "a token with a digit says nothing");
        assert!(!tokens("loading has-sidebar grid--footer").any(Hints::PROMO | Hints::SIDE | Hints::FOOT));
        assert!(!tokens("content-with-sidebar-wrp").any(Hints::SIDE));
        assert!(tokens("article__body article-overlay").any(Hints::NAMED_BODY));
        assert!(!tokens("related-article-content").any(Hints::NAMED_BODY));
        assert!(tokens("entry-meta").any(Hints::BYLINE));
        assert!(!tokens("recipe-meta").any(Hints::BYLINE));
        assert!(tokens("skip-to-content-link").any(Hints::NAV));
        assert!(!tokens("skip-item").any(Hints::NAV));
        assert!(tokens("ctl00_topNav").any(Hints::NAV));
        assert!(tokens("ctl00_ContentPlaceHolder1_pnlFooter").any(Hints::FOOT));
        assert!(!tokens("accordion__section-header").any(Hints::HEAD));
        assert_eq!(tokens("downloads"), Hints::NONE, "`ad` within a word is no advertisement");
    }
}
