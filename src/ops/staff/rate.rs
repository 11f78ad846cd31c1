//! `staff.rate`: how somebody worked, after the session: 1 unfit, 2 passable, 3 good, 4 excellent.
use super::row;
use super::world::task_of;
use crate::model::{Code, Refusal, Role, SessionId, StaffId};
use crate::ops::{Operation, Result, Work};
use crate::store::{AssignmentRow, SessionRow, rows};
use serde::Serialize;

pub const NOT_OVER: Code = Code("staff.not_over");
pub const DID_NOT_COME: Code = Code("staff.did_not_come");
pub const RATING: Code = Code("staff.rating");

#[derive(Debug, Serialize)]
pub struct Rate {
    pub staff: StaffId,
    pub session: SessionId,
    pub rating: i64,
}

impl Operation for Rate {
    const KIND: &'static str = "staff.rate";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The name.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        work.batch()?;
        let before = task_of(work.tx.db(), self.session, self.staff)?;
        let name = row(work.tx.db(), self.staff)?.name;
        if !(1..=4).contains(&self.rating) {
            return Err(Refusal::new(RATING).with("value", self.rating).into());
        }
        let session = rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1", [self.session])?;
        let over = session.as_ref().map(|s| s.ends_at.unwrap_or(s.starts_at));
        if let Some(over) = over.filter(|over| work.now < *over) {
            return Err(Refusal::new(NOT_OVER).with("name", name).with("at", over).into());
        }
        if before.came_at.is_none() {
            return Err(Refusal::new(DID_NOT_COME).with("name", name).into());
        }
        let after = AssignmentRow { rating: Some(self.rating), ..before.clone() };
        if after != before {
            work.tx.update(&before, &after)?;
        }
        Ok(name)
    }
}
