//! What an exam site owes to others, and by when.
use super::Moment;
use super::approximate::Approximate;
use crate::model::{Calendar, Day};
use chrono::Months;
use serde::{Deserialize, Serialize};

/// Exactly one of: a fixed day, a part of a month, a number of working days or of months from an exam day.
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
    /// Whole months before the first exam day (S2-21).
    #[serde(default)]
    pub months_before_first_exam: Option<u8>,
    /// Only a part of a month is named (S3-29).
    #[serde(default)]
    pub about: Option<Approximate>,
}

impl Deadline {
    /// Whether the day comes from the exam: no exam day, no due day.
    pub fn is_relative(&self) -> bool {
        self.due.is_none() && self.about.is_none()
    }

    /// Whether working days are counted on the way.
    pub fn counts_working_days(&self) -> bool {
        self.before_first_exam.is_some() || self.after_last_exam.is_some()
    }

    /// The last day in time; `None` when the calendar does not reach it.
    pub fn day(&self, first_exam: Day, last_exam: Day, calendar: &Calendar) -> Option<Day> {
        if let Some(due) = self.due {
            return Some(due.day);
        }
        if let Some(days) = self.before_first_exam {
            return calendar.before(first_exam, u32::from(days));
        }
        if let Some(months) = self.months_before_first_exam {
            return first_exam.checked_sub_months(Months::new(u32::from(months)));
        }
        if let Some(about) = self.about {
            return about.last_day();
        }
        self.after_last_exam.and_then(|days| calendar.after(last_exam, u32::from(days)))
    }
}
