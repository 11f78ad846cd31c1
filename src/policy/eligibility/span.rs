//! Whole years by the calendar. A period counts its first and its last day, so five years begun on 20 September are
//! full with 19 September; who was born or began on 29 February is there on 1 March of a common year.
use crate::model::Day;
use chrono::{Datelike, Days, Months};
use serde::Serialize;

/// A length of time as people say it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    pub years: u16,
    pub months: u8,
    pub days: u8,
}

/// The same day `years` later.
pub fn after_years(day: Day, years: u8) -> Day {
    let year = day.year() + i32::from(years);
    day.with_year(year).or_else(|| Day::from_ymd_opt(year, 3, 1)).unwrap_or(day)
}

/// The day after; the end of a period that has this last day.
pub fn after(day: Day) -> Day {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

pub fn before_by(day: Day, days: i64) -> Day {
    day.checked_sub_days(Days::new(u64::try_from(days).unwrap_or(0))).unwrap_or(day)
}

impl Span {
    /// From `from` until before `end`; zero when it ends first.
    pub fn between(from: Day, end: Day) -> Span {
        if end <= from {
            return Span::default();
        }
        let mut years = u8::try_from(end.year() - from.year()).unwrap_or(u8::MAX);
        if after_years(from, years) > end {
            years = years.saturating_sub(1);
        }
        let start = after_years(from, years);
        let later = |months: u32| start.checked_add_months(Months::new(months)).unwrap_or(end);
        let months = (1..12).take_while(|m| later(*m) <= end).last().unwrap_or(0);
        let days = (end - later(months)).num_days();
        Span {
            years: u16::from(years),
            months: u8::try_from(months).unwrap_or(0),
            days: u8::try_from(days).unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn years_are_whole_by_the_calendar() {
        assert_eq!(after_years(day("2020-02-29"), 1), day("2021-03-01"));
        assert_eq!(after_years(day("2020-02-29"), 4), day("2024-02-29"));
        let span = |from: &str, end: &str| {
            let s = Span::between(day(from), day(end));
            (s.years, s.months, s.days)
        };
        assert_eq!(span("2018-09-20", "2023-09-20"), (5, 0, 0));
        assert_eq!(span("2018-09-20", "2023-09-19"), (4, 11, 30));
        assert_eq!(span("2020-02-29", "2021-02-28"), (0, 11, 30));
        assert_eq!(span("2020-02-29", "2021-03-01"), (1, 0, 0));
        assert_eq!(span("2024-01-31", "2024-03-01"), (0, 1, 1));
        assert_eq!(span("2024-01-31", "2024-01-31"), (0, 0, 0));
        assert_eq!(span("2024-02-01", "2024-01-31"), (0, 0, 0));
    }
}
