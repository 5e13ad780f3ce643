//! Blocks that were taken out of a statement, each with its rule.

use crate::read::html::blocks::Raw;

/// A block left out, and by which rule.
#[derive(Debug, Clone)]
pub(in crate::read) struct Stripped {
    /// The rule.
    pub(in crate::read) rule: &'static str,
    /// The element it began in.
    pub(in crate::read) node: usize,
    /// Its words.
    pub(in crate::read) text: String,
}

/// Takes out the blocks that are marked so, by a rule.
pub(in crate::read) fn take_out(
    blocks: &mut Vec<Raw>,
    gone: &[bool],
    rule: &'static str,
    left: &mut Vec<Stripped>,
) {
    let mut gone = gone.iter().copied();
    blocks.retain(|b| {
        let gone = gone.next().unwrap_or(false);
        if gone {
            left.push(Stripped { rule, node: b.node, text: b.text.clone() });
        }
        !gone
    });
}
