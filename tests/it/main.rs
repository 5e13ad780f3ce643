//! One integration binary: cases that a reporter could write, through the public library and the program.

mod compare;
mod check;
mod configs;
mod fetch;
mod kill;
mod mutate;
mod purity;
mod render;
mod store;
mod site;
mod verbs;
