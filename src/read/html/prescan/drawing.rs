//! A drawing (`svg`) has no words of a statement: what is in it goes, where it is nothing but a drawing.
//!
//! A tag of HTML within it ends the drawing for the tree builder, and so it does here: such a one is left as it is.

use crate::read::html::prescan::{
    ends::{name_of, tag_end},
    names::is,
};

/// What drawings are made of.
const PARTS: [&str; 28] = [
    "path",
    "g",
    "circle",
    "rect",
    "use",
    "defs",
    "line",
    "polygon",
    "polyline",
    "ellipse",
    "mask",
    "stop",
    "clippath",
    "lineargradient",
    "radialgradient",
    "symbol",
    "tspan",
    "text",
    "title",
    "desc",
    "filter",
    "fegaussianblur",
    "feoffset",
    "feblend",
    "fecolormatrix",
    "feflood",
    "image",
    "pattern",
];
/// A longer drawing is left to the tree builder.
const LONGEST: usize = 1 << 16;

/// How many bytes after `<svg>` are nothing but its drawing, without its end tag; 0 where there is more in it.
pub(super) fn length(rest: &str) -> usize {
    let mut at = 0;
    while let Some(lt) = rest.get(at..).and_then(|r| r.find('<')).map(|n| at + n).filter(|n| *n < LONGEST) {
        let tag = rest.get(lt..).unwrap_or_default();
        let name = name_of(tag.get(1..).unwrap_or_default().trim_start_matches('/'));
        if tag.starts_with("</") && is(name, "svg") {
            return lt;
        }
        if !PARTS.iter().any(|part| is(part, name)) {
            return 0;
        }
        let Some(end) = tag_end(tag, 1 + name.len()) else { return 0 };
        at = lt + end;
    }
    0
}

/// What a drawing is called, where that is a few plain words.
pub(super) fn title(drawing: &str) -> Option<&str> {
    const LONGEST: usize = 60;
    let (_, after) = drawing.split_once("<title")?;
    let (title, _) = after.split_once('>')?.1.split_once("</title")?;
    let title = title.trim();
    (!title.is_empty() && title.len() <= LONGEST && !title.contains(['"', '<', '>'])).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_goes_and_what_hides_in_one_stays() {
        assert_eq!(length("<path d='M0 0>'/><g><title>Arrow</title></g></svg> more"), 44);
        for kept in ["<path><p>Words</p></svg>", "<path>", "<svg></svg></svg>", "<!-- </svg> --></svg>", ""] {
            assert_eq!(length(kept), 0, "{kept}");
        }
    }
}
