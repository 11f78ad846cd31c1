//! `checkin.cancel`: the last step of one person is taken back, by whatever operation it came.
use super::facts::session;
use crate::model::AttendanceState;
use crate::model::{ApplicationId, Refusal, Role, SessionId};
use crate::ops::history::{NOT_YOURS, REASON};
use crate::ops::{Actor, Operation, Result, Site, Work};
use crate::policy::attendance::{self, CLOSED_ABSENT, NOT_PRESENT, Step};
use crate::store::views::{candidates, checkin};
use crate::store::{AttendanceRow, AttendanceSource, rows};
use rows::Connection;
use serde::Serialize;

/// Whoever did it may take it back, a coordinator anybody's. Who is out is inside again; who was let in or sent away is
/// what they were before: expected, absent, or sent away.
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
        let session = session(work, self.session)?.id;
        allowed(work.tx.db(), work.actor, session, self.application)?;
        let key = (session, self.application);
        let row = rows::first::<AttendanceRow>(work.tx.db(), "WHERE session = ?1 AND application = ?2", key)?
            .ok_or_else(|| Refusal::new(NOT_PRESENT).with("name", ""))?;
        match before(work.tx.db(), &row)? {
            Some(before) => work.tx.update(&row, &before)?,
            None => work.tx.delete(&row)?,
        }
        Ok(())
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// What stands again when the last step is taken back.
fn before(db: &Connection, row: &AttendanceRow) -> Result<Option<AttendanceRow>> {
    Ok(match row.state {
        AttendanceState::HandedIn | AttendanceState::LeftEarly => {
            let late = row.late_minutes.is_some();
            let state = if late { AttendanceState::Late } else { AttendanceState::Present };
            Some(AttendanceRow { state, out_at: None, reason: None, ..row.clone() })
        }
        AttendanceState::Present | AttendanceState::Late => {
            let plain = |at| AttendanceRow::present(row.session, row.application, at);
            checkin::before_arrival(db, row.session, row.application)?.map(|b| AttendanceRow {
                state: b.state,
                reason: b.reason,
                source: b.source,
                ..plain(b.at)
            })
        }
        AttendanceState::Refused | AttendanceState::Absent | AttendanceState::Misconduct => None,
    })
}

/// Why the signed-on operator cannot take the last step back, before anybody is asked for a reason.
pub fn may_cancel(site: &Site, session: SessionId, who: ApplicationId) -> Result<()> {
    crate::policy::duties::allowed(&site.actor().roles, Cancel::ROLES)?;
    allowed(site.store().db(), site.actor(), session, who)
}

fn allowed(db: &Connection, actor: &Actor, session: SessionId, who: ApplicationId) -> Result<()> {
    let person = candidates::candidate(db, Some(session), who)?;
    let (name, state) = person.map_or_else(Default::default, |p| (p.name, p.attendance));
    if let Err(code) = attendance::may(state, Step::TakeBack) {
        return Err(Refusal::new(code).with("name", name).into());
    }
    let key = (session, who);
    let row = rows::first::<AttendanceRow>(db, "WHERE session = ?1 AND application = ?2", key)?;
    let is_closed = |r: &AttendanceRow| r.state == AttendanceState::Absent && r.source == AttendanceSource::Closing;
    if row.as_ref().is_some_and(is_closed) {
        return Err(Refusal::new(CLOSED_ABSENT).with("name", name).into());
    }
    if actor.has(Role::Coordinator) {
        return Ok(());
    }
    let Some(by) = checkin::written_by(db, session, who)? else {
        // One run with many others: the journal names no row of it.
        return Ok(crate::policy::duties::allowed(&actor.roles, &[Role::Coordinator])?);
    };
    if by.actor.is_some() && by.actor == actor.id.map(|id| id.0) {
        return Ok(());
    }
    Err(Refusal::new(NOT_YOURS).with("actor", by.actor_name).into())
}
