//! `checkin.admit`: somebody at the door is let into a session, on time or late.
use super::door::Door;
use crate::model::AttendanceState;
use crate::model::{ApplicationId, Code, Refusal, Role, RoomId, SessionId};
use crate::ops::{Operation, Result, Work, applications, payments, sanctions};
use crate::policy::gates::{self, Arrival};
use crate::policy::payment::{Paid, Standing, UNPAID};
use crate::store::views::checkin;
use crate::store::{ApplicationRow, ApplicationState, AttendanceRow, PlacementRow, RoomRow, SessionRow, rows};
use serde::Serialize;

pub const ALREADY_PRESENT: Code = Code("checkin.already_present");
pub const WRONG_ROOM: Code = Code("checkin.wrong_room");
pub const WRONG_SESSION: Code = Code("checkin.wrong_session");
pub const NOT_SEATED: Code = Code("checkin.not_seated");
pub const WITHDRAWN: Code = Code("checkin.withdrawn");
/// Left out at the close of payment, or by a sanction; or refused by a review.
pub const EXCLUDED: Code = Code("checkin.excluded");
pub const REJECTED: Code = Code("checkin.rejected");
pub const BARRED: Code = Code("checkin.barred");
pub const SESSION_OVER: Code = Code("checkin.session_over");
pub const HERE_TWICE: Code = Code("checkin.here_twice");
pub const UNKNOWN_SESSION: Code = Code("checkin.unknown_session");

#[derive(Debug, Clone, Serialize)]
pub struct Admit {
    pub application: ApplicationId,
    pub session: SessionId,
    /// The room that the door leads to; `None` at a door for all rooms.
    pub room: Option<RoomId>,
    /// A coordinator's reason to let somebody in who is too late or has not paid. Nothing else is lifted by it.
    pub over: Option<String>,
}

/// Who came in, and where they sit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Admitted {
    pub application: ApplicationId,
    pub name: String,
    pub room: RoomId,
    pub room_number: i64,
    pub seat: i64,
    pub arrival: Arrival,
    /// Let in against the gates or the fee.
    pub overridden: bool,
}

impl Admitted {
    /// `None`: on time.
    pub fn late_minutes(&self) -> Option<i64> {
        match self.arrival {
            Arrival::OnTime => None,
            Arrival::Late { minutes } => Some(minutes),
        }
    }
}

/// What the database says of somebody at a door.
struct Facts {
    person: ApplicationRow,
    session: SessionRow,
    placement: PlacementRow,
    room: RoomRow,
    before: Option<AttendanceRow>,
}

impl Operation for Admit {
    const KIND: &'static str = "checkin.admit";
    const ROLES: &'static [Role] = &[Role::Proctor, Role::Coordinator];
    type Out = Admitted;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Admitted> {
        let facts = self.facts(work)?;
        let name = facts.person.name.as_str();
        if let Some(here) = facts.before.as_ref().filter(|b| b.state.was_here()) {
            let refusal = Refusal::new(ALREADY_PRESENT).with("name", name).with("since", here.at);
            return Err(refusal.with("room", facts.room.number).with("seat", facts.placement.seat).into());
        }
        if self.room.is_some_and(|room| room != facts.room.id) {
            let refusal = Refusal::new(WRONG_ROOM).with("name", name).with("room", facts.room.number);
            return Err(refusal.with("seat", facts.placement.seat).into());
        }
        if let Some(other) = checkin::same_person(work.tx.db(), self.session, self.application)? {
            let refusal = Refusal::new(HERE_TWICE).with("name", name).with("room", other.room_number);
            return Err(refusal.with("seat", other.seat).into());
        }
        let over = self.lifted_by(work)?;
        let (arrival, late) = self.arrival(work, &facts, over)?;
        let unpaid = self.fee(work, &facts, over)?;
        let used = over.filter(|_| late || unpaid);
        let (state, late_minutes) = match arrival {
            Arrival::OnTime => (AttendanceState::Present, None),
            Arrival::Late { minutes } => (AttendanceState::Late, Some(minutes)),
        };
        let row = AttendanceRow {
            state,
            late_minutes,
            r#override: used.map(str::to_owned),
            ..AttendanceRow::present(self.session, self.application, work.now)
        };
        match &facts.before {
            Some(before) => work.tx.update(before, &row)?,
            None => work.tx.insert(&row)?,
        }
        Ok(Admitted {
            application: self.application,
            name: facts.person.name,
            room: facts.room.id,
            room_number: facts.room.number,
            seat: facts.placement.seat,
            arrival,
            overridden: used.is_some(),
        })
    }

    fn reason(&self) -> Option<&str> {
        self.over.as_deref()
    }
}

impl Admit {
    fn facts(&self, work: &Work<'_, '_>) -> Result<Facts> {
        let (db, batch) = (work.tx.db(), work.batch()?.id);
        let person = rows::first::<ApplicationRow>(db, "WHERE id = ?1 AND batch = ?2", (self.application, batch))?
            .ok_or_else(|| Refusal::new(applications::UNKNOWN).with("id", self.application))?;
        let session = rows::first::<SessionRow>(db, "WHERE id = ?1 AND batch = ?2", (self.session, batch))?
            .ok_or_else(|| Refusal::new(UNKNOWN_SESSION).with("session", self.session))?;
        refuse_out(work, &person)?;
        let barred = sanctions::may_apply(db, (person.document, &person.id_number), work.now.day())?;
        if let Err(bar) = barred {
            let data = bar.data.into_iter().chain([("name", person.name.as_str().into())]).collect();
            return Err(Refusal { code: BARRED, data }.into());
        }
        let key = (self.session, self.application);
        let Some(placement) = rows::first::<PlacementRow>(db, "WHERE session = ?1 AND application = ?2", key)? else {
            return Err(self.elsewhere(work, &person.name)?.into());
        };
        let room = room(work, placement.room)?;
        let before = rows::first::<AttendanceRow>(db, "WHERE session = ?1 AND application = ?2", key)?;
        Ok(Facts { person, session, placement, room, before })
    }

    /// Where somebody is seated who has no seat in this session.
    fn elsewhere(&self, work: &Work<'_, '_>, name: &str) -> Result<Refusal> {
        let db = work.tx.db();
        let other = rows::first::<PlacementRow>(db, "WHERE application = ?1 ORDER BY session", [self.application])?;
        let Some(other) = other else { return Ok(Refusal::new(NOT_SEATED).with("name", name)) };
        let room = room(work, other.room)?;
        let session = rows::first::<SessionRow>(db, "WHERE id = ?1", [other.session])?
            .ok_or_else(|| Refusal::new(UNKNOWN_SESSION).with("session", other.session))?;
        let refusal = Refusal::new(WRONG_SESSION).with("name", name).with("session", session.code.as_str());
        let refusal = refusal.with("starts", session.starts_at.minute()).word("subject", session.subject.key());
        Ok(refusal.with("room", room.number).with("seat", other.seat))
    }

    /// The reason that lifts a gate: only a coordinator's, and only where the policy lets them.
    fn lifted_by(&self, work: &Work<'_, '_>) -> Result<Option<&str>> {
        let may = work.actor.has(Role::Coordinator) && work.policy()?.gates.override_by_coordinator;
        Ok(self.over.as_deref().map(str::trim).filter(|reason| may && !reason.is_empty()))
    }

    /// On time or late, and whether that took the reason.
    fn arrival(&self, work: &Work<'_, '_>, facts: &Facts, over: Option<&str>) -> Result<(Arrival, bool)> {
        let (gates, starts) = (&work.policy()?.gates, facts.session.starts_at);
        if Door::of(gates, &facts.session).is_over(work.now) {
            let ended = facts.session.ends_at.unwrap_or(work.now);
            return Err(Refusal::new(SESSION_OVER)
                .with("session", facts.session.code.as_str())
                .with("ended", ended)
                .into());
        }
        match gates::admit(gates, starts, work.now) {
            Ok(arrival) => Ok((arrival, false)),
            Err(refusal) if refusal.is(gates::TOO_LATE) && over.is_some() => {
                Ok((gates::arrival(starts, work.now), true))
            }
            Err(refusal) => Err(refusal.with("name", facts.person.name.as_str()).into()),
        }
    }

    /// Whether the fee is missing and the reason lifts that.
    fn fee(&self, work: &Work<'_, '_>, facts: &Facts, over: Option<&str>) -> Result<bool> {
        let policy = work.policy()?;
        let paid = match facts.person.paid_at {
            Some(_) => Paid::Yes,
            // A fee of nothing is never recorded by anybody.
            None if payments::ledger::tally(policy, &facts.person, &[]).state == Standing::Waived => Paid::Waived,
            None => Paid::No,
        };
        match policy.payment.admits(paid) {
            Ok(()) => Ok(false),
            Err(refusal) if refusal.is(UNPAID) && over.is_some() => Ok(true),
            Err(refusal) => Err(refusal.with("name", facts.person.name.as_str()).into()),
        }
    }
}

/// Whoever has left the batch, with why.
fn refuse_out(work: &Work<'_, '_>, person: &ApplicationRow) -> Result<()> {
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

fn room(work: &Work<'_, '_>, id: RoomId) -> Result<RoomRow> {
    let found = rows::first::<RoomRow>(work.tx.db(), "WHERE id = ?1", [id])?;
    Ok(found.ok_or_else(|| crate::store::StoreFault::Corrupt(format!("room {id}")))?)
}
