//! One page of HTML, step by step: the folder's whole work on one screen.
//!
//! Not here: any rule. Each step's rules stand in the module of that name.

use url::Url;

use crate::{
    model::{Block, Capture, Memory, Recipe, Statement, Watch, Why},
    read::{
        gate::{self, after::Sight},
        html::{
            about, article, banners,
            blocks::{self, Raw},
            boilerplate, claims,
            dom::Page,
            explain, links,
            parts::Parts,
            prescan::{self, Prescanned},
            prune::Facts,
            tree,
        },
        reading::{Note, Refusal},
        source::decode::Decoded,
        volatile,
    },
};

/// The statement of a page; with `notes`, what became of each part of it.
///
/// # Errors
/// Why it has none.
pub(in crate::read) fn statement(
    capture: &Capture,
    decoded: &Decoded,
    recipe: &Recipe,
    memory: &Memory,
    notes: Option<&mut Vec<Note>>,
) -> Result<Statement, Refusal> {
    let source = prescan::prescan(&decoded.text, is_selected(recipe))?;
    html(capture, decoded, &source, recipe, memory, notes)
}

/// Whether a user's selectors may ask for anything of the page.
fn is_selected(recipe: &Recipe) -> bool {
    !recipe.select.is_empty() || !recipe.remove.is_empty()
}

fn html(
    capture: &Capture,
    decoded: &Decoded,
    source: &Prescanned,
    recipe: &Recipe,
    memory: &Memory,
    notes: Option<&mut Vec<Note>>,
) -> Result<Statement, Refusal> {
    gate::before::uncut(source)?;
    let tree = tree::tree(source);
    let page = Page::flatten(&tree);
    let facts = Facts::collect(&page);
    let base = base(&page, capture.landed());
    let article = article::is_article(&page, &source.json_ld);
    let parts = Parts::find(&tree, &page, &facts, article, recipe)?;
    let mut raw = parts.blocks(&page, &facts, &base);
    blocks::join_dates(&mut raw);
    if gate::after::is_for_the_scriptless(source, &raw) {
        let fuller = prescan::with_noscript(&decoded.text, is_selected(recipe))?;
        return html(capture, decoded, &fuller, recipe, memory, notes);
    }
    let about = about::describe(&page, facts.h1, &base);
    let root = &parts.root;
    let mut dropped =
        if root.to_the_letter { Vec::new() } else { boilerplate::strip(&mut raw, &about, memory) };
    if root.around.is_some() {
        dropped.extend(article::trim(&mut raw, capture.landed().host_str().unwrap_or("")));
    }
    let banner = banners::read(&page, &facts, &parts.alerts, &base);
    if let Some(notes) = notes {
        let seen = explain::Seen { page: &page, facts: &facts, parts: &parts, raw: &raw, dropped: &dropped };
        explain::notes(notes, &seen);
    }
    let sight = Sight {
        capture,
        decoded,
        source,
        page: &page,
        facts: &facts,
        about: &about,
        blocks: &raw,
        words: raw.iter().map(|b| b.text.split(' ').count()).sum(),
        banner: &banner,
    };
    gated(&sight, &parts, recipe)?;
    let content = compared(raw, memory);
    let banner = compared(banner, memory);
    let dates = claims::collect(
        &page,
        root.around.as_ref().map_or(&root.nodes[..], std::slice::from_ref),
        &source.json_ld,
        &content,
    );
    Ok(Statement {
        title: about.title,
        language: about.language,
        canonical: about.canonical,
        dates,
        content,
        banner,
    })
}

/// Refuses what is no content, what a person's selectors leave nothing of, and what has no words.
fn gated(sight: &Sight<'_, '_>, parts: &Parts<'_>, recipe: &Recipe) -> Result<(), Refusal> {
    gate::after::content(sight)?;
    if let Some(Refusal { why, evidence }) = &parts.missing {
        let found = parts.root.nodes.first().map(|i| explain::suggestion(sight.page, *i)).unwrap_or_default();
        let evidence = format!("{evidence}; without a selector the statement is read from `{found}` on");
        return Err(Refusal::new(*why, evidence));
    }
    if sight.blocks.is_empty() && !parts.removed.is_empty() {
        let all = recipe.remove.join("`, `");
        return Err(Refusal::new(Why::Empty, format!("nothing is left without what `{all}` matches")));
    }
    if recipe.watch != Watch::Banner || sight.banner.is_empty() {
        gate::after::words(sight)?;
    }
    Ok(())
}

/// Blocks in sentences, each with what it is compared by.
fn compared(mut raw: Vec<Raw>, memory: &Memory) -> Vec<Block> {
    raw.iter_mut().for_each(blocks::beside::strip);
    let mut blocks: Vec<Block> = raw.into_iter().filter_map(Raw::block).collect();
    volatile::mark(&mut blocks, memory);
    blocks
}

/// What links are relative to: the page's `base`, else its address. One that is longer than addresses are stands for its
/// host alone: it is written out in each of the links.
fn base(page: &Page<'_>, landed: &Url) -> Url {
    let is_base = |i: &usize| page.get(*i).element.is_some_and(|e| e.name() == "base");
    let named = page.metas.iter().copied().find(is_base);
    let href = named.and_then(|i| page.attr(i, "href")).and_then(|h| landed.join(h).ok());
    let mut base = href.filter(|u| matches!(u.scheme(), "http" | "https")).unwrap_or_else(|| landed.clone());
    if base.as_str().len() > links::LONGEST_BASE {
        base.set_path("");
        base.set_query(None);
        base.set_fragment(None);
    }
    base
}
