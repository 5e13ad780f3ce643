//! On top of a store: what can be proved of it, and what not.
