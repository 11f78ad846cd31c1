//! `demo.arrive`: somebody made up comes through the door.
use crate::model::{ApplicationId, Role, SessionId};
use crate::ops::{Operation, Result, Work};
use crate::policy::gates::{Arrival, admit};
use crate::store::{AttendanceRow, AttendanceState, SessionRow, rows};
use serde::Serialize;

/// Attendance by the gates of the policy alone.
#[derive(Debug, Serialize)]
pub struct Arrive {
    pub session: SessionId,
    pub application: ApplicationId,
}

impl Operation for Arrive {
    const KIND: &'static str = "demo.arrive";
    const ROLES: &'static [Role] = &[Role::Proctor];
    type Out = Arrival;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Arrival> {
        let session = rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1", [self.session])?
            .ok_or_else(|| crate::store::StoreFault::Corrupt(format!("session {}", self.session)))?;
        let arrival = admit(&work.policy()?.gates, session.starts_at, work.now)?;
        let (state, late_minutes) = match arrival {
            Arrival::OnTime => (AttendanceState::Present, None),
            Arrival::Late { minutes } => (AttendanceState::Late, Some(minutes)),
        };
        work.tx.insert(&AttendanceRow {
            session: self.session,
            application: self.application,
            state,
            at: work.now,
            late_minutes,
            r#override: None,
        })?;
        Ok(arrival)
    }
}
