//! The newest of many: a page that shows its newest few entries and leads to the older ones. What drops off the end of it
//! stands elsewhere now, and is not withdrawn.
//!
//! Not here: what came in its place.

use crate::{
    judge::context::{Page, Pages, Place},
    model::{BlockKind, Sentence},
    text::List,
};

/// Whether a place is the last entry before such a link, on a page that has as many entries as before.
pub(in crate::judge) fn has_moved_on(place: &Place<'_>, pages: &Pages<'_>) -> bool {
    let (Some(last), true) = (place.hunk.at.before.last(), place.after.is_empty()) else { return false };
    let (Some(was), Some(is)) = (more(&pages.before), more(&pages.after)) else { return false };
    let headings = |page: &Page<'_>, from: usize, until: usize| {
        (from..until).filter(|n| page.block(*n).is_some_and(|(_, b)| b.kind == BlockKind::Heading)).count()
    };
    *last < was
        && headings(&pages.before, last + 1, was) == 0
        && headings(&pages.before, 0, was) > 1
        && headings(&pages.after, 0, is) >= headings(&pages.before, 0, was)
}

/// The sentence that leads to more, and says nothing else.
fn more(page: &Page<'_>) -> Option<usize> {
    let leads = |(s, key): (&&Sentence, &String)| {
        let key = key.trim_matches(|c: char| !c.is_alphanumeric());
        let pager = |to: &str| to.contains("page=") || to.contains("/page/") || to.contains("/archive");
        let only =
            || s.links.iter().map(|l| l.words.chars().count()).sum::<usize>() + 2 >= s.text.chars().count();
        !s.links.is_empty()
            && only()
            && (List::FurniturePager.has(key) || s.links.iter().any(|l| pager(&l.address)))
    };
    *page.older.get_or_init(|| page.sentences.iter().zip(&page.folded).position(leads))
}
