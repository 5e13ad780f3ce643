//! Marks beside words that are no words: of a note ("1,200²"), of a link ("opens in new tab").
//!
//! Not here: marks within a text (`blocks`).

use crate::read::html::{
    dom::{Page, Tag},
    hints::Hints,
};

/// Bytes of the longest mark of a note: "[12]".
const LONGEST: usize = 5;

/// Words before what is raised that make a unit of it, or a power.
const UNITS: [&str; 12] = ["m", "km", "cm", "mm", "ft", "in", "mi", "s", "co", "h", "x", "n"];

/// Whether an element is the mark of a note: raised figures or signs that name no unit, or a link to a note.
pub(super) fn is_mark(page: &Page<'_>, i: usize) -> bool {
    let node = page.get(i);
    let Some(element) = node.element.filter(|_| node.tag.is_inline()) else { return false };
    let raised = element.name() == "sup";
    let referring = || {
        let role = page.attr(i, "role").is_some_and(|role| role.trim().eq_ignore_ascii_case("doc-noteref"));
        let named = |part: &str| {
            matches!(part, "footnote" | "footnotes" | "fn" | "noteref" | "endnote" | "reference")
        };
        let class = page.attr(i, "class").unwrap_or_default().to_ascii_lowercase();
        let within = page.attr(i, "href").is_some_and(|to| to.trim().starts_with('#') && to.trim().len() > 1);
        role || class.split(|c: char| !c.is_ascii_alphanumeric()).any(named) || node.tag == Tag::A && within
    };
    if !raised && (!matches!(node.tag, Tag::A | Tag::Inline) || !referring()) {
        return false;
    }
    let words = page.words(i, LONGEST + 1);
    if words.len() > LONGEST || !is_sign(words.trim_matches(['[', ']', '(', ')'])) {
        return false;
    }
    if !raised {
        // A row of numbers that lead to parts of the page marks nothing.
        return !page.text_before(i).trim().is_empty();
    }
    if page.within(i).any(|k| page.get(k).tag == Tag::A) {
        return true;
    }
    let before = page.text_before(i);
    !before.trim().is_empty() && !is_unit(before)
}

/// Whether a text ends in a word that what is raised makes another unit or a power of.
pub(super) fn is_unit(before: &str) -> bool {
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let unit = last.trim_start_matches(|c: char| c.is_ascii_digit());
    UNITS.iter().any(|known| unit.eq_ignore_ascii_case(known))
}

/// Whether it is figures, a sign of notes or one letter.
fn is_sign(mark: &str) -> bool {
    let figures = || mark.len() <= 3 && mark.bytes().all(|b| b.is_ascii_digit());
    let signs = || mark.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#'));
    let letter = || mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_lowercase());
    !mark.is_empty() && (figures() || signs() || letter())
}

/// Whether an element says to those who listen how a link opens, and no more.
pub(super) fn is_of_the_link(page: &Page<'_>, i: usize) -> bool {
    let node = page.get(i);
    let own = node.tag.is_inline() && node.tag != Tag::Text && node.tag != Tag::A;
    own && (node.hints.any(Hints::UNSEEN) || page.get(node.up).tag == Tag::A)
        && is_said_of_links(&page.words(i, 60))
}

/// Whether an element leads to the page's own history, and no more: "See all updates".
pub(super) fn is_of_the_history(page: &Page<'_>, i: usize) -> bool {
    const WORDS: [&str; 12] = [
        "see all updates",
        "show all updates",
        "view all updates",
        "all updates",
        "hide all updates",
        "full page history",
        "show full page history",
        "hide full page history",
        "see page history",
        "page history",
        "view page history",
        "gweld pob diweddariad",
    ];
    matches!(page.get(i).tag, Tag::A | Tag::Button)
        && WORDS.contains(&page.words(i, 40).trim_matches(['(', ')', ' ', '+', '-']).to_lowercase().as_str())
}

/// Whether words say how a link opens, where it leads or what file it is, and no more.
pub(super) fn is_said_of_links(words: &str) -> bool {
    const OPENS: [&str; 20] = [
        "opens in new tab",
        "opens in a new tab",
        "opens in new window",
        "opens in a new window",
        "opens new window",
        "opens new tab",
        "opens in a new browser window",
        "opens in a new browser tab",
        "opens in new window or tab",
        "opens a new window",
        "opens a new tab",
        "new window",
        "new tab",
        "external link",
        "link is external",
        "the link is external",
        "external website",
        "this link opens in a new tab",
        "agor mewn ffenestr newydd",
        "agor mewn tab newydd",
    ];
    let bare = words.trim().trim_matches(['(', ')', '[', ']', '.', ',', ';', '-', '–', ' ']).to_lowercase();
    bare.len() <= 40 && (OPENS.contains(&bare.as_str()) || is_of_a_file(&bare))
}

/// Whether words give the kind and the size of a file, and no more: "pdf, 212 kb", "212kb pdf", "word document".
fn is_of_a_file(words: &str) -> bool {
    const KINDS: [&str; 20] = [
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "csv",
        "odt",
        "ods",
        "ppt",
        "pptx",
        "rtf",
        "txt",
        "zip",
        "jpg",
        "png",
        "word",
        "excel",
        "html",
        "epub",
        "powerpoint",
    ];
    const SIZES: [&str; 8] = ["kb", "mb", "gb", "bytes", "kib", "mib", "k", "m"];
    const BESIDE: [&str; 12] = [
        "document",
        "file",
        "format",
        "size",
        "type",
        "version",
        "spreadsheet",
        "download",
        "page",
        "pages",
        "a4",
        "adobe",
    ];
    let number =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    let size = |word: &str| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
        unit.len() < word.len() && SIZES.contains(&unit)
    };
    let (mut kind, mut sized) = (false, false);
    let mut parts = words
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | ';' | '-' | '/' | '–' | '|' | '('))
        .map(|word| word.trim_matches([',', '.', '~']))
        .filter(|word| !word.is_empty())
        .peekable();
    parts.peek().is_some()
        && parts.all(|word| {
            kind |= KINDS.contains(&word);
            sized |= size(word) || SIZES.contains(&word) && word.len() > 1;
            KINDS.contains(&word)
                || size(word)
                || SIZES.contains(&word)
                || number(word)
                || BESIDE.contains(&word)
        })
        && (kind || sized)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_link_is_known_by_all_of_its_words() {
        for said in [
            "(opens in new tab)",
            "(PDF, 212 KB)",
            "[212kb pdf]",
            "(PDF 1.2MB)",
            "(Word document)",
            "(external link)",
        ] {
            assert!(is_said_of_links(said), "{said}");
        }
        for words in ["(PDF copies were taken)", "(212)", "(new customers)", "(212 people)", "()"] {
            assert!(!is_said_of_links(words), "{words}");
        }
    }
}
