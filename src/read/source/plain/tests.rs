//! What a text file must come to.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::*;
use crate::model::Link;
use BlockKind::{Heading, Item, Paragraph};

fn outline(plain: &Plain) -> Vec<(BlockKind, Vec<&str>)> {
    let blocks = plain.statement.content.iter();
    blocks.map(|b| (b.kind, b.sentences.iter().map(|s| s.text.as_str()).collect())).collect()
}

fn cut(text: &str, span: Span) -> String {
    text.chars().skip(span.0).take(span.1 - span.0).collect()
}

#[test]
fn blocks_items_headings() {
    let text = "Water main burst\n\nLast updated 3 March 2031\n\nHoltby has no water. Crews\nare digging.\n\nWe provide:\n- bottles\n* showers\n\n• lifts home\n\nThank you";
    assert_eq!(
        outline(&plain(text, false)),
        vec![
            (Heading, vec!["Water main burst"]),
            (Paragraph, vec!["Last updated 3 March 2031"]),
            (Paragraph, vec!["Holtby has no water.", "Crews are digging."]),
            (Paragraph, vec!["We provide:"]),
            (Item, vec!["bottles"]),
            (Item, vec!["showers"]),
            (Item, vec!["lifts home"]),
            (Paragraph, vec!["Thank you"]),
        ]
    );
}

#[test]
fn a_line_that_gives_a_value_is_no_heading_and_a_title_is_one() {
    let kinds = |text: &str| -> Vec<BlockKind> { outline(&plain(text, false)).iter().map(|b| b.0).collect() };
    for line in [
        "Status: ongoing",
        "Reference: INC-204",
        "Next update: Thursday, 5pm",
        "Key: green = open, red = shut",
        "Last checked 9am",
        "As at 9am on 3 May",
        "For immediate release",
        "Posted by the press office",
        "Moorings: open\n\nSlipway: shut",
    ] {
        let text = format!("Flood at Holtby: how things stand\n\n{line}\n\nThe quay is under water.");
        let kinds = kinds(&text);
        assert_eq!(kinds.first(), Some(&Heading), "{line}");
        assert!(kinds[1..].iter().all(|kind| *kind == Paragraph), "{line}");
    }
    for line in ["Flood: what we know", "The quay: questions and answers", "What to do now"] {
        let text = format!("Holtby\n\n{line}\n\nThe quay is under water.");
        assert_eq!(kinds(&text), [Heading, Heading, Paragraph], "{line}");
    }
}

#[test]
fn a_dash_at_the_head_of_a_wrapped_line_is_no_bullet() {
    let wrapped = plain("We are very sorry\n- and we mean it.", false);
    let straight = plain("We are very sorry - and we mean it.", false);
    assert_eq!(wrapped.statement, straight.statement);
}

#[test]
fn links_leave_their_words() {
    let text = "Ünsere Nachricht. Read [the\nreport](https://holtby.example/a_(1).pdf) now.";
    let text = text.replace("_(1)", "_1");
    let read = plain(&text, false);
    let sentence = &read.statement.content[0].sentences[1];
    assert_eq!(sentence.text, "Read the report now.");
    assert_eq!(
        sentence.links,
        vec![Link { words: "the report".into(), address: "https://holtby.example/a_1.pdf".into() }]
    );
    let word = |from, to| cut(&text, read.place(&[1], Span(from, to)).unwrap());
    assert_eq!(word(5, 15), "the\nreport");
    assert_eq!(word(16, 19), "now");
    assert_eq!(cut(&text, Span(read.offsets[1].0, read.offsets[1].1)), text[text.find("Read").unwrap()..]);
}

#[test]
fn brackets_that_are_no_link_stay() {
    for text in ["See [1] and [2](two words).", "[[[a](b", "[](x)"] {
        assert_eq!(plain(text, true).statement.content[0].text(), text);
    }
}

#[test]
fn with_lines_each_line_is_a_sentence() {
    let read = plain("One. Two.\n\n- Three\nFour\n", true);
    assert_eq!(
        outline(&read),
        vec![(BlockKind::Paragraph, vec!["One. Two."]), (BlockKind::Paragraph, vec!["- Three", "Four"])]
    );
    assert_eq!(read.offsets, vec![(0, 9), (11, 18), (19, 23)]);
    assert_eq!(read.place(&[0, 2], Span(5, 12)), Some(Span(5, 21)));
}

#[test]
fn what_comes_after_very_many_sentences_stands_as_one() {
    let last = |read: &Plain| read.statement.content.last().unwrap().sentences.last().unwrap().text.clone();
    let many = "Yes. ".repeat(MOST + 2);
    let read = plain(&many, false);
    assert!(read.degraded && read.offsets.len() == MOST);
    assert_eq!(last(&read), "Yes. Yes. Yes.");
    for lines in [false, true] {
        let read = plain(&"- a\n\n".repeat(MOST + 2), lines);
        assert!(read.degraded && read.offsets.len() == MOST + 1, "{}", read.offsets.len());
        assert_eq!(last(&read), "- a - a");
        let (from, to) = *read.offsets.last().unwrap();
        assert_eq!(to - from, "- a\n\n- a".len());
    }
    assert!(!plain("Yes. No.", false).degraded);
}

proptest! {
    #[test]
    fn each_letter_knows_where_it_came_from(text in "[a-cA-C.\\[\\]()é\u{301}\u{feff} \r\n•-]{0,60}", lines: bool) {
        let read = plain(&text, lines);
        let chars: Vec<char> = text.chars().collect();
        let sentences: Vec<&Sentence> = read.statement.content.iter().flat_map(|b| &b.sentences).collect();
        prop_assert_eq!(sentences.len(), read.offsets.len());
        for (n, sentence) in sentences.iter().enumerate() {
            for (i, c) in sentence.text.chars().enumerate() {
                let Span(from, to) = read.place(&[n], Span(i, i + 1)).unwrap();
                let there: String = chars[from..to].iter().collect();
                // A space may come from both sides of a link's end.
                let same = if c == ' ' { there.contains(char::is_whitespace) } else { there.nfc().any(|d| d == c) };
                prop_assert!(same, "{:?} from {:?}", c, there);
            }
        }
    }

    #[test]
    fn wrapping_changes_nothing(words in prop::collection::vec("[a-zA-Z,.]{1,6}", 15..30), width in 1_usize..9, end in "\r\n|\n|\r") {
        let straight = words.join(" ");
        let wrapped = words.chunks(width).map(|c| c.join(" ")).collect::<Vec<_>>().join(&end);
        prop_assert_eq!(plain(&straight, false).statement, plain(&wrapped, false).statement);
    }
}
