//! What is known of one of the staff, as it is stored.
use crate::bundle::codes::Codes;
use crate::model::{AssessorGrade, Code, Day, Duty, IdentityNo, OperatorId, Refusal, StaffId, fold, phone};
use crate::ops::Result;
use crate::store::StaffRow;
use serde::Serialize;

pub const NAME: Code = Code("staff.name_missing");
pub const UNIT: Code = Code("staff.unit_missing");
pub const PHONE: Code = Code("staff.phone");
pub const OCCUPATION: Code = Code("staff.unknown_occupation");
pub const NO_DUTY: Code = Code("staff.no_duty");

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Particulars {
    pub name: String,
    /// Employer.
    pub unit: String,
    pub phone: Option<String>,
    pub id_number: Option<String>,
    pub grade: AssessorGrade,
    pub card_no: Option<String>,
    /// Last day of the card.
    pub card_until: Option<Day>,
    /// Codes or names of occupations that the card covers; none: every one.
    pub occupations: Vec<String>,
    /// What they may be given.
    pub duties: Vec<Duty>,
    /// Code or name of the unit of the notice whose expert they are; `None`: the site's.
    pub kept_by: Option<String>,
    /// Whom they sign on as.
    pub operator: Option<OperatorId>,
}

impl Particulars {
    pub fn new(name: &str, unit: &str, duties: &[Duty]) -> Particulars {
        Particulars {
            name: name.to_owned(),
            unit: unit.to_owned(),
            phone: None,
            id_number: None,
            grade: AssessorGrade::None,
            card_no: None,
            card_until: None,
            occupations: Vec::new(),
            duties: duties.to_vec(),
            kept_by: None,
            operator: None,
        }
    }

    pub fn of(row: &StaffRow) -> Particulars {
        Particulars {
            name: row.name.clone(),
            unit: row.unit.clone(),
            phone: row.phone.clone(),
            id_number: row.id_number.clone(),
            grade: row.grade,
            card_no: row.card_no.clone(),
            card_until: row.card_until,
            occupations: split(&row.occupations),
            duties: duties(row),
            kept_by: row.kept_by.clone(),
            operator: row.operator,
        }
    }

    /// The row with these, checked; `before` keeps what is not said here.
    pub(super) fn row(&self, id: StaffId, codes: &Codes, before: Option<&StaffRow>) -> Result<StaffRow> {
        let (name, unit) = (fold::name(&self.name).into_owned(), fold::text(&self.unit).into_owned());
        if name.is_empty() || unit.is_empty() {
            return Err(Refusal::new(if name.is_empty() { NAME } else { UNIT }).into());
        }
        let text =
            |text: &Option<String>| text.as_deref().map(|t| fold::text(t).into_owned()).filter(|t| !t.is_empty());
        let phone = match text(&self.phone) {
            Some(typed) => match phone::parse(&typed) {
                Some(phone) => Some(phone.into_owned()),
                None => return Err(Refusal::new(PHONE).with("value", typed).into()),
            },
            None => None,
        };
        let id_number = match text(&self.id_number) {
            Some(typed) => Some(IdentityNo::parse(&typed)?.as_str().to_owned()),
            None => None,
        };
        let mut occupations = Vec::new();
        for text in &self.occupations {
            let unknown = || Refusal::new(OCCUPATION).with("value", text.as_str());
            let known = codes.occupation(&fold::word(text)).ok_or_else(unknown)?;
            occupations.push(known.code.as_str());
        }
        occupations.sort_unstable();
        occupations.dedup();
        let mut duties = self.duties.clone();
        duties.sort_unstable();
        duties.dedup();
        if duties.is_empty() {
            return Err(Refusal::new(NO_DUTY).with("name", name).into());
        }
        Ok(StaffRow {
            id,
            name,
            unit,
            phone,
            id_number,
            grade: self.grade,
            card_no: text(&self.card_no),
            card_until: self.card_until,
            occupations: occupations.join(","),
            duties: duties.iter().map(|d| d.code()).collect::<Vec<_>>().join(","),
            operator: self.operator,
            kept_by: text(&self.kept_by),
            retired: before.is_some_and(|row| row.retired),
        })
    }
}

pub(super) fn split(list: &str) -> Vec<String> {
    list.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

pub(super) fn duties(row: &StaffRow) -> Vec<Duty> {
    row.duties.split(',').filter_map(Duty::parse).collect()
}
