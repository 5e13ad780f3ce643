//! Markup without a page around it, as feeds and JSON carry it: all of it is statement, none of it furniture.
//!
//! Not here: whole pages (`page`).

use url::Url;

use crate::{
    model::{Block, Memory},
    read::{
        html::{
            blocks::{self, Raw},
            dom::{Page, Tag},
            prescan, tree,
        },
        reading::Refusal,
        volatile,
    },
};

/// The blocks of a fragment.
///
/// # Errors
/// `too-large` for markup that no entry needs.
pub(in crate::read) fn blocks(markup: &str, base: &Url, memory: &Memory) -> Result<Vec<Block>, Refusal> {
    let source = prescan::prescan(markup, false)?;
    let tree = tree::tree(&source);
    let page = Page::flatten(&tree);
    let mut raw = blocks::read(&page, 0, base, &|_| false);
    blocks::join_dates(&mut raw);
    let mut found: Vec<Block> = raw.into_iter().filter_map(Raw::block).collect();
    volatile::mark(&mut found, memory);
    Ok(found)
}

/// The blocks of a whole page that may list something: without its menus, its foot and its forms.
///
/// # Errors
/// `too-large` for markup that no page needs.
pub(in crate::read) fn listed(markup: &str, base: &Url, memory: &Memory) -> Result<Vec<Block>, Refusal> {
    let source = prescan::prescan(markup, false)?;
    let tree = tree::tree(&source);
    let page = Page::flatten(&tree);
    let apart =
        |i: usize| matches!(page.get(i).tag, Tag::Nav | Tag::Footer | Tag::Form | Tag::Head | Tag::Aside);
    let raw = blocks::read(&page, 0, base, &apart);
    let mut found: Vec<Block> = raw.into_iter().filter_map(Raw::block).collect();
    volatile::mark(&mut found, memory);
    Ok(found)
}

/// An address as it is kept, without what names a visit; nothing where it leads nowhere else.
pub(in crate::read) fn address(base: &Url, href: &str) -> Option<String> {
    super::links::address(base, href)
}
