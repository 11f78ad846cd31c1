//! `checkin.cancel`: one admission is taken back, by whatever operation it came.
use super::admit::UNKNOWN_SESSION;
use crate::model::AttendanceState;
use crate::model::{ApplicationId, Code, Refusal, Role, SessionId};
use crate::ops::history::{NOT_YOURS, REASON};
use crate::ops::{Actor, Operation, Result, Site, Work};
use crate::store::views::{candidates, checkin};
use crate::store::{AttendanceRow, AttendanceSource, SessionRow, rows};
use rows::Connection;
use serde::Serialize;

pub const NOT_PRESENT: Code = Code("checkin.not_present");

/// Whoever admitted somebody may take it back, a coordinator anybody's.
#[derive(Debug, Serialize)]
pub struct Cancel {
    pub session: SessionId,
    pub application: ApplicationId,
    pub reason: String,
}

impl Operation for Cancel {
    const KIND: &'static str = "checkin.cancel";
    const ROLES: &'static [Role] = &[Role::Proctor, Role::Coordinator];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let (session, batch) = (self.session, work.batch()?.id);
        rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (session, batch))?
            .ok_or_else(|| Refusal::new(UNKNOWN_SESSION).with("session", session))?;
        allowed(work.tx.db(), work.actor, session, self.application)?;
        let key = (session, self.application);
        let here = rows::first::<AttendanceRow>(work.tx.db(), "WHERE session = ?1 AND application = ?2", key)?
            .ok_or_else(|| Refusal::new(NOT_PRESENT).with("name", ""))?;
        let absent = checkin::written_by(work.tx.db(), session, self.application)?.and_then(|w| w.absent_since);
        match absent {
            // Absence was somebody's act, and stands again.
            Some(at) => {
                let row = AttendanceRow {
                    state: AttendanceState::Absent,
                    source: AttendanceSource::Closing,
                    ..AttendanceRow::present(session, self.application, at)
                };
                work.tx.update(&here, &row)?;
            }
            None => work.tx.delete(&here)?,
        }
        Ok(())
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// Why the signed-on operator cannot take this admission back, before anybody is asked for a reason.
pub fn may_cancel(site: &Site, session: SessionId, who: ApplicationId) -> Result<()> {
    crate::policy::duties::allowed(&site.actor().roles, Cancel::ROLES)?;
    allowed(site.store().db(), site.actor(), session, who)
}

fn allowed(db: &Connection, actor: &Actor, session: SessionId, who: ApplicationId) -> Result<()> {
    let person = candidates::candidate(db, Some(session), who)?;
    let (name, state) = person.map_or_else(Default::default, |p| (p.name, p.attendance));
    if !matches!(state, Some(AttendanceState::Present | AttendanceState::Late)) {
        return Err(Refusal::new(NOT_PRESENT).with("name", name).into());
    }
    if actor.has(Role::Coordinator) {
        return Ok(());
    }
    let by = checkin::written_by(db, session, who)?;
    let Some(by) = by else {
        // One run with many others: the journal names no row of it.
        return Ok(crate::policy::duties::allowed(&actor.roles, &[Role::Coordinator])?);
    };
    if by.actor.is_some() && by.actor == actor.id.map(|id| id.0) {
        return Ok(());
    }
    Err(Refusal::new(NOT_YOURS).with("actor", by.actor_name).into())
}
