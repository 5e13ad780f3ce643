//! The page's source before a tree is built of it: script, style and comments taken out, nesting bounded.
//!
//! html5ever's tree builder takes time quadratic in depth, copies open formatting elements into each block,
//! and compares each attribute of a tag with all before it. So what could make it slow is bounded here, in
//! one scan that follows the tokenizer of the HTML standard (13.2.5) as far as tags and raw text go.
//! Not here: what elements mean.

mod attributes;
mod drawing;
pub(in crate::read::html) mod ends;
mod frames;
mod names;
mod prescanned;
mod raw;
mod scan;

use crate::read::reading::Refusal;
use names::is;
pub(in crate::read) use prescanned::Prescanned;
use scan::Scan;

/// Thins a page. `whole`: every attribute and drawing is kept, as selectors of a user may ask for them.
///
/// # Errors
/// `too-large` for markup that no page needs.
pub(in crate::read) fn prescan(src: &str, whole: bool) -> Result<Prescanned, Refusal> {
    scanned(src, whole, false)
}

/// Thins a page, the words for browsers without script being part of it: some sites put all of theirs there.
///
/// # Errors
/// As [`prescan`].
pub(in crate::read) fn with_noscript(src: &str, whole: bool) -> Result<Prescanned, Refusal> {
    scanned(src, whole, true)
}

fn scanned(src: &str, whole: bool, unwrapped: bool) -> Result<Prescanned, Refusal> {
    // Few pages have a frame with a document of its own.
    let src =
        if src.contains("srcdoc") || src.contains("SRCDOC") { frames::inlined(src) } else { src.into() };
    let src = src.as_ref();
    let html = String::with_capacity(src.len() / 2);
    let mut scan = Scan::new(src, Prescanned { html, unwrapped, ..Prescanned::default() }, whole);
    scan.run()?;
    // A style or a comment that nobody closed swallows the end tag, which is there all the same.
    let tail = src.trim_end();
    let last = tail.len().checked_sub("</html>".len()).and_then(|at| tail.get(at..));
    scan.out.ended |= last.is_some_and(|tag| tag.eq_ignore_ascii_case("</html>"));
    let is_open = |name: &&str| scan.open.iter().any(|open| is(open, name));
    let open = ["main", "article"].into_iter().find(is_open);
    let within = ["section", "div", "body"].into_iter().find(is_open);
    scan.out.left_open = open.or(within).filter(|_| !scan.out.ended);
    scan.out.broken_off = open.filter(|_| tail.ends_with(char::is_alphanumeric));
    Ok(scan.out)
}

#[cfg(test)]
mod tests;
