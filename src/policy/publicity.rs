//! 公示: what is shown to the public, and for how long.
use super::windows::Window;
use crate::model::{Calendar, Day, IdShown, PublicColumn, RecheckScope, Subject};
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
    /// What a public list of results shows, in this order.
    #[serde(default)]
    pub columns: Vec<PublicColumn>,
    #[serde(default = "no_identity")]
    pub identity: IdShown,
    /// Working days in which an objection is decided.
    #[serde(default = "decide_within")]
    pub decide_within: u16,
    /// Days for which a correction is shown, counted like `days`; `None`: it ends with the list that it corrects.
    #[serde(default)]
    pub correction_days: Option<u16>,
    /// `None`: nobody can ask for one.
    #[serde(default)]
    pub recheck: Option<Recheck>,
}

fn no_identity() -> IdShown {
    IdShown::None
}

fn decide_within() -> u16 {
    10
}

/// 成绩复核
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recheck {
    /// Working days from publication in which it is asked for.
    pub within: u16,
    /// Working days in which it is decided.
    pub decide_within: u16,
    pub scopes: Vec<RecheckScope>,
    /// Parts that are looked at again; a review mark is its panel's.
    pub parts: Vec<Subject>,
}

impl Recheck {
    /// The last day to ask, of results put up on `start`.
    pub fn ask_by(&self, start: Day, calendar: &Calendar) -> Option<Day> {
        calendar.after(start, u32::from(self.within))
    }

    pub fn decide_by(&self, asked_on: Day, calendar: &Calendar) -> Option<Day> {
        calendar.after(asked_on, u32::from(self.decide_within))
    }
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
    /// The notice asks for none.
    Nothing,
}

impl Publicity {
    /// The last day on which objections are taken, for a list put up on `start`; the start day is not counted.
    pub fn last_day(&self, start: Day, calendar: &Calendar) -> Option<Day> {
        match self.window {
            Some(window) => Some(window.end.day),
            None => self.count(start, self.days, calendar),
        }
    }

    /// The last day of a correction put up on `start`, of a list that ends on `until`: never sooner than the list.
    pub fn correction_ends(&self, start: Day, until: Day, calendar: &Calendar) -> Option<Day> {
        let Some(days) = self.correction_days else { return Some(until) };
        self.count(start, days, calendar).map(|day| day.max(until))
    }

    /// The last day to decide an objection that came in on `received_on`.
    pub fn decide_by(&self, received_on: Day, calendar: &Calendar) -> Option<Day> {
        calendar.after(received_on, u32::from(self.decide_within))
    }

    fn count(&self, start: Day, days: u16, calendar: &Calendar) -> Option<Day> {
        match self.unit {
            DayUnit::Working => calendar.after(start, u32::from(days)),
            DayUnit::Calendar => start.checked_add_days(Days::new(u64::from(days))),
        }
    }
}
