//! One reading, step by step: the folder's whole work on one screen.
//!
//! Not here: any rule. Each step's rules stand in the module of that name.

use rustc_hash::FxHashSet;
use scraper::Html;
use url::Url;

use super::{
    Note, Reading, Refusal, about, banners, blocks, dates,
    decode::{self, Decoded},
    dom::Page,
    explain, gate, plain,
    prune::Facts,
    root, story,
    thin::{self, Thin},
    tidy, volatile,
};
use crate::model::{Block, Capture, MAX_DECODED, Memory, Recipe, Statement, Watch, Why};

/// Reads a capture; with `explained`, says what became of each part of the page.
pub(super) fn run(capture: &Capture, recipe: &Recipe, memory: &Memory, explained: bool) -> Reading {
    let mut notes = explained.then(Vec::new);
    let verdict = statement(capture, recipe, memory, notes.as_mut());
    Reading { verdict, explanation: notes.unwrap_or_default() }
}

fn statement(
    capture: &Capture,
    recipe: &Recipe,
    memory: &Memory,
    notes: Option<&mut Vec<Note>>,
) -> Result<Statement, Refusal> {
    let answer = &capture.answer;
    gate::answer::headers(capture)?;
    let decoded = decode::decode(
        &answer.body,
        answer.header("content-encoding"),
        answer.header("content-type"),
        usize::try_from(recipe.max_decoded.unwrap_or(MAX_DECODED)).unwrap_or(usize::MAX),
    );
    // An error's own status says more than bytes that cannot be decoded.
    gate::answer::status(capture, decoded.as_ref().map_or("", |d| d.text.as_str()))?;
    let decoded = decoded?;
    let kind = gate::answer::kind(answer, &decoded)?;
    let mut statement = match kind {
        gate::answer::Kind::Html => {
            html(capture, &decoded, &thin::thin(&decoded.text, is_selected(recipe))?, recipe, memory, notes)?
        }
        gate::answer::Kind::Text => {
            let mut read = plain::plain(&decoded.text, false).statement;
            if read.content.is_empty() {
                return Err(Refusal::new(Why::Empty, "the text has no words"));
            }
            volatile::mark(&mut read.content, memory);
            read
        }
    };
    statement.dates.extend(dates::header(answer));
    Ok(statement)
}

/// Whether a user's selectors may ask for anything of the page.
fn is_selected(recipe: &Recipe) -> bool {
    !recipe.select.is_empty() || !recipe.remove.is_empty()
}

fn html(
    capture: &Capture,
    decoded: &Decoded,
    source: &Thin,
    recipe: &Recipe,
    memory: &Memory,
    notes: Option<&mut Vec<Note>>,
) -> Result<Statement, Refusal> {
    gate::whole::uncut(source)?;
    let tree = Html::parse_document(&source.html);
    let page = Page::of(&tree);
    let facts = Facts::of(&page);
    let base = base(&page, capture.landed());
    let article = story::is_article(&page, &source.json_ld);
    let root = if recipe.select.is_empty() {
        Ok(root::found(&page, &facts, article))
    } else {
        root::selected(&tree, &page, &recipe.select)
    };
    let (removed, idle) = removed(&tree, &page, &recipe.remove)?;
    let about = about::of(&page, &facts, &base);
    let (root, missing) = match root {
        Ok(root) => (root, None),
        // Whether the page is there at all comes before whether a selector fits it.
        Err(refusal) => (root::found(&page, &facts, article), Some(refusal)),
    };
    let alerts = banners::find(&page, &facts, &root);
    let drops = |i: usize| {
        removed.contains(&i)
            || alerts.contains(&i)
            || (!root.to_the_letter && facts.rule(i).is_some())
            || (root.around.is_some() && story::is_beside(&page, &facts, i))
            || facts.never(&page, i)
    };
    let mut raw = Vec::new();
    // What a person removes goes with all in it, the statement's own element too.
    let gone =
        |node: &&usize| removed.contains(*node) || page.ancestors(**node).any(|a| removed.contains(&a));
    for node in root.nodes.iter().filter(|node| !gone(node)) {
        raw.extend(blocks::of(&page, *node, &base, &drops));
    }
    if gate::is_for_the_scriptless(source, &raw) {
        let fuller = thin::with_noscript(&decoded.text, is_selected(recipe))?;
        return html(capture, decoded, &fuller, recipe, memory, notes);
    }
    let mut dropped = if root.to_the_letter { Vec::new() } else { tidy::tidy(&mut raw, &about, memory) };
    if root.around.is_some() {
        dropped.extend(story::trimmed(&mut raw, capture.landed().host_str().unwrap_or("")));
    }
    let banner = banners::read(&page, &facts, &alerts, &base);
    if let Some(notes) = notes {
        explain::notes(
            notes,
            &explain::Seen {
                page: &page,
                facts: &facts,
                root: &root,
                removed: &removed,
                idle: &idle,
                raw: &raw,
                dropped: &dropped,
                alerts: &alerts,
                drops: &drops,
            },
        );
    }
    let sight = gate::Sight {
        capture,
        decoded,
        source,
        page: &page,
        facts: &facts,
        about: &about,
        blocks: &raw,
        banner: &banner,
    };
    gate::content(&sight)?;
    if let Some(mut refusal) = missing {
        let found = root.nodes.first().map(|i| explain::suggestion(&page, *i)).unwrap_or_default();
        refusal.evidence =
            format!("{}; without a selector the statement is read from `{found}` on", refusal.evidence);
        return Err(refusal);
    }
    if raw.is_empty() && !removed.is_empty() {
        let all = recipe.remove.join("`, `");
        return Err(Refusal::new(Why::Empty, format!("nothing is left without what `{all}` matches")));
    }
    if recipe.watch != Watch::Banner || banner.is_empty() {
        gate::words(&sight)?;
    }
    let mut content: Vec<Block> = raw.into_iter().filter_map(blocks::Raw::block).collect();
    let mut banner: Vec<Block> = banner.into_iter().filter_map(blocks::Raw::block).collect();
    volatile::mark(&mut content, memory);
    volatile::mark(&mut banner, memory);
    let dates = dates::of(&page, &root, &source.json_ld, &content);
    Ok(Statement {
        title: about.title,
        language: about.language,
        canonical: about.canonical,
        dates,
        content,
        banner,
    })
}

/// What links are relative to: the page's `base`, else its address.
fn base(page: &Page<'_>, landed: &Url) -> Url {
    let is_base = |i: &usize| page.get(*i).element.is_some_and(|e| e.name() == "base");
    let named = page.metas.iter().copied().find(is_base);
    let href = named.and_then(|i| page.attr(i, "href")).and_then(|h| landed.join(h).ok());
    href.filter(|u| matches!(u.scheme(), "http" | "https")).unwrap_or_else(|| landed.clone())
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
