//! 公示: what is shown to the public, and for how long.
use super::windows::Window;
use crate::model::{Calendar, Day};
use chrono::Days;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publicity {
    pub days: u16,
    pub unit: DayUnit,
    /// Fixed by the notice; then `days` is not used.
    #[serde(default)]
    pub window: Option<Window>,
    #[serde(default)]
    pub of: PublicityOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayUnit {
    Working,
    Calendar,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicityOf {
    #[default]
    Results,
    /// The list of applicants, before the exam.
    Applicants,
}

impl Publicity {
    /// The last day on which objections are taken, for a list put up on `start`; the start day is not counted.
    pub fn last_day(&self, start: Day, calendar: &Calendar) -> Option<Day> {
        match (self.window, self.unit) {
            (Some(window), _) => Some(window.end.day),
            (None, DayUnit::Working) => calendar.after(start, u32::from(self.days)),
            (None, DayUnit::Calendar) => start.checked_add_days(Days::new(u64::from(self.days))),
        }
    }
}
