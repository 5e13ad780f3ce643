//! A text as tokens: words with their apostrophes and hyphens, figures with their signs, punctuation alone.

use std::ops::Range;

/// The tokens of a text, as byte ranges in order, white space left out.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + (rest.len() - rest.trim_start().len());
        let rest = text.get(start..)?;
        let len = token(rest);
        at = start + len;
        (len > 0).then_some(start..at)
    })
}

/// Whether a token is a word or a figure, and not a mark.
pub(crate) fn is_word(token: &str) -> bool {
    token.chars().any(char::is_alphanumeric)
}

/// Whether a word of a text begins with one of these, which are ASCII in lower case, whatever the case of the text.
pub(crate) fn begins_any(text: &str, beginnings: &[&str]) -> bool {
    let letter = |byte: &u8| 1_u32.checked_shl(u32::from(byte.wrapping_sub(b'a'))).unwrap_or_default();
    let firsts =
        beginnings.iter().filter_map(|begin| begin.as_bytes().first()).fold(0, |set, b| set | letter(b));
    let bytes = text.as_bytes();
    let mut within = false;
    for (at, byte) in bytes.iter().enumerate() {
        if !within && letter(&byte.to_ascii_lowercase()) & firsts != 0 {
            let rest = bytes.get(at..).unwrap_or_default();
            let begins = |word: &&str| {
                rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
            };
            if beginnings.iter().any(begins) {
                return true;
            }
        }
        within = byte.is_ascii_alphanumeric();
    }
    false
}

/// Bytes of the token at the head of `text`, which begins with no white space.
fn token(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let Some((_, first)) = chars.next() else { return 0 };
    let money =
        matches!(first, '£' | '€' | '$' | '+') && chars.peek().is_some_and(|(_, c)| c.is_ascii_digit());
    if !is_letter(first) && !money {
        return first.len_utf8();
    }
    let mut end = first.len_utf8();
    let mut last = first;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        if is_letter(c) || next.is_some_and(|next| joins(last, c, next)) {
            end = at + c.len_utf8();
            last = c;
        } else {
            // "12%" is one figure.
            return if c == '%' && last.is_ascii_digit() { at + 1 } else { end };
        }
    }
    end
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || unicode_normalization::char::is_combining_mark(c)
}

/// Whether a mark between two characters belongs to their word: "council's", "e-mail", "1,500", "9.30am", "a@b.example".
fn joins(last: char, mark: char, next: char) -> bool {
    match mark {
        '\'' | '’' | '-' | '\u{2010}' | '\u{2011}' | '@' => is_letter(last) && is_letter(next),
        '.' => is_letter(last) && is_letter(next) && (!last.is_lowercase() || !next.is_uppercase()),
        ',' | ':' | '/' => last.is_ascii_digit() && next.is_ascii_digit(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_figures_stay_whole() {
        let text =
            "The council’s e-mail cost £1,500.50 (12%) at 9.30am, 17:00; ask a.b@holt.example. Not -5.";
        let got: Vec<&str> = tokens(text).map(|t| &text[t]).collect();
        let want = [
            "The",
            "council’s",
            "e-mail",
            "cost",
            "£1,500.50",
            "(",
            "12%",
            ")",
            "at",
            "9.30am",
            ",",
            "17:00",
            ";",
            "ask",
            "a.b@holt.example",
            ".",
            "Not",
            "-",
            "5",
            ".",
        ];
        assert_eq!(got, want);
    }
}
