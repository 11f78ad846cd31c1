//! A day that a notice names only roughly: 10月中旬, 6月初 (S1-03, S3-29).
use crate::model::Day;
use chrono::{Datelike, Months};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approximate {
    pub year: i32,
    pub month: u32,
    pub part: MonthPart,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthPart {
    /// 上旬、月初
    Early,
    /// 中旬
    Middle,
    /// 下旬、月底
    Late,
}

impl Approximate {
    /// The last day that can be meant; `None` for a month that there is not.
    pub fn last_day(self) -> Option<Day> {
        let first = Day::from_ymd_opt(self.year, self.month, 1)?;
        match self.part {
            MonthPart::Early => first.with_day(10),
            MonthPart::Middle => first.with_day(20),
            MonthPart::Late => first.checked_add_months(Months::new(1))?.pred_opt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_that_can_be_meant() {
        let about = |month, part| Approximate { year: 2024, month, part }.last_day().map(|d| d.to_string());
        assert_eq!(about(6, MonthPart::Early).as_deref(), Some("2024-06-10"));
        assert_eq!(about(10, MonthPart::Middle).as_deref(), Some("2024-10-20"));
        assert_eq!(about(2, MonthPart::Late).as_deref(), Some("2024-02-29"));
        assert_eq!(about(12, MonthPart::Late).as_deref(), Some("2024-12-31"));
        assert_eq!(about(13, MonthPart::Early), None);
    }
}
