//! The list that every step of loading adds to: what is wrong, where, and what would have been right.
//!
//! Not here: how it looks. Places are offsets into the text until the whole file has been judged.

use std::{ops::Range, sync::Arc};

use super::{excerpt, fault::Fault};

/// The most notes told of one file; the rest are counted.
const MOST: usize = 100;

/// One thing to tell.
#[derive(Debug, Default)]
pub(super) struct Note {
    at: Range<usize>,
    warning: bool,
    message: String,
    label: Option<String>,
    help: Option<String>,
    /// Past the limit: it is counted and not told.
    spare: bool,
}

impl Note {
    /// What to write under the place; without it, "here".
    pub(super) fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = Some(label.into());
        self
    }

    /// What would have been right.
    pub(super) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// What would have been right, where it takes work to find: not done for what is not told.
    pub(super) fn help_with(&mut self, help: impl FnOnce() -> String) -> &mut Self {
        if !self.spare {
            self.help = Some(help());
        }
        self
    }
}

/// All there is to tell of one text.
#[derive(Debug)]
pub(super) struct Notes<'t> {
    text: &'t str,
    /// Where each line starts.
    lines: Vec<usize>,
    kept: Vec<Note>,
    /// Takes what comes past the limit, so that a file of nothing but faults costs no more than its size.
    spare: Note,
    faults: usize,
    warnings: usize,
    hidden: Vec<Range<usize>>,
}

impl<'t> Notes<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Self {
            text,
            lines,
            kept: Vec::new(),
            spare: Note::default(),
            faults: 0,
            warnings: 0,
            hidden: Vec::new(),
        }
    }

    /// Something wrong: the file is not used.
    pub(super) fn fault(&mut self, at: Range<usize>, message: impl Into<String>) -> &mut Note {
        self.faults += 1;
        self.add(Note { at, message: message.into(), ..Note::default() })
    }

    /// Something hardly meant: the file is used.
    pub(super) fn warn(&mut self, at: Range<usize>, message: impl Into<String>) -> &mut Note {
        self.warnings += 1;
        self.add(Note { at, warning: true, message: message.into(), ..Note::default() })
    }

    /// Keeps a part of the text, a secret, out of everything that is shown.
    pub(super) fn hide(&mut self, at: Range<usize>) {
        self.hidden.push(at);
    }

    /// The line of a place, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at)
    }

    /// How many faults and warnings there are, those past the limit too.
    pub(super) fn count(&self) -> (usize, usize) {
        (self.faults, self.warnings)
    }

    /// Whether what is added from now on is counted only.
    pub(super) fn is_full(&self) -> bool {
        self.kept.len() >= MOST
    }

    /// The notes as they are told, in the order of the file.
    pub(super) fn into_faults(mut self, name: &str) -> Vec<Fault> {
        self.hidden.sort_by_key(|range| range.start);
        // One that begins within another is part of it.
        self.hidden.dedup_by(|next, last| {
            let within = next.start <= last.end;
            last.end = if within { last.end.max(next.end) } else { last.end };
            within
        });
        self.kept.sort_by_key(|note| note.at.start);
        let name: Arc<str> = excerpt::safe(name).into();
        let page = excerpt::Page { text: self.text, lines: &self.lines, hidden: &self.hidden };
        self.kept
            .into_iter()
            .map(|note| Fault {
                excerpt: page.excerpt(&name, note.at),
                warning: note.warning,
                message: excerpt::safe(&note.message),
                label: excerpt::safe(note.label.as_deref().unwrap_or("here")),
                help: note.help.as_deref().map(excerpt::safe),
            })
            .collect()
    }

    fn add(&mut self, note: Note) -> &mut Note {
        if self.is_full() {
            self.spare = Note { spare: true, ..note };
            &mut self.spare
        } else {
            self.kept.push(note);
            let last = self.kept.len() - 1;
            &mut self.kept[last]
        }
    }
}
