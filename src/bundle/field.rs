//! The facts of an application that a sheet may carry.
use super::layout::Kind;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Sequence,
    Occupation,
    Level,
    Condition,
    Document,
    Number,
    Name,
    Sex,
    Birth,
    Phone,
    HasCertificate,
    CertificateLevel,
    CertificateNo,
    Education,
    Region,
    Source,
    Employer,
    RegisteredBy,
    Category,
    Major,
    Attempt,
    EthnicGroup,
    WorkBegan,
    Email,
    Years,
    Household,
    Politics,
    DiplomaNo,
    Experience,
    Address,
    Delivery,
    Postcode,
    MailingAddress,
    Route,
    Direction,
    Unit,
    EmployerCode,
    RegistrationNo,
    Achievements,
    Strengths,
    PledgedOn,
    Training,
    /// The level at which the applicant is engaged now (现聘任等级).
    HeldLevel,
    /// Since when (聘任时间).
    EngagedOn,
}

/// 考试类型: the words of the sheets, the usual one first.
pub const ATTEMPTS: [&str; 2] = ["正考", "补考"];

impl Field {
    pub const COUNT: usize = Field::EngagedOn as usize + 1;

    #[rustfmt::skip]
    pub const ALL: [Field; Field::COUNT] = [
        Field::Sequence, Field::Occupation, Field::Level, Field::Condition, Field::Document, Field::Number,
        Field::Name, Field::Sex, Field::Birth, Field::Phone, Field::HasCertificate, Field::CertificateLevel,
        Field::CertificateNo, Field::Education, Field::Region, Field::Source, Field::Employer,
        Field::RegisteredBy, Field::Category, Field::Major, Field::Attempt, Field::EthnicGroup,
        Field::WorkBegan, Field::Email, Field::Years, Field::Household, Field::Politics, Field::DiplomaNo,
        Field::Experience, Field::Address, Field::Delivery, Field::Postcode, Field::MailingAddress,
        Field::Route, Field::Direction, Field::Unit, Field::EmployerCode, Field::RegistrationNo,
        Field::Achievements, Field::Strengths, Field::PledgedOn, Field::Training, Field::HeldLevel,
        Field::EngagedOn,
    ];

    /// Without these a row is no application.
    pub const CORE: [Field; 4] = [Field::Occupation, Field::Level, Field::Number, Field::Name];

    /// Whether a cell of this kind gives what the field holds.
    pub fn takes(self, kind: Kind) -> bool {
        let own = match self {
            Field::Occupation => Kind::Occupation,
            Field::Level | Field::CertificateLevel | Field::HeldLevel => Kind::Level,
            Field::Document => Kind::Document,
            Field::Number => Kind::Identity,
            Field::Name => Kind::Name,
            Field::Sex => Kind::Sex,
            Field::Birth => Kind::Birth,
            Field::HasCertificate | Field::Training => Kind::YesNo,
            Field::Route => Kind::Route,
            Field::PledgedOn => Kind::Date,
            Field::Years => Kind::Integer,
            Field::WorkBegan | Field::EngagedOn => return matches!(kind, Kind::Date | Kind::YearMonth),
            _ => return kind.gives_text(),
        };
        kind == own
    }
}

impl Kind {
    /// Whether the parsed cell is a piece of text.
    pub fn gives_text(self) -> bool {
        matches!(
            self,
            Kind::Text
                | Kind::Number
                | Kind::Name
                | Kind::Phone
                | Kind::Email
                | Kind::Postcode
                | Kind::Certificate
                | Kind::Education
                | Kind::Source
                | Kind::EthnicGroup
                | Kind::Region
                | Kind::OneOf
        )
    }
}
