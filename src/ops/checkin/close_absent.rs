//! `checkin.close_absent`: after the late limit everybody who is still expected is marked absent, under a signature.
use super::door::Door;
use super::facts::session;
use super::sign::{LIST_CHANGED, Signed};
use crate::model::AttendanceState;
use crate::model::{Code, Refusal, Role, RoomId, SessionId};
use crate::ops::{Operation, Result, Site, Work};
use crate::policy::gates::Gates;
use crate::store::views::checkin::{self, Seated};
use crate::store::{AttendanceRow, AttendanceSource, SessionRow, rows};
use serde::Serialize;

pub const STILL_OPEN: Code = Code("checkin.still_open");
pub const NOBODY_EXPECTED: Code = Code("checkin.nobody_expected");

/// [`absentees`] shows the list first, [`super::sign`] signs it.
#[derive(Debug, Clone, Serialize)]
pub struct CloseAbsent {
    pub session: SessionId,
    /// `None`: every room.
    pub room: Option<RoomId>,
    pub signed: Signed,
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
        let session = session(work, self.session)?;
        let absent = list(&work.policy()?.gates, &session, work.now, || {
            Ok(checkin::expected(work.tx.db(), self.session, self.room)?)
        })?;
        if absent.len() != self.signed.people || self.signed.by != work.actor.name {
            let (shown, count) = (self.signed.people, absent.len());
            return Err(Refusal::new(LIST_CHANGED).with("shown", shown).with("count", count).into());
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

/// Who would be marked absent now by the signed-on operator, by room and seat; or why nobody is yet.
pub fn absentees(site: &Site, session: SessionId, room: Option<RoomId>) -> Result<Vec<Seated>> {
    crate::policy::duties::allowed(&site.actor().roles, CloseAbsent::ROLES)?;
    let db = site.store().db();
    let found = rows::first::<SessionRow>(db, "WHERE id = ?1 AND batch = ?2", (session, site.batch()?.id))?;
    let found = found.ok_or_else(|| Refusal::new(super::UNKNOWN_SESSION).with("session", session))?;
    list(&site.policy()?.gates, &found, site.now(), || super::expected(site, session, room))
}

fn list(
    gates: &Gates,
    session: &SessionRow,
    now: crate::model::Stamp,
    expected: impl FnOnce() -> Result<Vec<Seated>>,
) -> Result<Vec<Seated>> {
    let limit = Door::of(gates, session).limit;
    if now <= limit {
        let refusal = Refusal::new(STILL_OPEN).with("session", session.code.as_str()).with("limit", limit);
        return Err(refusal.with("minutes", now.minutes_since(limit).saturating_neg()).into());
    }
    let absent = expected()?;
    if absent.is_empty() {
        return Err(Refusal::new(NOBODY_EXPECTED).with("session", session.code.as_str()).into());
    }
    Ok(absent)
}
