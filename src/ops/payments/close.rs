//! `payments.close`: after the window whoever has not paid leaves the batch (S0-31). One undo brings all of them back.
use super::ledger;
use crate::model::{ApplicationId, Code, Level, Refusal, Role, identity};
use crate::ops::{Operation, Result, Site, Work};
use crate::policy::{Policy, payment};
use crate::store::rows::Connection;
use crate::store::{ApplicationRow, ApplicationState};
use serde::Serialize;

pub const NOBODY_UNPAID: Code = Code("payment.nobody_unpaid");
pub const COUNT_CHANGED: Code = Code("payment.count_changed");

#[derive(Debug, Clone, Serialize)]
pub struct Close {
    /// How many somebody saw and typed; another number by now changes nothing.
    pub expect: usize,
    pub reason: Option<String>,
}

/// Somebody who owes at the close.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unpaid {
    pub application: ApplicationId,
    pub name: String,
    /// Masked.
    pub id_number: String,
    pub occupation_name: String,
    pub level: Level,
    pub employer: Option<String>,
    pub phone: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Closed {
    pub excluded: Vec<Unpaid>,
    /// Paid, but their original form is not in: they stay and are to be asked (S1-82).
    pub originals_missing: usize,
}

impl Operation for Close {
    const KIND: &'static str = "payments.close";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Closed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Closed> {
        payment::may_close(&work.policy()?.windows, work.now)?;
        let batch = work.batch()?.id;
        let who = debtors(work.tx.db(), batch, work.policy()?)?;
        if who.is_empty() {
            return Err(Refusal::new(NOBODY_UNPAID).into());
        }
        if who.len() != self.expect {
            return Err(Refusal::new(COUNT_CHANGED).with("expected", self.expect).with("found", who.len()).into());
        }
        for before in &who {
            let after = ApplicationRow { state: ApplicationState::Excluded, ..before.clone() };
            work.tx.update(before, &after)?;
        }
        let originals_missing = without_original(work.tx.db(), batch, work.policy()?)?;
        Ok(Closed { excluded: who.iter().map(shown).collect(), originals_missing })
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref().filter(|r| !r.trim().is_empty())
    }
}

/// Those who may pay, did not, and owe something. Whoever is still under review is not theirs to lose by the fee.
fn debtors(db: &Connection, batch: crate::model::BatchId, policy: &Policy) -> Result<Vec<ApplicationRow>> {
    let mut found = ledger::applications_owing(db, batch, policy)?;
    if !policy.fees.is_empty() {
        let mut owing = Vec::with_capacity(found.len());
        for row in found {
            if !ledger::tally(policy, &row, &ledger::rows_of(db, row.id)?).state.settles() {
                owing.push(row);
            }
        }
        found = owing;
    }
    Ok(found)
}

fn without_original(db: &Connection, batch: crate::model::BatchId, policy: &Policy) -> Result<usize> {
    if !policy.payment.original_required {
        return Ok(0);
    }
    let tail = "WHERE batch = ?1 AND paid_at IS NOT NULL AND original_at IS NULL \
                AND state IN ('submitted', 'returned', 'approved')";
    Ok(usize::try_from(crate::store::rows::count::<ApplicationRow>(db, tail, [batch])?).unwrap_or(0))
}

fn shown(row: &ApplicationRow) -> Unpaid {
    Unpaid {
        application: row.id,
        name: row.name.clone(),
        id_number: identity::mask(&row.id_number),
        occupation_name: row.occupation_name.clone(),
        level: row.level,
        employer: row.employer.clone(),
        phone: row.phone.clone(),
    }
}

/// Whom a close would leave out, and refused while payment is open.
pub fn unpaid(site: &Site) -> Result<Vec<Unpaid>> {
    let policy = site.policy()?;
    payment::may_close(&policy.windows, site.now())?;
    Ok(debtors(site.store().db(), site.batch()?.id, &policy)?.iter().map(shown).collect())
}
