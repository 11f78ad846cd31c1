//! `payments.waive`: somebody need not pay, all of it or one item.
use super::ledger::{self, Money};
use super::refund::REASON;
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::fees::ALL_ITEMS;
use crate::store::FeeState;
use serde::Serialize;

pub const NOTHING_OWED: Code = Code("payment.nothing_to_waive");
pub const UNKNOWN_ITEM: Code = Code("payment.unknown_item");

#[derive(Debug, Clone, Serialize)]
pub struct Waive {
    pub application: ApplicationId,
    /// Code of an item of the fee table; `None`: all that is still owed.
    pub item: Option<String>,
    pub reason: String,
}

impl Operation for Waive {
    const KIND: &'static str = "payments.waive";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// Who need not pay.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let row = ledger::live(work, self.application)?;
        let name = row.name.clone();
        let had = ledger::rows_of(work.tx.db(), row.id)?;
        let policy = work.policy()?;
        let account = ledger::tally(policy, &row, &had);
        let again = self.item.as_ref().is_some_and(|item| account.waived.contains(item));
        if again || account.state.settles() {
            return Err(Refusal::new(NOTHING_OWED).with("name", name).word("state", account.state.key()).into());
        }
        let amount = match &self.item {
            None => account.due().unwrap_or(0),
            Some(code) => {
                let item = ledger::items(policy, &row).into_iter().find(|i| i.code == *code);
                item.ok_or_else(|| Refusal::new(UNKNOWN_ITEM).with("item", code.as_str()))?.amount
            }
        };
        let waived = Money {
            item: self.item.clone().unwrap_or_else(|| ALL_ITEMS.to_owned()),
            state: FeeState::Waived,
            amount,
            at: work.now,
            channel: None,
            reference: None,
            reason: Some(self.reason.trim().to_owned()),
        };
        ledger::post(work, vec![(row, had, vec![waived])])?;
        Ok(name)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
