//! Why a mark is missing, in words.
use super::Locale;
use crate::ops::results::Why;

pub fn why_words(locale: &Locale, why: &Why) -> String {
    match why {
        Why::Sheets { panel, missing } => {
            let missing = missing.to_string();
            locale.say(why.key(), &[("panel", panel), ("missing", &missing)])
        }
        Why::NotSealed { panel } => locale.say(why.key(), &[("panel", panel)]),
        _ => locale.word(why.key()).to_owned(),
    }
}
