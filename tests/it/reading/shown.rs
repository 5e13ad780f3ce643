//! What a browser shows is read, and what it shows as taken back or as a mark is not.

use super::{FIRST, read_of, site};

fn content(main: &str) -> Vec<String> {
    read_of(&site(&format!("<h1>Cyber incident</h1><p>{FIRST}</p>{main}"))).unwrap().0.split_off(2)
}

#[test]
fn what_is_struck_out_is_said_no_longer() {
    for gone in [
        "<p><span style='color:red; text-decoration: line-through'>No records were copied.</span></p>",
        "<p style='text-decoration-line:line-through'>No records were copied.</p>",
        "<ul><li class='u-line strikethrough'>No records were copied.</li></ul>",
        "<p class=line-through>No records were copied.</p>",
        "<p role=deletion>No records were copied.</p>",
        "<p><s>No records were copied.</s></p>",
    ] {
        assert!(content(gone).is_empty(), "{gone}");
    }
    let half = "<p>Up to <span style='text-decoration:line-through'>500</span> 900 people.</p>";
    assert_eq!(content(half), ["Up to 900 people."]);
    assert_eq!(content("<p style='text-decoration:underline'>Read this.</p>"), ["Read this."]);
}

#[test]
fn marks_of_notes_are_no_digits_of_the_word_before() {
    for marked in [
        "<p>Records of 1,200<sup>2</sup> people.</p>",
        "<p>Records of 1,200<sup><a href=#n2>2</a></sup> people.</p>",
        "<p>Records of 1,200<a class=footnote href=#fn1>1</a> people.</p>",
        "<p>Records of 1,200<a href=#n1>[1]</a> people.</p>",
        "<p>Records of 1,200<sup>†</sup> people.[3]</p>",
        "<p>Records of 1,200* people.</p>",
    ] {
        assert_eq!(content(marked), ["Records of 1,200 people."], "{marked}");
    }
    for (raised, read) in [
        ("<p>It is 40 m<sup>2</sup> large.</p>", "It is 40 m2 large."),
        ("<p>On the 3<sup>rd</sup> of May.</p>", "On the 3rd of May."),
        ("<p>Ring <a href=#a>a doctor</a> first.</p>", "Ring a doctor first."),
    ] {
        assert_eq!(content(raised), [read]);
    }
}

#[test]
fn what_is_said_of_a_link_is_no_word_of_the_sentence() {
    for link in [
        "<p>Read <a href=/a>our letter<span class=visually-hidden> (opens in new tab)</span></a>.</p>",
        "<p>Read <a href=/a>our letter <span class=size>PDF, 212 KB</span></a>.</p>",
        "<p>Read <a href=/a>our letter (PDF, 1.2MB)</a>.</p>",
        "<p>Read <a href=/a>our letter</a> [Word document 40kb].</p>",
    ] {
        assert_eq!(content(link), ["Read our letter."], "{link}");
    }
}

#[test]
fn what_stands_in_elements_of_other_kinds_is_read() {
    for (html, read) in [
        ("<p>Records of <math><mn>500</mn></math> people.</p>", "Records of 500 people."),
        ("<p>Done: <progress value=40 max=100></progress> of it.</p>", "Done: 40 of it."),
        ("<p>Done: <meter value=4 max=10>4 of 10</meter>.</p>", "Done: 4 of 10."),
        (
            "<table><tr><td>Phones</td><td><svg><title>Not working</title><path d=M0/></svg></td></tr></table>",
            "Phones Not working",
        ),
        (
            "<p><img src=a.png alt='The east gate is shut until further notice.'></p>",
            "The east gate is shut until further notice.",
        ),
        ("<iframe srcdoc='&lt;p&gt;No records were copied.&lt;/p&gt;'></iframe>", "No records were copied."),
        (
            "<x-card><template shadowrootmode=open><p>No records were copied.</p></template></x-card>",
            "No records were copied.",
        ),
        ("<div hidden=until-found><p>No records were copied.</p></div>", "No records were copied."),
        (
            "<div class=fade-in style='visibility:hidden'><p>No records were copied.</p></div>",
            "No records were copied.",
        ),
        (
            "<div><button type=button>Show more</button></div><div style='display:none'><p>No records were copied.</p></div>",
            "No records were copied.",
        ),
    ] {
        assert_eq!(content(html), [read], "{html}");
    }
    assert!(content("<template><p>No records were copied.</p></template>").is_empty());
    assert!(content("<div style='display:none'><p>No records were copied.</p></div>").is_empty());
}

#[test]
fn a_date_of_the_page_stands_with_what_names_it() {
    let dated = "<dl><dt>Last updated</dt><dd>14 March 2031</dd><dt>Phones</dt><dd>14 March 2031</dd></dl>";
    assert_eq!(content(dated), ["Last updated 14 March 2031", "Phones", "14 March 2031"]);
    let history = "<p>Last updated 14 March 2031 <a href=#h>See all updates</a></p>";
    assert_eq!(content(history), ["Last updated 14 March 2031"]);
}
