//! How a date of the board stands today (S4-28): done, due, late, not yet.
use crate::model::{Calendar, Day};
use serde::Serialize;

/// A day is due from so many working days before it.
pub const SOON: i64 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Late,
    /// Runs now, or its day is near.
    Due,
    NotYet,
    /// The day follows from something that is not known yet.
    Undated,
    Done,
}

impl Standing {
    pub const ALL: [Standing; 5] = [Standing::Late, Standing::Due, Standing::NotYet, Standing::Undated, Standing::Done];

    pub fn code(self) -> &'static str {
        match self {
            Standing::Late => "late",
            Standing::Due => "due",
            Standing::NotYet => "not_yet",
            Standing::Undated => "undated",
            Standing::Done => "done",
        }
    }

    /// Still to be done, with a day.
    pub fn is_open(self) -> bool {
        matches!(self, Standing::Late | Standing::Due | Standing::NotYet)
    }
}

/// What is known of a date: `from` only for a period, which is over by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    pub from: Option<Day>,
    pub due: Option<Day>,
    pub done_on: Option<Day>,
}

pub fn standing(known: Known, today: Day, calendar: &Calendar) -> Standing {
    let Known { from, due, done_on } = known;
    if done_on.is_some() {
        return Standing::Done;
    }
    let Some(due) = due else { return Standing::Undated };
    match from {
        Some(from) if today < from => Standing::NotYet,
        Some(_) if today <= due => Standing::Due,
        Some(_) => Standing::Done,
        None if today > due => Standing::Late,
        None if left(today, due, calendar) <= SOON => Standing::Due,
        None => Standing::NotYet,
    }
}

/// Working days left after today up to the day itself: 0 on it, and on a day from which only days off lead to it. After it
/// the working days since, negative; 0 while only days off have gone by.
pub fn left(today: Day, due: Day, calendar: &Calendar) -> i64 {
    let count = |first: Day, last: Day| {
        let first = first.succ_opt().unwrap_or(first);
        i64::try_from(calendar.inside(first, last)).unwrap_or(i64::MAX)
    };
    if today <= due { count(today, due) } else { -count(due, today) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// The holidays of autumn 2023: off from 09-29 to 10-06, 10-07 and 10-08 are worked.
    fn autumn() -> Calendar {
        let off = day("2023-09-29").iter_days().take(8).collect();
        Calendar { off, work: [day("2023-10-07"), day("2023-10-08")].into(), years: [2023].into() }
    }

    fn on(today: &str, known: Known) -> Standing {
        standing(known, day(today), &autumn())
    }

    #[test]
    fn a_day_comes_near_and_passes() {
        let due = Known { due: Some(day("2023-10-09")), ..Known::default() };
        assert_eq!(on("2023-09-26", due), Standing::Due, "09-27, 09-28, 10-07, 10-08, 10-09");
        assert_eq!(on("2023-09-25", due), Standing::NotYet);
        assert_eq!(on("2023-10-09", due), Standing::Due);
        assert_eq!(on("2023-10-10", due), Standing::Late);
        assert_eq!(on("2023-10-10", Known { done_on: Some(day("2023-10-10")), ..due }), Standing::Done);
        assert_eq!(on("2023-10-10", Known::default()), Standing::Undated);
    }

    /// S1-33 falls on the last of the holidays: on 09-28 no working day is left after the day itself.
    #[test]
    fn a_day_off_leaves_fewer_working_days() {
        let left = |today: &str, due: &str| left(day(today), day(due), &autumn());
        assert_eq!(left("2023-09-27", "2023-10-06"), 1);
        assert_eq!(left("2023-09-28", "2023-10-06"), 0);
        assert_eq!(left("2023-10-04", "2023-10-06"), 0);
        assert_eq!(left("2023-10-07", "2023-10-06"), -1);
        assert_eq!(left("2023-10-09", "2023-10-06"), -3);
        assert_eq!(left("2023-10-08", "2023-10-09"), 1);
    }

    #[test]
    fn a_period_opens_runs_and_is_over_by_itself() {
        let period = Known { from: Some(day("2023-09-25")), due: Some(day("2023-09-27")), done_on: None };
        let days = ["2023-09-24", "2023-09-25", "2023-09-27", "2023-09-28"];
        let found = days.map(|today| on(today, period));
        assert_eq!(found, [Standing::NotYet, Standing::Due, Standing::Due, Standing::Done]);
    }
}
