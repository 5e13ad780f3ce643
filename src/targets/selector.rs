//! CSS selectors, tried before anything is fetched.

use std::borrow::Cow;

use jsonc_parser::ast::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use scraper::error::SelectorErrorKind;

use super::{
    near::lower_first,
    notes::Notes,
    value::{FromJson, span, text},
};

/// The longest selector, in characters.
const LONGEST: usize = 500;
/// How deep brackets may stand within brackets: the selector's parser calls itself for each.
const DEEPEST: usize = 16;

/// A selector that the reader will understand.
#[derive(Debug, Clone)]
pub(super) struct Css(pub(super) String);

impl FromJson for Css {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let text = text(value, key, "a CSS selector such as \"main\", or a list of them", notes)?.trim();
        match check(text) {
            Ok(()) => Some(Self(text.to_owned())),
            Err(wrong) => {
                notes
                    .fault(span(value), format!("`{key}` must be a CSS selector"))
                    .label(wrong)
                    .help("such as \"main\", \"#content\", \".statement\" or \"article > p\"");
                None
            }
        }
    }
}

impl JsonSchema for Css {
    fn schema_name() -> Cow<'static, str> {
        "Css".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": LONGEST })
    }
}

fn check(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("empty".to_owned());
    }
    if text.chars().nth(LONGEST).is_some() {
        return Err(format!("longer than {LONGEST} characters"));
    }
    if depth(text) > DEEPEST {
        return Err(format!("brackets stand more than {DEEPEST} deep"));
    }
    scraper::Selector::parse(text).map(drop).map_err(|error| told(&error))
}

/// What the parser said, in words: for most mistakes it has nothing but a name.
fn told(error: &SelectorErrorKind) -> String {
    match error {
        SelectorErrorKind::UnexpectedToken => "a sign stands where none can".to_owned(),
        SelectorErrorKind::EndOfLine => "it ends too early".to_owned(),
        SelectorErrorKind::UnexpectedSelectorParseError(kind) => words(&format!("{kind:?}")),
        other => lower_first(&other.to_string()),
    }
}

/// `DanglingCombinator` as "dangling combinator"; what follows a name is left out.
fn words(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().take_while(char::is_ascii_alphanumeric) {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
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
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in ["", "main >", "div[", "..notice", "p:nothing()", "<main>"] {
            assert!(check(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_tower_of_brackets_is_refused_unread() {
        let tower = format!("{}a{}", ":not(".repeat(60), ")".repeat(60));
        assert!(check(&tower).is_err_and(|wrong| wrong.contains("deep")));
    }
}
