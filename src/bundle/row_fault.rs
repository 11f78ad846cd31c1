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
        /// A name of digits and signs only: another column slipped in.
        NAME_LETTERS = "name_letters",
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
        /// A spreadsheet holds the number as a quantity, of which it keeps 15 digits.
        NUMERIC_IDENTITY = "numeric_identity",
        NUMERIC_LONG = "numeric_long",
        NUMERIC_DATE = "numeric_date",
        ERROR_CELL = "error_cell",
        TRUTH_CELL = "truth_cell",
        MERGED_CELLS = "merged_cells",
        NUL_BYTE = "nul_byte",
        OPEN_QUOTE = "open_quote",
        HEADINGS_AGAIN = "headings_again",
        /// Of the batch's policy.
        OUTSIDE_REGION = "outside_region",
        OUTSIDE_CATEGORY = "outside_category",
        NO_INDIVIDUALS = "no_individuals",
        UNKNOWN_UNIT = "unknown_unit",
        ROUTE_NOT_ACCEPTED = "route_not_accepted",
        ROUTE_LEVEL = "route_level",
        /// Warnings.
        COLUMN_UNKNOWN = "column_unknown",
        REGION_UNKNOWN = "region_unknown",
        CERTIFICATE_UNRECOGNISED = "certificate_unrecognised",
        COLUMN_RENAMED = "column_renamed",
        NO_HEADING = "no_heading",
        HIDDEN_ROWS = "hidden_rows",
        OTHER_SHEETS = "other_sheets",
        PERSON_TWICE = "person_twice",
        BLANK_STAMP = "blank_stamp",
        BLANK_LABEL = "blank_label",
        COUNT_DIFFERS = "count_differs",
        WORK_BEGAN_EARLY = "work_began_early",
        YEARS_TOO_MANY = "years_too_many",
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

/// What a file was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Text(Encoding),
    Xlsx,
}

impl Form {
    pub fn name(self) -> &'static str {
        match self {
            Form::Text(encoding) => encoding.name(),
            Form::Xlsx => "XLSX",
        }
    }
}

impl From<Encoding> for Form {
    fn from(encoding: Encoding) -> Form {
        Form::Text(encoding)
    }
}

impl Serialize for Form {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowFault {
    pub file: String,
    /// Physical line of the row's beginning; the file's first line is 1.
    pub line: u64,
    /// The heading as the file has it; empty when the whole row is meant.
    pub column: String,
    /// Letters of the column in a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letters: Option<String>,
    pub value: String,
    #[serde(serialize_with = "bare")]
    pub code: Code,
    pub severity: Severity,
    /// Placeholders of the words, beside `value`, `column` and `line`.
    #[serde(skip)]
    pub data: Vec<(&'static str, Datum)>,
}

impl RowFault {
    /// The heading, with the letters of its column where the file is a workbook.
    pub fn place(&self) -> String {
        match &self.letters {
            Some(letters) if self.column.is_empty() => letters.clone(),
            Some(letters) => format!("{} ({letters})", self.column),
            None => self.column.clone(),
        }
    }
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
    pub encoding: Form,
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
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
    pub fn new(layout: &str, encoding: impl Into<Form>) -> Report {
        Report {
            layout: layout.to_owned(),
            encoding: encoding.into(),
            sheet: None,
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
            letters: None,
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
            report.push(RowFault { file, line, column, letters: None, value, code, severity, data });
        }
        assert_eq!((report.faults.len(), report.faults_left_out), (MOST, 5));
    }
}
