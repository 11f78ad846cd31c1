//! A mark in words: the number, or what stands instead of one.
use super::Locale;
use crate::model::Mark;

pub fn mark_words(locale: &Locale, mark: Mark) -> String {
    match mark {
        Mark::Points(points) => points.to_string(),
        Mark::Absent | Mark::Void => locale.word(&format!("mark.{}", mark.kind())).to_owned(),
    }
}
