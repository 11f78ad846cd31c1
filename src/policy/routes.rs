//! Kinds of application that a notice accepts, with what is special about each.
use super::Moment;
use crate::model::{Code, Level, Refusal, Route, TitleRank};
use serde::{Deserialize, Serialize};

pub const NOT_ACCEPTED: Code = Code("route.not_accepted");
pub const LEVEL: Code = Code("route.level_not_accepted");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteRule {
    pub kind: Route,
    /// Levels that may be applied for this way; empty means all.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// Last day, when the notice ends the rule itself.
    #[serde(default)]
    pub until: Option<Moment>,
    /// Whether the new level must equal the level of the old certificate.
    #[serde(default)]
    pub same_level: bool,
    /// Which older certificates count.
    #[serde(default)]
    pub old_certificates: Vec<OldCertificate>,
    /// Whether a reviewer must confirm that the occupation is related to the post, the title or the service (S0-10).
    #[serde(default)]
    pub related: bool,
    /// Whole years after passing before promotion may be applied for; `None` when the notice says nothing.
    #[serde(default)]
    pub promotion_after_years: Option<u8>,
    /// From which event the years in the occupation count; `None` means as the conditions say.
    #[serde(default)]
    pub service_from: Option<ServiceFrom>,
    /// Professional fields of the title (贯通).
    #[serde(default)]
    pub fields: Vec<String>,
    /// Title rank to the level it opens.
    #[serde(default)]
    pub titles: Vec<TitleLevel>,
    /// Pay of a veteran to the levels it opens.
    #[serde(default)]
    pub treatments: Vec<Treatment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OldCertificate {
    /// 职业资格证书
    Qualification,
    /// 职业技能等级证书
    SkillLevel,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceFrom {
    /// The date of the certificate held before the transfer.
    OldCertificate,
    /// The year in which the pay was granted.
    TreatmentYear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleLevel {
    pub rank: TitleRank,
    pub level: Level,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Treatment {
    pub paid_as: Vec<Level>,
    pub may_apply: Vec<Level>,
}

/// Whether the notice takes an application of this kind for this level. Conditions in years are judged elsewhere.
pub fn accepted(rules: &[RouteRule], kind: Route, level: Level) -> Result<(), Refusal> {
    let Some(rule) = rules.iter().find(|r| r.kind == kind) else {
        return Err(Refusal::new(NOT_ACCEPTED).word("route", kind.key()));
    };
    if !rule.levels.is_empty() && !rule.levels.contains(&level) {
        return Err(Refusal::new(LEVEL).word("route", kind.key()).word("level", level.key()));
    }
    Ok(())
}
