//! One integration binary: cases that a reporter could write, through the public library and the program.

mod check;
mod compare;
mod configs;
mod fetch;
mod kill;
mod mutate;
mod pairs;
mod purity;
mod render;
mod site;
mod store;
mod verbs;
