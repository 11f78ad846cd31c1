//! A mark in words: the number, or what stands instead of one.
use super::Locale;
use crate::model::Mark;
use crate::ops::entry::Part;

pub fn mark_words(locale: &Locale, mark: Mark) -> String {
    match mark {
        Mark::Points(points) => points.to_string(),
        Mark::Absent | Mark::Void => locale.word(&format!("mark.{}", mark.kind())).to_owned(),
    }
}

/// What differs between two entries, by name.
pub fn parts_words(locale: &Locale, parts: &[Part]) -> String {
    let one = |part: &Part| match part {
        Part::Total => locale.word("entry_part.total").to_owned(),
        Part::Item(name) => name.clone(),
    };
    parts.iter().map(one).collect::<Vec<_>>().join("、")
}
