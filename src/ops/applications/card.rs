//! One application in full, for the card: every field that is filled; ID number, birth and telephone masked.
use super::form::unit_name;
use crate::model::{identity, phone};
use crate::ops::{ApplicationRow, Result, Site, TicketRow};
use crate::store::rows;
use serde::Serialize;

/// A field's value as text, or a locale key that the faces turn into words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Shown {
    Text(String),
    Word(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub ticket: Option<String>,
    pub row: ApplicationRow,
    /// Name of the field, its value; empty fields are left out.
    pub fields: Vec<(&'static str, Shown)>,
}

/// The card of an application.
pub fn card(site: &Site, row: ApplicationRow) -> Result<Card> {
    let ticket = rows::first::<TicketRow>(site.store().db(), "WHERE application = ?1", [row.id])?.map(|t| t.number);
    let mut fields = fields(&row, ticket.as_deref());
    // People know a unit by its name.
    if let Some(name) = row.unit.as_deref().and_then(|code| unit_name(site, code)) {
        fields
            .iter_mut()
            .filter(|(field, _)| *field == "unit")
            .for_each(|(_, shown)| *shown = Shown::Text(name.clone()));
    }
    Ok(Card { ticket, row, fields })
}

fn fields(a: &ApplicationRow, ticket: Option<&str>) -> Vec<(&'static str, Shown)> {
    let text = |t: &str| Some(Shown::Text(t.to_owned()));
    let own = |t: &Option<String>| t.clone().map(Shown::Text);
    let word = |key: String| Some(Shown::Word(key));
    // In a list every field is one line.
    let lines = |t: &Option<String>| t.as_deref().map(|t| Shown::Text(t.lines().collect::<Vec<_>>().join("  ")));
    let yes_no = |b: bool| word(if b { "answer.yes" } else { "answer.no" }.to_owned());
    let day = |d: Option<crate::model::Day>| d.map(|d| Shown::Text(d.to_string()));
    #[rustfmt::skip]
    let all = [
        ("id", text(&a.id.to_string())), ("name", text(&a.name)), ("state", word(format!("application_state.{}", a.state.code()))),
        ("ticket", ticket.and_then(text)), ("paid", a.paid_at.map_or_else(|| yes_no(false), |t| text(&t.minute()))),
        ("occupation_name", text(&a.occupation_name)), ("occupation", text(&a.occupation)), ("level", word(a.level.key())),
        ("document", word(a.document.key())), ("id_number", text(&identity::mask(&a.id_number))),
        ("sex", a.sex.and_then(|s| word(s.key()))), ("birth", a.birth.and_then(|d| text(&identity::mask_birth(&d.to_string())))), ("phone", own(&a.phone.as_deref().map(phone::mask))),
        ("employer", own(&a.employer)), ("registered_by", own(&a.registered_by)), ("category", own(&a.category)),
        ("attempt", own(&a.attempt)), ("condition", own(&a.condition)), ("has_certificate", a.has_certificate.and_then(yes_no)),
        ("certificate_level", a.certificate_level.and_then(|l| word(l.key()))), ("certificate_no", own(&a.certificate_no)),
        ("education", own(&a.education)), ("diploma_no", own(&a.diploma_no)), ("major", own(&a.major)),
        ("work_began", day(a.work_began)), ("years", a.years.and_then(|n| text(&n.to_string()))), ("source", own(&a.source)),
        ("region", own(&a.region)), ("household", own(&a.household)), ("ethnic_group", own(&a.ethnic_group)),
        ("politics", own(&a.politics)), ("email", own(&a.email)), ("address", own(&a.address)),
        ("delivery", own(&a.delivery)), ("mailing_address", own(&a.mailing_address)), ("postcode", own(&a.postcode)),
        ("experience", lines(&a.experience)), ("sequence", own(&a.sequence)), ("route", word(a.route.key())),
        ("direction", own(&a.direction)), ("unit", own(&a.unit)), ("employer_code", own(&a.employer_code)),
        ("registration_no", own(&a.registration_no)), ("achievements", lines(&a.achievements)),
        ("strengths", lines(&a.strengths)), ("training", a.training.and_then(yes_no)), ("pledged_on", day(a.pledged_on)),
        ("original_at", a.original_at.and_then(|t| text(&t.minute()))),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
