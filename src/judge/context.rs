//! One changed place, with what stands around it: its blocks, the headings above it, the lead-in of its list.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use rustc_hash::FxHashMap;

use crate::{
    model::{Block, BlockKind, Change, ChangeKind, Hunk, Part, Sentence, Statement},
    text::{Language, Lexicon, Lexicons, Term, fold, key, words},
};

/// A side says something when one of its sentences has this share of the telling words.
const SAID: f64 = 0.85;
/// A heading or a lead-in is looked for so many blocks back.
const FAR: usize = 400;
/// So many sentences tell the language of a page.
const SAMPLE: usize = 40;

/// A word that stands in more sentences than this finds none of them.
const COMMON: usize = 200;

/// One side of a part: sentences numbered through its blocks.
pub(in crate::judge) struct Page<'a> {
    pub blocks: &'a [Block],
    pub sentences: Vec<&'a Sentence>,
    /// The sentences, folded.
    pub folded: Vec<String>,
    /// The block that each sentence stands in.
    block_of: Vec<usize>,
    /// Where each telling word stands.
    places: OnceCell<HashMap<String, Vec<usize>>>,
    /// Where each of its words stands, and for each sentence the first letters of its words in capitals; worked out when
    /// first asked for.
    words: OnceCell<FxHashMap<String, Vec<usize>>>,
    initials: OnceCell<Vec<String>>,
    /// By incident and block: which of the terms, if any, the block holds.
    terms_found: RefCell<FxHashMap<(usize, usize), Option<usize>>>,
    /// The sentence that leads to older entries, looked for when first asked.
    pub older: OnceCell<Option<usize>>,
    /// What the page is called, where no heading of it says so.
    title: Option<&'a str>,
    /// The words it is judged by.
    pub lexicons: &'a Lexicons,
}

impl<'a> Page<'a> {
    fn of(blocks: &'a [Block], lexicons: &'a Lexicons) -> Self {
        let numbered = blocks.iter().enumerate().flat_map(|(n, b)| b.sentences.iter().map(move |s| (n, s)));
        let (block_of, sentences): (Vec<usize>, Vec<&Sentence>) = numbered.unzip();
        let folded: Vec<String> = sentences.iter().map(|s| fold(&s.text)).collect();
        Self {
            blocks,
            sentences,
            folded,
            block_of,
            places: OnceCell::new(),
            words: OnceCell::new(),
            initials: OnceCell::new(),
            terms_found: RefCell::default(),
            older: OnceCell::new(),
            title: None,
            lexicons,
        }
    }

    /// The folded sentences that may have all words of a folded text: those with the rarest of them.
    pub(in crate::judge) fn with_words(&self, text: &str) -> impl Iterator<Item = &str> {
        fn cut(text: &str) -> impl Iterator<Item = &str> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
        }
        let standing = self.words.get_or_init(|| {
            let mut standing: FxHashMap<String, Vec<usize>> = FxHashMap::default();
            for (n, text) in self.folded.iter().enumerate() {
                for word in cut(text) {
                    let at = standing.entry(word.to_owned()).or_default();
                    if at.last() != Some(&n) {
                        at.push(n);
                    }
                }
            }
            standing
        });
        let rarest = cut(text)
            .map(|word| standing.get(word).map(Vec::as_slice).unwrap_or_default())
            .min_by_key(|at| at.len());
        rarest.unwrap_or_default().iter().filter_map(|&n| self.folded.get(n)).map(String::as_str)
    }

    /// A page by itself, and what it is called.
    pub(super) fn called(blocks: &'a [Block], title: Option<&'a str>, lexicons: &'a Lexicons) -> Self {
        let is_heading = |block: &Block| block.kind == BlockKind::Heading;
        let title = title.filter(|_| !blocks.iter().any(is_heading));
        Self { title, ..Self::of(blocks, lexicons) }
    }

    /// For each sentence, the first letters of its words in capitals, in small letters.
    pub(in crate::judge) fn initials(&self) -> &[String] {
        let of = |text: &str| -> String {
            text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
                .filter(|w| w.starts_with(char::is_uppercase))
                .filter_map(|w| w.chars().next())
                .flat_map(char::to_lowercase)
                .collect()
        };
        self.initials.get_or_init(|| self.sentences.iter().map(|s| of(&s.text)).collect())
    }

    /// The first of an incident's terms that a block holds; `incident` is the incident's number.
    pub(in crate::judge) fn term_in<'t>(
        &self,
        block: usize,
        incident: usize,
        terms: &'t [Term],
    ) -> Option<&'t Term> {
        let look = || {
            let text = self.blocks.get(block)?.text();
            let folded = fold(&text);
            terms.iter().position(|term| term.is_in(&text, &folded))
        };
        let found = *self.terms_found.borrow_mut().entry((incident, block)).or_insert_with(look);
        found.and_then(|n| terms.get(n))
    }

    /// The first of an incident's terms in what the page is called, where it has no heading.
    pub(in crate::judge) fn term_in_title<'t>(&self, terms: &'t [Term]) -> Option<&'t Term> {
        let title = self.title?;
        let folded = fold(title);
        terms.iter().find(|term| term.is_in(title, &folded))
    }

    /// Where each telling word stands; worked out when first asked for.
    fn places(&self) -> &HashMap<String, Vec<usize>> {
        self.places.get_or_init(|| {
            let mut places: HashMap<String, Vec<usize>> = HashMap::new();
            for (n, text) in self.folded.iter().enumerate() {
                for word in words::stems(text) {
                    let at = places.entry(word).or_default();
                    if at.last() != Some(&n) {
                        at.push(n);
                    }
                }
            }
            places
        })
    }

    /// The sentences that have at least `share` of the telling words of a folded text, in order.
    pub(in crate::judge) fn like(&self, text: &str, share: f64) -> Vec<usize> {
        let wanted = words::stems(text);
        let mut hits: BTreeMap<usize, usize> = BTreeMap::new();
        for word in &wanted {
            for n in self
                .places()
                .get(word)
                .filter(|at| at.len() <= COMMON || self.folded.len() <= COMMON * 2)
                .into_iter()
                .flatten()
            {
                *hits.entry(*n).or_default() += 1;
            }
        }
        let enough = (share * wanted.len() as f64).max(1.0);
        hits.into_iter().filter(|hit| hit.1 as f64 >= enough).map(|hit| hit.0).collect()
    }

    /// Whether one of its sentences, `here` left out, says what a folded text says. Who asks says nothing.
    pub(in crate::judge) fn says(&self, text: &str, here: &[usize]) -> bool {
        let asks =
            |n: &usize| self.folded.get(*n).is_some_and(|said| said.ends_with('?')) && !text.ends_with('?');
        // With other figures it is not the same.
        let figures = |text: &str| -> Vec<String> {
            words::words(text)
                .filter(|w| w.contains(|c: char| c.is_ascii_digit()))
                .map(str::to_owned)
                .collect()
        };
        let wanted = figures(text);
        let counts = |n: &usize| {
            let said = self.folded.get(*n).map(|said| figures(said)).unwrap_or_default();
            wanted.iter().all(|figure| said.contains(figure))
        };
        self.like(text, SAID).iter().any(|n| !here.contains(n) && !asks(n) && counts(n))
    }

    /// The folded sentences of some blocks, in order.
    pub(in crate::judge) fn of_blocks(&self, blocks: Range<usize>) -> impl Iterator<Item = &str> {
        let first = self.block_of.partition_point(|n| *n < blocks.start);
        let end = self.block_of.partition_point(|n| *n < blocks.end);
        self.folded.get(first..end).unwrap_or_default().iter().map(String::as_str)
    }

    /// The block that a sentence stands in.
    pub(in crate::judge) fn block(&self, sentence: usize) -> Option<(usize, &'a Block)> {
        let n = *self.block_of.get(sentence)?;
        Some((n, self.blocks.get(n)?))
    }

    /// The headings above a block with their numbers, the nearest first: each of a higher rank than the one below it.
    pub(in crate::judge) fn headings(&self, block: usize) -> impl Iterator<Item = (usize, &'a Block)> + '_ {
        let mut level =
            self.blocks.get(block).filter(|b| b.kind == BlockKind::Heading).map_or(7, |b| b.level);
        self.blocks.iter().enumerate().take(block).rev().take(FAR).filter(move |(_, b)| {
            let above = b.kind == BlockKind::Heading && b.level < level;
            if above {
                level = b.level;
            }
            above
        })
    }

    /// Whether a sentence is the page's first heading: its title stands where the template puts it.
    pub(in crate::judge) fn is_title(&self, sentence: usize) -> bool {
        let first = self.blocks.iter().position(|b| b.kind == BlockKind::Heading);
        first.is_some() && self.block_of.get(sentence).copied() == first
    }

    /// The block that leads in the list that an item stands in.
    pub(in crate::judge) fn lead_in(&self, block: usize) -> Option<(usize, &'a Block)> {
        let listed = |b: &Block| matches!(b.kind, BlockKind::Item | BlockKind::Row);
        self.blocks.get(block).filter(|b| listed(b))?;
        let before = self.blocks.iter().enumerate().take(block);
        before.rev().take(FAR).find(|(_, b)| !listed(b)).filter(|(_, b)| b.kind != BlockKind::Heading)
    }
}

/// Both sides of a part.
pub(in crate::judge) struct Pages<'a> {
    pub before: Page<'a>,
    pub after: Page<'a>,
    language: Language,
}

impl<'a> Pages<'a> {
    pub(in crate::judge) fn of(before: &'a [Block], after: &'a [Block], lexicons: &'a Lexicons) -> Self {
        let (before, after) = (Page::of(before, lexicons), Page::of(after, lexicons));
        let sample = |page: &Page<'_>| {
            page.sentences.iter().take(SAMPLE).map(|s| fold(&s.text)).collect::<Vec<_>>().join(" ")
        };
        let language = Language::of(&format!("{} {}", sample(&before), sample(&after)), Language::English);
        Self { before, after, language }
    }

    /// Notes what the pages are called: of a part that was selected, the heading may stand outside.
    pub(in crate::judge) fn title(&mut self, before: &'a Statement, after: &'a Statement) {
        let title = |statement: &'a Statement| {
            let is_heading = |block: &Block| block.kind == BlockKind::Heading;
            statement.title.as_deref().filter(|_| !statement.content.iter().any(is_heading))
        };
        (self.before.title, self.after.title) = (title(before), title(after));
    }

    /// The words that both sides are judged by.
    pub(in crate::judge) fn lexicons(&self) -> &'a Lexicons {
        self.before.lexicons
    }

    /// Those of a language.
    pub(in crate::judge) fn lexicon(&self, language: Language) -> &'a Lexicon {
        self.lexicons().of(language)
    }

    /// The language that most of it is in.
    pub(in crate::judge) fn language(&self) -> Language {
        self.language
    }
}

/// A hunk with its sentences.
pub(in crate::judge) struct Place<'a> {
    pub part: Part,
    pub kind: ChangeKind,
    pub hunk: &'a Hunk,
    pub before: Vec<&'a Sentence>,
    pub after: Vec<&'a Sentence>,
    /// Each side's sentences joined by one space.
    pub old: String,
    pub new: String,
}

impl<'a> Place<'a> {
    pub(in crate::judge) fn of(part: Part, hunk: &'a Hunk, pages: &Pages<'a>) -> Self {
        let side = |page: &Page<'a>, at: &[usize]| -> Vec<&'a Sentence> {
            at.iter().filter_map(|&n| page.sentences.get(n).copied()).collect()
        };
        let (before, after) = (side(&pages.before, &hunk.at.before), side(&pages.after, &hunk.at.after));
        let joined = |side: &[&Sentence]| side.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
        Self { part, kind: hunk.kind, hunk, old: joined(&before), new: joined(&after), before, after }
    }

    /// As a change without labels and level.
    pub(in crate::judge) fn unjudged(&self) -> Change {
        let texts = |side: &[&'a Sentence]| side.iter().map(|s| s.text.clone()).collect();
        let unplaced = Change::unjudged(self.part, self.hunk, &[], &[]);
        Change { before: texts(&self.before), after: texts(&self.after), ..unplaced }
    }

    /// Whether it is the title of both sides, moved without a change of words.
    pub(in crate::judge) fn is_title_moved(&self, pages: &Pages<'_>) -> bool {
        let title = |page: &Page<'_>, at: &[usize]| at.iter().all(|n| page.is_title(*n));
        self.kind == ChangeKind::Moved
            && self.hunk.spans.is_empty()
            && title(&pages.before, &self.hunk.at.before)
            && title(&pages.after, &self.hunk.at.after)
    }

    /// Whether both sides' keys are equal.
    pub(in crate::judge) fn same_key(&self) -> bool {
        let keys = |side: &[&Sentence]| side.iter().copied().map(key).collect::<Vec<_>>().join(" ");
        !self.before.is_empty() && !self.after.is_empty() && keys(&self.before) == keys(&self.after)
    }
}
