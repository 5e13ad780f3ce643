//! Is this the content at all? Each gate refuses on evidence that it names; none refuses on wording alone, for a
//! true statement may say "page not found" in passing. Other words, however many, are a revision and no refusal.
//!
//! `before`, in this order: headers, status, whether the bytes are text, whether they came whole. `after` the words are
//! found: challenges, consent walls, redirects, error pages, drafts, pages without words. Not here: what the target said
//! before.

pub(super) mod after;
pub(super) mod before;
mod guards;
mod phrases;
