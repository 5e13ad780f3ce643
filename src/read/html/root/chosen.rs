//! What a person's selectors name.
//!
//! Not here: what a selector may be (`selector`).

use rustc_hash::FxHashSet;
use scraper::Html;

use crate::{
    model::Why,
    read::{
        html::{dom::Page, root::place::Root},
        reading::Refusal,
        selector,
    },
};

/// The elements that a person's selectors name: the first selector that matches anything counts.
///
/// # Errors
/// `selector` when none matches, or one is not CSS.
pub(in crate::read) fn selected(html: &Html, page: &Page<'_>, select: &[String]) -> Result<Root, Refusal> {
    for css in select {
        let mut nodes = matches(html, page, css)?;
        // Of elements one within another the outer holds both.
        let mut until = 0;
        nodes.retain(|i| {
            let outer = *i >= until;
            until = if outer { page.get(*i).end } else { until };
            outer
        });
        if !nodes.is_empty() {
            return Ok(Root { nodes, around: None, rule: "select", to_the_letter: true });
        }
    }
    let evidence = format!("nothing on the page matches {}", quoted(select));
    Err(Refusal { why: Why::Selector, evidence })
}

fn quoted(select: &[String]) -> String {
    select.iter().map(|s| format!("`{s}`")).collect::<Vec<_>>().join(" or ")
}

/// The nodes that a selector matches, in document order.
///
/// # Errors
/// `selector` when it is not CSS.
pub(in crate::read) fn matches(html: &Html, page: &Page<'_>, css: &str) -> Result<Vec<usize>, Refusal> {
    let selector = selector::parse(css).map_err(|wrong| Refusal {
        why: Why::Selector,
        evidence: format!("`{css}` is no selector: {wrong}"),
    })?;
    let hits: FxHashSet<*const scraper::node::Element> =
        html.select(&selector).map(|e| std::ptr::from_ref(e.value())).collect();
    let numbered = page.nodes.iter().enumerate();
    let hit = |e: Option<&scraper::node::Element>| e.is_some_and(|e| hits.contains(&std::ptr::from_ref(e)));
    Ok(numbered.filter(|(_, n)| hit(n.element)).map(|(i, _)| i).collect())
}
