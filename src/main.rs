//! The program: parse, run, exit.

use std::process::ExitCode;

use clap::Parser as _;
use onrecord::cli::Cli;

fn main() -> ExitCode {
    Cli::parse().run().into()
}
