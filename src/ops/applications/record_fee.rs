//! `applications.record_fee`: somebody has paid, as the platform shows; the quick way of [`crate::ops::payments::Record`].
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::payments::{ALL_ITEMS, Money, ledger, post};
use crate::ops::{Operation, Result, Work};
use crate::policy::payment;
use crate::store::{ApplicationRow, FeeState};
use serde::Serialize;

pub const UNKNOWN: Code = Code("applications.unknown");
pub const NOBODY_OWES: Code = Code("applications.nobody_owes");

/// Whose fee came in: all that is still owed. Nobody states when it was paid, so what is recorded is that it was in time;
/// a payment known to be late is recorded with its time and a reason.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordFee {
    These(Vec<ApplicationId>),
    /// Everybody of the batch who may pay and has not paid.
    All,
}

impl Operation for RecordFee {
    const KIND: &'static str = "applications.record_fee";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// How many were unpaid before.
    type Out = usize;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<usize> {
        let owing = self.owing(work)?;
        if owing.is_empty() {
            return Err(Refusal::new(NOBODY_OWES).into());
        }
        opened(work)?;
        let mut all = Vec::with_capacity(owing.len());
        for row in owing {
            let money = ledger::rows_of(work.tx.db(), row.id)?;
            let amount = ledger::tally(work.policy()?, &row, &money).due().unwrap_or(0);
            let paid = Money {
                item: ALL_ITEMS.to_owned(),
                state: FeeState::Paid,
                amount,
                at: work.now,
                channel: None,
                reference: None,
                reason: None,
            };
            all.push((row, money, vec![paid]));
        }
        let count = all.len();
        post(work, all)?;
        Ok(count)
    }
}

/// No money can have come in before payment opened.
fn opened(work: &Work<'_, '_>) -> Result<()> {
    let windows = &work.policy()?.windows;
    if windows.payment.iter().any(|w| w.start.begins() <= work.now) {
        return Ok(());
    }
    Ok(payment::in_time(windows, work.now)?)
}

impl RecordFee {
    fn owing(&self, work: &Work<'_, '_>) -> Result<Vec<ApplicationRow>> {
        match self {
            RecordFee::All => ledger::applications_owing(work.tx.db(), work.batch()?.id, work.policy()?),
            RecordFee::These(ids) => {
                let mut found = Vec::with_capacity(ids.len());
                for id in ids {
                    let row = ledger::live(work, *id)?;
                    if row.paid_at.is_none() && !found.contains(&row) {
                        ledger::may_pay(work, &row)?;
                        found.push(row);
                    }
                }
                Ok(found)
            }
        }
    }
}
