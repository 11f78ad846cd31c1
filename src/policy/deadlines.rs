//! What an exam site owes to others, and by when.
use super::Moment;
use crate::model::{Calendar, Day};
use serde::{Deserialize, Serialize};

/// Either a fixed day, or a number of working days from an exam day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Locale key `deadline.<code>`.
    pub code: String,
    #[serde(default)]
    pub due: Option<Moment>,
    #[serde(default)]
    pub before_first_exam: Option<u16>,
    #[serde(default)]
    pub after_last_exam: Option<u16>,
}

impl Deadline {
    /// The last day in time; `None` when the calendar does not reach it.
    pub fn day(&self, first_exam: Day, last_exam: Day, calendar: &Calendar) -> Option<Day> {
        if let Some(due) = self.due {
            return Some(due.day);
        }
        if let Some(days) = self.before_first_exam {
            return calendar.before(first_exam, u32::from(days));
        }
        self.after_last_exam.and_then(|days| calendar.after(last_exam, u32::from(days)))
    }
}
