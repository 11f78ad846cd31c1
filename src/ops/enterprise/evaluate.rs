//! `enterprise.evaluate`: what experts found of an organisation (S3-14). Every evaluation stays; the last one counts.
use super::latest;
use crate::model::filing::{EvaluationResult, FilingState};
use crate::model::{Code, Day, Refusal, Role, fold};
use crate::ops::{Operation, Result, Work};
use crate::policy::enterprise::in_state;
use crate::store::{EvaluationRow, FiledStaffRow, FilingRow, LIST_MARK, rows};
use serde::Serialize;

pub const NO_EXPERTS: Code = Code("enterprise.no_experts");
pub const NO_OPINION: Code = Code("enterprise.no_opinion");
/// Somebody of the organisation's own people.
pub const EXPERT_OF_THEIRS: Code = Code("enterprise.expert_of_theirs");
pub const IN_FUTURE: Code = Code("enterprise.in_future");

#[derive(Debug, Serialize)]
pub struct Evaluate {
    /// Credit code or name.
    pub organisation: String,
    pub experts: Vec<String>,
    pub opinion: String,
    pub result: EvaluationResult,
    pub dated: Day,
}

impl Operation for Evaluate {
    const KIND: &'static str = "enterprise.evaluate";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// Name of the organisation.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let db = work.tx.db();
        let (organisation, before) = latest(db, &self.organisation)?;
        in_state(before.state, &[FilingState::Submitted, FilingState::Evaluated])?;
        let experts: Vec<_> = self.experts.iter().map(|e| fold::name(e).into_owned()).collect();
        let experts: Vec<_> = experts.into_iter().filter(|e| !e.is_empty()).collect();
        if experts.is_empty() {
            return Err(Refusal::new(NO_EXPERTS).into());
        }
        if self.opinion.trim().is_empty() {
            return Err(Refusal::new(NO_OPINION).into());
        }
        if self.dated > work.now.day() {
            return Err(Refusal::new(IN_FUTURE).with("day", self.dated.to_string()).into());
        }
        let staff = rows::select::<FiledStaffRow>(db, "WHERE filing = ?1 ORDER BY id", [before.id])?;
        if let Some(theirs) = experts.iter().find(|expert| staff.iter().any(|s| s.name == **expert)) {
            return Err(Refusal::new(EXPERT_OF_THEIRS).with("name", theirs.as_str()).into());
        }
        work.tx.insert(&EvaluationRow {
            id: work.tx.next_id::<EvaluationRow>()?,
            filing: before.id,
            dated: self.dated,
            experts: experts.join(LIST_MARK),
            opinion: self.opinion.trim().to_owned(),
            result: self.result,
            operator: work.actor.operator()?,
            at: work.now,
        })?;
        let after = FilingRow { state: FilingState::Evaluated, ..before.clone() };
        if before != after {
            work.tx.update(&before, &after)?;
        }
        Ok(organisation.name)
    }
}
