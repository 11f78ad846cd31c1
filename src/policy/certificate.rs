//! What a certificate carries, and who may be given a number. The number itself is made elsewhere.
use super::passing::Outcome;
use crate::model::{Code, Refusal};
use serde::{Deserialize, Serialize};

pub const NOT_PASSED: Code = Code("certificates.not_passed");
pub const ALREADY_NUMBERED: Code = Code("certificates.already_numbered");
pub const ORGANISATION_CODE: Code = Code("certificates.organisation_code");

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
    /// Class letter and 12 digits, from the site's record; empty when not set.
    pub organisation: &'a str,
}

pub fn may_number(rule: &CertificateRule, facts: &NumberFacts<'_>) -> Result<(), Refusal> {
    if facts.outcome != Outcome::Passed {
        return Err(Refusal::new(NOT_PASSED).word("outcome", facts.outcome.key()));
    }
    if let Some(number) = facts.number {
        return Err(Refusal::new(ALREADY_NUMBERED).with("number", number));
    }
    organisation(rule, facts.organisation)
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
        }
    }

    const GOOD: NumberFacts<'static> =
        NumberFacts { outcome: Outcome::Passed, number: None, organisation: "S000015150001" };

    #[test]
    fn only_a_pass_without_a_number_is_numbered() {
        assert_eq!(may_number(&rule(), &GOOD), Ok(()));
        let incomplete = NumberFacts { outcome: Outcome::Incomplete { missing: Parts::NONE }, ..GOOD };
        assert!(may_number(&rule(), &incomplete).unwrap_err().is(NOT_PASSED));
        let again = NumberFacts { number: Some("S000015150001233000001"), ..GOOD };
        assert!(may_number(&rule(), &again).unwrap_err().is(ALREADY_NUMBERED));
    }

    #[test]
    fn the_organisation_code_has_thirteen_places_and_the_right_letter() {
        for code in ["", "S00001515000", "S0000151500011", "Y000015150001", "S00001515000X", "Ｓ000015150001"] {
            let facts = NumberFacts { organisation: code, ..GOOD };
            assert!(may_number(&rule(), &facts).unwrap_err().is(ORGANISATION_CODE), "{code}");
        }
    }
}
