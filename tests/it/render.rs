//! No words of a page become markup of ours, whatever they are.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use onrecord::{
    model::{
        Between, Change, ChangeKind, Event, EventId, EventKind, ItemKey, Label, Level, Part, Reason,
        Sentences, Source, Why,
    },
    render,
};
use proptest::prelude::*;
use scraper::Html;

/// What the program writes itself; nothing else may be found in what it wrote.
const OURS: &str = "html head meta title style body h1 h2 p code article span table thead tbody tr th td details \
                    summary del ins";

fn event(words: &str) -> Event {
    let place = Change {
        part: Part::Banner,
        kind: ChangeKind::Edited,
        labels: vec![Label::DenialHedged],
        relevant: true,
        relevance: 1.0,
        level: Level::Alert,
        before: vec![words.to_owned()],
        after: vec![format!("{words} {words}")],
        spans: Vec::new(),
        at: Sentences::default(),
        reasons: vec![Reason { rule: words.to_owned(), evidence: words.to_owned(), source: Source::Own }],
    };
    let at = "2024-01-19T11:15:09Z".parse().unwrap();
    Event {
        schema: Event::SCHEMA.to_owned(),
        id: EventId::of(&["invented"]),
        kind: EventKind::Removed,
        level: Level::Alert,
        target: "brockwell-news".parse().unwrap(),
        item: ItemKey::WHOLE,
        body: words.to_owned(),
        incident: None,
        also: Vec::new(),
        url: words.to_owned(),
        landed: Some(words.to_owned()),
        between: Between(None, at),
        from: None,
        to: None,
        last_seen: None,
        flapping: false,
        capture: None,
        why: Some(Why::Redirected),
        evidence: Some(words.to_owned()),
        status: Some(200),
        claims: None,
        headline: words.to_owned(),
        changes: vec![place],
        omitted: 0,
        degraded: false,
        judge: None,
    }
}

/// Words in which markup of every kind is likely.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<script>",
        "</",
        "<img src=x onerror=y>",
        "\"",
        "'",
        "&lt;",
        "]]>",
        "<!--",
        "-->",
        "</title>",
        "</table>",
        "![a](b)",
        "[a](//b)",
        "](",
        "```",
        "~~~",
        "\n",
        "\r\n",
        "    x",
        "# ",
        "- ",
        "| a |",
        "***",
        "__",
        "@desk",
        "#12",
        "https://a.example",
        "www.a.example",
        "\u{1b}[2J",
        "\u{202e}",
        "\u{200b}",
        "é",
        " ",
        "word",
        "<",
        "`",
        "\\",
        ":",
        "::error::",
    ]);
    prop::collection::vec(pieces, 0..12).prop_map(|p| p.concat())
}

proptest! {
    #[test]
    fn html_holds_no_element_attribute_or_hidden_sign_of_theirs(words in hostile()) {
        let page = render::html_page(&words, &[event(&words)], render::Detail::Brief);
        let parsed = Html::parse_document(&page);
        let mut elements = 0;
        for node in parsed.root_element().descendants() {
            if let Some(element) = node.value().as_element() {
                elements += 1;
                prop_assert!(OURS.split_whitespace().any(|name| name == element.name()), "{}", element.name());
                for (name, _) in element.attrs() {
                    prop_assert!(
                        ["lang", "charset", "http-equiv", "content", "name", "class", "id", "scope", "colspan"].contains(&name),
                        "{name}"
                    );
                }
            }
            prop_assert!(node.value().as_comment().is_none());
        }
        let plain = render::html_page("x", &[event("x")], render::Detail::Brief);
        let expected = Html::parse_document(&plain).root_element().descendants().filter(|n| n.value().is_element()).count();
        // Words that are empty leave out a line, never add one.
        prop_assert!(elements <= expected, "{elements} > {expected}\n{page}");
        prop_assert!(!page.chars().any(|c| c != '\n' && render::escape::is_unseen(c)));
    }

    #[test]
    fn markdown_holds_theirs_in_fences_and_code_alone(words in hostile()) {
        let text = render::markdown(&event(&words), render::Detail::Brief);
        prop_assert!(!text.chars().any(|c| c != '\n' && render::escape::is_unseen(c)));
        let mut fence: Option<&str> = None;
        for line in text.lines() {
            match fence {
                Some(open) if line == open => fence = None,
                Some(_) => {}
                None if line.starts_with("```") => fence = line.strip_suffix("diff"),
                None => prop_assert!(is_tame(line), "{line}"),
            }
        }
        prop_assert!(fence.is_none(), "{text}");
    }

    #[test]
    fn json_gives_back_the_same_event_on_one_line(words in hostile()) {
        let line = render::ndjson(&event(&words));
        prop_assert_eq!(line.lines().count(), 1);
        prop_assert_eq!(serde_json::from_str::<Event>(&line).unwrap(), event(&words));
    }
}

/// Whether a line of Markdown outside fences has no bare sign that could open markup. Code spans, and our own
/// heading and bold body, are left aside.
fn is_tame(line: &str) -> bool {
    if line.starts_with('`') {
        return line.trim_end().ends_with('`');
    }
    let line = line.strip_prefix("### ").unwrap_or(line);
    let line = match line.strip_prefix("**").and_then(|l| l.split_once("**, `brockwell-news`")) {
        Some((body, rest)) => format!("{body}{rest}"),
        None => line.to_owned(),
    };
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let Some(escaped) = chars.next() else { return false };
                if matches!(escaped, '@' | '#') && !chars.by_ref().take(7).eq("&#8203;".chars()) {
                    return false;
                }
            }
            '<' | '>' | '`' | '*' | '_' | '[' | ']' | '!' | '|' | '~' | '#' | '@' => return false,
            _ => {}
        }
    }
    true
}
