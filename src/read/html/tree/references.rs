//! Character references (HTML standard, 13.2.5.72): those that pages are full of by a table, all others by html5ever.
//!
//! Not here: where they stand.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::{RawKind, State},
    },
};

/// References that pages are full of.
const COMMON: [(&str, &str); 22] = [
    ("nbsp", "\u{a0}"),
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("rdquo", "”"),
    ("ldquo", "“"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("pound", "£"),
    ("copy", "©"),
    ("raquo", "»"),
    ("laquo", "«"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("eacute", "é"),
    ("times", "×"),
    ("euro", "€"),
];

/// A text, or with `attribute` the value of one, its references put in.
pub(super) fn decoded(text: &str, attribute: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((meant, length)) = reference(after, attribute) else {
            return by_the_book(text, attribute);
        };
        out.push_str(meant.encode_utf8(&mut [0; 4]));
        rest = after.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// What is meant by what follows an ampersand, and how long it is; none where only the standard's whole table can tell.
fn reference(after: &str, attribute: bool) -> Option<(char, usize)> {
    let digits = after.strip_prefix('#');
    let name = digits.unwrap_or(after);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let next = name.as_bytes().get(length).copied();
    let word = name.get(..length)?;
    if let Some(ended) = digits {
        let whole = 1 + length + 1;
        let code = match word.strip_prefix(['x', 'X']) {
            Some(hex) if !hex.is_empty() => u32::from_str_radix(hex, 16).ok()?,
            Some(_) => return None,
            None => ended.get(..length)?.parse().ok()?,
        };
        // Below stand control characters and what windows-1252 has there; beyond, what no text has.
        let plain = matches!(code, 0x20..=0x7e | 0xa0..=0xd7ff | 0x1_f300..=0x1_faff);
        return char::from_u32(code).filter(|_| plain && next == Some(b';')).map(|meant| (meant, whole));
    }
    if length == 0 {
        return Some(('&', 0));
    }
    if next == Some(b';') {
        let known = COMMON.iter().find(|(known, _)| *known == word)?;
        return known.1.chars().next().map(|meant| (meant, length + 1));
    }
    // `?a=1&copy=2`: in an address an ampersand is one.
    (attribute && next == Some(b'=')).then_some(('&', 0))
}

/// The same by html5ever.
fn by_the_book(text: &str, attribute: bool) -> String {
    // What only looks like a tag is text where text alone is asked for.
    let initial_state = (!attribute).then_some(State::RawData(RawKind::Rcdata));
    let opts = TokenizerOpts { discard_bom: false, initial_state, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Heard::default(), opts);
    let queue = BufferQueue::default();
    queue.push_back(if attribute {
        StrTendril::from(format!("<a x=\"{}\">", text.replace('"', "&quot;")))
    } else {
        StrTendril::from(text)
    });
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// The text, or the values, that a tokenizer made out.
#[derive(Default)]
struct Heard(RefCell<String>);

impl TokenSink for Heard {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.0.borrow_mut().push_str(&text),
            Token::TagToken(tag) => {
                tag.attrs.iter().for_each(|attr| self.0.borrow_mut().push_str(&attr.value));
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
