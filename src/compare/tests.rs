//! Cases that a reporter could write.

use super::*;
use crate::model::{Block, ChangeKind, Link, Sentence};

fn blocks(sentences: &[&str]) -> Vec<Block> {
    let block = |text: &&str| Block {
        sentences: vec![Sentence { text: (*text).to_owned(), ..Sentence::default() }],
        ..Block::default()
    };
    sentences.iter().map(block).collect()
}

/// The kind of each hunk with the numbers of its sentences.
fn changes_of(before: &[&str], after: &[&str]) -> Vec<(ChangeKind, Vec<usize>, Vec<usize>)> {
    let hunks = compare(&blocks(before), &blocks(after)).hunks;
    hunks.into_iter().map(|h| (h.kind, h.at.before, h.at.after)).collect()
}

const NOTICE: [&str; 5] = [
    "Our phone lines at Marlow Road are closed this week.",
    "No customer data has been accessed.",
    "Engineers from Tamsel Systems are restoring the booking service.",
    "Bin collections go on as planned in every ward.",
    "We will publish the next update on Thursday.",
];

#[test]
fn equal_texts_have_no_hunks() {
    let revision = compare(&blocks(&NOTICE), &blocks(&NOTICE));
    assert!(revision.hunks.is_empty() && !revision.degraded);
    assert_eq!(revision.alignment.len(), NOTICE.len());
}

#[test]
fn an_edit_an_addition_and_a_removal_each_in_its_place() {
    let after = [
        NOTICE[0],
        "There is no evidence that customer data has been accessed.",
        NOTICE[2],
        "The police were told on Monday.",
        NOTICE[4],
    ];
    let want = [
        (ChangeKind::Edited, vec![1], vec![1]),
        (ChangeKind::Removed, vec![3], vec![]),
        (ChangeKind::Added, vec![], vec![3]),
    ];
    assert_eq!(changes_of(&NOTICE, &after), want);
}

#[test]
fn the_short_one_moved_and_its_edit_is_told() {
    let after = [NOTICE[0], NOTICE[2], NOTICE[3], NOTICE[4], "No customer data has been copied."];
    assert_eq!(changes_of(&NOTICE, &after), [(ChangeKind::Moved, vec![1], vec![4])]);
}

#[test]
fn one_sentence_becomes_two_and_two_become_one() {
    let whole = "The booking service was switched off on Friday night, and residents should ring the duty desk instead.";
    let parts = [
        "The booking service was switched off on Friday night.",
        "Residents should ring the duty desk instead.",
    ];
    let (one, two) = ([NOTICE[0], whole, NOTICE[4]], [NOTICE[0], parts[0], parts[1], NOTICE[4]]);
    assert_eq!(changes_of(&one, &two), [(ChangeKind::Split, vec![1], vec![1, 2])]);
    assert_eq!(changes_of(&two, &one), [(ChangeKind::Merged, vec![1, 2], vec![1])]);
}

#[test]
fn a_page_that_says_something_else_now() {
    let other = ["Enjoy our guide to the summer fairs.", "Stalls open at ten, rain or shine."];
    let all: Vec<usize> = (0..NOTICE.len()).collect();
    let want = [
        (ChangeKind::StatementRemoved, all.clone(), vec![]),
        (ChangeKind::Added, vec![], vec![0]),
        (ChangeKind::Added, vec![], vec![1]),
    ];
    assert_eq!(changes_of(&NOTICE, &other), want);
    assert_eq!(changes_of(&NOTICE, &[]), [(ChangeKind::StatementRemoved, all, vec![])]);
}

#[test]
fn words_that_move_by_themselves_are_no_change_and_a_document_behind_the_same_words_is() {
    let sentence = |text: &str, volatile: Option<&str>, address: &str| {
        let links = vec![Link { words: "report".into(), address: address.into() }];
        let sentences = vec![Sentence { text: text.into(), volatile: volatile.map(Into::into), links }];
        [Block { sentences, ..Block::default() }]
    };
    let seen = |text| sentence(text, Some("Viewed 0 times"), "https://holt.example/a");
    assert!(compare(&seen("Viewed 41 times"), &seen("Viewed 42 times")).hunks.is_empty());
    let report = |address| sentence("Read the full report.", None, address);
    let hunks = compare(&report("https://holt.example/a.pdf"), &report("https://holt.example/b.pdf")).hunks;
    assert!(matches!(hunks.as_slice(), [h] if h.kind == ChangeKind::Edited && h.spans.is_empty()));
}
