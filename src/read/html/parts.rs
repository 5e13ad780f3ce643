//! The parts of a page that a reading goes by: where the statement stands, what a person wants left out, what speaks
//! to all visitors.
//!
//! Not here: how each is found (`root`, `banners`, `prune`), and what becomes of its words (`reader`).

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use scraper::Html;
use url::Url;

use crate::{
    model::Recipe,
    read::{
        html::{
            article, banners,
            blocks::{self, Raw},
            dom::Page,
            prune::Facts,
            root::{self, Root},
        },
        reading::Refusal,
    },
};

/// The parts of one page.
pub(in crate::read) struct Parts<'r> {
    /// Where the statement stands.
    pub(in crate::read) root: Root,
    /// Why a person's selectors did not find it: the root is then the one found without them.
    pub(in crate::read) missing: Option<Refusal>,
    /// The nodes that a person wants left out.
    pub(in crate::read) removed: FxHashSet<usize>,
    /// The selectors of such that match none.
    pub(in crate::read) idle: Vec<&'r str>,
    /// The notices to all visitors.
    pub(in crate::read) alerts: BTreeSet<usize>,
}

impl<'r> Parts<'r> {
    /// Finds them; `article`: the page says that it is one.
    ///
    /// # Errors
    /// `selector` when one of what is to be left out is not CSS.
    pub(in crate::read) fn find(
        tree: &Html,
        page: &Page<'_>,
        facts: &Facts,
        article: bool,
        recipe: &'r Recipe,
    ) -> Result<Self, Refusal> {
        let found = || root::found(page, facts, article);
        let (root, missing) = if recipe.select.is_empty() {
            (found(), None)
        } else {
            match root::selected(tree, page, &recipe.select) {
                Ok(root) => (root, None),
                // Whether the page is there at all comes before whether a selector fits it.
                Err(refusal) => (found(), Some(refusal)),
            }
        };
        let (removed, idle) = removed(tree, page, &recipe.remove)?;
        let alerts = banners::find(page, facts, &root);
        Ok(Self { root, missing, removed, idle, alerts })
    }

    /// Whether a node within the statement is left out of it.
    pub(in crate::read) fn drops(&self, page: &Page<'_>, facts: &Facts, i: usize) -> bool {
        self.removed.contains(&i)
            || self.alerts.contains(&i)
            || (!self.root.to_the_letter && facts.rule(i).is_some())
            || (self.root.around.is_some() && article::is_beside(page, facts, i))
            || facts.never(page, i)
    }

    /// The statement in blocks, as it stands on the page.
    pub(in crate::read) fn blocks(&self, page: &Page<'_>, facts: &Facts, base: &Url) -> Vec<Raw> {
        let removed = |i: usize| self.removed.contains(&i);
        // What a person removes goes with all in it, the statement's own element too.
        let gone = |node: usize| removed(node) || page.ancestors(node).any(removed);
        let left = self.root.nodes.iter().copied().filter(|node| !gone(*node));
        left.flat_map(|node| blocks::read(page, node, base, &|i| self.drops(page, facts, i))).collect()
    }
}

/// The nodes that a person wants left out, and the selectors that match none.
fn removed<'r>(
    html: &Html,
    page: &Page<'_>,
    remove: &'r [String],
) -> Result<(FxHashSet<usize>, Vec<&'r str>), Refusal> {
    let (mut all, mut idle) = (FxHashSet::default(), Vec::new());
    for css in remove {
        let found = root::matches(html, page, css)?;
        if found.is_empty() {
            idle.push(css.as_str());
        }
        all.extend(found);
    }
    Ok((all, idle))
}
