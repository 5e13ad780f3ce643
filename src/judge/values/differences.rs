//! Which values of two texts are another.

use crate::judge::values::{Kind, Value, Values, dates};

/// The values that stand on one side only, in order.
pub(in crate::judge) fn differences<'v>(
    old: &'v Values,
    new: &'v Values,
) -> (Vec<&'v Value>, Vec<&'v Value>) {
    let mut come: Vec<&Value> = new.all.iter().collect();
    let mut gone = Vec::new();
    for value in &old.all {
        match come.iter().position(|other| same(value, other)) {
            Some(n) => {
                come.remove(n);
            }
            None => gone.push(value),
        }
    }
    // The same values in other places: "2 of 5" is not "5 of 2".
    if gone.is_empty() && come.is_empty() && old.frame == new.frame {
        let swapped = old.all.iter().zip(&new.all).filter(|(a, b)| !same(a, b));
        return swapped.unzip();
    }
    (gone, come)
}

/// Whether two values are one, however written. A weekday or a year that only one of them gives does not part them.
pub(in crate::judge) fn same(a: &Value, b: &Value) -> bool {
    a.kind == b.kind
        && (a.canonical == b.canonical || a.kind == Kind::Date && dates::agree(&a.canonical, &b.canonical))
}
