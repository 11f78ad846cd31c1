//! `payments.refund`: money goes back; the payment stays on record.
use super::ledger::{self, Money};
use crate::model::{ApplicationId, Code, Refusal, Role, fold};
use crate::ops::{Operation, Result, Work};
use crate::policy::fees::{ALL_ITEMS, yuan};
use crate::policy::payment::Standing;
use crate::store::FeeState;
use serde::Serialize;

pub const NOTHING_CAME: Code = Code("payment.nothing_to_refund");
pub const TOO_MUCH: Code = Code("payment.refund_too_much");
pub const REASON: Code = Code("payment.reason_needed");

#[derive(Debug, Clone, Serialize)]
pub struct Refund {
    pub application: ApplicationId,
    /// Fen; `None`: all that came in.
    pub amount: Option<i64>,
    pub reference: Option<String>,
    pub reason: String,
}

impl Operation for Refund {
    const KIND: &'static str = "payments.refund";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// Whose money, and fen given back; 0 where nobody stated how much came in.
    type Out = (String, i64);

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<(String, i64)> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        // Also to somebody who has left the batch: that is when money goes back.
        let row = ledger::one(work, self.application)?;
        let name = row.name.clone();
        let had = ledger::rows_of(work.tx.db(), row.id)?;
        let account = ledger::tally(work.policy()?, &row, &had);
        let came = account.kept > 0 || account.state == Standing::Paid;
        if !came {
            return Err(Refusal::new(NOTHING_CAME).with("name", name).into());
        }
        // Without a stated amount anything may go back.
        let most = if account.kept > 0 { account.kept } else { i64::MAX };
        let amount = self.amount.unwrap_or(account.kept);
        if amount < 0 || amount > most || self.amount == Some(0) {
            return Err(Refusal::new(TOO_MUCH).with("name", name).with("kept", yuan(account.kept)).into());
        }
        let back = Money {
            item: ALL_ITEMS.to_owned(),
            state: FeeState::Refunded,
            amount,
            at: work.now,
            channel: None,
            reference: self.reference.as_deref().map(|r| fold::number_like(r).into_owned()).filter(|r| !r.is_empty()),
            reason: Some(self.reason.trim().to_owned()),
        };
        ledger::post(work, vec![(row, had, vec![back])])?;
        Ok((name, amount))
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
