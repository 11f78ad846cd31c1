//! What other parts of the program do, planted.
use kaowu::model::{ApplicationId, AttendanceState, Role, SessionId, SessionMode};
use kaowu::ops::{AttendanceRow, Operation, Result, SessionRow, Work};
use kaowu::store::rows;
use serde::Serialize;

/// Turns a written practical session into hands-on work.
#[derive(Serialize)]
pub struct HandsOn(pub SessionId);

impl Operation for HandsOn {
    const KIND: &'static str = "test.plant";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let before = rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1", [self.0])?.unwrap();
        Ok(work.tx.update(&before, &SessionRow { mode: Some(SessionMode::HandsOn), ..before.clone() })?)
    }
}

/// Somebody hands in.
#[derive(Serialize)]
pub struct HandIn(pub SessionId, pub ApplicationId);

impl Operation for HandIn {
    const KIND: &'static str = "test.plant";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let tail = "WHERE session = ?1 AND application = ?2";
        let before = rows::first::<AttendanceRow>(work.tx.db(), tail, (self.0, self.1))?.unwrap();
        let (state, out_at) = (AttendanceState::HandedIn, Some(work.now));
        Ok(work.tx.update(&before, &AttendanceRow { state, out_at, ..before.clone() })?)
    }
}
