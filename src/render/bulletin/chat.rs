//! Bulletins in the forms that chats and notifiers take, each within the limits that its documentation gives.
//!
//! Where a receiver has text that is never read as markup (Slack's rich text, Teams' text runs), words of the page go
//! there; elsewhere every sign that could mean something is escaped, and nobody is called by an `@`. Words that went are
//! struck out and words that came are bold, behind "removed" and "added".

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Bulletin, Line};
use crate::{
    model::Level,
    render::{
        Style, escape,
        marks::{self, Run},
        prose::Sign,
        when,
    },
};

/// The most bulletins of one message: Discord takes ten embeds, and nobody reads more.
const MOST: usize = 10;
/// The most characters of one side of a change.
const SIDE: usize = 700;

/// Slack, incoming webhooks: Block Kit, at most 50 blocks, 150 characters in a header, 3,000 in a text.
pub fn slack(bulletins: &[Bulletin<'_>]) -> Value {
    const HEADER: usize = 150;
    const TEXT: usize = 2_800;
    let mut blocks = Vec::new();
    for bulletin in bulletins.iter().take(MOST) {
        let title = shown(&format!("{} {}", bulletin.level(), bulletin.title()), HEADER);
        blocks.push(json!({
            "type": "header",
            "text": { "type": "plain_text", "text": title, "emoji": false },
        }));
        let mut room = Room(TEXT);
        let sections: Vec<Value> = pieces(bulletin)
            .into_iter()
            .take_while(|line| room.takes(line.iter().map(|piece| piece.text.chars().count()).sum()))
            .map(|line| {
                let text = |piece: &Piece| {
                    let style = match piece.how {
                        How::Plain => json!({}),
                        How::Strong | How::Came => json!({ "bold": true }),
                        How::Went => json!({ "strike": true }),
                    };
                    json!({ "type": "text", "text": piece.text, "style": style })
                };
                let end = json!({ "type": "text", "text": "\n" });
                let elements: Vec<Value> = line.iter().map(text).chain([end]).collect();
                json!({ "type": "rich_text_section", "elements": elements })
            })
            .collect();
        blocks.push(json!({ "type": "rich_text", "elements": sections }));
    }
    blocks.extend(left_out(bulletins, MOST).map(
        |words| json!({ "type": "section", "text": { "type": "plain_text", "text": words, "emoji": false } }),
    ));
    // What is shown where blocks are not: text that Slack would read as markup.
    let text = shown(&subject(bulletins), TEXT);
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    json!({ "text": text, "blocks": blocks, "unfurl_links": false, "unfurl_media": false })
}

/// Discord, webhooks: at most ten embeds, 256 characters in a title, 4,096 in a description, 6,000 in all.
pub fn discord(bulletins: &[Bulletin<'_>]) -> Value {
    const TITLE: usize = 256;
    const DESCRIPTION: usize = 4_000;
    let mut all = Room(5_900);
    let mut embeds = Vec::new();
    for bulletin in bulletins.iter().take(MOST) {
        let title = within(TITLE, |most| marked_down(&shown(&bulletin.title(), most)));
        if !all.takes(title.chars().count()) {
            break;
        }
        let most = DESCRIPTION.min(all.0);
        let description = lines_within(bulletin, most, |piece| chat_markdown(piece, "~~"));
        all.takes(description.chars().count());
        let color = if bulletin.lead.level == Level::Alert { 0x00c0_392b } else { 0x007f_8c8d };
        embeds.push(json!({ "title": title, "description": description, "color": color }));
    }
    let content = left_out(bulletins, embeds.len()).unwrap_or_default();
    json!({ "content": content, "embeds": embeds, "allowed_mentions": { "parse": [] } })
}

/// Teams, by a Workflows address: an Adaptive Card 1.5, at most 28 KB.
pub fn teams(bulletins: &[Bulletin<'_>]) -> Value {
    const CARD: usize = 24_000;
    let block = |line: &[Piece]| {
        let run = |piece: &Piece| {
            let mut run = json!({ "type": "TextRun", "text": piece.text });
            match piece.how {
                How::Plain => {}
                How::Strong | How::Came => run["weight"] = json!("Bolder"),
                How::Went => run["strikethrough"] = json!(true),
            }
            run
        };
        json!({ "type": "RichTextBlock", "inlines": line.iter().map(run).collect::<Vec<_>>() })
    };
    let mut room = Room(CARD);
    let (mut body, mut told) = (Vec::new(), 0);
    for bulletin in bulletins.iter().take(MOST) {
        let title = format!("{} {}", bulletin.level(), shown(&bulletin.title(), 400));
        let title = vec![Piece { text: title, how: How::Strong }];
        let lines: Vec<Value> =
            std::iter::once(title).chain(pieces(bulletin)).map(|line| block(&line)).collect();
        let fits = lines.iter().take_while(|line| room.takes(line.to_string().len() + 1)).count();
        if fits == 0 {
            break;
        }
        told += 1;
        let left = lines.len() - fits;
        body.extend(lines.into_iter().take(fits));
        if left > 0 {
            let text = format!("and {} more; onrecord log tells them", when::count(left as u64, "line"));
            body.push(block(&[Piece { text, how: How::Plain }]));
            break;
        }
    }
    body.extend(left_out(bulletins, told).map(|text| block(&[Piece { text, how: How::Plain }])));
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.5",
                "body": body,
            },
        }],
    })
}

/// Mattermost, incoming webhooks: Markdown, at most 16,383 characters.
pub fn mattermost(bulletins: &[Bulletin<'_>]) -> Value {
    let mut room = Room(16_000);
    let (mut text, mut told) = (String::new(), 0);
    for bulletin in bulletins.iter().take(MOST) {
        let title = marked_down(&shown(&bulletin.title(), 400));
        let head = format!("#### {} {title}\n", bulletin.level());
        if !room.takes(head.chars().count() + 2) {
            break;
        }
        text.push_str(&head);
        let lines = lines_within(bulletin, room.0, |piece| chat_markdown(piece, "~~"));
        room.takes(lines.chars().count());
        text.push_str(&lines);
        text.push('\n');
        told += 1;
    }
    text.extend(left_out(bulletins, told));
    json!({ "text": text })
}

/// ntfy, published as JSON: at most 4,096 bytes of message.
pub fn ntfy(bulletins: &[Bulletin<'_>], topic: &str) -> Value {
    let loud = bulletins.iter().any(|bulletin| bulletin.lead.level == Level::Alert);
    let click = bulletins.first().map(|bulletin| bulletin.lead.url.as_str());
    json!({
        "topic": topic,
        "title": shown(&subject(bulletins), 200),
        "message": text_within(bulletins, 4_000),
        "priority": if loud { 4 } else { 3 },
        "click": click,
    })
}

/// An Apprise server: `POST /notify/KEY`.
pub fn apprise(bulletins: &[Bulletin<'_>]) -> Value {
    let loud = bulletins.iter().any(|bulletin| bulletin.lead.level == Level::Alert);
    json!({
        "title": shown(&subject(bulletins), 200),
        "body": text_within(bulletins, 30_000),
        "type": if loud { "warning" } else { "info" },
        "format": "text",
    })
}

/// What a message is about, in one line.
pub fn subject(bulletins: &[Bulletin<'_>]) -> String {
    match bulletins {
        [] => "nothing".to_owned(),
        [one] => format!("{} {}", one.level(), one.title()),
        [first, rest @ ..] => {
            format!("{} {} (and {} more)", first.level(), first.title(), rest.len())
        }
    }
}

/// Words, and how they are shown.
#[derive(Debug, Clone)]
struct Piece {
    text: String,
    how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Plain,
    Strong,
    Went,
    Came,
}

/// What is left of a limit.
struct Room(usize);

impl Room {
    /// Takes so much; false when that much is not left, and then nothing is taken.
    fn takes(&mut self, much: usize) -> bool {
        let left = self.0.checked_sub(much);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

/// The lines of a bulletin as pieces.
fn pieces(bulletin: &Bulletin<'_>) -> Vec<Vec<Piece>> {
    let plain = |text: String| vec![Piece { text, how: How::Plain }];
    let line = |line: Line| match line {
        Line::Says(words) => plain(shown(&words, SIDE)),
        Line::Title(words) => vec![Piece { text: format!("{}:", shown(&words, SIDE)), how: How::Strong }],
        Line::Because(words) => plain(format!("because {}", shown(&words, SIDE))),
        Line::Address(body, url) => plain(format!("{}: {}", shown(&body, SIDE), shown(&url, SIDE))),
        Line::Command(command) => plain(command),
        Line::Words(sign, runs) => {
            let lead = Piece { text: format!("{}: ", sign.word()), how: How::Strong };
            std::iter::once(lead).chain(side(sign, &runs)).collect()
        }
    };
    bulletin.lines(&Style::default()).into_iter().map(line).collect()
}

/// The words of a side, as many as a chat can bear.
fn side(sign: Sign, runs: &[Run]) -> Vec<Piece> {
    let whole = runs.iter().all(|run| !run.changed);
    let mut room = SIDE;
    let visible = runs.iter().map(|run| Run { text: escape::terminal(&run.text), ..run.clone() });
    let piece = |run: Run| {
        let how = match sign {
            Sign::Old if run.changed || whole => How::Went,
            Sign::New if run.changed || whole => How::Came,
            _ => How::Plain,
        };
        Piece { text: run.text, how }
    };
    marks::within(visible.collect(), SIDE, &mut room).into_iter().map(piece).collect()
}

/// Lines in a receiver's Markdown, until a number of characters is reached; what is left out is counted.
fn lines_within(bulletin: &Bulletin<'_>, most: usize, put: impl Fn(&Piece) -> String) -> String {
    const WORD: usize = 60;
    let mut room = Room(most.saturating_sub(WORD));
    let lines: Vec<String> =
        pieces(bulletin).iter().map(|line| line.iter().map(&put).collect::<String>() + "\n").collect();
    let mut out = String::new();
    for (n, line) in lines.iter().enumerate() {
        if !room.takes(line.chars().count()) {
            let left = when::count((lines.len() - n) as u64, "line");
            if most > WORD {
                // Writing into a string does not fail.
                let _ = writeln!(out, "and {left} more");
            }
            break;
        }
        out.push_str(line);
    }
    out
}

/// Plain text, in at most so many bytes.
fn text_within(bulletins: &[Bulletin<'_>], most: usize) -> String {
    const MORE: &str = "\n[…] onrecord log tells the rest\n";
    let text = bulletins.iter().map(|bulletin| bulletin.text(100)).collect::<Vec<_>>().join("\n");
    if text.len() <= most {
        return text;
    }
    let mut end = most.saturating_sub(MORE.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{MORE}", text.get(..end).unwrap_or_default())
}

/// A piece in the Markdown of a chat.
fn chat_markdown(piece: &Piece, strike: &str) -> String {
    let words = marked_down(&piece.text);
    // A mark takes no space at its edges.
    let inner = words.trim();
    let around = |mark: &str| {
        let head = words.len() - words.trim_start().len();
        let (before, after) = (&words[..head], &words[head + inner.len()..]);
        format!("{before}{mark}{inner}{mark}{after}")
    };
    match piece.how {
        _ if inner.is_empty() => words.clone(),
        How::Plain => words.clone(),
        How::Strong | How::Came => around("**"),
        How::Went => around(strike),
    }
}

/// Words, what is unseen in them shown already, that no chat reads as markup: every sign of ASCII behind a backslash, and nothing right behind an `@` or within
/// the `://` of an address.
fn marked_down(words: &str) -> String {
    let mut out = String::with_capacity(words.len() * 2);
    for c in words.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ';' | '\'' | '"' | '?' | '%') {
            out.push('\\');
        }
        out.push(c);
        if c == '@' {
            out.push('\u{200b}');
        }
    }
    out
}

/// The longest cut of which what comes out is no longer than a limit.
fn within(most: usize, put: impl Fn(usize) -> String) -> String {
    let mut cut_at = most;
    loop {
        let out = put(cut_at);
        if out.chars().count() <= most || cut_at == 0 {
            return out;
        }
        cut_at -= (out.chars().count() - most).min(cut_at);
    }
}

/// The beginning of a text, what is unseen in it shown, with a sign where it goes on.
fn shown(text: &str, most: usize) -> String {
    const MORE: &str = " […]";
    let text = escape::terminal(text);
    if text.chars().count() <= most {
        return text;
    }
    let kept = most.saturating_sub(MORE.chars().count());
    text.chars().take(kept).chain(MORE.chars()).collect()
}

/// What is said of the bulletins that found no room; nothing where all did.
fn left_out(bulletins: &[Bulletin<'_>], told: usize) -> Option<String> {
    let left = bulletins.len().saturating_sub(told);
    let messages = when::count(left as u64, "further message");
    (left > 0).then(|| format!("and {messages}; onrecord log tells them"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Event,
        render::{bulletin::bulletins, tests::stories::hedged},
    };

    fn hostile() -> Event {
        let mut event = hedged();
        let words = format!(
            "@everyone <!channel> **bold** [x](http://e.example) ~~no~~ `code` <script>{}",
            "\u{202e}".repeat(90)
        );
        event.headline.clone_from(&words);
        event.body.clone_from(&words);
        event.changes[0].before = vec![words.clone()];
        event.changes[0].after = vec![format!("{words} {}", "long ".repeat(20_000))];
        event.changes[0].spans.clear();
        event
    }

    #[test]
    fn the_words_that_changed_are_marked_in_each_form() {
        let event = hedged();
        let told = bulletins(std::slice::from_ref(&event));
        for form in [slack(&told), discord(&told), teams(&told), mattermost(&told)] {
            let text = form.to_string();
            assert!(text.contains("removed") && text.contains("added"), "{text}");
        }
        let struck = json!({ "type": "text", "text": "No", "style": { "strike": true } });
        assert!(slack(&told).to_string().contains(&struck.to_string()), "{}", slack(&told));
        assert!(discord(&told).to_string().contains("~~No~~ customer data"), "{}", discord(&told));
        assert!(mattermost(&told).to_string().contains("**at this stage**"), "{}", mattermost(&told));
        assert!(
            teams(&told).to_string().contains("\"text\":\"No\",\"strikethrough\":true"),
            "{}",
            teams(&told)
        );
        for form in [ntfy(&told, "kent"), apprise(&told)] {
            assert!(form.to_string().contains("removed: [-No-] customer data"), "{form}");
        }
    }

    #[test]
    fn no_limit_is_passed_whatever_a_page_says() {
        let events: Vec<Event> = (0..40).map(|_| hostile()).collect();
        let told = bulletins(&events);
        let slack = slack(&told);
        let blocks = slack["blocks"].as_array().unwrap();
        assert!(blocks.len() <= 50);
        for header in blocks.iter().filter(|block| block["type"] == "header") {
            assert!(header["text"]["text"].as_str().unwrap().chars().count() <= 150);
        }
        let discord = discord(&told);
        let embeds = discord["embeds"].as_array().unwrap();
        let chars = |value: &Value| value.as_str().unwrap().chars().count();
        assert!(!embeds.is_empty() && embeds.len() <= 10);
        assert!(embeds.iter().all(|e| chars(&e["title"]) <= 256 && chars(&e["description"]) <= 4_096));
        assert!(embeds.iter().map(|e| chars(&e["title"]) + chars(&e["description"])).sum::<usize>() <= 6_000);
        assert!(teams(&told).to_string().len() <= 28 * 1024);
        assert!(chars(&mattermost(&told)["text"]) <= 16_383);
        for form in [&slack, &discord, &teams(&told), &mattermost(&told)] {
            assert!(form.to_string().contains("onrecord log tells them"), "{form}");
        }
        assert!(ntfy(&told, "kent")["message"].as_str().unwrap().len() <= 4_096);
    }

    #[test]
    fn words_of_a_page_call_nobody_and_mark_nothing() {
        let event = hostile();
        let told = bulletins(std::slice::from_ref(&event));
        assert_eq!(discord(&told)["allowed_mentions"], json!({ "parse": [] }));
        for form in [discord(&told), mattermost(&told)] {
            let text = form.to_string();
            assert!(
                !text.contains("@everyone") && !text.contains(" **bold") && !text.contains("](http"),
                "{text}"
            );
        }
        let slack = slack(&told);
        assert!(!slack["text"].as_str().unwrap().contains('<'), "{slack}");
        for form in [slack, teams(&told), ntfy(&told, "x"), apprise(&told)] {
            assert!(!form.to_string().contains('\u{202e}'), "{form}");
        }
    }
}
