//! How long somebody has to wait, to the second where it is short.
use super::Locale;

pub fn wait(locale: &Locale, seconds: i64) -> String {
    let (key, hours, minutes, rest) = match seconds.max(0) {
        short @ ..60 => ("wait.seconds", 0, 0, short),
        middle @ ..3600 => ("wait.minutes", 0, middle / 60, middle % 60),
        long => ("wait.hours", long / 3600, long % 3600 / 60, 0),
    };
    let (hours, minutes, rest) = (hours.to_string(), minutes.to_string(), rest.to_string());
    locale.say(key, &[("hours", hours.as_str()), ("minutes", &minutes), ("seconds", &rest)])
}
