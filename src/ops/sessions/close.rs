//! `sessions.close` and `sessions.reopen`: the closing record (收场记录) of a session. After it attendance stays as it is, in
//! the tables too; whoever opens it again does so with another person.
use super::find;
use crate::model::{Code, Refusal, Role, SessionId};
use crate::ops::together::{Again, COSIGN, again};
use crate::ops::{Error, Operation, People, Result, SessionClosingRow, Site, Undo, Work};
use crate::store::anchor::SESSION_CLOSED;
use crate::store::rows::{self, Connection};
use crate::store::views::checkin::totals;
use crate::store::{IncidentRow, PaperBagRow, ScriptBagRow, SessionRow, StoreFault, journal};
use serde::Serialize;

/// Its attendance does not change any more.
pub const CLOSED: Code = Code("sessions.closed");
pub const NOT_CLOSED: Code = Code("sessions.not_closed");
pub const NOT_OVER: Code = Code("sessions.not_over");
pub const STILL_EXPECTED: Code = Code("sessions.still_expected");
pub const REASON: Code = Code("sessions.no_reason");

#[derive(Debug, Serialize)]
pub struct Close {
    pub session: String,
}

impl Operation for Close {
    const KIND: &'static str = "sessions.close";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("sessions.reopen");
    type Out = SessionClosingRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<SessionClosingRow> {
        let session = find(work, &self.session)?;
        let db = work.tx.db();
        if closing(db, session.id)?.is_some() {
            return Err(Refusal::new(CLOSED).into());
        }
        over(work, &session)?;
        let counts = totals(db, session.id)?;
        if counts.expected() != 0 {
            let refusal = Refusal::new(STILL_EXPECTED).with("session", session.code.as_str());
            return Err(refusal.with("count", counts.expected()).into());
        }
        let of = "WHERE session = ?1";
        let (head_no, head) = journal::head(db)?;
        let row = SessionClosingRow {
            id: work.tx.next_id::<SessionClosingRow>()?,
            session: session.id,
            number: rows::count::<SessionClosingRow>(db, of, [session.id])? + 1,
            seated: counts.seated,
            present: counts.here,
            absent: counts.absent,
            refused: counts.refused,
            incidents: rows::count::<IncidentRow>(db, of, [session.id])?,
            bags: rows::count::<PaperBagRow>(db, of, [session.id])?
                + rows::count::<ScriptBagRow>(db, of, [session.id])?,
            head_no,
            head,
            closed_by: work.actor.operator()?,
            closed_at: work.now,
            reopened_by: None,
            reopened_at: None,
            reason: None,
        };
        work.tx.insert(&row)?;
        Ok(row)
    }
}

/// A session with an end is closed after it; one whose end is open, once nobody is let in any more.
fn over(work: &Work<'_, '_>, session: &SessionRow) -> Result<()> {
    let late = i64::from(work.policy()?.gates.late_limit_min);
    let over = session.ends_at.unwrap_or_else(|| session.starts_at.plus_minutes(late));
    if work.now <= over {
        return Err(Refusal::new(NOT_OVER).with("session", session.code.as_str()).into());
    }
    Ok(())
}

#[derive(Debug, Clone, Serialize)]
pub struct Reopen {
    pub session: String,
    pub reason: String,
}

impl Operation for Reopen {
    const KIND: &'static str = "sessions.reopen";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("sessions.close");
    const PEOPLE: People = People::Two(COSIGN);
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let session = find(work, &self.session)?;
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let Some(row) = closing(work.tx.db(), session.id)? else {
            return Err(Refusal::new(NOT_CLOSED).with("session", session.code.as_str()).into());
        };
        let open = SessionClosingRow {
            reopened_by: Some(work.actor.operator()?),
            reopened_at: Some(work.now),
            reason: Some(reason.to_owned()),
            ..row.clone()
        };
        Ok(work.tx.update(&row, &open)?)
    }

    fn again(&self) -> Option<Again> {
        again(self)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// The record that stands; `None`: the session is open.
pub(in crate::ops) fn closing(db: &Connection, session: SessionId) -> Result<Option<SessionClosingRow>> {
    Ok(rows::first::<SessionClosingRow>(db, "WHERE session = ?1 AND reopened_by IS NULL", [session])?)
}

/// The record that stands, for reading.
pub fn closed(site: &Site, session: SessionId) -> Result<Option<SessionClosingRow>> {
    closing(site.store().db(), session)
}

/// What the table says of attendance in a closed session, as a refusal.
pub(in crate::ops) fn said(error: Error) -> Error {
    match error {
        Error::Store(StoreFault::Constraint(what)) if what.contains(SESSION_CLOSED) => Refusal::new(CLOSED).into(),
        other => other,
    }
}
