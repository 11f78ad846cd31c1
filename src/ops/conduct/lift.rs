//! `conduct.lift`: a decision is taken back whole, and the incident waits for another one.
use super::decide::{attendance, incident, mark_of};
use crate::model::{AttendanceState, Code, IncidentId, Refusal, Role, Subject};
use crate::ops::payments::ledger;
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::{AttendanceRow, IncidentRow, IncidentState, MarkEffectRow, SanctionRow, rows};
use serde::Serialize;

pub const NOT_DECIDED: Code = Code("conduct.not_decided");
pub const LIFT_REASON: Code = Code("conduct.lift_reason");

#[derive(Debug, Clone, Serialize)]
pub struct Lift {
    pub incident: IncidentId,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lifted {
    pub number: IncidentId,
    pub name: Option<String>,
    /// Parts whose marks count in full again, as far as no other incident stands against them.
    pub parts: Vec<Subject>,
    /// Is in the room again.
    pub readmitted: bool,
    pub unbarred: bool,
}

impl Operation for Lift {
    const KIND: &'static str = "conduct.lift";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("conduct.decide");
    type Out = Lifted;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Lifted> {
        let before = incident(work.tx.db(), work.batch()?.id, self.incident)?;
        if before.state == IncidentState::Reported {
            return Err(Refusal::new(NOT_DECIDED).with("number", self.incident).into());
        }
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(LIFT_REASON).into());
        }
        let name = before.application.map(|id| ledger::one(work, id)).transpose()?.map(|p| p.name);
        let effects = rows::select::<MarkEffectRow>(work.tx.db(), "WHERE incident = ?1 ORDER BY id", [before.id])?;
        for effect in &effects {
            work.tx.delete(effect)?;
        }
        let parts = effects.into_iter().map(|e| e.subject).collect();
        let readmitted = back_in(work, &before)?;
        let unbarred = unbar(work, &before)?;
        let after = IncidentRow {
            state: IncidentState::Reported,
            outcome: None,
            decision: None,
            decided_by: None,
            decided_at: None,
            sanction: None,
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(Lifted { number: before.id, name, parts, readmitted, unbarred })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// Takes back that this incident sent somebody out. What the door or another incident wrote stays.
fn back_in(work: &mut Work<'_, '_>, row: &IncidentRow) -> Result<bool> {
    let own = mark_of(row);
    let out = |a: &AttendanceRow| a.state == AttendanceState::Misconduct && a.reason.as_deref() == Some(own.as_str());
    let Some(before) = attendance(work, row)?.filter(out) else { return Ok(false) };
    let state = if before.late_minutes.is_some() { AttendanceState::Late } else { AttendanceState::Present };
    work.tx.update(&before, &AttendanceRow { state, out_at: None, reason: None, ..before.clone() })?;
    Ok(true)
}

/// Ends the bar of this incident, unless somebody has ended it before.
fn unbar(work: &mut Work<'_, '_>, row: &IncidentRow) -> Result<bool> {
    let Some(number) = row.sanction else { return Ok(false) };
    let Some(before) = rows::first::<SanctionRow>(work.tx.db(), "WHERE id = ?1 AND lifted = 0", [number])? else {
        return Ok(false);
    };
    work.tx.update(&before, &SanctionRow { lifted: true, ..before.clone() })?;
    Ok(true)
}
