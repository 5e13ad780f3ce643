//! Whether what is called text is text that somebody wrote.
//!
//! Not here: what kind of source it is (`source::kind`).

use crate::{
    model::Why,
    read::{clip::clip, reading::Refusal, source::decode::Decoded},
};

/// So many bytes tell.
const START: usize = 4096;

/// Refuses bytes that are no text: most of them valid in no coding, or a program's.
///
/// # Errors
/// `encoding`.
pub(in crate::read) fn legible(decoded: &Decoded) -> Result<(), Refusal> {
    let places = decoded.invalid.saturating_mul(10);
    if decoded.invalid > 8 && places > decoded.text.chars().take(places + 1).count() {
        return Err(Refusal::new(
            Why::Encoding,
            format!("{} places are not valid {}", decoded.invalid, decoded.encoding),
        ));
    }
    let start = clip(decoded.text.trim_start_matches(['\u{feff}', '\0', ' ', '\t', '\r', '\n']), START);
    let control = |c: &char| c.is_control() && !c.is_whitespace();
    let controls = start.chars().filter(control).count();
    if controls > 8 && controls * 10 > start.chars().count() {
        return Err(Refusal::new(Why::Encoding, format!("{controls} control characters in its first bytes")));
    }
    Ok(())
}
