//! The tree of a prescanned page.
//!
//! What is left of a page after the prescan is tags, text and a doctype: no comment, no script, no raw text. html5ever's
//! tokenizer goes through it letter by letter, which was a quarter of a reading; here its tokens are made run by run, of
//! the same buffer, and html5ever's tree builder gets them as it would its own. What could be read in two ways goes the
//! long way. Not here: what the prescan leaves out (`prescan`).

mod attributes;
mod references;
mod slices;
mod tokens;

use html5ever::{
    tendril::StrTendril,
    tokenizer::TokenSink,
    tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink},
};
use scraper::{Html, HtmlTreeSink};

use crate::read::html::prescan::Prescanned;
use tokens::Tokens;

/// Builds the tree.
pub(in crate::read) fn tree(source: &Prescanned) -> Html {
    if source.raw || source.html.contains('\0') || u32::try_from(source.html.len()).is_err() {
        return Html::parse_document(&source.html);
    }
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), TreeBuilderOpts::default());
    Tokens::new(&lines_ended_as_one(&source.html), &builder).run();
    builder.end();
    builder.sink.finish()
}

/// A source whose lines all end by a line feed, as the standard wants it (13.2.3.5).
fn lines_ended_as_one(html: &str) -> StrTendril {
    let html = html.trim_start_matches('\u{feff}');
    if html.contains('\r') {
        StrTendril::from(html.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        StrTendril::from(html)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html::prescan;

    /// The tree as this module builds it and as html5ever alone does.
    fn both(html: &str) -> (Html, Html) {
        let source = prescan::prescan(html, false).unwrap();
        let whole = Html::parse_document(&source.html);
        (tree(&source), whole)
    }

    #[test]
    fn the_short_way_and_the_long_way_build_one_tree() {
        for html in [
            "<!DOCTYPE html><title>Gates &amp; locks</title><p class=a CLASS=b id='c&#39;d'>Shut",
            "<p>Fish&nbsp;&chips &copy 2031, R&D &unknown; &#x2019;s &#128; &notit;</p>",
            "<a href='?a=1&b=2&copy=3&lt;4'>x</a><a href=/x?q=&quot;>y</a><img src=x/ alt = \"z\"/>",
            "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 3.2//EN\"><p><table><tr><td>Shut\r\nuntil\rnoon</table>",
            "<svg><title>Lock & key</title><path/></svg><textarea>\n<p>&amp;</textarea><pre>\n\nx</pre>",
            "<table><p>Shut<tr>until<td>noon</table><b><p>x</b>y</p><select><option>1<title>2</select>",
            "<p =x a=b/c d>Shut</p x=y></br><plaintext><p>x",
            "<svg><p><title/><p>Shut</title><textarea/><b>x",
            "a\0b<p>\u{feff}c",
            "<p title=\"&quot;a'b\" alt='\"&copy\"'>x",
        ] {
            let (short, long) = both(html);
            assert_eq!(short.tree, long.tree, "{html}");
            assert_eq!(short.quirks_mode, long.quirks_mode, "{html}");
        }
    }

    proptest::proptest! {
        #[test]
        fn of_any_markup(html in "(<!doctype html>)?(</?(p|b|i|a|td|tr|table|ul|li|title|svg|select|option|div|form|br)( (id|class|href)(=(x|'y z'|\"&amp;&#8217;\"|&lt|a&b=c))?){0,2} ?/?>|[a-z &;#<>\n]{0,6}|&(amp|nbsp|copy|not|hellip|#39|#x80);?){0,24}") {
            let (short, long) = both(&html);
            proptest::prop_assert_eq!(short.tree, long.tree);
        }
    }
}
