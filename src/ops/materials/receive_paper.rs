//! `materials.receive_paper`: something came in on paper, at the counter or on the exam day.
use super::check::FROZEN;
use super::check::{live, material};
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{ApplicationState, MaterialRow, MaterialState, rows};
use serde::Serialize;

pub const NOT_ASKED_FOR: Code = Code("materials.not_asked_for");
pub const ALREADY_RECEIVED: Code = Code("materials.already_received");
pub const COPIES_MISSING: Code = Code("materials.copies_missing");

#[derive(Debug, Clone, Serialize)]
pub struct ReceivePaper {
    pub application: ApplicationId,
    pub code: String,
    /// 1 where the policy does not say how many.
    pub copies: u8,
    pub note: String,
}

impl Operation for ReceivePaper {
    const KIND: &'static str = "materials.receive_paper";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Proctor];
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let application = live(work, self.application)?;
        let asked = material(work.policy()?, &application, &self.code);
        let asked = asked.ok_or_else(|| Refusal::new(NOT_ASKED_FOR).with("code", self.code.as_str()))?;
        // S4-26: paper for the exam day comes after the approval.
        if application.state == ApplicationState::Approved && !asked.on_exam_day {
            return Err(Refusal::new(FROZEN).with("name", application.name).into());
        }
        if asked.copies.is_some_and(|copies| self.copies < copies) || self.copies == 0 {
            let copies = i64::from(asked.copies.unwrap_or(1));
            return Err(Refusal::new(COPIES_MISSING)
                .with("copies", copies)
                .with("found", i64::from(self.copies))
                .into());
        }
        let key = (application.id, &self.code);
        let received = rows::count::<MaterialRow>(
            work.tx.db(),
            "WHERE application = ?1 AND code = ?2 AND file IS NULL AND state = 'accepted'",
            key,
        )?;
        if received > 0 {
            return Err(Refusal::new(ALREADY_RECEIVED).with("name", application.name).into());
        }
        let note = self.note.trim();
        let row = MaterialRow {
            id: work.tx.next_id::<MaterialRow>()?,
            application: application.id,
            code: self.code.clone(),
            file: None,
            bytes: None,
            sha256: None,
            format: None,
            width: None,
            height: None,
            characters: None,
            state: MaterialState::Accepted,
            fault: None,
            judged_by: Some(work.actor.operator()?),
            judged_at: Some(work.now),
            note: (!note.is_empty()).then(|| note.to_owned()),
            topics: None,
            copies: Some(i64::from(self.copies)),
        };
        work.tx.insert(&row)?;
        Ok(self.code.clone())
    }
}
