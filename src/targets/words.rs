//! Words of a fixed choice: what is watched, which changes count, what is kept, how loud an event is.

use jsonc_parser::ast::Value;

use super::{
    excerpt::shown,
    near::did_you_mean,
    notes::Notes,
    value::{FromJson, span, text},
};
use crate::model::{Keep, Level, Relevance, Watch};

/// A choice and the word for each of it.
pub(super) trait Word: Copy + 'static {
    const ALL: &'static [(&'static str, Self)];
}

impl Word for Watch {
    const ALL: &'static [(&'static str, Self)] = &[
        ("page", Self::Page),
        ("banner", Self::Banner),
        ("feed", Self::Feed),
        ("index", Self::Index),
        ("document", Self::Document),
        ("json", Self::Json),
    ];
}

impl Word for Relevance {
    const ALL: &'static [(&'static str, Self)] = &[("terms", Self::Terms), ("page", Self::Page)];
}

impl Word for Keep {
    const ALL: &'static [(&'static str, Self)] = &[("changes", Self::Changes), ("all", Self::All)];
}

impl Word for Level {
    const ALL: &'static [(&'static str, Self)] =
        &[("alert", Self::Alert), ("note", Self::Note), ("silent", Self::Silent)];
}

impl<T: Word> FromJson for T {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let names = T::ALL.iter().map(|(name, _)| *name);
        let wanted = names.clone().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let given = text(value, key, &format!("one of {wanted}"), notes)?;
        let found = T::ALL.iter().find(|(name, _)| *name == given).map(|(_, word)| *word);
        if found.is_none() {
            notes
                .fault(span(value), format!("`{key}` must be one of {wanted}"))
                .label(format!("`{}` is none of them", shown(given)))
                .help_with(|| did_you_mean(given, names));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_record() {
        fn spelt<T: Word + serde::Serialize>() {
            for (name, word) in T::ALL {
                assert_eq!(serde_json::to_value(word).unwrap(), *name);
            }
        }
        spelt::<Watch>();
        spelt::<Relevance>();
        spelt::<Keep>();
        spelt::<Level>();
    }
}
