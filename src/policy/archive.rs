//! What is kept, for how long, and by whom is in [`super::responsible`].
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Archive {
    /// 试卷归档
    pub papers: bool,
    /// 原始文档
    pub originals: bool,
    /// 工作台账
    pub ledger: bool,
    /// Years that paper is kept.
    pub paper_years: Option<u8>,
    /// Years that electronic records are kept.
    pub electronic_years: Option<u8>,
    pub identities: Identities,
}

/// What leaves the site with a sealed archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identities {
    /// Everything: it is the record of the batch.
    #[default]
    Whole,
    /// Identity numbers masked: no print and no table that has whole ones, and a journal without its words.
    Masked,
}

impl Archive {
    /// Last day on which paper is kept that is stored on a day; `None`: the notice says nothing.
    pub fn paper_until(&self, from: NaiveDate) -> Option<NaiveDate> {
        until(self.paper_years, from)
    }

    pub fn electronic_until(&self, from: NaiveDate) -> Option<NaiveDate> {
        until(self.electronic_years, from)
    }
}

fn until(years: Option<u8>, from: NaiveDate) -> Option<NaiveDate> {
    let years = years.filter(|years| *years > 0)?;
    from.checked_add_months(Months::new(u32::from(years) * 12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_counted_in_years_and_nothing_is_no_term() {
        let rule = Archive { paper_years: Some(3), electronic_years: Some(0), ..Archive::default() };
        let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        assert_eq!(rule.paper_until(day), NaiveDate::from_ymd_opt(2027, 2, 28));
        assert_eq!(rule.electronic_until(day), None);
    }
}
