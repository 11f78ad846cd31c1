//! `complaint.add`: a complaint came in.
use super::NO_DAY;
use crate::model::{Code, Day, Refusal, Role, fold};
use crate::ops::{Operation, Result, Work, calendar};
use crate::store::{ComplaintRow, ComplaintState};
use serde::Serialize;

pub const NO_NAME: Code = Code("complaint.no_name");
pub const NO_CONTACT: Code = Code("complaint.no_contact");
pub const NO_MATTER: Code = Code("complaint.no_matter");
pub const IN_FUTURE: Code = Code("complaint.in_future");

#[derive(Debug, Clone, Serialize)]
pub struct Add {
    /// Who complains, of which unit, and where they can be reached.
    pub name: String,
    pub unit: Option<String>,
    pub contact: String,
    pub matter: String,
    /// Whom it is about; several are separated by 、.
    pub against: Option<String>,
    pub evidence: Option<String>,
    /// `None`: today.
    pub received_on: Option<Day>,
}

impl Operation for Add {
    const KIND: &'static str = "complaint.add";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// Number, and the last day to look at it.
    type Out = (i64, Day);

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<(i64, Day)> {
        let said = |text: &str, code: Code| match fold::text(text) {
            text if text.is_empty() => Err(Refusal::new(code)),
            text => Ok(text.into_owned()),
        };
        let some =
            |text: &Option<String>| text.as_deref().map(|t| fold::text(t).into_owned()).filter(|t| !t.is_empty());
        let name = said(&self.name, NO_NAME)?;
        let contact = said(&self.contact, NO_CONTACT)?;
        let matter = said(&self.matter, NO_MATTER)?;
        let received_on = self.received_on.unwrap_or_else(|| work.now.day());
        if received_on > work.now.day() {
            return Err(Refusal::new(IN_FUTURE).with("day", received_on.to_string()).into());
        }
        let look_by = work.policy()?.supervision.look_by(received_on, &calendar::of(work.codes));
        let look_by = look_by.ok_or_else(|| Refusal::new(NO_DAY))?;
        let id = work.tx.next_id::<ComplaintRow>()?;
        work.tx.insert(&ComplaintRow {
            id,
            batch: work.batch()?.id,
            received_on,
            name,
            unit: some(&self.unit),
            contact,
            matter,
            against: some(&self.against),
            evidence: some(&self.evidence),
            state: ComplaintState::Received,
            look_by,
            looked_on: None,
            handler: None,
            decide_by: None,
            decided_on: None,
            outcome: None,
            operator: work.actor.operator()?,
        })?;
        Ok((id, look_by))
    }
}
