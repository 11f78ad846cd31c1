//! What an organisation files to hold assessments itself (申报表, S3-39 to S3-50), as one value.
use super::{Code, Day, Level};
use serde::{Serialize, Serializer};

/// A closed set of codes, each with the word that official forms use.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident {
        $($(#[$variant_doc:meta])* $variant:ident = $code:literal $official:literal),+ $(,)?
    })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $code)] $variant),+ }
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }
            pub fn official(self) -> &'static str {
                match self { $($name::$variant => $official),+ }
            }
            /// Reads the code or the official word.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($code | $official => Some($name::$variant),)+ _ => None }
            }
        }
        impl From<$name> for &'static str {
            fn from(word: $name) -> &'static str {
                word.official()
            }
        }
    )+};
}

words! {
    OrganisationKind {
        Enterprise = "enterprise" "企业",
        Agency = "agency" "机关",
        Institution = "institution" "事业单位",
        School = "school" "院校",
        Other = "other" "其他",
    }
    /// Draft → submitted → evaluated → listed; in the directory listed ⇄ suspended → removed.
    FilingState {
        Draft = "draft" "草稿",
        Submitted = "submitted" "已受理",
        Evaluated = "evaluated" "已评估",
        Listed = "listed" "在册",
        Suspended = "suspended" "暂停",
        Removed = "removed" "移出",
    }
    StaffKind {
        FullTime = "full_time" "专职工作人员",
        Assessor = "assessor" "考评人员",
        Supervisor = "supervisor" "督导人员",
    }
    AttachmentKind {
        Regulation = "regulation" "规章制度",
        VenueProof = "venue_proof" "场地权属证明",
        EquipmentProof = "equipment_proof" "设备权属证明",
        /// Signed by somebody of another unit: will serve the assessments (S3-47).
        Commitment = "commitment" "评价服务承诺书",
        /// Of somebody of another unit with the organisation (S3-47).
        Cooperation = "cooperation" "合作协议",
        Conditions = "conditions" "基本条件清单",
        Plan = "plan" "工作方案",
        Norm = "norm" "评价规范",
        Pledge = "pledge" "承诺书",
        Other = "other" "其他材料",
    }
    EvaluationResult { Qualified = "qualified" "合格", Unqualified = "unqualified" "不合格" }
    CaseSource { Inspection = "inspection" "督查", Report = "report" "举报", Media = "media" "媒体", Own = "own" "自查" }
}

/// An occupation that may be held only with a licence (准入类) is never part of a filing (S3-12).
pub const LICENSED: Code = Code("enterprise.licensed");

/// The basic conditions (基本条件) are numbered 1 to 7.
pub const CONDITIONS: i64 = 7;

/// The form as it comes in. What is not filled in is `None` or an empty list; see `policy::enterprise::missing`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Filing {
    pub organisation: Organisation,
    pub occupations: Vec<FiledOccupation>,
    pub equipment: Vec<Equipment>,
    pub staff: Vec<Staff>,
    pub attachments: Vec<Attachment>,
    pub conditions: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Organisation {
    pub credit_code: String,
    pub name: String,
    pub kind: OrganisationKind,
    pub address: Option<String>,
    /// 13 places: class, organisation, province, site.
    pub certificate_prefix: Option<String>,
    /// 第几批
    pub round: i64,
    /// Office that reports the filing upwards (填报单位).
    pub unit: Option<String>,
    pub contact: Option<String>,
    pub post: Option<String>,
    pub landline: Option<String>,
    pub mobile: Option<String>,
    pub email: Option<String>,
    pub strengths: Option<String>,
    pub venue: Option<String>,
    pub systems: Option<String>,
}

impl Organisation {
    /// 联系方式: landline and mobile, those there are.
    pub fn phones(&self) -> String {
        [&self.landline, &self.mobile].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FiledOccupation {
    pub name: String,
    pub code: String,
    pub lowest: Level,
    pub highest: Level,
    /// Fen; 0 is free of charge. Told to others in yuan, as files have it.
    #[serde(serialize_with = "in_yuan")]
    pub fee: Option<i64>,
}

/// `260.50`, from fen.
pub fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn in_yuan<S: Serializer>(fen: &Option<i64>, s: S) -> Result<S::Ok, S::Error> {
    fen.map(yuan).serialize(s)
}

impl FiledOccupation {
    pub fn covers(&self, level: Level) -> bool {
        (self.highest.digit()..=self.lowest.digit()).contains(&level.digit())
    }

    /// `五级/初级工至三级/高级工`
    pub fn range(&self) -> String {
        if self.lowest == self.highest {
            return self.lowest.official().to_owned();
        }
        format!("{}至{}", self.lowest.official(), self.highest.official())
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Equipment {
    pub name: String,
    pub brand: Option<String>,
    pub model: Option<String>,
    pub quantity: i64,
    pub owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Staff {
    pub kind: StaffKind,
    pub name: String,
    pub id_number: String,
    /// `None`: of the organisation itself.
    pub unit: Option<String>,
    /// 职务、职称、技能等级
    pub post: Option<String>,
    pub education: Option<String>,
    /// Of full-time staff.
    pub duty: Option<String>,
    /// Codes or names of the occupations that an assessor assesses or a supervisor supervises.
    pub occupations: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attachment {
    pub kind: AttachmentKind,
    pub title: String,
    /// Name of the file; `None`: on paper.
    pub file: Option<String>,
    /// ID number of the person it speaks for.
    pub person: Option<String>,
    /// 文号, 备案号
    pub number: Option<String>,
    pub dated: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Condition {
    pub number: i64,
    pub evidence: Option<String>,
    /// As the office judged it; never part of a file.
    pub met: Option<bool>,
    pub note: Option<String>,
    /// Name of the operator who judged.
    pub judged_by: Option<String>,
}
