//! What a certificate carries, and who may be given a number. The number itself is made elsewhere.
use super::passing::Outcome;
use crate::model::{Code, Day, Refusal};
use serde::{Deserialize, Serialize};

pub const NOT_PASSED: Code = Code("certificates.not_passed");
pub const ALREADY_NUMBERED: Code = Code("certificates.already_numbered");
pub const ORGANISATION_CODE: Code = Code("certificates.organisation_code");

/// The notice gives another document instead.
pub const NO_CERTIFICATES: Code = Code("certificates.no_certificates");
/// Numbers come from elsewhere.
pub const OTHER_NUMBERS: Code = Code("certificates.other_numbers");

pub const DATE_IN_FUTURE: Code = Code("certificates.date_in_future");
pub const DATE_BEFORE_EXAM: Code = Code("certificates.date_before_exam");
pub const SERIAL_EXHAUSTED: Code = Code("certificates.serial_exhausted");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateRule {
    pub issuer: String,
    /// First character of the organisation code.
    pub organisation_class: OrganisationClass,
    #[serde(default)]
    pub query_url: Option<String>,
    /// Printed where there is no job direction (工种/职业方向).
    pub empty_direction: String,
    #[serde(default)]
    pub document: ResultDocument,
    #[serde(default)]
    pub numbers: Numbers,
    /// Name of the blank form's layout of `data/faces`.
    pub face: String,
}

/// Who gives the numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbers {
    /// The site, within its own segment.
    Own,
    /// The issuer, by a list.
    Imported,
    #[default]
    Either,
}

impl Numbers {
    pub fn key(self) -> &'static str {
        match self {
            Numbers::Own => "certificate_numbers.own",
            Numbers::Imported => "certificate_numbers.imported",
            Numbers::Either => "certificate_numbers.either",
        }
    }
}

/// What somebody who passed is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultDocument {
    /// 职业技能等级证书, with a number of its own.
    #[default]
    Certificate,
    /// 资格文件: one document with a 文号 for all who passed (S2-24).
    QualificationDocument,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrganisationClass {
    /// 用人单位
    Y,
    /// 社会培训评价组织
    S,
}

impl OrganisationClass {
    pub fn letter(self) -> char {
        match self {
            OrganisationClass::Y => 'Y',
            OrganisationClass::S => 'S',
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberFacts<'a> {
    pub outcome: Outcome,
    /// The number this candidate has already.
    pub number: Option<&'a str>,
}

pub fn may_number(facts: &NumberFacts<'_>) -> Result<(), Refusal> {
    if facts.outcome != Outcome::Passed {
        return Err(Refusal::new(NOT_PASSED).word("outcome", facts.outcome.key()));
    }
    if let Some(number) = facts.number {
        return Err(Refusal::new(ALREADY_NUMBERED).with("number", number));
    }
    Ok(())
}

/// Whether the notice has numbers at all, and whether they come from `source`.
pub fn numbered(rule: &CertificateRule, source: Numbers) -> Result<(), Refusal> {
    if rule.document == ResultDocument::QualificationDocument {
        return Err(Refusal::new(NO_CERTIFICATES).with("issuer", rule.issuer.as_str()));
    }
    if rule.numbers == Numbers::Either || rule.numbers == source {
        return Ok(());
    }
    Err(Refusal::new(OTHER_NUMBERS).word("source", rule.numbers.key()).with("issuer", rule.issuer.as_str()))
}

/// Whether the first 13 places of every number can be this code.
pub fn organisation(rule: &CertificateRule, code: &str) -> Result<(), Refusal> {
    let letter = rule.organisation_class.letter();
    let digits = code.strip_prefix(letter).unwrap_or_default();
    if digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Err(Refusal::new(ORGANISATION_CODE).with("code", code).with("letter", letter.to_string()))
}

/// Whether certificates may carry this date: not after today, not before the last session.
pub fn issue_date(issued_on: Day, today: Day, last_session: Option<Day>) -> Result<(), Refusal> {
    if issued_on > today {
        return Err(Refusal::new(DATE_IN_FUTURE).with("date", issued_on.to_string()).with("today", today.to_string()));
    }
    match last_session.filter(|exam| issued_on < *exam) {
        Some(exam) => {
            Err(Refusal::new(DATE_BEFORE_EXAM).with("date", issued_on.to_string()).with("exam", exam.to_string()))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::passing::Parts;
    use super::*;

    fn rule() -> CertificateRule {
        CertificateRule {
            issuer: "issuer".into(),
            organisation_class: OrganisationClass::S,
            query_url: None,
            empty_direction: "--".into(),
            document: ResultDocument::Certificate,
            numbers: Numbers::Either,
            face: "certificate-a4".into(),
        }
    }

    const GOOD: NumberFacts<'static> = NumberFacts { outcome: Outcome::Passed, number: None };

    #[test]
    fn only_a_pass_without_a_number_is_numbered() {
        assert_eq!(may_number(&GOOD), Ok(()));
        let incomplete = NumberFacts { outcome: Outcome::Incomplete { missing: Parts::NONE }, ..GOOD };
        assert!(may_number(&incomplete).unwrap_err().is(NOT_PASSED));
        let again = NumberFacts { number: Some("S000015150001233000001"), ..GOOD };
        assert!(may_number(&again).unwrap_err().is(ALREADY_NUMBERED));
    }

    /// S2-24: Xinjiang gives a document for all; S3-25: an enterprise numbers by itself.
    #[test]
    fn the_notice_says_whether_there_are_numbers_and_from_where_s2_24_s3_25() {
        let none = CertificateRule { document: ResultDocument::QualificationDocument, ..rule() };
        assert!(numbered(&none, Numbers::Own).unwrap_err().is(NO_CERTIFICATES));
        assert_eq!(numbered(&rule(), Numbers::Own).and(numbered(&rule(), Numbers::Imported)), Ok(()));
        let own = CertificateRule { numbers: Numbers::Own, ..rule() };
        assert_eq!(numbered(&own, Numbers::Own), Ok(()));
        assert!(numbered(&own, Numbers::Imported).unwrap_err().is(OTHER_NUMBERS));
    }

    #[test]
    fn the_organisation_code_has_thirteen_places_and_the_right_letter() {
        for code in ["", "S00001515000", "S0000151500011", "Y000015150001", "S00001515000X", "Ｓ000015150001"] {
            assert!(organisation(&rule(), code).unwrap_err().is(ORGANISATION_CODE), "{code}");
        }
        assert_eq!(organisation(&rule(), "S000015150001"), Ok(()));
    }

    #[test]
    fn the_date_lies_between_the_exam_and_today() {
        let day = |d| Day::from_ymd_opt(2023, 10, d).unwrap();
        assert_eq!(issue_date(day(15), day(15), Some(day(15))), Ok(()));
        assert_eq!(issue_date(day(15), day(20), None), Ok(()));
        assert!(issue_date(day(16), day(15), None).unwrap_err().is(DATE_IN_FUTURE));
        assert!(issue_date(day(14), day(20), Some(day(15))).unwrap_err().is(DATE_BEFORE_EXAM));
    }
}
