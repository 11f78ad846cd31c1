//! `enterprise.case`: the register of problems: what was brought up, what was done, what came of it (S3-31, S3-37).
use super::organisation;
use crate::model::filing::CaseSource;
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{EnterpriseCaseRow, rows};
use serde::Serialize;

pub const NO_FACTS: Code = Code("enterprise.no_facts");
pub const NO_CASE: Code = Code("enterprise.no_case");
pub const CASE_CLOSED: Code = Code("enterprise.case_closed");
pub const NO_OUTCOME: Code = Code("enterprise.no_outcome");

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    Open {
        organisation: String,
        source: CaseSource,
        received_on: Day,
        facts: String,
    },
    /// Found out and decided: what was done and what came of it.
    Close {
        organisation: String,
        number: i64,
        handling: String,
        outcome: String,
    },
}

impl Operation for Case {
    const KIND: &'static str = "enterprise.case";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// Number of the case among the organisation's own.
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        match self {
            Case::Open { organisation, source, received_on, facts } => {
                open(work, organisation, (*source, *received_on, facts))
            }
            Case::Close { organisation, number, handling, outcome } => {
                close(work, organisation, (*number, handling, outcome))
            }
        }
    }
}

fn open(work: &mut Work<'_, '_>, who: &str, (source, received_on, facts): (CaseSource, Day, &str)) -> Result<i64> {
    let db = work.tx.db();
    let organisation = organisation(db, who)?.id;
    if facts.trim().is_empty() {
        return Err(Refusal::new(NO_FACTS).into());
    }
    let last = rows::first::<EnterpriseCaseRow>(db, "WHERE organisation = ?1 ORDER BY number DESC", [organisation])?;
    let number = last.map_or(1, |case| case.number + 1);
    work.tx.insert(&EnterpriseCaseRow {
        id: work.tx.next_id::<EnterpriseCaseRow>()?,
        organisation,
        number,
        source,
        received_on,
        facts: facts.trim().to_owned(),
        handling: None,
        outcome: None,
        closed_on: None,
        operator: work.actor.operator()?,
    })?;
    Ok(number)
}

fn close(work: &mut Work<'_, '_>, who: &str, (number, handling, outcome): (i64, &str, &str)) -> Result<i64> {
    let db = work.tx.db();
    let organisation = organisation(db, who)?.id;
    let find = "WHERE organisation = ?1 AND number = ?2";
    let before = rows::first::<EnterpriseCaseRow>(db, find, (organisation, number))?
        .ok_or_else(|| Refusal::new(NO_CASE).with("number", number))?;
    if before.outcome.is_some() {
        return Err(Refusal::new(CASE_CLOSED).with("number", number).into());
    }
    if handling.trim().is_empty() || outcome.trim().is_empty() {
        return Err(Refusal::new(NO_OUTCOME).into());
    }
    let (handling, outcome) = (Some(handling.trim().to_owned()), Some(outcome.trim().to_owned()));
    let closed_on = Some(work.now.day());
    work.tx.update(&before, &EnterpriseCaseRow { handling, outcome, closed_on, ..before.clone() })?;
    Ok(number)
}
