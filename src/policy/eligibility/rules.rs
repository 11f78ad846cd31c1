//! A rule set: for each level the branches of which one suffices, each with conditions that must all hold.
use crate::model::{CertificateClass, EducationClass, Level, Route, TitleRank};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The only version of the rule files that this program reads.
pub const FORMAT: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    pub format: u32,
    /// Name of the file without `.toml`.
    pub code: String,
    pub title: Words,
    /// Where the conditions are written down, as people cite it.
    pub basis: String,
    /// Occupations whose standard says 本职业 alone where the rules say 本职业或相关职业.
    #[serde(default)]
    pub same_only: Vec<String>,
    /// What everybody must meet, whatever the branch.
    #[serde(default)]
    pub general: Vec<Condition>,
    /// By id; ids sort in the order of the text.
    pub branches: BTreeMap<String, Branch>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    #[serde(rename = "zh-CN")]
    pub zh: String,
    pub en: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// Levels that it opens; empty means whichever is applied for.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// Empty means first applications and promotions.
    #[serde(default)]
    pub routes: Vec<Route>,
    /// Paragraph of the text it stands on.
    pub clause: String,
    pub words: Words,
    /// What the text leaves open: a person decides, although every condition that can be computed is met.
    #[serde(default)]
    pub judgement: Option<Words>,
    /// Takes an inherited branch away.
    #[serde(default)]
    pub off: bool,
    pub all: Vec<Condition>,
}

/// One condition. "The occupation" is the one applied for, or a related one where the wording allows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// Whole years on the reference day.
    Age(u8),
    /// 拟从事: the application itself says it.
    Intends,
    /// 从事: at work in the occupation on the reference day.
    Works,
    /// Years in the occupation, from whenever.
    Years(u8),
    /// 工作年限: years at work in any occupation.
    WorkYears(u8),
    Certificate(CertificateNeed),
    Title(TitleNeed),
    Education(EducationNeed),
    /// A student of one of these on the reference day.
    Student(Vec<EducationClass>),
    /// 学徒期满
    Apprenticeship,
    Engaged(EngagedNeed),
    /// Yearly appraisals 合格 or better in the last so many years before the year of the reference day.
    Appraisals(u8),
    /// Years in the occupation when placed or moved, by the documents.
    Placement(u8),
    /// 平转: the certificate held before, as the notice's rule for the route asks.
    OldCertificate,
    /// 贯通: a title as the notice's rule for the route asks.
    RecognisedTitle,
    /// 退役军人: pay as a line of the notice's rule says. 0 stands for every line, each its own branch.
    Treatment(u8),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateNeed {
    /// This level or a higher one.
    pub level: Level,
    /// Empty means every certificate of a level, but no pre-technician's.
    #[serde(default)]
    pub kinds: Vec<CertificateClass>,
    /// Years in the occupation after the day of issue.
    #[serde(default)]
    pub years_after: u8,
    /// Years since the day of issue, at work or not.
    #[serde(default)]
    pub held_years: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleNeed {
    /// This rank or a higher one.
    pub rank: TitleRank,
    #[serde(default)]
    pub years_after: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EducationNeed {
    pub classes: Vec<EducationClass>,
    /// 含在读应届毕业生: also before the diploma, in the last year of study.
    #[serde(default)]
    pub in_study: bool,
    /// 本专业或相关专业
    #[serde(default)]
    pub related: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EngagedNeed {
    /// At this level or a higher one.
    pub level: Level,
    pub years: u8,
}

impl Branch {
    pub fn opens(&self, route: Route, level: Level) -> bool {
        let usual = self.routes.is_empty() && matches!(route, Route::First | Route::Promotion);
        let levels = self.levels.is_empty() || self.levels.contains(&level);
        !self.off && levels && (usual || self.routes.contains(&route))
    }
}

impl Condition {
    /// Locale key of its words.
    pub fn key(&self) -> &'static str {
        match self {
            Condition::Age(_) => "condition.age",
            Condition::Intends => "condition.intends",
            Condition::Works => "condition.works",
            Condition::Years(_) => "condition.years",
            Condition::WorkYears(_) => "condition.work_years",
            Condition::Certificate(need) if need.years_after > 0 => "condition.certificate_then",
            Condition::Certificate(need) if need.held_years > 0 => "condition.certificate_held",
            Condition::Certificate(_) => "condition.certificate",
            Condition::Title(need) if need.years_after > 0 => "condition.title_then",
            Condition::Title(_) => "condition.title",
            Condition::Education(need) if need.in_study => "condition.education_or_study",
            Condition::Education(_) => "condition.education",
            Condition::Student(_) => "condition.student",
            Condition::Apprenticeship => "condition.apprenticeship",
            Condition::Engaged(_) => "condition.engaged",
            Condition::Appraisals(_) => "condition.appraisals",
            Condition::Placement(_) => "condition.placement",
            Condition::OldCertificate => "condition.old_certificate",
            Condition::RecognisedTitle => "condition.recognised_title",
            Condition::Treatment(_) => "condition.treatment",
        }
    }
}
