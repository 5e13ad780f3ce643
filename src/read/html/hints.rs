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
            // A browser shows such a part as soon as its words are looked for.
            "hidden" if !value.trim().eq_ignore_ascii_case("until-found") => hints.add(Hints::HIDDEN),
            "aria-current" if value != "false" => hints.add(Hints::CURRENT),
            "aria-hidden" if value.trim().eq_ignore_ascii_case("true") => hints.add(Hints::HIDDEN),
            "aria-label" => hints.add(NAMES.label(value)),
            "style" => hints.add(style(value)),
            _ => {}
        }
    }
    hints
}

/// What a style says of what it is set on: hidden, faded, struck out.
fn style(style: &str) -> Hints {
    let mut hints = Hints::NONE;
    for (name, value) in style.split(';').filter_map(|rule| rule.split_once(':')) {
        let (name, value) = (name.trim(), value.trim());
        let begins = |with: &str| value.get(..with.len()).is_some_and(|v| v.eq_ignore_ascii_case(with));
        hints.add(match name {
            name if name.eq_ignore_ascii_case("display") && begins("none") => Hints::HIDDEN,
            name if name.eq_ignore_ascii_case("visibility") && begins("hidden") => Hints::FADED,
            name if name.get(..15).is_some_and(|n| n.eq_ignore_ascii_case("text-decoration"))
                && value.to_ascii_lowercase().contains("line-through") =>
            {
                Hints::STRUCK
            }
            _ => continue,
        });
    }
    hints
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
        "deletion" => Hints::STRUCK,
        _ => Hints::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_hide_and_strike_out_by_value() {
        assert_eq!(style("color:red; Display : none"), Hints::HIDDEN);
        assert_eq!(style("display:block;background:none"), Hints::NONE);
        assert_eq!(style("text-decoration: red line-through"), Hints::STRUCK);
        assert_eq!(style("visibility:hidden;text-decoration:underline"), Hints::FADED);
    }
}
