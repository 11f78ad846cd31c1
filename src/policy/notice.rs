//! Who issued the notice, to whom, and where to read it (S0-01, S1-01).
use super::Moment;
use super::approximate::Approximate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Name of the policy file without `.toml`.
    pub code: String,
    pub issuer: String,
    /// 文号; some notices carry none.
    #[serde(default)]
    pub document: Option<String>,
    /// `None` where the text bears no date (S3-01).
    #[serde(default)]
    pub date: Option<Moment>,
    pub title: String,
    /// Year of the assessment, printed on forms and in tickets.
    pub year: i32,
    #[serde(default)]
    pub link: Option<String>,
    /// Documents the notice refers to (依据).
    #[serde(default)]
    pub basis: Vec<String>,
    /// To whom it is addressed.
    #[serde(default)]
    pub addressees: Vec<String>,
    #[serde(default)]
    pub evaluation: Evaluation,
    /// When the exam was planned before its day was fixed (S1-03).
    #[serde(default)]
    pub planned: Option<Approximate>,
    /// How many sittings the notice holds in its year (S2-03, S2-21).
    #[serde(default)]
    pub sittings: Option<u8>,
}

/// The family of evaluations that this one belongs to (S3-03).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evaluation {
    /// 职业技能等级认定
    #[default]
    SkillLevel,
    /// 职业资格评价
    Qualification,
    /// 专项职业能力考核
    SpecialAbility,
    /// 机关事业单位工勤人员技能等级考核
    WorkerGrade,
}

#[cfg(test)]
pub(super) mod tests;
