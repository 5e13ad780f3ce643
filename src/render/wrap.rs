//! Runs of words to lines of a given width. A mark that runs over the end of a line is closed there and opened
//! again on the next, so that every line can be read, and copied, by itself.

use unicode_width::UnicodeWidthStr as _;

use super::{escape, marks::Run};

/// How changed words are marked.
#[derive(Debug, Clone, Default)]
pub(super) struct Mark {
    /// Before them.
    pub(super) open: String,
    /// After them.
    pub(super) close: String,
    /// The columns that both take together.
    pub(super) columns: usize,
}

/// A word: pieces that are changed or not, without a space among them.
type Word = Vec<(String, bool)>;

/// Words laid into lines of `width` columns, escaped for a terminal.
pub(super) fn wrap(runs: &[Run], width: usize, mark: &Mark) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line: Vec<Word> = Vec::new();
    let mut used = 0;
    for word in words(runs) {
        let columns: usize = word.iter().map(|(s, _)| s.width()).sum();
        // A mark that goes on from the word before costs nothing.
        let goes_on = usize::from(line.last().is_some_and(|w| ends_changed(w) && starts_changed(&word)));
        let opened =
            word.iter().filter(|(_, changed)| *changed).count().saturating_sub(goes_on) * mark.columns;
        let more = columns + opened + usize::from(!line.is_empty());
        if !line.is_empty() && used + more > width {
            lines.push(paint(&line, mark));
            line.clear();
            used = columns + word.iter().filter(|(_, changed)| *changed).count() * mark.columns;
        } else {
            used += more;
        }
        line.push(word);
    }
    if !line.is_empty() {
        lines.push(paint(&line, mark));
    }
    lines
}

/// Plain words laid into lines.
pub(super) fn wrap_plain(text: &str, width: usize) -> Vec<String> {
    wrap(&[Run { text: text.to_owned(), changed: false }], width, &Mark::default())
}

fn starts_changed(word: &Word) -> bool {
    word.first().is_some_and(|(_, changed)| *changed)
}

fn ends_changed(word: &Word) -> bool {
    word.last().is_some_and(|(_, changed)| *changed)
}

fn words(runs: &[Run]) -> Vec<Word> {
    let mut all: Vec<Word> = Vec::new();
    let mut word: Word = Vec::new();
    for run in runs {
        for (i, piece) in run.text.split(' ').enumerate() {
            if i > 0 && !word.is_empty() {
                all.push(std::mem::take(&mut word));
            }
            if !piece.is_empty() {
                word.push((escape::terminal(piece), run.changed));
            }
        }
    }
    if !word.is_empty() {
        all.push(word);
    }
    all
}

fn paint(line: &[Word], mark: &Mark) -> String {
    let mut out = String::new();
    let mut open = false;
    for (i, word) in line.iter().enumerate() {
        for (j, (piece, changed)) in word.iter().enumerate() {
            if open && !changed {
                out.push_str(&mark.close);
            }
            // The space belongs to the mark only when words on both sides of it do.
            let spaced = i > 0 && j == 0;
            if spaced && open && *changed {
                out.push(' ');
            } else {
                if spaced {
                    out.push(' ');
                }
                if *changed && !open {
                    out.push_str(&mark.open);
                }
            }
            open = *changed;
            out.push_str(piece);
        }
    }
    if open {
        out.push_str(&mark.close);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, changed: bool) -> Run {
        Run { text: text.to_owned(), changed }
    }

    #[test]
    fn a_mark_is_closed_at_the_end_of_a_line_and_opened_on_the_next() {
        let mark = Mark { open: "{+".into(), close: "+}".into(), columns: 4 };
        let runs = [run("We have ", false), run("no evidence at this stage", true), run(" of loss.", false)];
        let lines = wrap(&runs, 24, &mark);
        assert_eq!(lines, ["We have {+no evidence+}", "{+at this stage+} of", "loss."]);
        assert!(lines.iter().all(|l| l.chars().count() <= 24));
    }

    #[test]
    fn marks_inside_a_word_stay_in_it() {
        let mark = Mark { open: "[-".into(), close: "-]".into(), columns: 4 };
        assert_eq!(
            wrap(&[run("about 1", false), run("5", true), run(",000 people", false)], 80, &mark),
            ["about 1[-5-],000 people"]
        );
    }

    #[test]
    fn a_wide_letter_takes_two_columns_and_a_combining_mark_none() {
        assert_eq!(wrap_plain("議会 議会", 8), ["議会", "議会"]);
        assert_eq!(wrap_plain("w\u{302}y w\u{302}y", 5), ["w\u{302}y w\u{302}y"]);
    }

    #[test]
    fn a_word_longer_than_the_line_stays_whole() {
        assert_eq!(wrap_plain("see abcdefghijkl now", 5), ["see", "abcdefghijkl", "now"]);
        assert!(wrap_plain("  ", 5).is_empty());
    }
}
