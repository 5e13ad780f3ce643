//! One integration binary: cases that a reporter could write, through the public library and the program.

mod compare;
mod configs;
mod fetch;
mod purity;
mod render;
mod store;
