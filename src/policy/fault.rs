//! What is wrong with a policy file, and where. Codes and data; the words are `policy_fault.<code>`.
use crate::model::Datum;
use serde::Serialize;
use std::fmt;

pub const SYNTAX: &str = "syntax";
pub const UNKNOWN_FIELD: &str = "unknown_field";
pub const MISSING_FIELD: &str = "missing_field";
pub const WRONG_TYPE: &str = "wrong_type";
pub const UNKNOWN_CHOICE: &str = "unknown_choice";
pub const NOT_FOUND: &str = "not_found";
pub const INHERITS_LOOP: &str = "inherits_loop";
pub const OTHER_FORMAT: &str = "other_format";
pub const OTHER_CODE: &str = "other_code";
pub const END_BEFORE_START: &str = "end_before_start";
pub const TIME_MISSING: &str = "time_missing";
pub const OVERLAPPING: &str = "overlapping";
pub const TWICE: &str = "twice";
pub const EVEN_PANEL: &str = "even_panel";
pub const OUT_OF_RANGE: &str = "out_of_range";
pub const BAD_STEP: &str = "bad_step";
pub const PLACEHOLDER: &str = "placeholder";
pub const PLACEHOLDER_WIDTH: &str = "placeholder_width";
pub const PLACEHOLDER_OPEN: &str = "placeholder_open";
pub const PHOTO_PLACEHOLDER: &str = "photo_placeholder";
pub const LEAVES_BEFORE_LIMIT: &str = "leaves_before_limit";
pub const EMPTY: &str = "empty";
pub const TOO_MANY_SEATS: &str = "too_many_seats";
pub const ONE_DUE: &str = "one_due";
pub const UNKNOWN_UNIT: &str = "unknown_unit";
pub const NOT_HELD: &str = "not_held";
pub const MISPLACED: &str = "misplaced";
pub const SKIPS_LEVEL: &str = "skips_level";
pub const UNKNOWN_CATALOGUE: &str = "unknown_catalogue";
pub const UNKNOWN_RULES: &str = "unknown_rules";
pub const UNKNOWN_ACTS: &str = "unknown_acts";
pub const REGION_PREFIX: &str = "region_prefix";
pub const LEVEL_NOT_HELD: &str = "level_not_held";
pub const ALONE: &str = "alone";
pub const FILE_FORMAT: &str = "file_format";
pub const NO_IDENTITY: &str = "no_identity";
pub const STEPS_ORDER: &str = "steps_order";
pub const LIST_COLUMN: &str = "list_column";
pub const BEFORE_REGISTRATION: &str = "before_registration";
pub const PERIODS_OVERLAP: &str = "periods_overlap";
pub const ADDRESS: &str = "address";
pub const PERSONAL_NUMBER: &str = "personal_number";
pub const ONE_TARGET: &str = "one_target";
pub const PAPERS_AND_ITEM: &str = "papers_and_item";
pub const NOT_BROUGHT: &str = "not_brought";
pub const MARKERS_ENTRIES: &str = "markers_entries";
pub const NOT_FULL: &str = "not_full";
pub const PLAIN_CODE: &str = "plain_code";
pub const HIDDEN: &str = "hidden";
pub const QUORUM: &str = "quorum";

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyFault {
    /// Code of the policy file in which the value stands, without `.toml`.
    pub file: String,
    /// From 1; 0 when there is no file to point into.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// Such as `sessions[1].end`; empty for the file as a whole.
    pub field: String,
    pub problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub code: &'static str,
    pub data: Vec<(&'static str, Datum)>,
}

impl Problem {
    pub fn new(code: &'static str) -> Problem {
        Problem { code, data: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Datum>) -> Problem {
        self.data.push((name, value.into()));
        self
    }

    pub fn word(self, name: &'static str, key: impl Into<String>) -> Problem {
        self.with(name, Datum::Word(key.into()))
    }

    /// Locale key of its words.
    pub fn key(&self) -> String {
        format!("policy_fault.{}", self.code)
    }
}

impl fmt::Display for PolicyFault {
    /// For logs and tests: `nmg-2023:12:1 gates.late wrong_type expected=policy_type.integer`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{} {} {}", self.file, self.line, self.column, self.field, self.problem.code)?;
        self.problem.data.iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

impl std::error::Error for PolicyFault {}

#[cfg(test)]
mod tests {
    const WORDS: [&str; 2] =
        [include_str!("../../data/locales/zh-CN/policy.toml"), include_str!("../../data/locales/en/policy.toml")];

    #[test]
    fn every_problem_has_words_in_both_languages() {
        let codes =
            include_str!("fault.rs").lines().filter_map(|line| line.strip_prefix("pub const ")?.split('"').nth(1));
        let codes: Vec<_> = codes.collect();
        assert!(codes.len() > 20);
        for text in WORDS {
            let words: toml::Table = text.parse().unwrap();
            let lacking: Vec<_> = codes.iter().filter(|code| words["policy_fault"].get(code).is_none()).collect();
            assert!(lacking.is_empty(), "{lacking:?}");
        }
    }
}
