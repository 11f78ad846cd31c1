//! What the database says of somebody at a door.
use super::admit::*;
use crate::model::{ApplicationId, Refusal, RoomId, SessionId};
use crate::ops::{Result, Work, applications, sanctions};
use crate::policy::attendance::{self, ALREADY_ABSENT, Step};
use crate::store::{ApplicationRow, ApplicationState, AttendanceRow, PlacementRow, RoomRow, SessionRow, rows};

pub(super) struct Facts {
    pub person: ApplicationRow,
    pub session: SessionRow,
    pub placement: PlacementRow,
    pub room: RoomRow,
    pub before: Option<AttendanceRow>,
}

/// Whether somebody must still be of the batch: not for what is done to those who were let in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    MustStand,
    Whatever,
}

impl Facts {
    pub fn of(work: &Work<'_, '_>, key: (SessionId, ApplicationId), standing: Standing) -> Result<Facts> {
        let (db, batch) = (work.tx.db(), work.batch()?.id);
        let person = rows::first::<ApplicationRow>(db, "WHERE id = ?1 AND batch = ?2", (key.1, batch))?
            .ok_or_else(|| Refusal::new(applications::UNKNOWN).with("id", key.1))?;
        let session = session(work, key.0)?;
        if standing == Standing::MustStand {
            refuse_out(work, &person)?;
            let barred = sanctions::may_apply(db, (person.document, &person.id_number), work.now.day())?;
            if let Err(bar) = barred {
                let data = bar.data.into_iter().chain([("name", person.name.as_str().into())]).collect();
                return Err(Refusal { code: BARRED, data }.into());
            }
        }
        let Some(placement) = rows::first::<PlacementRow>(db, "WHERE session = ?1 AND application = ?2", key)? else {
            return Err(elsewhere(work, key.1, &person.name)?.into());
        };
        let room = room(work, placement.room)?;
        let before = rows::first::<AttendanceRow>(db, "WHERE session = ?1 AND application = ?2", key)?;
        Ok(Facts { person, session, placement, room, before })
    }

    /// Refuses a step that the state does not allow, with where and since when.
    pub fn may(&self, step: Step) -> Result<()> {
        let Err(code) = attendance::may(self.before.as_ref().map(|b| b.state), step) else { return Ok(()) };
        let refusal = Refusal::new(code).with("name", self.person.name.as_str()).with("room", self.room.number);
        let refusal = refusal.with("seat", self.placement.seat);
        let Some(before) = &self.before else { return Err(refusal.into()) };
        let since = before.out_at.filter(|_| code != ALREADY_ABSENT).unwrap_or(before.at);
        let state = format!("attendance.{}", before.state.code());
        Err(refusal.with("since", since).word("state", state).into())
    }

    /// Refuses at the door of another room.
    pub fn at_door(&self, room: Option<RoomId>) -> Result<()> {
        if room.is_none_or(|room| room == self.room.id) {
            return Ok(());
        }
        let refusal = Refusal::new(WRONG_ROOM).with("name", self.person.name.as_str()).with("room", self.room.number);
        Err(refusal.with("seat", self.placement.seat).into())
    }
}

pub(super) fn session(work: &Work<'_, '_>, id: SessionId) -> Result<SessionRow> {
    let found = rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (id, work.batch()?.id))?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN_SESSION).with("session", id))?)
}

/// Where somebody is seated who has no seat in this session.
fn elsewhere(work: &Work<'_, '_>, who: ApplicationId, name: &str) -> Result<Refusal> {
    let db = work.tx.db();
    let other = rows::first::<PlacementRow>(db, "WHERE application = ?1 ORDER BY session", [who])?;
    let Some(other) = other else { return Ok(Refusal::new(NOT_SEATED).with("name", name)) };
    let room = room(work, other.room)?;
    let session = session(work, other.session)?;
    let refusal = Refusal::new(WRONG_SESSION).with("name", name).with("session", session.code.as_str());
    let refusal = refusal.with("starts", session.starts_at.minute()).word("subject", session.subject.key());
    Ok(refusal.with("room", room.number).with("seat", other.seat))
}

/// Whoever has left the batch, with why.
pub(super) fn refuse_out(work: &Work<'_, '_>, person: &ApplicationRow) -> Result<()> {
    let code = match person.state {
        ApplicationState::Withdrawn => WITHDRAWN,
        ApplicationState::Excluded => EXCLUDED,
        ApplicationState::Rejected => REJECTED,
        ApplicationState::Submitted | ApplicationState::Returned | ApplicationState::Approved => return Ok(()),
    };
    let refusal = Refusal::new(code).with("name", person.name.as_str());
    if code != EXCLUDED {
        return Err(refusal.into());
    }
    Err(match sanctions::standing(work.tx.db(), person.id)? {
        Some(row) => refusal.word("why", format!("act.{}", row.act)).with("basis", row.basis).into(),
        None => refusal.word("why", "checkin.why_unpaid").with("basis", "").into(),
    })
}

pub(super) fn room(work: &Work<'_, '_>, id: RoomId) -> Result<RoomRow> {
    let found = rows::first::<RoomRow>(work.tx.db(), "WHERE id = ?1", [id])?;
    Ok(found.ok_or_else(|| crate::store::StoreFault::Corrupt(format!("room {id}")))?)
}
