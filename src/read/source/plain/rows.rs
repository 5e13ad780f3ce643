//! The lines of a text file, set together to blocks, with the names of headings.
//!
//! Not here: the words and sentences of a block.

use crate::model::BlockKind;

/// The lines with what ends them; a carriage return with its line feed ends one.
pub(super) fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.find(['\n', '\r', '\u{2028}', '\u{2029}']).map_or(rest.len(), |at| {
            let tail = rest.get(at..).unwrap_or_default();
            let len =
                if tail.starts_with("\r\n") { 2 } else { tail.chars().next().map_or(0, char::len_utf8) };
            at + len
        });
        let (line, tail) = rest.split_at(end);
        rest = tail;
        (!line.is_empty()).then_some(line)
    })
}

/// A line of the file and where it begins, in scalar values.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

/// A block before its sentences are told apart.
pub(super) struct Raw<'a> {
    pub(super) kind: BlockKind,
    pub(super) rows: Vec<Row<'a>>,
}

/// The blocks of a text each of whose lines is one sentence.
pub(super) fn one_a_line<'a>(rows: &[Row<'a>]) -> Vec<Raw<'a>> {
    let paragraphs =
        rows.chunk_by(|a, b| a.is_empty() == b.is_empty()).filter(|c| c.iter().any(|r| !r.is_empty()));
    paragraphs.map(|c| Raw { kind: BlockKind::Paragraph, rows: c.to_vec() }).collect()
}

/// The blocks of a text: an empty line ends one, a bullet begins an item.
pub(super) fn blocks<'a>(rows: &[Row<'a>]) -> Vec<Raw<'a>> {
    let mut out: Vec<Raw<'a>> = Vec::new();
    let mut open = false;
    for (n, &row) in rows.iter().enumerate() {
        if row.is_empty() {
            open = false;
            continue;
        }
        let last = out.last_mut().filter(|_| open);
        match (row.after_bullet(), last) {
            (Some(item), last) if last.as_ref().is_none_or(|l| l.gives_way_to(item, rows.get(n + 1))) => {
                out.push(Raw { kind: BlockKind::Item, rows: vec![item] });
            }
            (_, Some(last)) => last.rows.push(row),
            (_, None) => out.push(Raw { kind: BlockKind::Paragraph, rows: vec![row] }),
        }
        open = true;
    }
    out
}

/// A heading has so many lines at most.
const WRAPPED: usize = 4;

/// Short lines without a full stop before another block, unless they lead a list in, give the page's date or give a value
/// of something.
pub(super) fn name_headings(blocks: &mut [Raw<'_>]) {
    let texts: Vec<String> = blocks
        .iter()
        // A heading may be wrapped too.
        .map(|b| b.rows.iter().take(WRAPPED).map(|r| r.text.trim()).collect::<Vec<_>>().join(" "))
        .collect();
    let is_line = |n: usize| texts.get(n).is_some_and(|text| value(text).is_some());
    let Some((_, before_last)) = blocks.split_last_mut() else { return };
    for (n, (block, text)) in before_last.iter_mut().zip(&texts).enumerate() {
        let short = block.rows.len() <= WRAPPED
            && text.chars().count() <= 100
            && text.split_whitespace().count() <= 14;
        let open = !text.ends_with(['.', '!', '…', ':', ';', ',']);
        // The first line is the title, whatever it looks like; two lines of one form name nothing that follows.
        let gives =
            n > 0 && (gives_a_value(text) || is_line(n) && (is_line(n + 1) || n > 1 && is_line(n - 1)));
        if block.kind == BlockKind::Paragraph && short && open && !gives_a_date(text) && !gives {
            block.kind = BlockKind::Heading;
        }
    }
}

/// What a line of the form "label: value" says of its label.
fn value(text: &str) -> Option<&str> {
    let (label, value) = text.split_once(": ")?;
    (label.split_whitespace().count() <= 4 && !value.trim().is_empty()).then_some(value)
}

/// "Status: ongoing", "Ref: INC-204": what is so of the page, and not the name of what follows.
fn gives_a_value(text: &str) -> bool {
    const LABELS: [&str; 30] = [
        "status",
        "reference",
        "ref",
        "date",
        "time",
        "key",
        "next update",
        "issued by",
        "posted by",
        "author",
        "contact",
        "phone",
        "email",
        "e-mail",
        "source",
        "version",
        "location",
        "started",
        "reported",
        "severity",
        "statws",
        "cyfeirnod",
        "dyddiad",
        "amser",
        "diweddariad nesaf",
        "statut",
        "référence",
        "heure",
        "prochaine mise à jour",
        "publié par",
    ];
    const OPENS: [&str; 5] =
        ["posted by ", "issued by ", "for immediate release", "version ", "pour diffusion immédiate"];
    let lower = text.to_lowercase();
    if OPENS.iter().any(|open| lower.starts_with(open)) {
        return true;
    }
    let Some(value) = value(text) else { return false };
    let label = text.split(": ").next().unwrap_or_default().trim().to_lowercase();
    let figure = value.bytes().any(|b| b.is_ascii_digit()) || value.contains(['=', '@']);
    figure || LABELS.iter().any(|known| label == *known || label.ends_with(known) && label.contains(' '))
}

/// "Last updated 3 March": furniture, not the name of what follows.
fn gives_a_date(text: &str) -> bool {
    let lower = text.to_lowercase();
    let stamps = [
        "updated",
        "next update",
        "reviewed",
        "checked",
        "as at",
        "correct at",
        "published",
        "modified",
        "diweddar",
        "adolyg",
        "cyhoedd",
        "mis à jour",
        "mise à jour",
        "publié",
    ];
    lower.bytes().any(|b| b.is_ascii_digit()) && stamps.iter().any(|s| lower.contains(s))
}

impl<'a> Row<'a> {
    fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The row without its bullet.
    fn after_bullet(&self) -> Option<Row<'a>> {
        let lead = self.text.trim_start();
        let rest = lead.strip_prefix(['-', '*', '•'])?;
        let skipped = self.text.len() - rest.len();
        (rest.starts_with(char::is_whitespace) && !rest.trim().is_empty()).then(|| Row {
            text: rest,
            at: self.at + self.text.get(..skipped).map_or(0, |s| s.chars().count()),
        })
    }
}

impl Raw<'_> {
    /// Whether a bullet right under this block begins an item, or is a dash that wrapping put at the head of a line.
    fn gives_way_to(&self, item: Row<'_>, next: Option<&Row<'_>>) -> bool {
        let ended =
            self.rows.last().is_none_or(|r| r.text.trim_end().ends_with(['.', ':', ';', '!', '?', ',']));
        let goes_on = item.text.trim_start().starts_with(char::is_lowercase);
        self.kind == BlockKind::Item || ended || !goes_on || next.is_some_and(|r| r.after_bullet().is_some())
    }
}
