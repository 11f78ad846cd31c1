//! What an applicant brings forward (佐证): periods of work, certificates, titles, diplomas, appraisals. Conditions are
//! judged on these, never on what the applicant claims in one number.
use super::{Day, Level};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// 工作经历: a period of work, `to` empty while it lasts.
    Employment,
    /// 职业资格证书、职业技能等级证书 of `level`, issued on `from`.
    Certificate,
    /// 学历: a diploma of the day `from`; for a student, who has none yet, `to` is the day the studies end.
    Education,
    /// 职称 of `rank`, granted on `from`.
    Title,
    /// 年度考核 of the year of `from`.
    Appraisal,
    /// 聘任: engaged at `level` since `from`.
    Engagement,
    /// 退役军人待遇: paid as a worker of `level` since `from`.
    Treatment,
    /// 退伍安置、企业调入 on `from`; `months` in the occupation until then, by the documents.
    Placement,
    /// 学徒期, ended on `to`.
    Apprenticeship,
}

/// How an occupation, a field or a major stands to the occupation applied for; a person judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// 本职业、本专业
    Same,
    /// 相关职业、相关专业
    Related,
    Other,
}

/// Rank of a professional title (职称).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleRank {
    /// 助理级、初级
    Junior,
    /// 中级
    Middle,
    /// 副高级及以上
    Senior,
}

/// One piece of evidence. A field that does not belong to the kind, or that nobody has filled in, is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub from: Option<Day>,
    /// Last day included.
    pub to: Option<Day>,
    pub relation: Option<Relation>,
    pub level: Option<Level>,
    pub rank: Option<TitleRank>,
    /// A code of [`super::CertificateClass`], [`super::EducationClass`] or, for an appraisal, [`super::Grade`].
    pub class: Option<String>,
    /// Occupation, field of a title, or major, in words.
    pub subject: Option<String>,
    /// Employer, school or issuer.
    pub unit: Option<String>,
    /// Number of the certificate, diploma or document.
    pub number: Option<String>,
    /// Whole months stated by a document where it gives no period.
    pub months: Option<i64>,
}

macro_rules! words {
    ($name:ident, $words:literal: $($variant:ident = $word:literal),+ $(,)?) => {
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            pub fn parse(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.code() == code)
            }

            pub fn key(self) -> String {
                format!($words, self.code())
            }
        }
    };
}

words!(EvidenceKind, "evidence.{}":
    Employment = "employment", Certificate = "certificate", Education = "education", Title = "title",
    Appraisal = "appraisal", Engagement = "engagement", Treatment = "treatment", Placement = "placement",
    Apprenticeship = "apprenticeship");
words!(Relation, "relation.{}": Same = "same", Related = "related", Other = "other");
words!(TitleRank, "title_rank.{}": Junior = "junior", Middle = "middle", Senior = "senior");
