//! Bytes to text: content coding undone under a cap, then character coding found as browsers find it.
//!
//! Not here: transfer coding (the client undoes it) and what the text means.

mod characters;
mod coding;

pub(in crate::read) use characters::{Decoded, text};
pub(in crate::read) use coding::{size, undo};

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::{model::Why, read::reading::Refusal};

    fn decode(body: &[u8], coding: Option<&str>, kind: Option<&str>, cap: usize) -> Result<Decoded, Refusal> {
        Ok(super::text(&undo(body, coding.unwrap_or(""), cap)?, kind))
    }

    fn gz(text: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(text).unwrap();
        out.finish().unwrap()
    }

    fn text(body: &[u8], coding: &str, kind: &str) -> String {
        decode(body, Some(coding), Some(kind), 64 << 20).unwrap().text
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let bomb = gz(&vec![b' '; 1 << 20]);
        assert_eq!(decode(&bomb, Some("gzip"), None, 1 << 16).unwrap_err().why, Why::TooLarge);
    }

    #[test]
    fn codings_are_undone_and_false_claims_are_seen_through() {
        assert_eq!(text(&gz(b"<p>Lifts out of use"), "gzip", ""), "<p>Lifts out of use");
        assert_eq!(text(&gz(b"<p>Lifts out of use"), "", ""), "<p>Lifts out of use");
        for claim in ["gzip", "br", "deflate", "zstd"] {
            assert_eq!(text(b"<p>Lifts out of use", claim, ""), "<p>Lifts out of use", "{claim}");
        }
        let brotli = [0x0b, 0x02, 0x80, 0x00, 0x01, 0xff, 0xfe, 0x03];
        assert_eq!(decode(&brotli, Some("br"), None, 99).unwrap_err().why, Why::Encoding);
        let whole = gz(b"<p>The bridge is shut to all traffic until noon on Friday");
        let cut = &whole[..whole.len() - 12];
        assert_eq!(decode(cut, Some("gzip"), None, 999).unwrap_err().why, Why::Truncated);
    }

    #[test]
    fn one_wording_in_any_encoding_reads_the_same() {
        let words = "Caerffili: £214 – “dŵr”";
        assert_eq!(text(words.as_bytes(), "", "text/html; charset=iso-8859-1"), words);
        let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&[&[0xff, 0xfe][..], &wide].concat(), "", ""), words);
        let latin = b"<meta charset=latin1><p>\xa3214 \x96 \x93fee\x94";
        assert_eq!(text(latin, "", ""), "<meta charset=latin1><p>£214 – “fee”");
        assert_eq!(text(b"<p>\xa3214 \x96 \x93fee\x94", "", "text/html; charset=utf-8"), "<p>£214 – “fee”");
    }

    #[test]
    fn a_gibibyte_in_a_megabyte_is_too_large_and_takes_no_memory_to_see() {
        use std::io::Write as _;
        let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        member.write_all(&vec![b' '; 1 << 20]).unwrap();
        let bomb = member.finish().unwrap().repeat(1024);
        let refused = decode(&bomb, Some("gzip"), Some("text/html"), 4 << 20).unwrap_err();
        assert_eq!(refused.why, Why::TooLarge);
    }
}
