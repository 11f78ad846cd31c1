//! How model values lie in columns. Keeps `rusqlite` out of the model.
use crate::model::filing::{AttachmentKind, CaseSource, EvaluationResult, FilingState, OrganisationKind, StaffKind};
use crate::model::*;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

macro_rules! integer_column {
    ($($name:ident),+) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.0))
            }
        }
        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                i64::column_result(value).map($name)
            }
        }
    )+};
}

integer_column!(
    BatchId,
    ApplicationId,
    SessionId,
    RoomId,
    OperatorId,
    EntryId,
    ScriptBagId,
    MarkChangeId,
    PanelId,
    MemberId,
    CertificateId,
    VenueId,
    StaffId,
    BagId,
    IncidentId,
    DrawId,
    PublicationId,
    ComputationId,
    OpNo,
    Stamp
);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Cell::None => ToSqlOutput::Borrowed(ValueRef::Null),
            Cell::Int(n) => ToSqlOutput::from(*n),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

impl ToSql for Level {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(i64::from(self.digit())))
    }
}

impl FromSql for Level {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let digit = i64::column_result(value)?;
        u8::try_from(digit).ok().and_then(|d| Level::try_from(d).ok()).ok_or(FromSqlError::OutOfRange(digit))
    }
}

impl ToSql for Points {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(i64::from(self.hundredths())))
    }
}

impl FromSql for Points {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i32::column_result(value).map(Points::new)
    }
}

macro_rules! coded_column {
    ($($name:ident by $parse:expr),+ $(,)?) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.code()))
            }
        }
        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let code = value.as_str()?;
                $parse(code).ok_or(FromSqlError::InvalidType)
            }
        }
    )+};
}

coded_column!(
    Subject by Subject::parse,
    Sex by Sex::parse,
    Route by Route::parse,
    EvidenceKind by EvidenceKind::parse,
    ReviewStep by ReviewStep::parse,
    ReviewDecision by ReviewDecision::parse,
    Relation by Relation::parse,
    TitleRank by TitleRank::parse,
    OrganisationKind by OrganisationKind::parse,
    FilingState by FilingState::parse,
    StaffKind by StaffKind::parse,
    AttachmentKind by AttachmentKind::parse,
    EvaluationResult by EvaluationResult::parse,
    CaseSource by CaseSource::parse,
    SessionMode by SessionMode::parse,
    RoomKind by RoomKind::parse,
    DoorSide by DoorSide::parse,
    AttendanceState by AttendanceState::parse,
    AssessorGrade by AssessorGrade::parse,
    TieKind by TieKind::parse,
    Duty by Duty::parse,
    BagState by BagState::parse,
    PaperForm by PaperForm::parse,
    PaperMove by PaperMove::parse,
    Effect by Effect::parse,
    Pool by Pool::parse,
    IdShown by IdShown::parse,
    RecheckScope by RecheckScope::parse,
    DocumentKind by |code| DocumentKind::ALL.into_iter().find(|kind| kind.code() == code),
);

/// A closed set of words in a text column: the enum, its words, and both directions.
macro_rules! word_column {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub enum $name { $(#[serde(rename = $word)] $variant),+ }
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }
        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(rusqlite::types::ToSqlOutput::from(self.code()))
            }
        }
        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                $name::parse(value.as_str()?).ok_or(rusqlite::types::FromSqlError::InvalidType)
            }
        }
    };
}
pub(crate) use word_column;
