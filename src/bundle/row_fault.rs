//! What is wrong with which cell, and the account of a whole file.
use super::decode::Encoding;
use crate::model::{Code, Datum, Refusal, identity};
use serde::{Serialize, Serializer};

/// Codes of faults; the words of each are `fault.<code>`.
pub mod code {
    use crate::model::Code;

    macro_rules! codes {
        ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
            $($(#[$doc])* pub const $name: Code = Code($text);)+
            pub const ALL: &[Code] = &[$($name),+];
        };
    }

    codes! {
        REQUIRED_MISSING = "required_missing",
        /// The answer in this column makes another column necessary, and that one is empty.
        REQUIRED_IF = "required_if",
        FORMULA_TEXT = "formula_text",
        /// U+FFFD: the text was damaged before it came here.
        DAMAGED_TEXT = "damaged_text",
        TOO_LONG = "too_long",
        RAGGED_ROW = "ragged_row",
        NOT_IN_LIST = "not_in_list",
        UNKNOWN_LEVEL = "unknown_level",
        LEVEL_NOT_IN_CATALOGUE = "level_not_in_catalogue",
        OCCUPATION_NOT_IN_CATALOGUE = "occupation_not_in_catalogue",
        IDENTITY_LENGTH = "identity_length",
        IDENTITY_CHARACTERS = "identity_characters",
        IDENTITY_BIRTH_DATE = "identity_birth_date",
        CHECK_DIGIT = "check_digit",
        SCIENTIFIC_NOTATION = "scientific_notation",
        SEX_DIFFERS_FROM_ID = "sex_differs_from_id",
        DATE_OR_DIFFERS_FROM_ID = "date_or_differs_from_id",
        DATE = "date",
        INTEGER = "integer",
        PHONE = "phone",
        EMAIL = "email",
        POSTCODE = "postcode",
        DUPLICATE_IN_FILE = "duplicate_in_file",
        POINTS = "points",
        TIME = "time",
        /// A bundle's cell that means something but is not how it is written.
        NOT_AS_WRITTEN = "not_as_written",
        /// A bundle's row names a row of another table that is not there.
        NAMES_NOBODY = "names_nobody",
        /// The database does not take a bundle's row: it is there twice or contradicts another.
        NOT_TAKEN = "not_taken",
        /// Warnings.
        COLUMN_UNKNOWN = "column_unknown",
        REGION_UNKNOWN = "region_unknown",
        CERTIFICATE_UNRECOGNISED = "certificate_unrecognised",
    }
}

/// At most this many faults are kept of one file, so that a wholly wrong file of a million rows stays readable.
pub const MOST: usize = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Error,
    /// Told, but the row is taken.
    Warning,
}

impl Severity {
    pub fn key(self) -> &'static str {
        match self {
            Severity::Error => "severity.error",
            Severity::Warning => "severity.warning",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowFault {
    pub file: String,
    /// Physical line of the row's beginning; the file's first line is 1.
    pub line: u64,
    /// The heading as the file has it; empty when the whole row is meant.
    pub column: String,
    pub value: String,
    #[serde(serialize_with = "bare")]
    pub code: Code,
    pub severity: Severity,
    /// Placeholders of the words, beside `value`, `column` and `line`.
    #[serde(skip)]
    pub data: Vec<(&'static str, Datum)>,
}

fn bare<S: Serializer>(code: &Code, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(code.0)
}

/// What a cell parser says; the place is added by whoever knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    pub code: Code,
    pub data: Vec<(&'static str, Datum)>,
}

impl Bad {
    pub fn new(code: Code) -> Bad {
        Bad { code, data: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Datum>) -> Bad {
        self.data.push((name, value.into()));
        self
    }
}

impl From<Refusal> for Bad {
    /// The faults of an identity number under their short names.
    fn from(refusal: Refusal) -> Bad {
        let code = match refusal.code {
            identity::LENGTH => code::IDENTITY_LENGTH,
            identity::CHARACTERS => code::IDENTITY_CHARACTERS,
            identity::BIRTH_DATE => code::IDENTITY_BIRTH_DATE,
            identity::CHECK_DIGIT => code::CHECK_DIGIT,
            identity::SCIENTIFIC => code::SCIENTIFIC_NOTATION,
            other => other,
        };
        Bad { code, data: refusal.data }
    }
}

/// Rows of a file by what became of them. `read` is the sum of the other four once the rows are stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub read: u64,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub refused: u64,
}

impl Counts {
    /// Rows without a fault.
    pub fn good(&self) -> u64 {
        self.read.saturating_sub(self.refused)
    }

    pub fn balances(&self) -> bool {
        self.read == self.added + self.changed + self.unchanged + self.refused
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    pub layout: String,
    pub encoding: Encoding,
    #[serde(flatten)]
    pub counts: Counts,
    pub faults: Vec<RowFault>,
    /// Faults beyond [`MOST`]: counted, not listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub faults_left_out: u64,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl Report {
    pub fn new(layout: &str, encoding: Encoding) -> Report {
        Report {
            layout: layout.to_owned(),
            encoding,
            counts: Counts::default(),
            faults: Vec::new(),
            faults_left_out: 0,
        }
    }

    pub fn push(&mut self, fault: RowFault) {
        if self.faults.len() < MOST {
            self.faults.push(fault);
        } else {
            self.faults_left_out += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_the_shape_scripts_rely_on() {
        let mut report = Report::new("candidate-33", Encoding::Gb18030);
        report.counts = Counts { read: 2, added: 1, refused: 1, ..Counts::default() };
        report.push(RowFault {
            file: "a.csv".into(),
            line: 3,
            column: "姓名".into(),
            value: String::new(),
            code: code::REQUIRED_MISSING,
            severity: Severity::Error,
            data: Vec::new(),
        });
        assert!(report.counts.balances());
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(
            json,
            r#"{"layout":"candidate-33","encoding":"GB18030","read":2,"added":1,"changed":0,"unchanged":0,"refused":1,"faults":[{"file":"a.csv","line":3,"column":"姓名","value":"","code":"required_missing","severity":"error"}]}"#
        );
    }

    #[test]
    fn a_wholly_wrong_file_keeps_a_readable_report() {
        let mut report = Report::new("x", Encoding::Utf8);
        for line in 0..(MOST as u64 + 5) {
            let (file, column, value) = Default::default();
            let (code, severity, data) = (code::DATE, Severity::Error, Vec::new());
            report.push(RowFault { file, line, column, value, code, severity, data });
        }
        assert_eq!((report.faults.len(), report.faults_left_out), (MOST, 5));
    }
}
