//! Who may apply, and for which occupations (S1-04, S1-05).
use super::reviews::Body;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applicants {
    pub category: ApplicantCategory,
    /// Prefixes of the region code (GB/T 2260) of the employer; empty means everywhere.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Whether a person may register alone, or only through the employer.
    pub individual_registration: bool,
    /// Whether only employees of an organisation that is filed may apply, within what its filing covers (S3-32).
    #[serde(default)]
    pub filed_only: bool,
    /// Whether a personnel relation (人事关系) with the employer is asked for (S2-04).
    #[serde(default)]
    pub personnel_relation: bool,
    /// Bodies that may hand applications in where nobody registers alone (S2-28).
    #[serde(default)]
    pub through: Vec<Body>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantCategory {
    /// 机关事业单位技能人员
    PublicInstitution,
    /// 企业职工
    Enterprise,
    /// 社会人员
    Public,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occupations {
    /// Name of the file in `data/codes/`, without `.csv`; `None` takes the occupations the program knows, `occupations`.
    #[serde(default)]
    pub catalogue: Option<String>,
    /// Names or codes that a batch refuses whatever the catalogue says: access occupations (准入类, S3-12) as the notice
    /// draws the line. Filings are no part of a batch, so they are held against the national list
    /// `licensed-occupations.csv`, as are the people of those who filed; a test keeps this list within that one.
    #[serde(default)]
    pub excluded: Vec<String>,
    /// Whether occupations may be closed or added after registration (动态调整).
    pub adjustable: bool,
    /// Rule set of conditions unless an occupation names its own.
    pub conditions: String,
    /// Rule sets of single occupations.
    #[serde(default)]
    pub conditions_of: Vec<ConditionsOf>,
    /// For which day ages and years are judged.
    #[serde(default)]
    pub reference: Reference,
    /// Where the standards can be read.
    #[serde(default)]
    pub standards_url: Option<String>,
}

/// No notice names the day; the last one on which somebody may register is what most offices take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    #[default]
    RegistrationClose,
    /// Day of the first session.
    ExamDay,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionsOf {
    /// Code of the catalogue.
    pub occupation: String,
    /// Name of the file in `data/rules/`.
    pub rules: String,
}

impl Occupations {
    pub fn excludes(&self, code: &str, name: &str) -> bool {
        self.excluded.iter().any(|e| e == code || e == name)
    }

    /// The rule set that judges an occupation.
    pub fn rules_of(&self, occupation: &str) -> &str {
        let own = self.conditions_of.iter().find(|c| c.occupation == occupation);
        own.map_or(self.conditions.as_str(), |c| c.rules.as_str())
    }
}
