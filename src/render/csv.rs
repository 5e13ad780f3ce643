//! Tables as comma-separated values (RFC 4180), for spreadsheets.
//!
//! Not here: what stands in the cells.

use super::escape;

/// Rows with their line ends.
pub fn csv<const N: usize>(rows: &[[String; N]]) -> String {
    rows.iter().map(|row| row.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\r\n").collect()
}

/// A cell in quotation marks. A spreadsheet reckons with what begins like a formula: an apostrophe before it makes it words.
fn cell(text: &str) -> String {
    let text = escape::terminal(text);
    let mark = if text.trim_start().starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula_and_stays_one_cell() {
        let row = ["a", "say \"no\", twice", "=HYPERLINK(\"x\")", " @SUM(1)", "a\nb"].map(str::to_owned);
        assert_eq!(
            csv(&[row]),
            "\"a\",\"say \"\"no\"\", twice\",\"'=HYPERLINK(\"\"x\"\")\",\"' @SUM(1)\",\"a\\u{a}b\"\r\n"
        );
    }
}
