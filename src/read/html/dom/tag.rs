//! The elements that the reader tells apart, by their names.
//!
//! Not here: what they are called (`hints`), and what follows from either.

/// Elements that the reader tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Tag {
    /// A text node.
    Text,
    /// `h1` to `h6`.
    Heading(u8),
    /// `a`.
    A,
    /// `article`.
    Article,
    /// `aside`.
    Aside,
    /// `body`.
    Body,
    /// `br`.
    Br,
    /// `button`.
    Button,
    /// `caption` of a table.
    Caption,
    /// `figcaption`: what is said of a picture.
    Legend,
    /// `td`, `th`.
    Cell,
    /// `footer`.
    Footer,
    /// `form`.
    Form,
    /// `head`.
    Head,
    /// `header`.
    Header,
    /// `html`.
    Html,
    /// `input`, `select`, `textarea`: what a visitor fills in.
    Input,
    /// `label`, `legend` and `fieldset` do not count.
    Label,
    /// `li`.
    Li,
    /// `ul`, `ol`.
    List,
    /// `main`.
    Main,
    /// `nav`.
    Nav,
    /// `p`.
    P,
    /// `blockquote`.
    Quote,
    /// `tr`.
    Row,
    /// `summary`.
    Summary,
    /// `table`.
    Table,
    /// `dt`, `dd`.
    Term,
    /// `time`.
    Time,
    /// `title`, within the head.
    Title,
    /// `meta`, `link`, `base`.
    Meta,
    /// Never words of a statement: media, templates, drawings.
    Void,
    /// Any other element that stands in a line.
    Inline,
    /// Any other element that stands by itself.
    Block,
}

impl Tag {
    /// By the element's name, in lower case.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "a" => Self::A,
            "li" => Self::Li,
            "p" => Self::P,
            "ul" | "ol" => Self::List,
            "br" => Self::Br,
            "td" | "th" => Self::Cell,
            "tr" => Self::Row,
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "meta" | "link" | "base" => Self::Meta,
            "img" | "script" | "style" | "template" | "svg" | "noscript" | "object" | "video" | "audio"
            | "canvas" | "map" | "iframe" | "picture" | "datalist" | "optgroup" | "option" | "embed"
            | "annotation" | "annotation-xml" => Self::Void,
            "input" | "select" | "textarea" => Self::Input,
            "article" => Self::Article,
            "aside" => Self::Aside,
            "body" => Self::Body,
            "button" => Self::Button,
            "caption" => Self::Caption,
            "figcaption" => Self::Legend,
            "footer" => Self::Footer,
            "form" => Self::Form,
            "head" => Self::Head,
            "header" => Self::Header,
            "html" => Self::Html,
            "label" => Self::Label,
            "main" => Self::Main,
            "nav" | "menu" => Self::Nav,
            "blockquote" => Self::Quote,
            "summary" => Self::Summary,
            "table" => Self::Table,
            "dt" | "dd" => Self::Term,
            "time" => Self::Time,
            "title" => Self::Title,
            "span" | "b" | "strong" | "em" | "i" | "abbr" | "acronym" | "bdi" | "bdo" | "big" | "cite"
            | "code" | "data" | "del" | "dfn" | "font" | "ins" | "kbd" | "mark" | "nobr" | "output" | "q"
            | "rp" | "rt" | "ruby" | "s" | "samp" | "small" | "strike" | "sub" | "sup" | "tt" | "u"
            | "var" | "wbr" | "blink" | "slot" | "meter" | "progress" | "math" | "mn" | "mi" | "mo"
            | "ms" | "mrow" | "mtext" | "mstyle" | "semantics" => Self::Inline,
            // An element of the page's own making (`x-note`) stands by itself more often than not.
            _ => Self::Block,
        }
    }

    /// Whether it stands in a line of text.
    pub(in crate::read) fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Text | Self::A | Self::Inline | Self::Time | Self::Label | Self::Button | Self::Input
        )
    }

    /// Whether the words in it are never words of a statement.
    pub(in crate::read) fn is_silent(self) -> bool {
        matches!(self, Self::Void | Self::Head | Self::Meta | Self::Title | Self::Input)
    }
}
