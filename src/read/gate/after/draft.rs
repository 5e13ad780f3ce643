//! Templates published with their blanks: "[Council Name] is aware".
//!
//! An editor's brackets in a quotation ("[The council] has no evidence") are no blank, nor is "[PDF, 2 MB]".

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    model::Why,
    read::{gate::after::sight::Sight, reading::Refusal},
    text::{Language, calendar},
};

// Letters are named by range: every letter there is, thirty times over, takes 20 ms to make a pattern of.
static BLANK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let noun = "name|names|date|dates|time|number|address|link|url|email|title|amount|department|reference";
    let of = "council|authority|organisation|organization|company|supplier|body|contact|phone|telephone|job|service|insert|add|your|enter|start|end|incident|system";
    let months = calendar::months(Language::English).collect::<Vec<_>>().join("|");
    Regex::new(&format!(
        r"(?ix)[\[<{{\u{{ab}}] \s* (?: (?:insert|enter|add)\s[0-9a-zÀ-ſ_\s/'’-]{{1,50}} | (?:(?:{of})[\s_]){{1,3}}(?:{noun}) | (?:{noun})\s(?:here|of\s[0-9a-zÀ-ſ_\s]{{1,30}}) | (?:date|x{{2,}}|council) ) \s* [\]>}}\u{{bb}}] | \b(?:on|by|from|until|of)\sxx(?:/xx/x{{2,4}}|\s(?:month|{months}))\b"
    ))
    .ok()
});

/// More words than this are no notice in the making, whatever examples they hold.
const MANY: usize = 600;

/// Refuses a statement with blanks in it.
///
/// # Errors
/// `draft`.
pub(super) fn blanks(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    if sight.words > MANY {
        return Ok(());
    }
    let mut blocks =
        sight.blocks.iter().filter(|b| b.text.contains(['[', '<', '{', '«']) || b.text.contains("XX"));
    let found =
        blocks.find_map(|b| BLANK.as_ref()?.find_iter(&b.text).find(|m| !is_quoted(&b.text, m.start())));
    if let Some(blank) = found {
        return Err(Refusal::new(Why::Draft, format!("the blank {:?}", blank.as_str())));
    }
    let filler = sight
        .blocks
        .iter()
        .find(|b| b.text.get(..26).is_some_and(|t| t.eq_ignore_ascii_case("lorem ipsum dolor sit amet")));
    filler.map_or(Ok(()), |b| {
        Err(Refusal::new(
            Why::Draft,
            format!("filler text {:?}", b.text.chars().take(40).collect::<String>()),
        ))
    })
}

/// Whether a place stands in a quotation: a notice may quote a false letter with its blanks.
fn is_quoted(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let count = |mark| before.matches(mark).count();
    count('"') % 2 == 1 || count('“') > count('”')
}
