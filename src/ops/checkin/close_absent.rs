//! `checkin.close_absent`: after the late limit everybody who is still expected is marked absent, by somebody's hand.
use super::admit::UNKNOWN_SESSION;
use super::door::Door;
use crate::model::AttendanceState;
use crate::model::{Code, Refusal, Role, RoomId, SessionId};
use crate::ops::{Operation, Result, Work};
use crate::store::views::checkin::{self, Seated};
use crate::store::{AttendanceRow, AttendanceSource, SessionRow, rows};
use serde::Serialize;

pub const STILL_OPEN: Code = Code("checkin.still_open");
pub const NOBODY_EXPECTED: Code = Code("checkin.nobody_expected");

/// Preview it to see the list first.
#[derive(Debug, Serialize)]
pub struct CloseAbsent {
    pub session: SessionId,
    /// `None`: every room.
    pub room: Option<RoomId>,
}

/// Who was marked absent, by room and seat.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Closed {
    pub absent: Vec<Seated>,
}

impl Operation for CloseAbsent {
    const KIND: &'static str = "checkin.close_absent";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Closed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Closed> {
        let batch = work.batch()?.id;
        let session = rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (self.session, batch))?
            .ok_or_else(|| Refusal::new(UNKNOWN_SESSION).with("session", self.session))?;
        let limit = Door::of(&work.policy()?.gates, &session).limit;
        if work.now <= limit {
            let refusal = Refusal::new(STILL_OPEN).with("session", session.code.as_str()).with("limit", limit);
            return Err(refusal.with("minutes", work.now.minutes_since(limit).saturating_neg()).into());
        }
        let absent = checkin::expected(work.tx.db(), self.session, self.room)?;
        if absent.is_empty() {
            return Err(Refusal::new(NOBODY_EXPECTED).with("session", session.code.as_str()).into());
        }
        for person in &absent {
            work.tx.insert(&AttendanceRow {
                state: AttendanceState::Absent,
                source: AttendanceSource::Closing,
                ..AttendanceRow::present(self.session, person.application, work.now)
            })?;
        }
        Ok(Closed { absent })
    }
}
