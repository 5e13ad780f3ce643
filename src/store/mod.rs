//! What is kept, and how it survives a crash: the trait, the folder of plain files, the log.
//!
//! Not here: WARC (`warc`), proofs on top of a store (`evidence`), what any of it means.
