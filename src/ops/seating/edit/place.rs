//! `seating.place`: somebody who has no seat gets one: a late candidate, or one whose room was closed.
use super::hall::{Apart, Hall};
use super::reseat::{Reseated, reseat};
use super::{
    Change, NONE_APART, NONE_FREE, NOT_APPROVED, NOT_DUE, SEATED_ALREADY, Spot, TWICE, UNPAID, due, person, room,
    seats_of,
};
use crate::model::{ApplicationId, Refusal, Role, RoomKind};
use crate::ops::seating::world::kind;
use crate::ops::{Operation, Result, Work};
use crate::policy::payment::SeatUnpaid;
use crate::store::{ApplicationRow, ApplicationState, PlacementRow, RoomRow, SessionRow, rows};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Place {
    pub application: ApplicationId,
    /// Numbers of a room and a seat; `None`: the first free one with no colleague beside it.
    pub to: Option<(i64, i64)>,
}

impl Operation for Place {
    const KIND: &'static str = "seating.place";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Reseated;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Reseated> {
        let who = person(work, self.application)?;
        may_sit(work, &who)?;
        let open = without_seat(work, &who)?;
        let hall = Hall::of(work)?;
        let to = self.to.map(|(number, seat)| Ok::<_, crate::ops::Error>((room(work, number)?, seat))).transpose()?;
        let mut changes = Vec::new();
        let groups = groups(&open);
        for group in &groups {
            let spot = match &to {
                // A room that suits none of the sessions is refused when it is written.
                Some((room, seat)) if takes(room, group) || groups.len() == 1 => Spot { room: room.id, seat: *seat },
                _ => first_apart(&hall, &who, group)?,
            };
            changes.extend(group.iter().map(|s| Change { who: who.id, session: s.id, to: Some(spot) }));
        }
        reseat(work, &changes, None)
    }
}

/// Approved, paid where that is asked for, and not seated under another application.
fn may_sit(work: &Work<'_, '_>, who: &ApplicationRow) -> Result<()> {
    let policy = work.policy()?;
    let live = [ApplicationState::Submitted, ApplicationState::Returned, ApplicationState::Approved];
    let approved = who.state == ApplicationState::Approved;
    if !live.contains(&who.state) || !(approved || policy.reviews.steps.is_empty()) {
        return Err(Refusal::new(NOT_APPROVED).with("name", who.name.as_str()).into());
    }
    if policy.payment.seat_unpaid == SeatUnpaid::Refuse && who.paid_at.is_none() {
        return Err(Refusal::new(UNPAID).with("name", who.name.as_str()).into());
    }
    let others = "WHERE application IN (SELECT id FROM application WHERE batch = ?1 AND document = ?2 AND id_number = ?3 \
                  AND id <> ?4)";
    let key = (who.batch, who.document.code(), &who.id_number, who.id);
    if rows::count::<PlacementRow>(work.tx.db(), others, key)? > 0 {
        return Err(Refusal::new(TWICE).with("name", who.name.as_str()).into());
    }
    Ok(())
}

/// The sessions that somebody is due in and has no seat for.
fn without_seat(work: &Work<'_, '_>, who: &ApplicationRow) -> Result<Vec<SessionRow>> {
    let (due, seats) = (due(work, who)?, seats_of(work, who.id)?);
    if due.is_empty() {
        return Err(Refusal::new(NOT_DUE).with("name", who.name.as_str()).into());
    }
    let open: Vec<_> = due.into_iter().filter(|s| seats.iter().all(|seat| seat.session != s.id)).collect();
    if open.is_empty() {
        return Err(Refusal::new(SEATED_ALREADY).with("name", who.name.as_str()).into());
    }
    Ok(open)
}

/// Written parts share one seat (S1-31); hands-on work has its station.
fn groups(sessions: &[SessionRow]) -> Vec<Vec<&SessionRow>> {
    let (stations, desks): (Vec<_>, Vec<_>) = sessions.iter().partition(|s| kind(s) == RoomKind::Stations);
    [desks, stations].into_iter().filter(|group| !group.is_empty()).collect()
}

/// Whether a room that was named is meant for these sessions.
fn takes(room: &RoomRow, group: &[&SessionRow]) -> bool {
    group.iter().all(|session| kind(session) == room.kind)
}

fn first_apart(hall: &Hall, who: &ApplicationRow, group: &[&SessionRow]) -> Result<Spot> {
    if let Some(spot) = hall.first_free(who, group, Apart::Needed) {
        return Ok(spot);
    }
    let sessions = group.iter().map(|s| s.code.as_str()).collect::<Vec<_>>().join(" ");
    let refusal = |code| Refusal::new(code).with("name", who.name.as_str()).with("sessions", sessions.as_str());
    match hall.count_free(who, group) {
        0 => Err(refusal(NONE_FREE).into()),
        free => {
            let employer = who.employer.clone().unwrap_or_default();
            let seat = hall.first_free(who, group, Apart::NotNeeded);
            let seat = seat.map(|s| format!("{}-{:02}", hall.number(s.room), s.seat)).unwrap_or_default();
            Err(refusal(NONE_APART).with("free", free).with("employer", employer).with("seat", seat).into())
        }
    }
}
