//! The two sides of a place, each as its claims, with what the rules ask of both.
//!
//! Not here: what the claims of one side are (`claims`), and what a difference means (`rules`).

use crate::{
    judge::{
        claims::{Cells, moved::Moved},
        context::{Pages, Place},
        values::Values,
    },
    text::{Language, fold},
};

/// A place as its claims.
pub(in crate::judge) struct Sides<'a> {
    pub before: Cells<'a>,
    pub after: Cells<'a>,
    /// The values on the two sides, for deadlines and reach.
    pub old: &'a Values,
    pub new: &'a Values,
    pub moved: Moved,
    pub place: &'a Place<'a>,
    pub pages: &'a Pages<'a>,
}

impl<'a> Sides<'a> {
    pub(in crate::judge) fn of(
        place: &'a Place<'a>,
        pages: &'a Pages<'a>,
        (old, new): (&'a Values, &'a Values),
    ) -> Self {
        let (before, after) = (parted(&place.old), parted(&place.new));
        let language = Language::of(&before, Language::of(&after, pages.language()));
        Self {
            before: Cells::of(&before, language, pages.lexicons()),
            after: Cells::of(&after, language, pages.lexicons()),
            old,
            new,
            moved: Moved::of(&before, &after, language),
            place,
            pages,
        }
    }

    pub(in crate::judge) fn added(&self) -> bool {
        self.place.before.is_empty()
    }

    pub(in crate::judge) fn removed(&self) -> bool {
        self.place.after.is_empty()
    }

    pub(in crate::judge) fn paired(&self) -> bool {
        !self.added() && !self.removed()
    }
}

/// A text, folded, in which a dash between two parts still parts them.
fn parted(text: &str) -> String {
    const DASHES: [&str; 4] = [" - ", " – ", " — ", " -- "];
    let bar = DASHES.iter().fold(text.to_owned(), |text, dash| text.replace(dash, "\u{0}"));
    bar.split('\u{0}').map(fold).collect::<Vec<_>>().join(" - ")
}
