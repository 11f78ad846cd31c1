//! Words for what an inspection of the content found.
use super::Locale;
use crate::ops::anchor::Flaw;

/// What was found, in one line that stays.
pub fn standing(locale: &Locale, flaw: &Flaw) -> String {
    match flaw {
        Flaw::Row(wrong) => {
            let record = format!("record.{}", wrong.table);
            locale.say("content.rows_stand", &[("record", locale.word(&record)), ("key", &wrong.key)])
        }
        _ => locale.word("content.locked_stand").to_owned(),
    }
}
