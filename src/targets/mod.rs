//! `targets.json`: what is watched. Loads with positions, names every fault of a file in one run, resolves the
//! defaults.
//!
//! Three steps: the text becomes a tree with positions (comments and a comma after the last item may stand), the
//! tree becomes the file as it was typed, each value judged where it stands (`typed`), and that becomes what is
//! watched, with names and defaults followed (`resolve`). All three add to one list of notes, so a wrong file
//! is told whole.
//!
//! Not here: reading the file, looking at targets. A wrong file touches neither network nor store.

mod address;
mod change;
mod config;
mod edit;
mod excerpt;
mod fault;
mod fields;
mod hours;
mod ids;
mod incidents;
mod judging;
mod names;
mod near;
mod notes;
mod period;
mod resolve;
mod schema;
mod secrets;
mod selector;
mod sinks;
mod size;
mod typed;
mod value;
mod words;

use jsonc_parser::{ParseOptions, ast, errors::ParseErrorKind, parse_to_ast};

use notes::Notes;

pub use change::{ChangeError, Set, Setting, remove, set};
pub use config::{Config, MAX_BYTES, MAX_TARGETS};
pub use edit::{AddError, Added, NewTarget, add, starter};
pub use fault::{Fault, Faults, render};
pub use ids::unique_id;
pub use schema::schema;

/// A file that loaded, and what may be wrong with it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What is watched.
    pub config: Config,
    /// What is no fault and yet hardly meant, in the order of the file.
    pub warnings: Vec<Fault>,
}

/// Loads the text of a file; `name` is what the faults call it.
///
/// # Errors
///
/// Every fault of the file, in its order, the warnings among them. A text that is no JSON has one fault, where
/// reading stopped.
pub fn load(name: &str, text: &str) -> Result<Loaded, Faults> {
    let (_, text) = without_mark(text);
    let mut notes = Notes::new(text);
    let config = read(text, &mut notes);
    let (faults, warnings) = notes.count();
    match config {
        Some(config) if faults == 0 => Ok(Loaded { config, warnings: notes.into_faults(name) }),
        _ => Err(Faults::new(name, notes.into_faults(name), faults, warnings)),
    }
}

/// The byte order mark that some editors put first, if it is there, and the text after it.
fn without_mark(text: &str) -> (&str, &str) {
    text.split_at(if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 })
}

fn read(text: &str, notes: &mut Notes<'_>) -> Option<Config> {
    if text.len() > MAX_BYTES {
        notes.fault(0..0, "the file is longer than 16 MiB");
        return None;
    }
    let root = parse(text, notes)?;
    secrets::scan(&root, text, notes);
    let file = typed::File::read(&root, notes)?;
    Some(resolve::resolve(file, notes))
}

/// What may stand in a file beside plain JSON: comments and a comma after the last item. The parser stops at 512
/// levels of nesting, so that no walk over its tree can exhaust the stack.
const DIALECT: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

fn parse<'t>(text: &'t str, notes: &mut Notes<'_>) -> Option<ast::Value<'t>> {
    match parse_to_ast(text, &jsonc_parser::CollectOptions::default(), &DIALECT) {
        Ok(parsed) => {
            if parsed.value.is_none() {
                notes.fault(0..0, "the file is empty").help("`onrecord init` writes one to start from");
            }
            parsed.value
        }
        Err(error) => {
            secrets::hide_raw(text, notes);
            let range = error.range();
            let note = notes.fault(range.start..range.end, "this is not JSON");
            note.label(near::lower_first(&error.kind().to_string()));
            if let ParseErrorKind::UnterminatedObject | ParseErrorKind::UnterminatedArray = error.kind() {
                note.help("what opens here is never closed");
            }
            None
        }
    }
}

#[cfg(test)]
mod tests;
