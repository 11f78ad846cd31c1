//! Closed sets of words for `Evidence::class`: what kind of certificate or diploma it is, how an appraisal ended.
use serde::{Deserialize, Serialize};

macro_rules! classes {
    ($(#[$doc:meta])* $name:ident, $words:literal: $($(#[$one:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$one])* #[serde(rename = $word)] $variant),+ }

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

classes!(
    CertificateClass, "certificate_class.{}":
    /// 职业资格证书
    Qualification = "qualification",
    /// 职业技能等级证书
    SkillLevel = "skill_level",
    /// 职业技能等级证书 won by 平转: counts from the following year, service from the certificate before it.
    Transfer = "transfer",
    /// 职业技能等级证书 won as 退役军人: counts from the following year, service from the year of the pay.
    Veteran = "veteran",
    /// 预备技师证书
    PreTechnician = "pre_technician",
);

classes!(
    /// Schools as the conditions tell them apart. `Assessed`: 经评估论证, which only a person can say.
    EducationClass, "education_class.{}":
    /// 技工学校
    TechnicalSchool = "technical_school",
    /// 技工院校高级工班, 高级技工学校
    SeniorTechnical = "senior_technical",
    /// 技师学院, 预备技师班, 技师班
    TechnicianCollege = "technician_college",
    /// 中等职业学校: 中专, 职高
    Secondary = "secondary",
    /// 经评估论证、以中级技能为培养目标的中等及以上职业学校
    SecondaryAssessed = "secondary_assessed",
    /// 高等职业学校
    HigherVocational = "higher_vocational",
    /// 经评估论证的高等职业学校、专科及以上普通高等学校
    HigherAssessed = "higher_assessed",
    /// 大学专科
    College = "college",
    /// 大学本科
    Bachelor = "bachelor",
    /// 研究生
    Postgraduate = "postgraduate",
    /// 普通高中 and below: opens nothing.
    General = "general",
);

classes!(
    /// 年度考核
    Grade, "grade.{}":
    /// 优秀
    Excellent = "excellent",
    /// 合格
    Qualified = "qualified",
    /// 基本合格
    Basic = "basic",
    /// 不合格
    Failed = "failed",
);

impl Grade {
    /// 合格以上
    pub fn is_good(self) -> bool {
        matches!(self, Grade::Excellent | Grade::Qualified)
    }
}
