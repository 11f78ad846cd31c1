//! `staff.sign_in`: somebody has come to work (监考、考评人员签到).
use super::row;
use super::world::task_of;
use crate::model::{Code, Refusal, Role, SessionId, StaffId, Stamp};
use crate::ops::{Operation, Result, Work};
use crate::store::{AssignmentRow, SessionRow, rows};
use serde::Serialize;

pub const OTHER_DAY: Code = Code("staff.other_day");
pub const SIGNED_IN: Code = Code("staff.signed_in");

#[derive(Debug, Serialize)]
pub struct SignIn {
    pub staff: StaffId,
    pub session: SessionId,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Came {
    pub name: String,
    pub at: Stamp,
    /// Minutes after the session began; `None`: in time.
    pub late_minutes: Option<i64>,
}

impl Operation for SignIn {
    const KIND: &'static str = "staff.sign_in";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Came;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Came> {
        work.batch()?;
        let before = task_of(work.tx.db(), self.session, self.staff)?;
        let name = row(work.tx.db(), self.staff)?.name;
        if let Some(at) = before.came_at {
            return Err(Refusal::new(SIGNED_IN).with("name", name).with("at", at).into());
        }
        let session = rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1", [self.session])?;
        let starts = session.map_or(work.now, |s| s.starts_at);
        if starts.day() != work.now.day() {
            return Err(Refusal::new(OTHER_DAY).with("name", name).with("day", starts.day().to_string()).into());
        }
        work.tx.update(&before, &AssignmentRow { came_at: Some(work.now), ..before.clone() })?;
        let late_minutes = Some(work.now.minutes_since(starts)).filter(|late| *late > 0);
        Ok(Came { name, at: work.now, late_minutes })
    }
}
