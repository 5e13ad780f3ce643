//! The names of parts of a page that are known, read from `names.txt`.
//!
//! Not here: how a class or an id is taken apart (`tokens`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{model::Digest, read::html::hints::set::Hints};

/// The file of names.
const FILE: &str = include_str!("names.txt");

/// The names, read once.
pub(super) static NAMES: LazyLock<Names> = LazyLock::new(|| Names::parse(FILE).0);

/// The digest of the file of names: a recipe holds it, for other names make other readings.
pub(in crate::read) fn digest() -> &'static Digest {
    static DIGEST: LazyLock<Digest> = LazyLock::new(|| Digest::of(FILE.as_bytes()));
    &DIGEST
}

/// Hints by their names in the file.
const HINTS: [(&str, Hints); 28] = [
    ("nothing", Hints::NONE),
    ("nav", Hints::NAV),
    ("side", Hints::SIDE),
    ("foot", Hints::FOOT),
    ("head", Hints::HEAD),
    ("share", Hints::SHARE),
    ("consent", Hints::CONSENT),
    ("feedback", Hints::FEEDBACK),
    ("promo", Hints::PROMO),
    ("notice", Hints::NOTICE),
    ("hidden", Hints::HIDDEN),
    ("hide", Hints::HIDE_CLASS),
    ("dialog", Hints::DIALOG),
    ("search", Hints::SEARCH),
    ("tool", Hints::TOOL),
    ("panel", Hints::PANEL),
    ("main", Hints::MAIN),
    ("body", Hints::BODY),
    ("error-page", Hints::ERROR_PAGE),
    ("unseen", Hints::UNSEEN),
    ("site-wide", Hints::SITE_WIDE),
    ("current", Hints::CURRENT),
    ("chat", Hints::CHAT),
    ("comments", Hints::COMMENTS),
    ("byline", Hints::BYLINE),
    ("caption", Hints::CAPTION),
    ("struck", Hints::STRUCK),
    ("advert", Hints::ADVERT),
];

/// What a word does to the others of its name, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Turns(u16);

/// The members of such a set, by their names in the file.
const TURNS: [(&str, Turns); 10] = [
    ("around", Turns::AROUND),
    ("whose", Turns::WHOSE),
    ("body", Turns::BODY),
    ("meta", Turns::META),
    ("said", Turns::SAID),
    ("filed", Turns::FILED),
    ("skip", Turns::SKIP),
    ("ahead", Turns::AHEAD),
    ("steps", Turns::STEPS),
    ("phase", Turns::PHASE),
];

impl Turns {
    /// The name describes the page around what is called so.
    pub(super) const AROUND: Self = Self(1);
    /// An article, a post: with [`Self::BODY`] its body, with [`Self::SAID`] what is said of it.
    pub(super) const WHOSE: Self = Self(1 << 1);
    /// The body of something.
    pub(super) const BODY: Self = Self(1 << 2);
    /// With [`Self::FILED`]: where something is filed.
    pub(super) const META: Self = Self(1 << 3);
    /// What is said of something.
    pub(super) const SAID: Self = Self(1 << 4);
    /// Heads, authors, replies.
    pub(super) const FILED: Self = Self(1 << 5);
    /// With [`Self::AHEAD`]: a way past the menu.
    pub(super) const SKIP: Self = Self(1 << 6);
    /// What such a way leads to.
    pub(super) const AHEAD: Self = Self(1 << 7);
    /// Steps, tabs, parts of an accordion: no menu.
    pub(super) const STEPS: Self = Self(1 << 8);
    /// The phase of a service: no notice.
    pub(super) const PHASE: Self = Self(1 << 9);

    /// Whether all of `other` is in it.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The names, by kind.
#[derive(Debug, Default)]
pub(super) struct Names {
    whole: FxHashMap<&'static str, Hints>,
    words: FxHashMap<&'static str, (Hints, Turns)>,
    begins: Vec<(&'static str, Hints)>,
    ends: Vec<(&'static str, Hints)>,
    labels: Vec<(String, Hints)>,
}

impl Names {
    /// Reads a file of names; gives the lines that are none, too.
    fn parse(file: &'static str) -> (Self, Vec<&'static str>) {
        let (mut names, mut faults) = (Self::default(), Vec::new());
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if names.add(line).is_none() {
                faults.push(line);
            }
        }
        (names, faults)
    }

    fn add(&mut self, line: &'static str) -> Option<()> {
        let (head, list) = line.split_once(':')?;
        let (kind, suggested) = head.split_once(' ')?;
        let list = list.split_ascii_whitespace();
        if kind == "turns" {
            let (_, turns) = TURNS.iter().find(|(name, _)| *name == suggested)?;
            for name in list {
                let found = self.words.entry(name).or_default();
                found.1 = found.1.with(*turns);
            }
            return Some(());
        }
        let mut hints = Hints::NONE;
        for name in suggested.split(' ') {
            hints.add(HINTS.iter().find(|known| known.0 == name)?.1);
        }
        match kind {
            "whole" => self.whole.extend(list.map(|name| (name, hints))),
            "word" => list.for_each(|name| self.words.entry(name).or_default().0.add(hints)),
            "begins" => self.begins.extend(list.map(|name| (name, hints))),
            "ends" => self.ends.extend(list.map(|name| (name, hints))),
            "label" => self.labels.extend(list.map(|name| (name.replace('+', " "), hints))),
            _ => return None,
        }
        Some(())
    }

    /// What a whole name suggests, in lower case, where it is one that counts whole.
    pub(super) fn whole(&self, name: &str) -> Option<Hints> {
        self.whole.get(name).copied()
    }

    /// What a word of a name suggests, in lower case, and what it does to the others.
    pub(super) fn word(&self, word: &str) -> (Hints, Turns) {
        self.words.get(word).copied().unwrap_or_else(|| (self.compound(word), Turns::default()))
    }

    /// What two words in one piece suggest: `mainnav`, `topmenu`, `cookienotice`.
    fn compound(&self, word: &str) -> Hints {
        // Most words are as short as the second of such.
        let ends = self.ends.iter().filter(|_| word.len() > 4).find(|(end, _)| word.ends_with(end));
        let begins =
            || self.begins.iter().filter(|_| word.len() > 6).find(|(begin, _)| word.starts_with(begin));
        ends.or_else(begins).map_or(Hints::NONE, |(_, hints)| *hints)
    }

    /// What a name for those who listen suggests.
    pub(super) fn label(&self, label: &str) -> Hints {
        /// A longer one says more than what something is.
        const LONGEST: usize = 40;
        if label.len() > LONGEST {
            return Hints::NONE;
        }
        let label = label.to_ascii_lowercase();
        let found = self.labels.iter().find(|(name, _)| label.contains(name.as_str()));
        found.map_or(Hints::NONE, |(_, hints)| *hints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_read() {
        let (names, faults) = Names::parse(FILE);
        assert!(faults.is_empty(), "{faults:?}");
        assert!(names.whole.len() > 100 && names.words.len() > 180 && names.labels.len() == 4);
        let unknown = "word weather: sun\nwhole nav\nnames nav: menu\n# a remark";
        assert_eq!(Names::parse(unknown).1, ["word weather: sun", "whole nav", "names nav: menu"]);
    }
}
