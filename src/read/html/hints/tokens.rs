//! Class attributes and ids, taken apart.
//!
//! Class tokens count whole, split into words at `-`, `_` and a change of case; a token with a digit in it says
//! nothing (it may be a hash), nor does one that describes the page around it (`has-sidebar`, `box--footer`).
//! Not here: the names that are known (`words`, `whole`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::read::html::hints::{
    set::Hints,
    whole::TOKENS,
    words::{WORDS, compound},
};

static WORD_MARKS: LazyLock<FxHashMap<&str, Hints>> = LazyLock::new(|| WORDS.iter().copied().collect());
static TOKEN_MARKS: LazyLock<FxHashMap<&str, Hints>> = LazyLock::new(|| TOKENS.iter().copied().collect());

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
        if let Some(found) = TOKEN_MARKS.get(lower.as_str()) {
            hints.add(*found);
            continue;
        }
        let around = ["has-", "no-", "with-", "is-", "without-", "hasn-", "not-"];
        if around.iter().any(|a| lower.starts_with(a)) {
            continue;
        }
        hints.add(by_words(token, &mut lower));
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

/// What the words of a token suggest: each by itself, and two together that name the body of an article, or what is
/// said of it.
fn by_words(token: &str, lower: &mut String) -> Hints {
    let mut hints = Hints::default();
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
            return Hints::default();
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
        hints.add(WORD_MARKS.get(word).copied().unwrap_or_else(|| compound(word)));
    }
    // `entry-content`, and not `related-article-content`.
    if whose && body && !hints.any(!Hints::BODY) {
        hints.add(Hints::NAMED_BODY);
    }
    // `entry-meta`: what is said of the article.
    if whose && about || meta && filed {
        hints.add(Hints::BYLINE);
    }
    // `skip-to-content`, and not `skip-item`.
    if skips && ahead {
        hints.add(Hints::NAV);
    }
    // Steps to take, the parts of an accordion and the names of tabs are no menu; what a menu drops down is.
    if step || panels {
        hints = hints.without(Hints::NAV);
    }
    // That a service is new is said to all visitors, and is no notice.
    if phase {
        hints = hints.without(Hints::NOTICE);
    }
    // The head of a panel is no head of the site.
    if hints.any(Hints::PANEL) && hints.any(Hints::HEAD) {
        hints = hints.without(Hints::HEAD);
    }
    hints
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
