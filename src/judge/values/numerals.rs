//! Numbers in words: English, Welsh, French.
//!
//! Not here: figures (`values`).

/// Words with their numbers. "One" is left out on its own in English: it is more often no figure.
const UNITS: &[(&str, f64)] = &[
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("dozen", 12.0),
    // How many is left open: no figure is the same.
    ("dozens", 25.5),
    ("hundreds", 250.5),
    ("thousands", 2500.5),
    ("dizaines", 25.5),
    ("centaines", 250.5),
    ("half", 0.5),
    ("twice", 2.0),
    // Welsh, with the feminine forms and mutations.
    ("dau", 2.0),
    ("dwy", 2.0),
    ("ddau", 2.0),
    ("ddwy", 2.0),
    ("tri", 3.0),
    ("tair", 3.0),
    ("dri", 3.0),
    ("dair", 3.0),
    ("thri", 3.0),
    ("thair", 3.0),
    ("pedwar", 4.0),
    ("pedair", 4.0),
    ("bedwar", 4.0),
    ("bedair", 4.0),
    ("pump", 5.0),
    ("pum", 5.0),
    ("bump", 5.0),
    ("bum", 5.0),
    ("chwech", 6.0),
    ("chwe", 6.0),
    ("saith", 7.0),
    ("wyth", 8.0),
    ("naw", 9.0),
    ("deg", 10.0),
    ("ddeg", 10.0),
    ("deuddeg", 12.0),
    ("ddeuddeg", 12.0),
    ("ugain", 20.0),
    ("hugain", 20.0),
    ("pymtheg", 15.0),
    ("bymtheg", 15.0),
    ("deunaw", 18.0),
    ("ddeunaw", 18.0),
    ("deugain", 40.0),
    ("ddeugain", 40.0),
    ("trigain", 60.0),
    ("drigain", 60.0),
    ("hanner", 0.5),
    ("cant", 100.0),
    ("gant", 100.0),
    ("mil", 1000.0),
    ("fil", 1000.0),
    // French.
    ("deux", 2.0),
    ("trois", 3.0),
    ("quatre", 4.0),
    ("cinq", 5.0),
    ("sept", 7.0),
    ("huit", 8.0),
    ("neuf", 9.0),
    ("dix", 10.0),
    ("onze", 11.0),
    ("douze", 12.0),
    ("treize", 13.0),
    ("quatorze", 14.0),
    ("quinze", 15.0),
    ("seize", 16.0),
    ("vingt", 20.0),
    ("trente", 30.0),
    ("quarante", 40.0),
    ("cinquante", 50.0),
    ("soixante", 60.0),
    ("millier", 1000.0),
    ("moitié", 0.5),
];

/// Words that multiply what stands before them.
const SCALES: &[(&str, f64)] = &[
    ("hundred", 1e2),
    ("hundreds", 1e2),
    ("thousand", 1e3),
    ("thousands", 1e3),
    ("million", 1e6),
    ("millions", 1e6),
    ("m", 1e6),
    ("k", 1e3),
    ("bn", 1e9),
    ("billion", 1e9),
    ("dozen", 12.0),
    ("cent", 1e2),
    ("cents", 1e2),
    ("mille", 1e3),
    ("milliers", 1e3),
    ("miliwn", 1e6),
    ("filiwn", 1e6),
    ("milliard", 1e9),
    ("milliards", 1e9),
    ("mn", 1e6),
];

/// What a word means as a number, alone.
pub(in crate::judge) fn unit(word: &str) -> Option<f64> {
    if word.contains('-') {
        return joined(word);
    }
    UNITS.iter().find(|unit| unit.0 == word).map(|unit| unit.1)
}

/// Words joined by hyphens: "twenty-one", "soixante-dix-sept", "quatre-vingt-treize".
fn joined(word: &str) -> Option<f64> {
    let mut sum = 0.0;
    for part in word.split('-').filter(|part| *part != "et") {
        let scored = matches!(part, "vingt" | "vingts") && (sum - 4.0_f64).abs() < f64::EPSILON;
        let part = if part == "un" && sum >= 20.0 {
            1.0
        } else if part == "vingts" {
            20.0
        } else {
            unit(part)?
        };
        sum = match sum {
            _ if scored => 80.0,
            0.0 => part,
            tens if tens >= 20.0 && (1.0..20.0).contains(&part) => tens + part,
            ten if (10.0..11.0).contains(&(ten % 20.0)) && (7.0..10.0).contains(&part) => ten + part,
            _ => return None,
        };
    }
    Some(sum)
}

/// By what a word multiplies the number before it.
pub(in crate::judge) fn scale(word: &str) -> Option<f64> {
    SCALES.iter().find(|scale| scale.0 == word).map(|scale| scale.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbers() {
        assert_eq!(
            [unit("twenty-one"), unit("tair"), unit("quinze"), unit("twenty-first"), unit("won")],
            [Some(21.0), Some(3.0), Some(15.0), None, None]
        );
        assert_eq!(scale("thousand"), Some(1000.0));
    }
}
