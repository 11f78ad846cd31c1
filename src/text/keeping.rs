//! How long ago, in words.
use super::Locale;

/// Minutes, hours or days, whichever people would say.
pub fn age(locale: &Locale, minutes: i64) -> String {
    let (key, count) = match minutes.max(0) {
        minutes if minutes < 120 => ("keeping.minutes", minutes),
        minutes if minutes < 2 * 24 * 60 => ("keeping.hours", minutes / 60),
        minutes => ("keeping.days", minutes / (24 * 60)),
    };
    locale.say(key, &[("count", &count.to_string())])
}
