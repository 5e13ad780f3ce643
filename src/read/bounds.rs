//! How much a statement may hold: what is made is bounded as what comes in is. A page of two kilobytes on the wire can hold
//! a sentence four hundred thousand times, and an address of sixty kilobytes can stand before each of forty thousand links.
//!
//! No page that a person wrote comes near; one that is beyond is refused as `too-large`, which is told, and never read in
//! part, so that nothing of it changes unseen.
//! Not here: the size of the body (`fetch`), of what is unpacked from it (`source::decode`) and of its markup (`gate`).

use super::reading::Refusal;
use crate::model::{Statement, Why};

/// The most sentences.
const SENTENCES: usize = 30_000;
/// The most bytes of words and of the addresses that they lead to.
pub(super) const BYTES: usize = 4 << 20;

/// Refuses a statement that holds more than any page says.
///
/// # Errors
/// `too-large`.
pub(super) fn within(statement: &Statement) -> Result<(), Refusal> {
    let sentences = || statement.content.iter().chain(&statement.banner).flat_map(|block| &block.sentences);
    let count = sentences().count();
    if count > SENTENCES {
        return Err(too_large(format!("{count} sentences, where {SENTENCES} are more than any page has")));
    }
    let bytes: usize = sentences()
        .map(|sentence| {
            let addresses: usize = sentence.links.iter().map(|link| link.address.len()).sum();
            sentence.text.len() + sentence.volatile.as_ref().map_or(0, String::len) + addresses
        })
        .sum();
    if bytes > BYTES {
        return Err(too_large(format!(
            "{bytes} bytes of words and addresses, where {BYTES} are more than any page has"
        )));
    }
    Ok(())
}

fn too_large(evidence: String) -> Refusal {
    Refusal::new(Why::TooLarge, evidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Why, read::plain::plain};

    #[test]
    fn what_no_person_wrote_is_refused_and_a_long_page_is_not() {
        let page = |times: usize| plain(&"The gate on Wharf Lane is shut. ".repeat(times), false).statement;
        assert_eq!(within(&page(5_000)), Ok(()));
        let refused = within(&page(40_000)).unwrap_err();
        assert_eq!((refused.why, refused.evidence.contains("40000 sentences")), (Why::TooLarge, true));
        let words = plain(&"quay ".repeat(1_000_000), false).statement;
        assert_eq!(within(&words).unwrap_err().why, Why::TooLarge);
    }
}
