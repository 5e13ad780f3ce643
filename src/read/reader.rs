//! One reading, step by step: the folder's whole work on one screen.
//!
//! Not here: any rule. Each step's rules stand in the module of that name.

use scraper::Html;
use url::Url;

use super::{
    Note, Reading, Refusal, about, banners,
    blocks::Raw,
    dates,
    decode::{self, Decoded},
    dom::Page,
    explain, gate,
    parts::Parts,
    plain,
    prune::Facts,
    story,
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
    let parts = Parts::of(&tree, &page, &facts, article, recipe)?;
    let mut raw = parts.blocks(&page, &facts, &base);
    if gate::is_for_the_scriptless(source, &raw) {
        let fuller = thin::with_noscript(&decoded.text, is_selected(recipe))?;
        return html(capture, decoded, &fuller, recipe, memory, notes);
    }
    let about = about::of(&page, &facts, &base);
    let root = &parts.root;
    let mut dropped = if root.to_the_letter { Vec::new() } else { tidy::tidy(&mut raw, &about, memory) };
    if root.around.is_some() {
        dropped.extend(story::trimmed(&mut raw, capture.landed().host_str().unwrap_or("")));
    }
    let banner = banners::read(&page, &facts, &parts.alerts, &base);
    if let Some(notes) = notes {
        let seen = explain::Seen { page: &page, facts: &facts, parts: &parts, raw: &raw, dropped: &dropped };
        explain::notes(notes, &seen);
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
    gated(&sight, &parts, recipe)?;
    let content = compared(raw, memory);
    let banner = compared(banner, memory);
    let dates = dates::of(&page, root, &source.json_ld, &content);
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
fn gated(sight: &gate::Sight<'_, '_>, parts: &Parts<'_>, recipe: &Recipe) -> Result<(), Refusal> {
    gate::content(sight)?;
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
        gate::words(sight)?;
    }
    Ok(())
}

/// Blocks in sentences, each with what it is compared by.
fn compared(raw: Vec<Raw>, memory: &Memory) -> Vec<Block> {
    let mut blocks: Vec<Block> = raw.into_iter().filter_map(Raw::block).collect();
    volatile::mark(&mut blocks, memory);
    blocks
}

/// What links are relative to: the page's `base`, else its address.
fn base(page: &Page<'_>, landed: &Url) -> Url {
    let is_base = |i: &usize| page.get(*i).element.is_some_and(|e| e.name() == "base");
    let named = page.metas.iter().copied().find(is_base);
    let href = named.and_then(|i| page.attr(i, "href")).and_then(|h| landed.join(h).ok());
    href.filter(|u| matches!(u.scheme(), "http" | "https")).unwrap_or_else(|| landed.clone())
}
