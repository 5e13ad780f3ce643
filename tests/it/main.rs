//! One integration binary: cases that a reporter could write, through the public library and the program.

mod purity;
mod store;
