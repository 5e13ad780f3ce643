//! What an element's class, id, role and state suggest, as a set of flags.
//!
//! Not here: how names are taken apart (`tokens`), and what is done about it; a flag alone drops nothing.

mod names;
mod set;
mod tokens;

use rustc_hash::{FxHashMap, FxHashSet};
use scraper::node::Element;

use names::NAMES;
pub(in crate::read) use names::digest;
pub(in crate::read) use set::Hints;
use tokens::tokens;

/// The value of an attribute, by its name in lower case.
pub(in crate::read) fn attr<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs().find(|(n, _)| *n == name).map(|(_, v)| v)
}

/// What an element's attributes suggest. `memory` keeps what earlier class attributes came to, `opened`
/// the ids of what an element opens.
pub(in crate::read) fn collect<'e>(
    element: &'e Element,
    memory: &mut FxHashMap<&'e str, Hints>,
    opened: &mut FxHashSet<&'e str>,
) -> Hints {
    // An element of the page's own making is called by what it is: `site-alert`.
    let mut hints = match element.name() {
        "dialog" => Hints::DIALOG,
        name if name.contains('-') && ["alert", "banner", "notice"].iter().any(|n| name.contains(n)) => {
            tokens(name)
        }
        _ => Hints::default(),
    };
    for (name, value) in element.attrs() {
        match name {
            "class" | "id" => hints.add(*memory.entry(value).or_insert_with(|| tokens(value))),
            "aria-controls" => opened.extend(value.split_ascii_whitespace()),
            "href" if value.starts_with("javascript:") => {
                opened.extend(value.split(['\'', '"']).skip(1).step_by(2));
            }
            "href" | "data-target" | "data-bs-target" | "data-href" => {
                opened.extend(value.strip_prefix('#').filter(|id| !id.is_empty()));
            }
            "role" => hints.add(role(value)),
            "hidden" => hints.add(Hints::HIDDEN),
            "aria-current" if value != "false" => hints.add(Hints::CURRENT),
            "aria-hidden" if value.trim().eq_ignore_ascii_case("true") => hints.add(Hints::HIDDEN),
            "aria-label" => hints.add(NAMES.label(value)),
            "style" if hides(value) => hints.add(Hints::HIDDEN),
            _ => {}
        }
    }
    hints
}

fn hides(style: &str) -> bool {
    style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
        let (name, value) = (name.trim(), value.trim());
        let is = |a: &str, b: &str| a.get(..b.len()).is_some_and(|a| a.eq_ignore_ascii_case(b));
        (is(name, "display") && is(value, "none")) || (is(name, "visibility") && is(value, "hidden"))
    })
}

fn role(value: &str) -> Hints {
    match value.trim().to_ascii_lowercase().as_str() {
        "main" => Hints::ROLE_MAIN,
        "navigation" | "menu" | "menubar" => Hints::NAV,
        "search" => Hints::SEARCH,
        "complementary" => Hints::SIDE,
        "contentinfo" => Hints::FOOT,
        "banner" => Hints::HEAD,
        "dialog" | "alertdialog" => Hints::DIALOG,
        "alert" | "status" => Hints::ROLE_ALERT,
        "presentation" | "none" => Hints::ROLE_NONE,
        "toolbar" => Hints::TOOL,
        "tabpanel" => Hints::PANEL,
        _ => Hints::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_hide_by_value() {
        assert!(hides("color:red; Display : none"));
        assert!(!hides("display:block;background:none"));
    }
}
