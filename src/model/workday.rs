//! Working-day arithmetic over a given calendar. The start day is never counted.
use super::Day;
use std::collections::BTreeSet;

/// Days that differ from the plain week. A year outside `years` is counted by weekends alone, and [`Calendar::doubt`]
/// says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Weekdays or weekends that are holidays.
    pub off: BTreeSet<Day>,
    /// Weekend days that are worked.
    pub work: BTreeSet<Day>,
    /// Years whose official list is in `off` and `work`.
    pub years: BTreeSet<i32>,
}

/// Longest count in days that is walked; a policy with more is a slip of the pen.
const LIMIT: u32 = 4000;

impl Calendar {
    pub fn is_working(&self, day: Day) -> bool {
        use chrono::{Datelike, Weekday};
        if self.work.contains(&day) {
            return true;
        }
        !self.off.contains(&day) && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The `count`-th working day after `start`; `start` itself for 0. `None` beyond the range of dates.
    pub fn after(&self, start: Day, count: u32) -> Option<Day> {
        self.walk(start, count, |day| day.succ_opt())
    }

    /// The `count`-th working day before `start`; `start` itself for 0.
    pub fn before(&self, start: Day, count: u32) -> Option<Day> {
        self.walk(start, count, |day| day.pred_opt())
    }

    /// Working days from `first` to `last`, both included; 0 when `last` is earlier.
    pub fn inside(&self, first: Day, last: Day) -> usize {
        first.iter_days().take_while(|day| *day <= last).filter(|day| self.is_working(*day)).count()
    }

    /// The first year between the two days, in any order, whose official list is not known.
    pub fn doubt(&self, one: Day, other: Day) -> Option<i32> {
        use chrono::Datelike;
        let (from, to) = (one.min(other).year(), one.max(other).year());
        (from..=to).find(|year| !self.years.contains(year))
    }

    fn walk(&self, start: Day, count: u32, step: impl Fn(Day) -> Option<Day>) -> Option<Day> {
        if count > LIMIT {
            return None;
        }
        let mut day = start;
        let mut left = count;
        while left > 0 {
            day = step(day)?;
            if self.is_working(day) {
                left -= 1;
            }
        }
        Some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn run(first: &str, last: &str) -> impl Iterator<Item = Day> {
        let last = day(last);
        day(first).iter_days().take_while(move |d| *d <= last)
    }

    fn official() -> Calendar {
        let off = [("2023-09-29", "2023-10-06"), ("2024-09-15", "2024-09-17"), ("2024-10-01", "2024-10-07")];
        let work = ["2023-10-07", "2023-10-08", "2024-09-14", "2024-09-29", "2024-10-12"];
        Calendar {
            off: off.iter().flat_map(|(a, b)| run(a, b)).collect(),
            work: work.iter().map(|d| day(d)).collect(),
            years: BTreeSet::from([2023, 2024]),
        }
    }

    #[test]
    fn handbook_is_due_five_working_days_before_the_exam_s1_34() {
        for calendar in [official(), Calendar::default()] {
            assert_eq!(calendar.before(day("2023-10-15"), 5), Some(day("2023-10-09")));
        }
    }

    #[test]
    fn publicity_ends_within_ten_working_days_after_the_exam_s1_36() {
        for calendar in [official(), Calendar::default()] {
            assert_eq!(calendar.after(day("2023-10-15"), 10), Some(day("2023-10-27")));
        }
    }

    #[test]
    fn holidays_and_worked_weekends_move_the_day() {
        let (official, weekends) = (official(), Calendar::default());
        assert_eq!(official.before(day("2023-10-15"), 10), Some(day("2023-09-26")));
        assert_eq!(weekends.before(day("2023-10-15"), 10), Some(day("2023-10-02")));
        assert_eq!(official.after(day("2024-09-21"), 10), Some(day("2024-10-10")));
        assert_eq!(weekends.after(day("2024-09-21"), 10), Some(day("2024-10-04")));
        assert_eq!(official.after(day("2024-09-30"), 5), Some(day("2024-10-12")));
        assert_eq!(weekends.after(day("2024-09-30"), 5), Some(day("2024-10-07")));
        assert_eq!(official.inside(day("2024-10-02"), day("2024-10-06")), 0);
        assert_eq!(weekends.inside(day("2024-10-02"), day("2024-10-06")), 3);
        assert_eq!(weekends.inside(day("2024-10-06"), day("2024-10-02")), 0);
    }

    #[test]
    fn a_year_without_a_list_is_said() {
        assert_eq!(official().doubt(day("2023-10-15"), day("2024-01-02")), None);
        assert_eq!(official().doubt(day("2025-01-02"), day("2024-12-30")), Some(2025));
        assert_eq!(official().doubt(day("2022-12-30"), day("2023-01-02")), Some(2022));
    }

    #[test]
    fn a_count_that_cannot_be_meant_is_not_walked() {
        assert_eq!(official().after(day("2023-10-15"), u32::MAX), None);
        assert_eq!(Calendar::default().after(Day::MAX, 1), None);
    }

    proptest! {
        #[test]
        fn counting_agrees_with_walking(offset in 0u64..700, count in 1u32..60) {
            let calendar = official();
            let start = day("2023-01-01") + chrono::Days::new(offset);
            let end = calendar.after(start, count).unwrap();
            prop_assert!(calendar.is_working(end));
            prop_assert_eq!(calendar.inside(start.succ_opt().unwrap(), end), count as usize);
            let back = calendar.before(start, count).unwrap();
            prop_assert_eq!(calendar.inside(back, start.pred_opt().unwrap()), count as usize);
        }
    }
}
