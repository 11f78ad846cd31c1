//! The form as text: what is typed, kept as a draft, read from a file. Nothing in it has been judged.
use super::items::{Holds, ITEMS, item};
use super::piece::{self, Piece};
use crate::bundle::field::{ATTEMPTS, Field};
use crate::model::{Code, DocumentKind, Evidence, EvidenceKind, IdentityNo, Refusal};
use crate::ops::ApplicationRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub const UNKNOWN_ITEM: Code = Code("form.unknown_item");
pub const NOT_A_FORM: Code = Code("form.not_a_form");

/// Items by their codes; an item that is not there is empty. Periods of work, certificates and the like stand in
/// `evidence`, one piece each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    #[serde(flatten)]
    items: BTreeMap<String, String>,
    #[serde(default)]
    pub evidence: Vec<Piece>,
}

impl Typed {
    pub fn get(&self, code: &str) -> &str {
        self.items.get(code).map(|text| text.trim()).unwrap_or_default()
    }

    /// Refused for an item that the form does not have.
    pub fn set(&mut self, code: &str, text: impl Into<String>) -> Result<(), Refusal> {
        if item(code).is_none() {
            let known: Vec<_> = ITEMS.iter().map(|item| item.code).collect();
            return Err(Refusal::new(UNKNOWN_ITEM).with("name", code).with("known", known.join(" ")));
        }
        let text = text.into();
        if text.trim().is_empty() {
            self.items.remove(code)
        } else {
            self.items.insert(code.to_owned(), text)
        };
        Ok(())
    }

    /// Takes over every item that `other` has; its evidence as a whole where it has any.
    pub fn lay_over(&mut self, other: Typed) {
        self.items.extend(other.items);
        if !other.evidence.is_empty() {
            self.evidence = other.evidence;
        }
    }

    /// What was changed from `seen` to this, done to `now` instead: somebody else's changes of other items stay.
    pub fn rebased(&self, seen: &Typed, now: &Typed) -> Typed {
        let mut typed = now.clone();
        for item in ITEMS.iter().filter(|item| self.get(item.code) != seen.get(item.code)) {
            match self.get(item.code) {
                "" => drop(typed.items.remove(item.code)),
                text => drop(typed.items.insert(item.code.to_owned(), text.to_owned())),
            }
        }
        if self.evidence != seen.evidence {
            typed.evidence.clone_from(&self.evidence);
        }
        typed
    }

    /// A new form: nearly everybody has an identity card and sits for the first time.
    pub fn blank() -> Typed {
        let usual = [("document", DocumentKind::ResidentId.official()), ("attempt", ATTEMPTS[0])];
        Typed { items: usual.map(|(item, text)| (item.to_owned(), text.to_owned())).into(), evidence: Vec::new() }
    }

    /// Sets sex and birth date from a good number of a document that tells them; whether it did.
    pub fn follow_number(&mut self) -> bool {
        let tells = DocumentKind::parse(self.get("document")).is_some_and(DocumentKind::tells_birth_and_sex);
        let Ok(number) = IdentityNo::parse(self.get("id_number")) else { return false };
        if tells {
            let told = [
                ("id_number", number.to_string()),
                ("sex", number.sex().official().to_owned()),
                ("birth", number.birth().to_string()),
            ];
            self.items.extend(told.map(|(item, text)| (item.to_owned(), text)));
        }
        tells
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.evidence.is_empty()
    }

    /// How many items are filled in.
    pub fn filled(&self) -> usize {
        self.items.len() + self.evidence.len()
    }

    /// Reads a JSON object of items, with `evidence` as a list of objects; numbers are taken for their text.
    pub fn from_json(text: &str) -> Result<Typed, Refusal> {
        let bad = |detail: String| Refusal::new(NOT_A_FORM).with("detail", detail);
        let object: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(text.trim_start_matches('\u{FEFF}')).map_err(|e| bad(e.to_string()))?;
        let mut typed = Typed::default();
        for (name, value) in object {
            match (name.as_str(), value) {
                ("evidence", value) => {
                    let pieces: Vec<BTreeMap<String, serde_json::Value>> =
                        serde_json::from_value(value).map_err(|e| bad(e.to_string()))?;
                    let pieces = pieces.into_iter().map(piece::from_json);
                    typed.evidence = pieces.collect::<Option<_>>().ok_or_else(|| bad("evidence".to_owned()))?;
                }
                (name, value) => typed.set(name, plain(&value).ok_or_else(|| bad(name.to_owned()))?)?,
            }
        }
        Ok(typed)
    }

    /// A stored application as the form shows it.
    pub fn of(row: &ApplicationRow, evidence: &[Evidence]) -> Typed {
        let mut typed = Typed::default();
        let before = evidence.iter().position(|e| is_before(e, row.certificate_no.as_deref()));
        let held = before.and_then(|at| evidence.get(at));
        for item in ITEMS {
            let text = match item.holds {
                Holds::Cell(field) => cell(row, field),
                _ => other(row, held, item.code),
            };
            if let Some(text) = text.filter(|t| !t.trim().is_empty()) {
                typed.items.insert(item.code.to_owned(), text);
            }
        }
        let rest = evidence.iter().enumerate().filter(|(at, _)| Some(*at) != before);
        typed.evidence = rest.map(|(_, e)| piece::of(e)).collect();
        typed
    }
}

/// Whether this is the certificate that the form asks for as the one held before.
fn is_before(evidence: &Evidence, number: Option<&str>) -> bool {
    evidence.kind == EvidenceKind::Certificate && number.is_some() && evidence.number.as_deref() == number
}

pub(super) fn plain(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Null => Some(String::new()),
        serde_json::Value::Bool(yes) => Some(if *yes { "是" } else { "否" }.to_owned()),
        _ => None,
    }
}

fn other(row: &ApplicationRow, held: Option<&Evidence>, code: &str) -> Option<String> {
    match code {
        "employer_code" => row.employer_code.clone(),
        "unit" => row.unit.clone(),
        "direction" => row.direction.clone(),
        "route" => Some(row.route.code().to_owned()),
        "experience" => row.experience.clone(),
        "achievements" => row.achievements.clone(),
        "strengths" => row.strengths.clone(),
        "registration_no" => row.registration_no.clone(),
        "training" => row.training.map(|yes| if yes { "是" } else { "否" }.to_owned()),
        "pledged_on" => row.pledged_on.map(|d| d.to_string()),
        "certificate_occupation" => held?.subject.clone(),
        "certificate_on" => held?.from.map(|d| d.to_string()),
        "certificate_class" => held?.class.clone(),
        "certificate_relation" => held?.relation.map(|r| r.code().to_owned()),
        _ => None,
    }
}

fn cell(row: &ApplicationRow, field: Field) -> Option<String> {
    let day = |d: Option<crate::model::Day>| d.map(|d| d.to_string());
    match field {
        Field::Sequence => row.sequence.clone(),
        Field::Occupation => Some(row.occupation.clone()),
        Field::Level => Some(row.level.official().to_owned()),
        Field::Condition => row.condition.clone(),
        Field::Document => Some(row.document.official().to_owned()),
        Field::Number => Some(row.id_number.clone()),
        Field::Name => Some(row.name.clone()),
        Field::Sex => row.sex.map(|s| s.official().to_owned()),
        Field::Birth => day(row.birth),
        Field::Phone => row.phone.clone(),
        Field::HasCertificate => row.has_certificate.map(|yes| if yes { "是" } else { "否" }.to_owned()),
        Field::CertificateLevel => row.certificate_level.map(|l| l.official().to_owned()),
        Field::CertificateNo => row.certificate_no.clone(),
        Field::Education => row.education.clone(),
        Field::Region => row.region.clone(),
        Field::Source => row.source.clone(),
        Field::Employer => row.employer.clone(),
        Field::RegisteredBy => row.registered_by.clone(),
        Field::Category => row.category.clone(),
        Field::Major => row.major.clone(),
        Field::Attempt => row.attempt.clone(),
        Field::EthnicGroup => row.ethnic_group.clone(),
        Field::WorkBegan => day(row.work_began),
        Field::Email => row.email.clone(),
        Field::Years => row.years.map(|n| n.to_string()),
        Field::Household => row.household.clone(),
        Field::Politics => row.politics.clone(),
        Field::DiplomaNo => row.diploma_no.clone(),
        Field::Experience => row.experience.clone(),
        Field::Address => row.address.clone(),
        Field::Delivery => row.delivery.clone(),
        Field::Postcode => row.postcode.clone(),
        Field::MailingAddress => row.mailing_address.clone(),
        // The form asks for these itself, or keeps them as evidence.
        Field::Route
        | Field::Direction
        | Field::Unit
        | Field::EmployerCode
        | Field::RegistrationNo
        | Field::Achievements
        | Field::Strengths
        | Field::PledgedOn
        | Field::Training
        | Field::HeldLevel
        | Field::EngagedOn => None,
    }
}
