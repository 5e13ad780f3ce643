//! What is no markup within: comments, and elements whose content is text.
//!
//! Not here: which elements those are (`names`).

use crate::read::{
    clip::clip,
    html::prescan::{
        ends::{end_of, script_end, tag_end},
        names::{Raw, contains_ci},
        scan::Scan,
    },
};

/// A body that was cut within a comment or a style was cut within so many bytes of its beginning.
const NEAR_THE_END: usize = 4096;

impl<'s> Scan<'s> {
    /// Leaves a comment out; gives its length.
    pub(super) fn comment(&mut self, tag: &str) -> usize {
        // `<!-->` and `<!--->` are whole comments.
        if let Some(end) = ["<!-->", "<!--->"].iter().find(|s| tag.starts_with(**s)).map(|s| s.len()) {
            return end;
        }
        let body = tag.get(4..).unwrap_or("");
        let end = body.find("-->");
        // Only as far as the comment goes: another end of it beyond that is another comment's.
        let within = body.get(..end.unwrap_or(body.len())).unwrap_or("");
        match (within.find("--!>"), end) {
            (Some(early), _) => 4 + early + 4,
            (None, Some(end)) => 4 + end + 3,
            (None, None) => {
                self.out.cut = (body.len() <= NEAR_THE_END).then_some("a comment");
                tag.len()
            }
        }
    }

    /// An element whose content is text: kept for `title` and `textarea`, taken out for the others.
    pub(super) fn raw(&mut self, kind: Raw, name: &str, whole: &str, tag: &'s str, start: usize) -> usize {
        let body = tag.get(start..).unwrap_or("");
        let length = match kind {
            Raw::Script => script_end(body),
            _ => end_of(body, name),
        };
        let text = body.get(..length.unwrap_or(body.len())).unwrap_or("");
        let Some(length) = length else {
            // An end that was forgotten far from the end of the page is the page's own fault.
            let near = kind == Raw::Script || body.len() <= NEAR_THE_END;
            let what = match kind {
                Raw::Script => "a script",
                Raw::Kept => "a title or a field",
                Raw::Style | Raw::Noscript => "a style or a frame",
            };
            self.out.cut = near.then_some(what);
            if kind == Raw::Kept {
                self.out.raw = true;
                self.out.html.extend([whole, text]);
            }
            return tag.len();
        };
        let after = start + length;
        let end =
            tag.get(after..).and_then(|rest| tag_end(rest, 2 + name.len())).map_or(tag.len(), |e| after + e);
        match kind {
            Raw::Kept => {
                self.out.raw |= text.contains('<');
                self.out.html.push_str(tag.get(..end).unwrap_or(""));
            }
            Raw::Script => {
                self.out.scripts += 1;
                if contains_ci(whole, "ld+json") && self.out.json_ld.len() < 32 {
                    self.out.json_ld.push(text.to_owned());
                }
            }
            Raw::Noscript => {
                self.out.noscript_bytes += text.len();
                if self.out.noscript.len() < 4096 {
                    self.out.noscript.extend([clip(text, 2048), " "]);
                }
            }
            Raw::Style => {}
        }
        end
    }
}
