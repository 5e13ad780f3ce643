//! One file a verb; the argument struct holds the help.

pub mod demo;
