//! `conduct.report`: what two invigilators saw, written down while it is fresh. Decides nothing.
use super::table;
use crate::model::{ApplicationId, Code, IncidentId, Refusal, Role, RoomId, SessionId, Stamp, fold};
use crate::ops::checkin::UNKNOWN_SESSION;
use crate::ops::{Operation, Result, Work};
use crate::store::{
    ApplicationRow, CandidateSignature, IncidentRow, IncidentState, PlacementRow, RoomRow, SessionRow, rows,
};
use serde::Serialize;

pub const FACTS: Code = Code("conduct.facts_needed");
pub const INVIGILATORS: Code = Code("conduct.two_invigilators");
pub const NOT_HERE: Code = Code("conduct.not_here");
pub const SEAT_EMPTY: Code = Code("conduct.seat_empty");
pub const UNKNOWN_ROOM: Code = Code("conduct.unknown_room");
pub const NOWHERE: Code = Code("conduct.nowhere");
pub const LATER: Code = Code("conduct.later");
pub const OTHER_DAY: Code = Code("conduct.other_day");
pub const TWICE: Code = Code("conduct.reported_already");

#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub session: SessionId,
    /// Where; found by the seat of the person when there is one.
    pub room: Option<RoomId>,
    pub seat: Option<i64>,
    /// Found by room and seat when there is none. Nobody in either way: an incident of the room.
    pub application: Option<ApplicationId>,
    /// Code in the table of acts that the policy names.
    pub act: String,
    pub at: Stamp,
    pub warned: bool,
    pub facts: String,
    /// One piece a line.
    pub evidence: Option<String>,
    pub invigilators: [String; 2],
    /// Of the candidate.
    pub signature: CandidateSignature,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reported {
    pub number: IncidentId,
    pub name: Option<String>,
    pub room: i64,
    pub seat: Option<i64>,
    pub act: String,
}

/// Where it was and who it was.
struct Place {
    room: RoomRow,
    seat: Option<i64>,
    person: Option<ApplicationRow>,
}

impl Operation for Report {
    const KIND: &'static str = "conduct.report";
    const ROLES: &'static [Role] = &[Role::Proctor, Role::Coordinator];
    type Out = Reported;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Reported> {
        let batch = work.batch()?.id;
        let session = rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (self.session, batch))?
            .ok_or_else(|| Refusal::new(UNKNOWN_SESSION).with("session", self.session))?;
        let rules = work.policy()?.conduct.acts.clone();
        let table = table::read(work.assets, &rules)?;
        let act = table.act(fold::number_like(&self.act).as_ref())?;
        act.reportable(self.warned)?;
        let place = self.place(work, &session)?;
        self.time(work, &session)?;
        let [a, b] = self.invigilators.each_ref().map(|name| fold::name(name).into_owned());
        if a.is_empty() || b.is_empty() || a == b {
            return Err(Refusal::new(INVIGILATORS).into());
        }
        let facts = fold::text(&self.facts).trim().to_owned();
        if facts.is_empty() {
            return Err(Refusal::new(FACTS).into());
        }
        let application = place.person.as_ref().map(|p| p.id);
        let row = IncidentRow {
            id: IncidentId(work.tx.next_id::<IncidentRow>()?),
            session: self.session,
            room: place.room.id,
            seat: place.seat,
            application,
            rules,
            act: act.code.clone(),
            at: self.at,
            warned: self.warned,
            facts,
            evidence: self.evidence.as_deref().map(lines).filter(|e| !e.is_empty()),
            invigilator_a: a,
            invigilator_b: b,
            signature: self.signature,
            state: IncidentState::Reported,
            outcome: None,
            decision: None,
            decided_by: None,
            decided_at: None,
            sanction: None,
            operator: work.actor.operator()?,
        };
        refuse_twice(work, &row)?;
        work.tx.insert(&row)?;
        let name = place.person.map(|p| p.name);
        Ok(Reported { number: row.id, name, room: place.room.number, seat: row.seat, act: row.act })
    }
}

/// Without blanks around lines and without empty ones.
fn lines(text: &str) -> String {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

impl Report {
    fn place(&self, work: &Work<'_, '_>, session: &SessionRow) -> Result<Place> {
        let (db, batch) = (work.tx.db(), work.batch()?.id);
        let seated = match (self.application, self.room, self.seat) {
            (Some(who), ..) => {
                let key = (session.id, who);
                rows::first::<PlacementRow>(db, "WHERE session = ?1 AND application = ?2", key)?
            }
            (None, Some(room), Some(seat)) => {
                let key = (session.id, room, seat);
                rows::first::<PlacementRow>(db, "WHERE session = ?1 AND room = ?2 AND seat = ?3", key)?
            }
            (None, ..) => None,
        };
        let person = |id| rows::first::<ApplicationRow>(db, "WHERE id = ?1 AND batch = ?2", (id, batch));
        let Some(seated) = seated else {
            if let Some(who) = self.application {
                let name = person(who)?.map_or_else(|| who.to_string(), |p| p.name);
                return Err(Refusal::new(NOT_HERE).with("name", name).with("session", session.code.as_str()).into());
            }
            let room = self.room.ok_or_else(|| Refusal::new(NOWHERE))?;
            let room = one_room(work, room)?;
            if let Some(seat) = self.seat {
                return Err(Refusal::new(SEAT_EMPTY).with("room", room.number).with("seat", seat).into());
            }
            return Ok(Place { room, seat: None, person: None });
        };
        let room = one_room(work, seated.room)?;
        let elsewhere = self.room.is_some_and(|r| r != seated.room) || self.seat.is_some_and(|s| s != seated.seat);
        let person = person(seated.application)?;
        if elsewhere {
            let name = person.map_or_else(String::new, |p| p.name);
            let refusal = Refusal::new(crate::ops::checkin::WRONG_ROOM).with("name", name);
            return Err(refusal.with("room", room.number).with("seat", seated.seat).into());
        }
        Ok(Place { room, seat: Some(seated.seat), person })
    }

    fn time(&self, work: &Work<'_, '_>, session: &SessionRow) -> Result<()> {
        if self.at > work.now {
            return Err(Refusal::new(LATER).with("at", self.at.minute()).into());
        }
        let day = session.starts_at.day();
        if self.at.day() != day {
            let refusal = Refusal::new(OTHER_DAY).with("session", session.code.as_str());
            return Err(refusal.with("day", day.to_string()).into());
        }
        Ok(())
    }
}

fn one_room(work: &Work<'_, '_>, id: RoomId) -> Result<RoomRow> {
    let found = rows::first::<RoomRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (id, work.batch()?.id))?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN_ROOM).with("room", id))?)
}

/// The same act of the same person at the same minute: two hands wrote one incident.
fn refuse_twice(work: &Work<'_, '_>, row: &IncidentRow) -> Result<()> {
    let key = (row.session, row.room, row.application, &row.act);
    let tail = "WHERE session = ?1 AND room = ?2 AND application IS ?3 AND act = ?4 ORDER BY id";
    let same = rows::select::<IncidentRow>(work.tx.db(), tail, key)?;
    match same.iter().find(|s| s.at.minute() == row.at.minute()) {
        Some(same) => Err(Refusal::new(TWICE).with("number", same.id).into()),
        None => Ok(()),
    }
}
