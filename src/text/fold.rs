//! What two texts are compared by: the words without what only a typesetter sees.
//!
//! Not here: what a reading holds to be volatile (`read` says so in [`Sentence::volatile`]).

use unicode_normalization::UnicodeNormalization;

use crate::model::Sentence;

/// What a sentence is compared by: [`fold`] of [`Sentence::volatile`] where that is set, else of its text.
pub fn key(sentence: &Sentence) -> String {
    fold(sentence.volatile.as_deref().unwrap_or(&sentence.text))
}

/// NFKC (UAX #15), lower case, one form each for quotes, dashes and white space, no zero-width marks.
///
/// Superscripts, fractions and enclosed digits stay as they are: NFKC makes "15²" out of "152", and a figure
/// must never be equal to another. Folding twice is folding once.
pub fn fold(text: &str) -> String {
    let mut out = Folded { text: String::with_capacity(text.len()), space: false, dash: None };
    if text.is_ascii() || text.chars().all(is_plain) {
        out.extend_plain(text);
    } else {
        // Runs between the marks that stay, so that composition still sees its neighbours.
        let mut rest = text;
        while let Some(at) = rest.find(stays) {
            let (plain, tail) = rest.split_at(at);
            out.extend(plain);
            let mut chars = tail.chars();
            out.extend_as_is(chars.next());
            rest = chars.as_str();
        }
        out.extend(rest);
    }
    out.finish()
}

/// What NFKC leaves as it is whatever stands beside it, or what [`Folded::push`] knows: nearly all of nearly every page.
fn is_plain(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{a0}' | '£' | '©' | '®' | '·' | '«' | '»' | 'À'..='Þ' | 'à'..='ÿ' | 'Ŵ'..='ŷ' | '€'
            | '\u{2010}'..='\u{2015}' | '‘'..='‟' | '•')
}

/// Marks that NFKC would turn into plain digits.
fn stays(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '¼'..='¾' | '\u{2070}'..='\u{209C}' | '\u{2150}'..='\u{215F}' | '\u{2189}'
        | '\u{2460}'..='\u{24FF}')
}

/// The folded text so far, with the white space and dashes that are not yet written.
struct Folded {
    text: String,
    space: bool,
    dash: Option<Dash>,
}

/// A run of dashes: whether white space stood before it, and whether it can only be a dash, not a hyphen.
struct Dash {
    spaced: bool,
    long: bool,
}

impl Folded {
    fn extend(&mut self, text: &str) {
        let seen = text.chars().filter(|&c| !zero_width(c));
        for c in seen.nfkc().flat_map(char::to_lowercase).flat_map(unify_letter).nfkc() {
            self.push(c);
        }
    }

    /// The same for a text of which every letter [`is_plain`].
    fn extend_plain(&mut self, text: &str) {
        // What stands as it is but for its case, whatever is beside it.
        let is_word = |b: &u8| b.is_ascii_graphic() && !matches!(b, b'-' | b'`');
        let mut rest = text;
        while !rest.is_empty() {
            let run = rest.bytes().take_while(is_word).count();
            let (word, tail) = rest.split_at(run);
            if !word.is_empty() {
                self.flush();
                let from = self.text.len();
                self.text.push_str(word);
                if let Some(written) = self.text.get_mut(from..) {
                    written.make_ascii_lowercase();
                }
            }
            let mut chars = tail.chars();
            if let Some(c) = chars.next() {
                c.to_lowercase().for_each(|c| self.push(c));
            }
            rest = chars.as_str();
        }
    }

    fn extend_as_is(&mut self, c: Option<char>) {
        if let Some(c) = c {
            self.flush();
            self.text.push(c);
        }
    }

    fn push(&mut self, c: char) {
        match c {
            c if c.is_whitespace() => self.space = true,
            '-' | '\u{2010}' | '\u{2011}' | '\u{2212}' => self.dash(false),
            '\u{2012}'..='\u{2015}' | '\u{2E3A}' | '\u{2E3B}' => self.dash(true),
            c if c.is_ascii() => self.write(c),
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => self.write('"'),
            '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '´' | 'ʼ' => self.write('\''),
            c => self.write(c),
        }
    }

    fn dash(&mut self, long: bool) {
        match &mut self.dash {
            // Two hyphens are how a dash is typed where there is none.
            Some(dash) => dash.long = true,
            None => self.dash = Some(Dash { spaced: self.space || self.text.is_empty(), long }),
        }
        self.space = false;
    }

    fn write(&mut self, c: char) {
        self.flush();
        self.text.push(if c == '`' { '\'' } else { c });
    }

    fn flush(&mut self) {
        self.flush_dash();
        if std::mem::take(&mut self.space) && !self.text.is_empty() {
            self.text.push(' ');
        }
    }

    /// A dash between words is written without the space around it; a hyphen or a minus keeps its side.
    fn flush_dash(&mut self) {
        let Some(Dash { spaced, long }) = self.dash.take() else { return };
        let between = long || (spaced && self.space);
        if spaced && !between && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push('-');
        if between {
            self.space = false;
        }
    }

    fn finish(mut self) -> String {
        self.space = true;
        self.flush_dash();
        self.text
    }
}

/// Letters that case folding unites and lower case does not.
fn unify_letter(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ß' => ('s', Some('s')),
        'ς' => ('σ', None),
        c => (c, None),
    };
    std::iter::once(first).chain(second)
}

/// Marks that take no room: joiners, direction marks, soft hyphens, variation selectors.
fn zero_width(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typography_folds_away() {
        for (a, b) in [
            ("We said “no data”", "we said \"no data\""),
            ("the council’s site", "THE COUNCIL'S SITE"),
            ("very seriously -- and we", "very seriously – and we"),
            ("very seriously—and we", "very seriously - and we"),
            ("1\u{a0}500 people ", " 1 500\tpeople"),
            ("an e\u{301}cole", "an école"),
            ("wor\u{ad}king\u{200b}", "working"),
            ("ﬁles", "files"),
            ("Straße", "STRASSE"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
    }

    #[test]
    fn figures_and_words_do_not() {
        for (a, b) in
            [("15²", "152"), ("3½", "31/2"), ("-5 degrees", "5 degrees"), ("now", "not"), ("1,500", "1500")]
        {
            assert_ne!(fold(a), fold(b), "{a} / {b}");
        }
    }

    #[test]
    fn a_volatile_sentence_is_compared_by_its_placeholders() {
        let sentence = |text: &str| Sentence {
            text: text.into(),
            volatile: Some("Viewed 0 times".into()),
            ..Sentence::default()
        };
        assert_eq!(key(&sentence("Viewed 41 times")), key(&sentence("Viewed 42 times")));
    }

    proptest! {
        #[test]
        fn the_short_way_and_the_long_way_are_one(text in "[a-cA-C0-2 `'\"«»\u{a0}À-Þà-ÿŴŵŶŷ€£·•‐-―‘-‟-]{0,16}") {
            prop_assert!(text.chars().all(is_plain));
            let mut long = Folded { text: String::new(), space: false, dash: None };
            long.extend(&text);
            prop_assert_eq!(fold(&text), long.finish());
        }

        #[test]
        fn folding_twice_is_folding_once(text in "[a-zA-ZßéΣς0-9 \u{2013}\u{2014}'’“²\u{301}\u{a0}İǅﬁ-]{0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
