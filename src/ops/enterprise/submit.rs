//! `enterprise.submit`: a filing is complete and has come in on paper and electronically (S3-13, S3-28).
use super::latest;
use super::read::form;
use crate::model::filing::FilingState;
use crate::model::{Day, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::enterprise::{may_submit, missing};
use crate::store::FilingRow;
use serde::Serialize;

/// Code of the policy's deadline for filings.
const DEADLINE: &str = "summary_return";

#[derive(Debug, Serialize)]
pub struct Submit {
    /// Credit code or name.
    pub organisation: String,
    /// Days on which the two came in.
    pub paper_on: Option<Day>,
    pub electronic_on: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Submitted {
    pub name: String,
    pub round: i64,
    /// The last day in time, when this is after it by the policy of the batch at hand.
    pub late_after: Option<Day>,
}

impl Operation for Submit {
    const KIND: &'static str = "enterprise.submit";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Submitted;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Submitted> {
        let db = work.tx.db();
        let (organisation, before) = latest(db, &self.organisation)?;
        let form = form(db, &organisation, &before)?;
        may_submit(before.state, &missing(&form), [self.paper_on, self.electronic_on])?;
        let (paper_on, electronic_on) = (self.paper_on, self.electronic_on);
        let after = FilingRow { state: FilingState::Submitted, paper_on, electronic_on, ..before.clone() };
        work.tx.update(&before, &after)?;
        let last = paper_on.max(electronic_on);
        let deadlines = work.policy().ok().into_iter().flat_map(|policy| &policy.deadlines);
        let due = deadlines.filter(|d| d.code == DEADLINE).find_map(|d| d.due).map(|due| due.day);
        Ok(Submitted { name: organisation.name, round: before.round, late_after: due.filter(|due| last > Some(*due)) })
    }
}
