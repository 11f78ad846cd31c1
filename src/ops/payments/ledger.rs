//! Writing money down: the one place where rows of money and the quick flag of the application change together.
use crate::model::{ApplicationId, Code, Refusal, Stamp};
use crate::ops::{Result, Site, Work, applications};
use crate::policy::Policy;
use crate::policy::fees::{self, FeeItem, Payer};
use crate::policy::payment::{self, Account, Move, Movement, Reviewed};
use crate::store::rows::Connection;
use crate::store::{ApplicationRow, ApplicationState, FeeRow, FeeState, rows};

/// Not in the batch any more: nothing is paid, refunded or waived by a slip.
pub const OUT: Code = Code("payment.out_of_batch");

/// From so many rows on they are journaled as runs, not one by one.
const MANY: usize = 50;

/// One movement, as somebody states it.
#[derive(Debug, Clone)]
pub struct Money {
    pub item: String,
    pub state: FeeState,
    pub amount: i64,
    pub at: Stamp,
    pub channel: Option<String>,
    pub reference: Option<String>,
    pub reason: Option<String>,
}

pub fn reviewed(row: &ApplicationRow) -> Reviewed {
    if row.state == ApplicationState::Approved { Reviewed::Approved } else { Reviewed::NotYet }
}

pub fn items<'p>(policy: &'p Policy, row: &ApplicationRow) -> Vec<&'p FeeItem> {
    fees::owed(&policy.fees, Payer { level: row.level, route: row.route, occupation: &row.occupation })
}

pub fn rows_of(db: &Connection, application: ApplicationId) -> Result<Vec<FeeRow>> {
    Ok(rows::select::<FeeRow>(db, "WHERE application = ?1 ORDER BY id", [application])?)
}

fn movement(row: &FeeRow) -> Movement<'_> {
    let kind = match row.state {
        FeeState::Paid => Move::Paid,
        FeeState::Refunded => Move::Refunded,
        FeeState::Waived => Move::Waived,
    };
    Movement { kind, item: &row.item, amount: row.amount }
}

pub fn tally(policy: &Policy, row: &ApplicationRow, money: &[FeeRow]) -> Account {
    payment::account(&items(policy, row), &money.iter().map(movement).collect::<Vec<_>>())
}

/// An application of the batch at hand, live or not.
pub fn one(work: &Work<'_, '_>, id: ApplicationId) -> Result<ApplicationRow> {
    let found = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (id, work.batch()?.id))?;
    found.ok_or_else(|| Refusal::new(applications::UNKNOWN).with("id", id).into())
}

/// The same, refused when it has left the batch.
pub fn live(work: &Work<'_, '_>, id: ApplicationId) -> Result<ApplicationRow> {
    let row = one(work, id)?;
    match row.state {
        state if state.is_live() => Ok(row),
        ApplicationState::Withdrawn => Err(Refusal::new(applications::WITHDRAWN).with("name", row.name).into()),
        state => {
            let refusal = Refusal::new(OUT).with("name", row.name);
            Err(refusal.word("state", format!("application_state.{}", state.code())).into())
        }
    }
}

/// Refused before the last review, where the policy has one.
pub fn may_pay(work: &Work<'_, '_>, row: &ApplicationRow) -> Result<()> {
    let allowed = payment::may_pay(work.policy()?, reviewed(row));
    Ok(allowed.map_err(|r| r.with("name", row.name.as_str()))?)
}

/// Writes movements of several applications, each with its rows so far. The flag of an application is set when nothing is
/// left to pay, and cleared when something is.
pub fn post(work: &mut Work<'_, '_>, all: Vec<(ApplicationRow, Vec<FeeRow>, Vec<Money>)>) -> Result<usize> {
    let operator = work.actor.operator()?;
    let first = work.tx.next_id::<FeeRow>()?;
    let mut next = first;
    let mut written = Vec::with_capacity(all.len());
    let mut settled = 0;
    for (before, mut money, news) in all {
        let latest = news.iter().map(|m| m.at).max();
        for m in news {
            let row = FeeRow {
                id: next,
                application: before.id,
                item: m.item,
                state: m.state,
                amount: m.amount,
                paid_on: m.at,
                channel: m.channel,
                reference: m.reference,
                reason: m.reason,
                operator,
            };
            next += 1;
            money.push(row.clone());
            written.push(row);
        }
        let settles = tally(work.policy()?, &before, &money).state.settles();
        settled += usize::from(settles);
        let paid_at = if settles { before.paid_at.or(latest) } else { None };
        if paid_at != before.paid_at {
            work.tx.update(&before, &ApplicationRow { paid_at, ..before.clone() })?;
        }
    }
    if written.len() > MANY {
        work.tx.insert_run(first, written.into_iter())?;
    } else {
        for row in &written {
            work.tx.insert(row)?;
        }
    }
    Ok(settled)
}

/// How many fees "everybody" would record.
pub fn owing(site: &Site) -> Result<usize> {
    Ok(applications_owing(site.store().db(), site.batch()?.id, &*site.policy()?)?.len())
}

/// Everybody in the batch who may pay and has something left to pay.
pub fn applications_owing(
    db: &Connection,
    batch: crate::model::BatchId,
    policy: &Policy,
) -> Result<Vec<ApplicationRow>> {
    let live = "WHERE batch = ?1 AND paid_at IS NULL AND state IN ('submitted', 'returned', 'approved') ORDER BY id";
    let all = rows::select::<ApplicationRow>(db, live, [batch])?;
    Ok(all.into_iter().filter(|a| payment::may_pay(policy, reviewed(a)).is_ok()).collect())
}
