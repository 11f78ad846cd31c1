//! Who examines an application before it is approved (初审、复审), and how a list of applicants is made public.
mod rule;

pub use rule::*;

use super::publicity::DayUnit;
use crate::model::{Calendar, Day, ReviewStep};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reviews {
    /// In order; empty where the notice has none, and an application is then approved by its stamps alone.
    pub steps: Vec<ReviewBy>,
    /// Whether the steps must be decided by different organisations.
    pub distinct_organisations: bool,
    /// 公示 of the applicants before the exam.
    pub list: Option<ApplicantList>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewBy {
    pub step: ReviewStep,
    pub by: Body,
}

/// The kinds of organisation that take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    Employer,
    Department,
    County,
    Prefecture,
    Region,
    Issuer,
    /// 协办单位
    CoOrganiser,
    /// 第三方认定机构
    Agency,
    Experts,
    /// 盟市监管部门
    Supervisor,
    /// 试点企业、评价机构
    Organisation,
}

/// What a public list of applicants may show; an identity number never does (S2-19).
pub const LIST_COLUMNS: [&str; 6] = ["name", "employer", "occupation", "years", "held_level", "level"];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicantList {
    /// Fields shown, in order, of [`LIST_COLUMNS`].
    pub columns: Vec<String>,
    #[serde(default)]
    pub days: Option<u16>,
    #[serde(default)]
    pub unit: Option<DayUnit>,
}

impl Body {
    pub fn code(self) -> &'static str {
        match self {
            Body::Employer => "employer",
            Body::Department => "department",
            Body::County => "county",
            Body::Prefecture => "prefecture",
            Body::Region => "region",
            Body::Issuer => "issuer",
            Body::CoOrganiser => "co_organiser",
            Body::Agency => "agency",
            Body::Experts => "experts",
            Body::Supervisor => "supervisor",
            Body::Organisation => "organisation",
        }
    }

    pub fn key(self) -> String {
        format!("body.{}", self.code())
    }

    /// Whether it stands over the units of the notice: a unit's own people do not decide for it.
    pub fn is_above_units(self) -> bool {
        matches!(self, Body::Region | Body::Issuer)
    }
}

impl ApplicantList {
    /// The last day on which objections are taken, for a list put up on `start`; `None` where the notice sets none.
    pub fn last_day(&self, start: Day, calendar: &Calendar) -> Option<Day> {
        let days = self.days?;
        match self.unit.unwrap_or(DayUnit::Working) {
            DayUnit::Working => calendar.after(start, u32::from(days)),
            DayUnit::Calendar => start.checked_add_days(chrono::Days::new(u64::from(days))),
        }
    }
}
