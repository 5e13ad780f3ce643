//! What a source must come to.

use crate::{
    model::Why,
    read::html::prescan::{
        scan::{MAX_DEPTH, MAX_FORMATS},
        *,
    },
};

fn html(src: &str) -> String {
    prescan(src, false).unwrap().html
}

#[test]
fn scripts_go_and_what_only_looks_like_one_stays() {
    assert_eq!(html("a<script>if (a < b) '<p>'</script>b<!-- <p> -->c"), "abc");
    assert_eq!(html("<title><script></title>x"), "<title><script></title>x");
    assert_eq!(html(r#"<a href="<script>">x</a>"#), r#"<a href="<script>">x</a>"#);
    assert_eq!(html("a<script><!-- <script>x</script> --></script>b"), "ab");
    assert_eq!(html("<p>1 < 2</p>"), "<p>1 &lt; 2</p>");
    assert_eq!(prescan("<p>The pool is <b class='x", false).unwrap().cut, Some("a tag"));
}

#[test]
fn depth_is_bounded_and_words_are_kept() {
    let deep = format!("{}Gates shut{}<p>Ask at the desk", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let thin = html(&deep);
    assert!(thin.matches("<div>").count() <= MAX_DEPTH);
    assert!(thin.contains("Gates shut") && thin.contains("Ask at the desk"));
}

#[test]
fn formatting_left_open_does_not_multiply() {
    let many = (0..2000).map(|i| format!("<font size={i}>")).collect::<Vec<_>>().concat();
    assert!(html(&many).matches("<font").count() <= MAX_FORMATS);
    let blocks = format!("{many}{}", "<p>x".repeat(30_000));
    assert_eq!(prescan(&blocks, false).unwrap_err().why, Why::TooLarge);
}
