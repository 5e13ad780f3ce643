//! Events and differences as HTML: the two sides beside each other, and every edit once more in one line. No
//! script, no request to anywhere, readable without colour and without the style sheet, since `del` and `ins`
//! say what they are.
//!
//! Not here: whole texts beside each other (`compared`).

use std::fmt::Write as _;

use super::{
    Detail, Style, escape,
    marks::{self, Run},
    prose::{self, Sign},
};
use crate::model::{Change, Event, Level, Span};

/// One event, as an `article` to be put into a page. Its times are UTC: it is read by many.
pub fn html(event: &Event, detail: Detail) -> String {
    let (e, style) = (escape::html, &Style { detail, ..Style::default() });
    let level = level(event.level);
    let mut out = format!(
        "<article class=\"event {level}\" id=\"e{}\">\n<h2><span class=\"level\">{level}</span> {}</h2>\n<p>{} \
         (<code>{}</code>), {}</p>\n",
        event.id,
        e(&event.headline),
        e(&event.body),
        event.target,
        e(&prose::interval(event, style))
    );
    let advice = prose::advice(event).map(|a| format!("to do: {a}"));
    for sentence in prose::details(event, style).into_iter().chain(advice) {
        let _ = writeln!(out, "<p>{}</p>", e(&sentence));
    }
    let (shown, left) = prose::places(&event.changes, style);
    let mut rows = String::new();
    for change in shown {
        row(&mut rows, change, style);
    }
    out.push_str(&table(&rows));
    let show = prose::show_command(event);
    if let Some(left) = prose::left(left, &show) {
        let _ = writeln!(out, "<p>{}</p>", e(&left));
    }
    // An address from outside is shown, not linked: nothing says that it is safe to follow.
    let _ = writeln!(out, "<p><code>{}</code></p>\n<p><code>{show}</code></p>\n</article>", e(&event.url));
    out
}

/// Events as a whole document.
pub fn html_page(title: &str, events: &[Event], detail: Detail) -> String {
    document(title, &events.iter().map(|event| html(event, detail)).collect::<String>())
}

/// Rows as a table of two sides; nothing without rows.
pub(super) fn table(rows: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "<table>\n<thead><tr><th scope=\"col\">Before</th><th scope=\"col\">After</th></tr></thead>\n<tbody>\n\
         {rows}</tbody>\n</table>\n"
    )
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Alert => "alert",
        Level::Note => "note",
        Level::Silent => "silent",
    }
}

/// A document that loads nothing, even where words of a page were to get out of their place.
pub(super) fn document(title: &str, inner: &str) -> String {
    let title = escape::html(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta \
         name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{SHEET}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n{inner}</body>\n</html>\n"
    )
}

/// Under 40 em the sides stand above each other.
const SHEET: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}\
    table{width:100%;table-layout:fixed;border-collapse:collapse}th,td{text-align:left;vertical-align:top;\
    padding:.4rem .6rem;border:1px solid #999;overflow-wrap:anywhere}del{background:#fdd}ins{background:#dfd}\
    .kind{font-weight:bold;border-bottom:0}.why{color:#444;border-top:0}.level{text-transform:uppercase;\
    font-size:.8em}p{margin:.4rem 0}\
    @media(max-width:40em){thead{display:none}tr,td{display:block}}\
    @media(prefers-color-scheme:dark){body{background:#111;color:#eee}del{background:#522}ins{background:#252}\
    .why{color:#bbb}}";

/// A change as rows of a table: what it is, its two sides, the edit in one line, and why it was judged so.
pub(super) fn row(out: &mut String, change: &Change, style: &Style) {
    let kind = prose::title(change);
    if !kind.is_empty() {
        let _ = writeln!(out, "<tr><td colspan=\"2\" class=\"kind\">{}</td></tr>", escape::html(&kind));
    }
    let (mut before, mut after) = (String::new(), String::new());
    for (sign, runs) in prose::lines(change, style) {
        match sign {
            Sign::Old => before = side(&runs, "del", change.after.is_empty()),
            Sign::New => after = side(&runs, "ins", change.before.is_empty()),
            Sign::Moved | Sign::Same => {
                before = side(&runs, "del", false);
                after.clone_from(&before);
            }
        }
    }
    let _ = writeln!(out, "<tr><td>{before}</td><td>{after}</td></tr>");
    let mut below = String::new();
    if !change.spans.is_empty() && !change.before.is_empty() && !change.after.is_empty() {
        let _ = write!(below, "<details><summary>In one line</summary><p>{}</p></details>", inline(change));
    }
    let because = prose::because(change);
    if !because.is_empty() {
        let _ = write!(below, "<p>because {}</p>", escape::html(&because));
    }
    if !below.is_empty() {
        let _ = writeln!(out, "<tr><td colspan=\"2\" class=\"why\">{below}</td></tr>");
    }
}

/// A side; `whole` when the other side has nothing.
fn side(runs: &[Run], tag: &str, whole: bool) -> String {
    if whole {
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        return marked(&text, Some(tag));
    }
    runs.iter().map(|run| marked(&run.text, run.changed.then_some(tag))).collect()
}

fn marked(words: &str, tag: Option<&str>) -> String {
    let words = escape::html(words);
    match tag {
        Some(tag) => format!("<{tag}>{words}</{tag}>"),
        None => words,
    }
}

/// The new text with the old words struck out where they stood.
fn inline(change: &Change) -> String {
    let before: Vec<char> = change.before.join(" ").chars().collect();
    let after: Vec<char> = change.after.join(" ").chars().collect();
    let mut out = String::new();
    // How far each side has been told. Between two places both sides hold the same words, so that what stands
    // before a place with one side only can be counted on the other.
    let (mut old, mut new) = (0_usize, 0_usize);
    for pair in &change.spans {
        let same = match (pair.before, pair.after) {
            (_, Some(after)) => after.0.saturating_sub(new),
            (Some(before), None) => before.0.saturating_sub(old),
            (None, None) => continue,
        };
        let stop = new.saturating_add(same).min(after.len());
        out.push_str(&marked(&marks::cut(&after, Some(Span(new, stop))), None));
        for (words, tag) in
            [(marks::cut(&before, pair.before), "del"), (marks::cut(&after, pair.after), "ins")]
        {
            if !words.is_empty() {
                out.push_str(&marked(&words, Some(tag)));
            }
        }
        // Of the two spaces beside words that are gone, one is gone with them.
        if let (Some(gone), None) = (pair.before, pair.after) {
            let spaced = |text: &[char], at: usize| text.get(at).is_some_and(|c| c.is_whitespace());
            if spaced(&before, gone.1) && !spaced(&after, stop) {
                out.push(' ');
            }
        }
        old = pair.before.map_or(old.saturating_add(same), |span| span.1.max(old));
        new = pair.after.map_or(stop, |span| span.1.clamp(stop, after.len()));
    }
    out.push_str(&marked(&marks::cut(&after, Some(Span(new, after.len()))), None));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::ChangeKind, render::tests::change};

    #[test]
    fn in_one_line_old_words_stand_where_they_stood() {
        let place = change(
            ChangeKind::Edited,
            "No customer data has ever been accessed.",
            "So far no customer data has been accessed, we think.",
            &[[(0, 2), (0, 9)], [(21, 26), (0, 0)], [(0, 0), (41, 51)]],
        );
        assert_eq!(
            inline(&place),
            "<del>No</del><ins>So far no</ins> customer data has <del>ever </del>been accessed<ins>, we think</ins>."
        );
    }

    #[test]
    fn spans_that_lie_lose_no_new_word() {
        let lies: &[[(usize, usize); 2]] = &[[(9, 99), (8, 3)], [(3, 9), (2, 500)], [(0, 1), (0, 1)]];
        let place = change(ChangeKind::Edited, "a <b> c", "d <e> f", lies);
        let text = inline(&place).replace("<ins>", "").replace("</ins>", "");
        let kept: String = text.split("<del>").map(|s| s.rsplit("</del>").next().unwrap()).collect();
        assert!(kept.starts_with("d &lt;e&gt; f"), "{kept}");
    }
}
