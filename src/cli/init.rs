//! `onrecord init`: a commented start.

use std::io::Write as _;

use clap::Args;

use super::{Exit, Failure, Global};
use crate::targets;

/// Write a commented targets.json to start from, and its schema for editors
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  mkdir kent && cd kent && onrecord init\n  onrecord add https://news.example.gov.uk/incident"
)]
pub(super) struct Init {}

impl Init {
    #[expect(clippy::unused_self, reason = "every verb is called alike")]
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let file = &global.targets;
        let wrong = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Failure::usage(format!("{} is there already and stays as it is", file.display()))
            }
            _ => Failure::usage(format!("{} could not be written: {error}", file.display())),
        };
        let mut new = std::fs::File::create_new(file).map_err(wrong)?;
        new.write_all(targets::starter().as_bytes()).map_err(wrong)?;
        let schema = file.with_file_name("targets.schema.json");
        std::fs::write(&schema, targets::schema()).map_err(wrong)?;
        let mut out = anstream::stdout().lock();
        writeln!(out, "{} and {} are written.", file.display(), schema.display())?;
        writeln!(out, "Next: put in who may be asked about our requests (`contact`), then")?;
        writeln!(out, "  onrecord add URL    shows what would be kept of a page, and watches it")?;
        writeln!(out, "  onrecord check      looks at every page once")?;
        Ok(Exit::Done)
    }
}
