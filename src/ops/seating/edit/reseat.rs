//! Writes a list of changes of seats: the old ones are given up first, so that two people can change places; then every new
//! one is held against the room as it stands.
use super::hall::Hall;
use super::number::{Ticket, follow};
use super::{ATTENDED, Change, Spot, person, seats_of, sessions};
use crate::model::{ApplicationId, Refusal, RoomId, SessionId};
use crate::ops::scripts::SEAT_DRAWN;
use crate::ops::{Result, Work, marks};
use crate::store::views::seats::Taken;
use crate::store::{ApplicationRow, AttendanceRow, PlacementRow, RoomRow, ScriptRow, SessionRow, SpecialNeedRow, rows};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Number of a room and of a seat in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct At {
    pub room: i64,
    pub seat: i64,
}

/// What became of one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    pub application: ApplicationId,
    pub name: String,
    pub from: Option<At>,
    pub to: Option<At>,
    /// In which sessions, by code, in time order.
    pub sessions: Vec<String>,
    pub ticket: Ticket,
    /// A seat is named for this person and it is not this one.
    pub leaves_named: bool,
}

/// Two colleagues who have become neighbours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Beside {
    pub session: String,
    pub name: String,
    pub at: At,
    pub other: String,
    pub other_seat: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Reseated {
    pub moved: Vec<Moved>,
    pub beside: Vec<Beside>,
}

impl Reseated {
    /// People who have a seat less than before.
    pub fn unseated(&self) -> usize {
        self.moved.iter().filter(|m| m.to.is_none()).count()
    }

    pub fn seated(&self) -> usize {
        self.moved.len() - self.unseated()
    }
}

/// `reason` goes with the numbers that become void; without one the seats themselves are the reason.
pub(super) fn reseat(work: &mut Work<'_, '_>, changes: &[Change], reason: Option<&str>) -> Result<Reseated> {
    not_numbered(work, changes)?;
    let sessions = sessions(work)?;
    for session in changes.iter().map(|c| c.session).collect::<BTreeSet<_>>() {
        marks::refuse_locked_session(work.tx.db(), session)?;
    }
    let before = give_up(work, changes, &sessions)?;
    let mut hall = Hall::of(work)?;
    let mut out = Reseated::default();
    let mut sat = Vec::new();
    for change in changes {
        let Some(spot) = change.to else { continue };
        let who = person(work, change.who)?;
        let Some(session) = sessions.iter().find(|s| s.id == change.session) else { continue };
        hall.may_have(&who, session, spot)?;
        sit(work, change, spot)?;
        let (name, employer) = (who.name.clone(), who.employer.clone());
        let (application, session) = (who.id, session.id);
        hall.sit(Taken { session, room: spot.room, seat: spot.seat, application, name, employer });
        sat.push((who, session, spot));
    }
    for (who, session, spot) in &sat {
        let code = sessions.iter().find(|s| s.id == *session).map(|s| s.code.clone()).unwrap_or_default();
        let at = At { room: hall.number(spot.room), seat: spot.seat };
        let (name, colleagues) = (&who.name, hall.colleagues(who, *session, *spot));
        out.beside.extend(colleagues.into_iter().map(|(other_seat, other)| Beside {
            session: code.clone(),
            name: name.clone(),
            at,
            other: other.name.clone(),
            other_seat,
        }));
    }
    for one in before {
        out.moved.push(told(work, one, (changes, reason))?);
    }
    Ok(out)
}

/// A script keeps the bag in which its number was drawn, and a bag the room: whoever has a number stays.
fn not_numbered(work: &Work<'_, '_>, changes: &[Change]) -> Result<()> {
    let tail = "WHERE application = ?1 AND script_bag IN (SELECT id FROM script_bag WHERE session = ?2)";
    for change in changes {
        if rows::first::<ScriptRow>(work.tx.db(), tail, (change.who, change.session))?.is_some() {
            return Err(Refusal::new(SEAT_DRAWN).with("name", person(work, change.who)?.name).into());
        }
    }
    Ok(())
}

/// The room and seat in which somebody's ticket was made, and the seats that are given up.
struct Before {
    first: Option<Spot>,
    old: Option<Spot>,
}

/// Deletes the seats that change; gives what each person had before.
fn give_up(
    work: &mut Work<'_, '_>,
    changes: &[Change],
    sessions: &[SessionRow],
) -> Result<Vec<(ApplicationId, Before)>> {
    let mut people: Vec<(ApplicationId, Before)> = Vec::new();
    for change in changes {
        if people.iter().all(|(who, _)| *who != change.who) {
            let seats = seats_of(work, change.who)?;
            let spot = |row: &PlacementRow| Spot { room: row.room, seat: row.seat };
            let changed = |row: &&PlacementRow| changes.iter().any(|c| c.who == change.who && c.session == row.session);
            let before = Before { first: seats.first().map(spot), old: seats.iter().find(changed).map(spot) };
            people.push((change.who, before));
        }
        let key = (change.session, change.who);
        let attended = "WHERE session = ?1 AND application = ?2";
        if rows::count::<AttendanceRow>(work.tx.db(), attended, key)? > 0 {
            let name = person(work, change.who)?.name;
            let code = sessions.iter().find(|s| s.id == change.session).map(|s| s.code.clone()).unwrap_or_default();
            return Err(Refusal::new(ATTENDED).with("name", name).with("session", code).into());
        }
        if let Some(row) = rows::first::<PlacementRow>(work.tx.db(), attended, key)? {
            work.tx.delete(&row)?;
        }
    }
    Ok(people)
}

fn sit(work: &mut Work<'_, '_>, change: &Change, spot: Spot) -> Result<()> {
    let id = work.tx.next_id::<PlacementRow>()?;
    let (session, application) = (change.session, change.who);
    Ok(work.tx.insert(&PlacementRow { id, session, room: spot.room, seat: spot.seat, application })?)
}

/// Makes the ticket follow and says what has happened to somebody.
fn told(
    work: &mut Work<'_, '_>,
    (who, before): (ApplicationId, Before),
    (changes, reason): (&[Change], Option<&str>),
) -> Result<Moved> {
    let who: ApplicationRow = person(work, who)?;
    let mine: Vec<_> = changes.iter().filter(|c| c.who == who.id).collect();
    let numbers: BTreeMap<RoomId, i64> = rows::select::<RoomRow>(work.tx.db(), "WHERE batch = ?1", [who.batch])?
        .into_iter()
        .map(|r| (r.id, r.number))
        .collect();
    let at = |spot: Spot| At { room: numbers.get(&spot.room).copied().unwrap_or(0), seat: spot.seat };
    let to = mine.iter().find_map(|c| c.to);
    let (from, now) = (before.old.map(at), to.map(at));
    let why = reason.map_or_else(|| data_reason(from, now), str::to_owned);
    let ticket = follow(work, &who, (before.first, &why))?;
    let codes: BTreeMap<SessionId, SessionRow> = sessions(work)?.into_iter().map(|s| (s.id, s)).collect();
    let mut held: Vec<_> = mine.iter().filter_map(|c| codes.get(&c.session)).collect();
    held.sort_by_key(|s| (s.starts_at, s.id));
    let need = rows::first::<SpecialNeedRow>(work.tx.db(), "WHERE application = ?1", [who.id])?;
    let named = need.and_then(|n| Some(Spot { room: n.room?, seat: n.seat? }));
    Ok(Moved {
        application: who.id,
        name: who.name,
        from,
        to: now,
        sessions: held.into_iter().map(|s| s.code.clone()).collect(),
        ticket,
        leaves_named: named.is_some_and(|named| Some(named) != to),
    })
}

/// `1-05 > 2-07`: the seats themselves.
fn data_reason(from: Option<At>, to: Option<At>) -> String {
    let text = |at: Option<At>| at.map_or_else(|| "-".to_owned(), |at| format!("{}-{:02}", at.room, at.seat));
    format!("{} > {}", text(from), text(to))
}
