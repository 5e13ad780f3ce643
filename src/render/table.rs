//! Cells in columns, for a terminal.
//!
//! Not here: what stands in them, and its escaping.

use unicode_width::UnicodeWidthStr as _;

/// The rows as lines, each column as wide as the widest of its cells.
pub fn table<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let widths: [usize; N] = std::array::from_fn(|column| widest(column).unwrap_or(0));
    let line = |row: &[String; N]| {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width + 2 - cell.width()));
        }
        line.truncate(line.trim_end().len());
        line
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_beside_wide_letters_and_combining_marks() {
        let rows = [["target", "state"], ["議会", "readable"], ["cyngor-w\u{302}y", "-"]];
        assert_eq!(
            table(&rows.map(|row| row.map(str::to_owned))),
            ["target     state", "議会       readable", "cyngor-w\u{302}y  -"]
        );
    }
}
