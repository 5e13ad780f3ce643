//! CSS selectors that a person writes: what is one, and what is wrong with what is none, in words.
//!
//! Not here: what they match (`root`) and where they are written (`targets`, the command line).

use scraper::{Selector, error::SelectorErrorKind};

/// The longest selector, in characters.
pub const LONGEST: usize = 500;
/// How deep brackets may stand within brackets: the selector's parser calls itself for each.
const DEEPEST: usize = 16;

/// Parses a selector (Selectors Level 4, as far as browsers have it).
///
/// # Errors
/// What is wrong with it, as the end of a sentence: "a class has no name".
pub fn parse(text: &str) -> Result<Selector, String> {
    if text.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    if text.chars().nth(LONGEST).is_some() {
        return Err(format!("it is longer than {LONGEST} characters"));
    }
    if depth(text) > DEEPEST {
        return Err(format!("its brackets stand more than {DEEPEST} deep"));
    }
    Selector::parse(text).map_err(|error| explained(&error))
}

/// What the parser said, in words: for most mistakes it has nothing but a name.
fn explained(error: &SelectorErrorKind) -> String {
    let known = match error {
        SelectorErrorKind::UnexpectedToken => "a sign stands where none can",
        SelectorErrorKind::EndOfLine => "it ends too early",
        SelectorErrorKind::UnexpectedSelectorParseError(kind) => return named(&format!("{kind:?}")),
        SelectorErrorKind::ExpectedColonOnPseudoElement
        | SelectorErrorKind::ExpectedIdentityOnPseudoElement => "a colon is followed by no name",
        _ => "rules of a style sheet have no place in it",
    };
    known.to_owned()
}

/// `DanglingCombinator` in words; of a name that is not known, the name itself, without what follows it.
fn named(name: &str) -> String {
    let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
    let known = match name.as_str() {
        "ClassNeedsIdent" => "a dot is followed by no name of a class",
        "DanglingCombinator" => "nothing stands on one side of a `>`, `+` or `~`",
        "EmptySelector" => "an element, a class or an id is missing where one must stand",
        "UnsupportedPseudoClassOrElement" => "what follows a colon is not known here",
        "NonCompoundSelector" | "NonSimpleSelectorInNegation" => "more stands in brackets than may",
        _ => return format!("the parser calls it {name}"),
    };
    known.to_owned()
}

/// The most brackets open at once.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_are_tried() {
        for text in ["main", "#content .notice", "article > p:not(.date)", "div[id='a']", "a, b"] {
            assert_eq!(parse(text).map(drop), Ok(()), "{text}");
        }
        for (text, wrong) in [
            ("", "empty"),
            ("main >", "on one side"),
            ("div[", "too early"),
            ("..notice", "name of a class"),
            ("p:nothing()", "colon"),
            ("a,,b", "is missing"),
            ("<main>", "is missing"),
        ] {
            let told = parse(text).map(drop).unwrap_err();
            assert!(told.contains(wrong), "{text}: {told}");
        }
    }

    #[test]
    fn a_tower_of_brackets_is_refused_unread() {
        let tower = format!("{}a{}", ":not(".repeat(60), ")".repeat(60));
        assert!(parse(&tower).is_err_and(|wrong| wrong.contains("deep")));
    }
}
