//! `payments.record`: payments as they came in, with amount, channel, reference and time.
use super::ledger::{self, Money};
use crate::model::{ApplicationId, Code, Refusal, Role, Stamp, fold};
use crate::ops::{Operation, Result, Work};
use crate::policy::fees::{ALL_ITEMS, HIGHEST, yuan};
use crate::policy::payment::{self, AMOUNT_DIFFERS, ORIGINAL_MISSING, PAID_TWICE};
use crate::store::{ApplicationRow, FeeRow, FeeState};
use serde::Serialize;

pub const AMOUNT: Code = Code("payment.amount");
pub const AHEAD: Code = Code("payment.in_the_future");
pub const KNOWN_REFERENCE: Code = Code("payment.known_reference");
pub const NOBODY: Code = Code("payment.nobody_named");

/// Refusals that somebody may answer with "it is meant".
pub const WARNINGS: [Code; 3] = [AMOUNT_DIFFERS, PAID_TWICE, ORIGINAL_MISSING];

#[derive(Debug, Clone, Serialize)]
pub struct Paying {
    pub application: ApplicationId,
    /// Fen; `None`: all that is owed, or not stated where nothing is priced.
    pub amount: Option<i64>,
    pub channel: Option<String>,
    pub reference: Option<String>,
    /// When the money came in; `None`: now.
    pub at: Option<Stamp>,
}

impl Paying {
    pub fn all_of(application: ApplicationId) -> Paying {
        Paying { application, amount: None, channel: None, reference: None, at: None }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Accept {
    Nothing,
    /// Every warning is seen and meant.
    Warnings,
}

#[derive(Debug, Clone, Serialize)]
pub struct Record {
    pub payments: Vec<Paying>,
    /// Why a payment outside the window is taken.
    pub reason: Option<String>,
    pub accept: Accept,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    pub payments: usize,
    /// Applications with nothing left to pay.
    pub settled: usize,
    /// Fen, of the amounts stated.
    pub amount: i64,
}

impl Operation for Record {
    const KIND: &'static str = "payments.record";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Recorded;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Recorded> {
        if self.payments.is_empty() {
            return Err(Refusal::new(NOBODY).into());
        }
        let mut all: Vec<(ApplicationRow, Vec<FeeRow>, Vec<Money>)> = Vec::with_capacity(self.payments.len());
        for paying in &self.payments {
            if all.iter().any(|(row, ..)| row.id == paying.application) {
                let name = all.iter().find(|(row, ..)| row.id == paying.application).map(|(row, ..)| row.name.clone());
                return Err(Refusal::new(PAID_TWICE).with("name", name.unwrap_or_default()).into());
            }
            let row = ledger::live(work, paying.application)?;
            let had = ledger::rows_of(work.tx.db(), row.id)?;
            let money = self.money(work, paying, (&row, &had))?;
            all.push((row, had, vec![money]));
        }
        let (payments, amount) = (all.len(), all.iter().flat_map(|(.., m)| m).map(|m| m.amount).sum());
        let settled = ledger::post(work, all)?;
        Ok(Recorded { payments, settled, amount })
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref().map(str::trim).filter(|r| !r.is_empty())
    }
}

impl Record {
    fn money(&self, work: &Work<'_, '_>, paying: &Paying, of: (&ApplicationRow, &[FeeRow])) -> Result<Money> {
        let ((row, had), name) = (of, of.0.name.as_str());
        ledger::may_pay(work, row)?;
        let at = paying.at.unwrap_or(work.now);
        if at > work.now {
            return Err(Refusal::new(AHEAD).with("name", name).with("at", at.minute()).into());
        }
        if let Err(refusal) = payment::in_time(&work.policy()?.windows, at)
            && self.reason().is_none()
        {
            return Err(refusal.with("name", name).into());
        }
        let reference = paying.reference.as_deref().map(fold::number_like).filter(|r| !r.is_empty());
        if let Some(known) = reference.as_deref().filter(|r| had.iter().any(|h| h.reference.as_deref() == Some(*r))) {
            return Err(Refusal::new(KNOWN_REFERENCE).with("name", name).with("reference", known).into());
        }
        let amount = self.amount(work, paying, of)?;
        let channel = paying.channel.as_deref().map(|c| fold::text(c).into_owned()).filter(|c| !c.is_empty());
        Ok(Money {
            item: ALL_ITEMS.to_owned(),
            state: FeeState::Paid,
            amount,
            at,
            channel: channel.or_else(|| work.policy().ok()?.payment.channel.clone()),
            reference: reference.map(|r| r.into_owned()),
            reason: self.reason().map(str::to_owned),
        })
    }

    /// What is recorded, after what deserves a second look.
    fn amount(&self, work: &Work<'_, '_>, paying: &Paying, of: (&ApplicationRow, &[FeeRow])) -> Result<i64> {
        let ((row, had), policy, name) = (of, work.policy()?, of.0.name.as_str());
        if paying.amount.is_some_and(|a| !(1..=HIGHEST).contains(&a)) {
            return Err(Refusal::new(AMOUNT).with("name", name).into());
        }
        let account = ledger::tally(policy, row, had);
        let due = account.due();
        let warn = |refusal: Refusal| match self.accept {
            Accept::Nothing => Err(refusal.with("name", name)),
            Accept::Warnings => Ok(()),
        };
        if account.state.settles() {
            warn(Refusal::new(PAID_TWICE))?;
        } else if let (Some(due), Some(amount)) = (due, paying.amount)
            && due != amount
        {
            warn(Refusal::new(AMOUNT_DIFFERS).with("amount", yuan(amount)).with("due", yuan(due)))?;
        }
        if let Err(refusal) = policy.payment.original(row.original_at) {
            warn(refusal)?;
        }
        Ok(paying.amount.or(due).unwrap_or(0))
    }
}
