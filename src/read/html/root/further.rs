//! What belongs to the statement beyond the part of the page that it was found in: the band above that opens it, the
//! paragraphs, the list or the documents below that go on with it.
//!
//! Not here: how that part is found (`root`).

use crate::read::html::{
    dom::{Page, Tag},
    links,
    prune::Facts,
};

/// A part that only opens the statement is followed by so many times its prose, in so many paragraphs.
pub(super) struct Opens {
    times: u32,
    bytes: u32,
    paragraphs: usize,
}
pub(super) const OPENS: Opens = Opens { times: 4, bytes: 0, paragraphs: 4 };
/// What says of itself that it is the main element is believed longer.
pub(super) const MAIN_OPENS: Opens = Opens { times: 10, bytes: 3000, paragraphs: 10 };

/// What makes a list of a part of the page: so many entries, of so many bytes each, or fewer where much of it leads nowhere.
struct Listed {
    entries: u32,
    bytes: u32,
    plain_bytes: u32,
}
const LISTED: Listed = Listed { entries: 4, bytes: 24, plain_bytes: 10 };

/// A band that leads in has no more paragraphs.
const LEAD_IN: usize = 2;

/// A part of the page and, where it only opens the statement, what goes on below it: sites put the heading and a sentence
/// on a band, and the rest in bands beside that. What leads elsewhere more than it says is no part of it.
pub(super) fn continued(page: &Page<'_>, facts: &Facts, opening: usize, opens: &Opens) -> Vec<usize> {
    let own = facts.prose(page, opening);
    let mut nodes = vec![opening];
    let (mut prose, mut paragraphs) = (0u32, 0usize);
    let mut below = opening;
    for up in page.ancestors(opening).take_while(|up| page.get(*up).tag != Tag::Html) {
        for k in page.children(up).filter(|k| *k > below && facts.rule(*k).is_none()) {
            let (said, linked) = (facts.prose(page, k), facts.linked(page, k));
            let block =
                matches!(page.get(k).tag, Tag::P | Tag::Heading(_) | Tag::List | Tag::Quote | Tag::Table);
            if said > 0 && linked <= said || block && facts.plain(page, k) > linked {
                nodes.push(k);
                prose = prose.saturating_add(said);
                paragraphs += page.within(k).chain([k]).filter(|i| is_paragraph(page, facts, *i)).count();
            }
        }
        below = up;
    }
    if prose / opens.times < own || prose < opens.bytes || paragraphs < opens.paragraphs {
        nodes.truncate(1);
    }
    nodes
}

/// A part with no more than the heading and a paragraph or two below it, and the parts right after it that say something
/// and lead nowhere: a short notice under a band with its first sentence.
pub(super) fn led_in(page: &Page<'_>, facts: &Facts, opening: usize) -> Vec<usize> {
    let mut nodes = vec![opening];
    let said = |i: usize| page.within(i).chain([i]).filter(|i| is_paragraph(page, facts, *i)).count();
    let band = matches!(page.get(opening).tag, Tag::Header | Tag::Block);
    if !band || said(opening) > LEAD_IN || facts.linked(page, opening) > 0 {
        return nodes;
    }
    let mut below = opening;
    // A heading belongs to what it stands above.
    let mut heading = None;
    for up in page.ancestors(opening).take_while(|up| page.get(*up).tag != Tag::Html) {
        for k in page.children(up).filter(|k| *k > below && facts.rule(*k).is_none()) {
            let leads = facts.linked(page, k) > 0;
            match page.get(k).tag {
                _ if !leads && facts.plain(page, k) == 0 => {}
                Tag::Heading(_) if !leads => heading = Some(k),
                _ if !leads && facts.prose(page, k) > 0 => {
                    nodes.extend(heading.take().into_iter().chain([k]));
                }
                _ => return nodes,
            }
        }
        below = up;
    }
    nodes
}

/// What stands after a part of the page in the same frame, leads nowhere and says something in lists, or is a part of the
/// same make: sites build a notice of boxes with one name.
pub(super) fn beside<'a>(
    page: &'a Page<'_>,
    facts: &'a Facts,
    opening: usize,
) -> impl Iterator<Item = usize> + 'a {
    let up = page.get(opening).up;
    let framed = !matches!(page.get(up).tag, Tag::Body | Tag::Html);
    let lists =
        |i: usize| page.within(i).any(|k| matches!(page.get(k).tag, Tag::List | Tag::Table | Tag::Term));
    let make = |i: usize| page.attr(i, "class").and_then(|class| class.split_ascii_whitespace().next());
    let of_one_make = move |k: usize| make(opening).is_some_and(|own| make(k) == Some(own));
    page.children(up)
        .filter(move |k| framed && *k > opening && facts.rule(*k).is_none() && facts.plain(page, *k) > 0)
        .filter(move |k| !leads(page, *k) && (lists(*k) || of_one_make(*k) || links::has_number(page, *k)))
}

/// Whether a link, a button, a field or a menu stands in it; a number to ring and a document lead nowhere.
pub(super) fn leads(page: &Page<'_>, i: usize) -> bool {
    links::leads(page, i, |href| links::reaches_somebody(href) || links::is_document(href))
}

/// Where a part without a heading holds most of what is said: what it stands in, as long as nothing else there leads
/// anywhere. A title may be a box beside it.
pub(super) fn with_its_title(page: &Page<'_>, facts: &Facts, part: usize) -> usize {
    let mut at = part;
    loop {
        let up = page.get(at).up;
        let worded = |k: &usize| {
            *k != at && facts.rule(*k).is_none() && facts.plain(page, *k) + facts.linked(page, *k) > 0
        };
        let mut others = page.children(up).filter(worded).peekable();
        let own = matches!(page.get(up).tag, Tag::Body | Tag::Html) || up == at;
        if own || others.any(|k| leads(page, k) || page.get(k).tag == Tag::A) {
            return at;
        }
        at = up;
    }
}

/// The list that a part of the page only opens: below it, without a heading of its own, most of what the page has left
/// to say. A list that leads elsewhere must outweigh what opens it, or it may be any menu.
pub(super) fn listed(page: &Page<'_>, facts: &Facts, opening: usize) -> Option<usize> {
    let words = |i: usize| u64::from(facts.plain(page, i)) + u64::from(facts.linked(page, i));
    let rest = words(0).saturating_sub(words(opening)).max(1);
    let mut below = opening;
    for up in page.ancestors(opening).take_while(|up| page.get(*up).tag != Tag::Html) {
        let mut next = page.children(up).filter(|k| *k > below && facts.rule(*k).is_none());
        if let Some(list) = next.find(|k| words(*k) * 2 >= rest) {
            let outweighs = facts.linked(page, list) == 0 || words(list) >= words(opening) * 2;
            return (outweighs && is_list(page, facts, list)).then_some(list);
        }
        below = up;
    }
    None
}

/// The documents that the page offers right below its statement: a part that leads to nothing else.
pub(super) fn offered(page: &Page<'_>, facts: &Facts, opening: usize) -> Option<usize> {
    let worded = |k: &usize| facts.plain(page, *k) + facts.linked(page, *k) > 0;
    let mut below = opening;
    for up in page.ancestors(opening).take_while(|up| page.get(*up).tag != Tag::Html) {
        let next = page.children(up).filter(|k| *k > below && facts.rule(*k).is_none()).find(worded);
        if let Some(next) = next {
            let mut leads = page.within(next).filter(|k| page.get(*k).tag == Tag::A).peekable();
            let documents =
                leads.peek().is_some() && leads.all(|k| page.attr(k, "href").is_some_and(links::is_document));
            return documents.then_some(next);
        }
        below = up;
    }
    None
}

/// Whether it is entries that say more than the names in a menu do, and no heading names them as a part of their own.
fn is_list(page: &Page<'_>, facts: &Facts, i: usize) -> bool {
    let worded = |k: &usize| facts.plain(page, *k) + facts.linked(page, *k) > 0;
    let (mut links, mut items) = (0u32, 0u32);
    for k in page.within(i).filter(worded) {
        match page.get(k).tag {
            Tag::A => links += 1,
            Tag::Li | Tag::Row | Tag::Term => items += 1,
            _ => {}
        }
    }
    let entries = links.max(items);
    let (plain, linked) = (facts.plain(page, i), facts.linked(page, i));
    let bytes = plain.saturating_add(linked) / entries.max(1);
    let told = bytes >= LISTED.bytes || plain >= linked / 2 && bytes >= LISTED.plain_bytes;
    let headed = || {
        let first = page.within(i).find(|k| page.get(*k).tag == Tag::Text && worded(k));
        let above: Vec<Tag> = first
            .map(|k| page.ancestors(k).take_while(|a| *a > i).map(|a| page.get(a).tag).collect())
            .unwrap_or_default();
        above.iter().any(|tag| matches!(tag, Tag::Heading(_))) && !above.contains(&Tag::A)
    };
    entries >= LISTED.entries && told && !headed()
}

fn is_paragraph(page: &Page<'_>, facts: &Facts, i: usize) -> bool {
    let spoken = || page.children(i).any(|k| page.get(k).tag == Tag::Text && facts.prose(page, k) > 0);
    facts.rule(i).is_none()
        && facts.prose(page, i) > 0
        && (matches!(page.get(i).tag, Tag::P | Tag::Li) || page.get(i).tag == Tag::Block && spoken())
}

/// What opens the statement above the main element: the heading's own part of the page, where more is said in it. Sites put
/// the heading and the sentence that leads in on a band of their own.
pub(super) fn opening(page: &Page<'_>, facts: &Facts, main: usize) -> Option<usize> {
    let h1 = facts.h1.filter(|h1| *h1 < main && !page.within(main).contains(h1))?;
    let apart = |a: &usize| !page.within(*a).contains(&main);
    let band = page.ancestors(h1).take_while(apart).last()?;
    let said = facts.prose(page, band) > facts.prose(page, h1) && facts.linked(page, band) == 0;
    (said && facts.rule(band).is_none() && facts.prose(page, band) < facts.prose(page, main).max(1) * 4)
        .then_some(band)
}
