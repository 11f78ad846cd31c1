//! `exchange.resolve`: a person says which side of a conflict stands, and why.
use super::super::version::{FOLLOWS, versions};
use super::change::{Change, write};
use super::conflicts::{row, rows_of};
use super::side::{Row, rows_here, table};
use crate::bundle::site::{MARK_LOCKS, Table, Unit};
use crate::model::{Code, MergeConflictId, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::views::locks::{MARK_LOCKED, SESSION_LOCKED};
use crate::store::{ConflictState, MergeConflictRow, ReplacedRow, rows};
use serde::Serialize;

pub const DECIDED: Code = Code("merge.already_decided");
pub const NO_REASON: Code = Code("merge.reason_missing");
pub const IN_THE_WAY: Code = Code("merge.in_the_way");
/// The marks that it is about are locked.
pub const LOCKED: Code = Code("merge.locked");

/// Which side stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    Here,
    There,
}

#[derive(Debug, Clone, Serialize)]
pub struct Resolve {
    pub conflict: MergeConflictId,
    pub stands: Stands,
    pub reason: String,
}

impl Operation for Resolve {
    const KIND: &'static str = "exchange.resolve";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let batch = work.batch()?.id;
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(NO_REASON).into());
        }
        let before = row(work.tx.db(), self.conflict)?;
        if before.state != ConflictState::Open || before.batch != batch {
            return Err(Refusal::new(DECIDED).with("conflict", self.conflict).into());
        }
        let table = table(&before.part)?;
        let there = rows_of(table, &before.there);
        let now = rows_here(work.tx.db(), batch, table)?.grouped(table).remove(&before.place).unwrap_or_default();
        let (state, lost) = match self.stands {
            Stands::Here => (ConflictState::Here, there),
            // Opened by two people here, not by what another site says.
            Stands::There if table.name == MARK_LOCKS.name && !now.is_empty() => {
                return Err(Refusal::new(LOCKED).with("conflict", self.conflict).into());
            }
            Stands::There => {
                let come = match (table.merge.unit, now.as_slice(), there.as_slice()) {
                    (Unit::Applicant, [ours], [theirs]) => vec![disputed(table, &before.fields, ours, theirs)],
                    _ => there,
                };
                let change = Change { table, place: before.place.clone(), out: now.clone(), come };
                if let Err(why) = write(work.tx, batch, &[change])? {
                    let code = if is_locked(&why) { LOCKED } else { IN_THE_WAY };
                    return Err(Refusal::new(code).with("conflict", self.conflict).with("detail", why).into());
                }
                (ConflictState::There, now)
            }
        };
        forget(work, &before, (table, &lost))?;
        let reason = Some(self.reason.trim().to_owned());
        let (decided_by, decided_at) = (work.actor.id, Some(work.now));
        Ok(work.tx.update(&before, &MergeConflictRow { state, decided_by, decided_at, reason, ..before.clone() })?)
    }
}

/// Whether what stands in a row's way is that its marks are locked, as the tables say it.
pub fn is_locked(why: &str) -> bool {
    [MARK_LOCKED, SESSION_LOCKED].iter().any(|said| why.contains(said))
}

/// The application here with the other side's values where they were in dispute.
fn disputed(table: &Table, fields: &str, ours: &Row, theirs: &Row) -> Row {
    let mut row = ours.clone();
    for heading in fields.split(',').filter(|h| !FOLLOWS.contains(h) || *h == "state") {
        row.set(table, heading, theirs.cell(table, heading));
    }
    row
}

/// The side that lost is older from now on, here and wherever this site's bundle is merged.
fn forget(work: &mut Work<'_, '_>, conflict: &MergeConflictRow, (table, lost): (&Table, &[Row])) -> Result<()> {
    let tail = "WHERE batch = ?1 AND part = ?2 AND place = ?3 AND version = ?4";
    for version in lost.iter().flat_map(|row| versions(table, &row.written)) {
        let key = (conflict.batch, conflict.part.as_str(), conflict.place.as_str(), version.as_str());
        if rows::first::<ReplacedRow>(work.tx.db(), tail, key)?.is_none() {
            let (id, batch) = (work.tx.next_id::<ReplacedRow>()?, conflict.batch);
            let (part, place) = (conflict.part.clone(), conflict.place.clone());
            work.tx.insert(&ReplacedRow { id, batch, part, place, version })?;
        }
    }
    Ok(())
}
