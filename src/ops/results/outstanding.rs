//! How far the marks of a batch are, for closing it.
use super::{Judge, marks};
use crate::model::{BatchId, Subject};
use crate::ops::Result;
use crate::policy::Policy;
use crate::policy::passing::Outcome;
use crate::store::rows::Connection;
use crate::store::views::certificates;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::ops) struct Outstanding {
    /// Marks that are asked for and not settled.
    pub missing: i64,
    /// People who passed and never had a certificate number.
    pub without_number: i64,
}

pub(in crate::ops) fn outstanding(db: &Connection, policy: &Policy, batch: BatchId) -> Result<Outstanding> {
    let (judge, holders) = (Judge::of(policy), certificates::ever_holders(db, batch)?);
    let mut found = Outstanding::default();
    marks::people(db, policy, batch, |person| {
        let required = judge.required(person.level);
        let open = Subject::ALL
            .into_iter()
            .zip(person.boxes)
            .filter(|(part, mark)| mark.is_none() && required.contains(*part));
        found.missing += i64::try_from(open.count()).unwrap_or(i64::MAX);
        let passed = judge.outcome(person.level, &person.boxes) == Outcome::Passed;
        found.without_number += i64::from(passed && !holders.contains(&person.application));
    })?;
    Ok(found)
}
