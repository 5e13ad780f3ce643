//! A page of HTML: where its statement stands, what of it is furniture, what it says to all visitors, in blocks.
//!
//! In the order of the work: `prescan`, `dom` (with `hints`), `prune`, `root` and `article`, `banners`, `blocks`,
//! `boilerplate`, `claims`; `page` is the whole of it on one screen. Not here: whether it is content at all (`gate`).

pub(super) mod about;
mod article;
mod banners;
pub(super) mod blocks;
pub(super) mod boilerplate;
mod claims;
pub(super) mod consent;
pub(super) mod dom;
mod explain;
pub(super) mod fragment;
pub(super) mod hints;
mod links;
mod notes;
pub(super) mod offers;
pub(super) mod page;
mod parts;
pub(super) mod prescan;
pub(super) mod prune;
mod root;
mod sharing;
mod tree;
