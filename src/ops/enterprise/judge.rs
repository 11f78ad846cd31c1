//! `enterprise.judge`: which of the seven basic conditions are met, and who found so (S3-05 to S3-11).
use super::latest;
use crate::model::filing::{CONDITIONS, FilingState};
use crate::model::{Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::enterprise::in_state;
use crate::store::{FiledConditionRow, rows};
use serde::Serialize;

pub const NO_SUCH_CONDITION: Code = Code("enterprise.no_such_condition");
pub const WHY_UNMET: Code = Code("enterprise.why_unmet");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Judged {
    Met,
    Unmet,
}

#[derive(Debug, Serialize)]
pub struct Judge {
    /// Credit code or name.
    pub organisation: String,
    /// 1 to 7.
    pub conditions: Vec<i64>,
    pub judged: Judged,
    /// What was found; wanted for a condition that is not met.
    pub note: Option<String>,
}

impl Operation for Judge {
    const KIND: &'static str = "enterprise.judge";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// Name of the organisation.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let db = work.tx.db();
        let (organisation, filing) = latest(db, &self.organisation)?;
        in_state(filing.state, &[FilingState::Submitted, FilingState::Evaluated])?;
        let note = self.note.clone().filter(|note| !note.trim().is_empty());
        if self.judged == Judged::Unmet && note.is_none() {
            return Err(Refusal::new(WHY_UNMET).into());
        }
        let judged_by = Some(work.actor.name.clone());
        for number in &self.conditions {
            if !(1..=CONDITIONS).contains(number) {
                return Err(Refusal::new(NO_SUCH_CONDITION).with("number", *number).into());
            }
            let find = "WHERE filing = ?1 AND number = ?2";
            // Submitted: each of the seven has its row.
            let Some(before) = rows::first::<FiledConditionRow>(db, find, (filing.id, number))? else { continue };
            let (met, at) = (Some(self.judged == Judged::Met), Some(work.now));
            let after =
                FiledConditionRow { met, note: note.clone(), judged_by: judged_by.clone(), at, ..before.clone() };
            work.tx.update(&before, &after)?;
        }
        Ok(organisation.name)
    }

    fn reason(&self) -> Option<&str> {
        self.note.as_deref()
    }
}
