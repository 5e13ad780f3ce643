//! Whether the body came whole, as far as its markup shows.
//!
//! Not here: the announced length (`answer`), streams that end early (`decode`).

use crate::{
    model::Why,
    read::{html::prescan::Prescanned, reading::Refusal},
};

/// More markup than this, script and style not counted, is no page that a person wrote.
const MOST: usize = 16 << 20;

/// Refuses a source that ends within a tag, a comment, a script or a word of its main element, and one too large to be a page.
/// A missing `</html>` alone says nothing: its end tag may be left out.
///
/// # Errors
/// `truncated`, `too-large`.
pub(in crate::read) fn uncut(source: &Prescanned) -> Result<(), Refusal> {
    if source.html.len() > MOST {
        return Err(Refusal::new(Why::TooLarge, format!("{} bytes of markup", source.html.len())));
    }
    match source.cut {
        Some(open) if !source.ended => {
            Err(Refusal::new(Why::Truncated, format!("the page ends within {open}")))
        }
        _ => match source.broken_off.filter(|_| !source.ended) {
            Some(open) => Err(Refusal::new(
                Why::Truncated,
                format!("the page ends within a word, with `{open}` open and no end of it marked"),
            )),
            None => Ok(()),
        },
    }
}
