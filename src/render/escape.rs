//! Words from outside, made safe for where they go: a terminal, Markdown, HTML, a workflow command, JSON.
//!
//! Each function is for one destination, and none may be skipped. What has no shape of its own (controls, marks
//! of direction, zero-width characters) is shown as `\u{202e}` everywhere, so that a page can neither hide words
//! nor reorder them.

use std::fmt::Write as _;

/// Whether a character changes how others look, or looks like nothing: C0 and C1 controls, marks of direction,
/// separators of lines, zero-width characters, fillers, tags. U+FE0E and U+FE0F are left alone: they choose how
/// the sign before them is drawn.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

fn push_unseen(out: &mut String, c: char) {
    let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
}

/// For a terminal, a log or a mail in plain text: one line stays one line.
pub fn terminal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) { push_unseen(&mut out, c) } else { out.push(c) }
    }
    out
}

/// For Markdown between other words, in a table too: no markup, raw HTML, link, mention or reference can form.
///
/// All ASCII punctuation that could mean something is escaped by `\`. After `@` and `#` stands a zero-width
/// space, since GitHub looks for mentions and references in the finished text, where a `\` is gone.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' | '#' => {
                out.push('\\');
                out.push(c);
                out.push_str("&#8203;");
            }
            // `.`, `:` and `-` too: `www.`, `https:` and lists need them bare.
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '+' | '-' | '.' | ':' | '!'
            | '|' | '~' | '=' | '"' | '\'' | '/' | '^' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c if is_unseen(c) => {
                out.push('\\');
                push_unseen(&mut out, c);
            }
            c => out.push(c),
        }
    }
    out
}

/// For HTML, as text or inside a quoted attribute.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_unseen(c) => push_unseen(&mut out, c),
            c => out.push(c),
        }
    }
    out
}

/// For the message of a GitHub workflow command, after `::`. Our own line breaks are kept, as `%0A`.
pub fn workflow_data(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\n' => out.push_str("%0A"),
            c if is_unseen(c) => push_unseen(&mut out, c),
            c => out.push(c),
        }
    }
    out
}

/// For a property of a GitHub workflow command, such as `title=`.
pub fn workflow_property(text: &str) -> String {
    workflow_data(&terminal(text)).replace(':', "%3A").replace(',', "%2C")
}

/// Finished JSON, with what is unseen in its strings as `\u` escapes: the same value, safe to print.
pub fn json(finished: &str) -> String {
    let mut out = String::with_capacity(finished.len());
    for c in finished.chars() {
        if is_unseen(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_escape_code_and_no_hidden_direction_reaches_a_terminal() {
        assert_eq!(terminal("a\u{1b}[2Jb\u{9b}c\r\n\u{7f}"), "a\\u{1b}[2Jb\\u{9b}c\\u{d}\\u{a}\\u{7f}");
        assert_eq!(terminal("paid \u{202e}on\u{202c} time"), "paid \\u{202e}on\\u{202c} time");
        assert_eq!(terminal("no\u{200b}t\u{e0041} ⚠\u{fe0f} Ŵy ’"), "no\\u{200b}t\\u{e0041} ⚠\u{fe0f} Ŵy ’");
    }

    #[test]
    fn markdown_forms_neither_links_nor_html_nor_cells() {
        assert_eq!(markdown("[a](http://b) | <b>"), "\\[a\\]\\(http\\:\\/\\/b\\) \\| &lt;b&gt;");
        assert_eq!(markdown("www.x ask@y.example #12"), "www\\.x ask\\@&#8203;y\\.example \\#&#8203;12");
        assert_eq!(markdown("a\nb"), "a\\\\u{a}b");
    }

    #[test]
    fn html_closes_no_attribute() {
        assert_eq!(html("\"><script>'&"), "&quot;&gt;&lt;script&gt;&#39;&amp;");
    }

    #[test]
    fn a_workflow_command_cannot_be_begun_from_inside() {
        assert_eq!(workflow_data("x\r\n::stop-commands::y 5%"), "x\\u{d}%0A::stop-commands::y 5%25");
        assert_eq!(workflow_property("a:b,c\n"), "a%3Ab%2Cc\\u{a}");
    }

    #[test]
    fn json_keeps_its_value() {
        let text = "x\u{9b}\u{202e}\u{e0041}y";
        let safe = json(&serde_json::to_string(text).unwrap());
        assert_eq!(safe, "\"x\\u009b\\u202e\\udb40\\udc41y\"");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
    }
}
