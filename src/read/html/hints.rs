//! What an element's class, id, role and state suggest, as a set of flags.
//!
//! Not here: how names are taken apart (`tokens`), and what is done about it; a flag alone drops nothing.

mod set;
mod tokens;
mod whole;
mod words;

use rustc_hash::FxHashMap;
use scraper::node::Element;

pub(in crate::read) use set::Marks;
use tokens::tokens;

/// The value of an attribute, by its name in lower case.
pub(in crate::read) fn attr<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs().find(|(n, _)| *n == name).map(|(_, v)| v)
}

/// What an element's attributes suggest. `memory` keeps what earlier class attributes came to.
pub(in crate::read) fn of<'e>(element: &'e Element, memory: &mut FxHashMap<&'e str, Marks>) -> Marks {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_hide_by_value() {
        assert!(hides("color:red; Display : none"));
        assert!(!hides("display:block;background:none"));
    }
}
