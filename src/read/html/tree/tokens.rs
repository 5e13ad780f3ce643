//! The tokens of prescanned markup (HTML standard, 13.2.5), one tag or one run of text at a time.
//!
//! Not here: attributes (`attributes`) and character references (`references`).

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};

use crate::read::html::{
    prescan::ends::{end_of, name_of, tag_end},
    tree::{
        attributes::attributes,
        references::decoded,
        slices::{lower, slice},
    },
};

/// A source, and who takes its tokens.
pub(super) struct Tokens<'s, S> {
    source: &'s StrTendril,
    sink: &'s S,
}

impl<'s, S: TokenSink> Tokens<'s, S>
where
    S::Handle: PartialEq,
{
    pub(super) fn new(source: &'s StrTendril, sink: &'s S) -> Self {
        Self { source, sink }
    }

    /// Hands over every token, the end of the file last.
    pub(super) fn run(&self) {
        let mut at = 0;
        while let Some(rest) = self.source.get(at..).filter(|rest| !rest.is_empty()) {
            let text = rest.find('<').unwrap_or(rest.len());
            if text > 0 {
                self.text(at, rest.get(..text).unwrap_or_default());
                at += text;
            } else {
                at += self.tag(at, rest);
            }
        }
        self.hand(Token::EOFToken);
    }

    fn hand(&self, token: Token) {
        // What a script or a coding in a `meta` would ask for, the prescan saw to.
        let _: TokenSinkResult<S::Handle> = self.sink.process_token(token, 1);
    }

    /// Hands over the text of an element whose content is nothing but text; gives its length.
    fn raw(&self, at: usize, rest: &str, name: &str, asked: &TokenSinkResult<S::Handle>) -> usize {
        let length = match asked {
            TokenSinkResult::RawData(_) => end_of(rest, name).unwrap_or(rest.len()),
            TokenSinkResult::Plaintext => rest.len(),
            _ => return 0,
        };
        let text = rest.get(..length).unwrap_or_default();
        if *asked == TokenSinkResult::RawData(RawKind::Rcdata) {
            self.text(at, text);
        } else if !text.is_empty() {
            self.hand(Token::CharacterTokens(slice(self.source, at, length)));
        }
        length
    }

    fn text(&self, at: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        let text = if text.contains('&') {
            StrTendril::from(decoded(text, false))
        } else {
            slice(self.source, at, text.len())
        };
        self.hand(Token::CharacterTokens(text));
    }

    /// Hands over what begins with `<`; gives its length.
    fn tag(&self, at: usize, rest: &str) -> usize {
        let bytes = rest.as_bytes();
        match bytes.get(1) {
            Some(b'!') => {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                self.doctype(rest.get(..end).unwrap_or_default());
                end
            }
            Some(b'/') => {
                let name = name_of(rest.get(2..).unwrap_or_default());
                let _: TokenSinkResult<S::Handle> = self.hand_tag(TagKind::EndTag, name, false, Vec::new());
                tag_end(rest, 2 + name.len()).unwrap_or(rest.len())
            }
            _ => {
                let name = name_of(rest.get(1..).unwrap_or_default());
                let (attrs, self_closing, end) = attributes(self.source, at, rest, 1 + name.len());
                let asked = self.hand_tag(TagKind::StartTag, name, self_closing, attrs);
                end + self.raw(at + end, rest.get(end..).unwrap_or_default(), name, &asked)
            }
        }
    }

    fn hand_tag(
        &self,
        kind: TagKind,
        name: &str,
        self_closing: bool,
        attrs: Vec<html5ever::Attribute>,
    ) -> TokenSinkResult<S::Handle> {
        let name = lower(name);
        let tag = Tag { kind, name, self_closing, attrs, had_duplicate_attributes: false };
        self.sink.process_token(Token::TagToken(tag), 1)
    }

    /// There is one of them in a page, and it says in many ways how old the page is: the tokenizer reads it.
    fn doctype(&self, doctype: &str) {
        let tokenizer = Tokenizer::new(Doctypes(self.sink), TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from(doctype));
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
    }
}

/// Lets doctypes through to a sink, and nothing else.
struct Doctypes<'s, S>(&'s S);

impl<S: TokenSink> TokenSink for Doctypes<'_, S> {
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<S::Handle> {
        match token {
            Token::DoctypeToken(_) => self.0.process_token(token, line),
            _ => TokenSinkResult::Continue,
        }
    }
}
