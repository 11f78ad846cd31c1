//! A certificate number's parts as lines to read, for both faces.
use super::Locale;
use super::width::pad_right;
use crate::ops::certificates::Part;

/// Places, digits, what the part is, what it says, and whether it fits what the site knows.
pub fn part_lines(locale: &Locale, parts: &[Part]) -> Vec<String> {
    let line = |part: &Part| {
        let places = match part.places {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        };
        let fits = match part.fits {
            Some(true) => "certificates.fits",
            Some(false) => "certificates.fits_not",
            None => "certificates.not_checked",
        };
        let name = locale.word(&format!("certificate_part.{}", part.code)).to_owned();
        format!(
            "{} {} {} {} [{}]",
            pad_right(&places, 5),
            pad_right(&part.value, 6),
            pad_right(&name, 16),
            locale.datum(&part.meaning),
            locale.word(fits)
        )
    };
    parts.iter().map(line).collect()
}
