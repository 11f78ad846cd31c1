//! `seating.arrange`: rooms, seats and ticket numbers for everybody who has none, the same for the same seed.
use crate::model::{ApplicationId, Code, Level, Refusal, Role, RoomId, RoomKind, SessionId, VenueId};
use crate::ops::{Operation, Result, Work};
use crate::policy::Policy;
use crate::policy::payment::SeatUnpaid;
use crate::policy::seating::shuffle;
use crate::policy::sessions::{Sitting, is_due};
use crate::policy::ticket::{Template, TicketFacts};
use crate::store::{ApplicationRow, ApplicationState, PlacementRow, RoomRow, SessionRow, TicketRow, VenueRow, rows};
use serde::Serialize;
use std::collections::HashSet;

pub const NOBODY: Code = Code("seating.nobody_to_seat");
pub const NOBODY_PAID: Code = Code("seating.nobody_paid");
pub const NOBODY_APPROVED: Code = Code("seating.nobody_approved");
pub const NO_SESSION: Code = Code("seating.no_session");
pub const TEMPLATE: Code = Code("seating.bad_template");
pub const SITE_CODE: Code = Code("seating.site_code_not_number");

/// Seats everybody of the batch who is not seated yet, in new rooms. Nobody who has a seat is moved.
#[derive(Debug, Serialize)]
pub struct Arrange {
    pub seed: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Arranged {
    pub seed: u64,
    pub people: usize,
    pub rooms: usize,
    /// Left out because a review of the notice is not passed yet.
    pub unapproved: usize,
    /// Left out because they have not paid, where the policy says so.
    pub unpaid: usize,
    /// Seated although they have not paid: turned away at the door until they do.
    pub seated_unpaid: usize,
    /// Left out because the same person has a seat under another application.
    pub twice: usize,
}

impl Operation for Arrange {
    const KIND: &'static str = "seating.arrange";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Arranged;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Arranged> {
        let batch = work.batch()?.id;
        let db = work.tx.db();
        let sessions = rows::select::<SessionRow>(db, "WHERE batch = ?1 ORDER BY starts_at, id", [batch])?;
        let first = sessions.first().ok_or_else(|| Refusal::new(NO_SESSION))?.clone();
        let waiting = "WHERE batch = ?1 AND state IN ('submitted', 'returned', 'approved') AND id NOT IN (SELECT application FROM ticket) ORDER BY id";
        let everybody = rows::select::<ApplicationRow>(db, waiting, [batch])?;
        let reviewed = !work.policy()?.reviews.steps.is_empty();
        let (everybody, others): (Vec<_>, Vec<_>) =
            everybody.into_iter().partition(|a| !reviewed || a.state == ApplicationState::Approved);
        let (total, unapproved) = (everybody.len(), others.len());
        if total == 0 && unapproved > 0 {
            return Err(Refusal::new(NOBODY_APPROVED).with("count", unapproved).into());
        }
        let refuse = work.policy()?.payment.seat_unpaid == SeatUnpaid::Refuse;
        let payers: Vec<_> = everybody.into_iter().filter(|a| !refuse || a.paid_at.is_some()).collect();
        let unpaid = total - payers.len();
        let once = one_each(work, &payers)?;
        let twice = payers.len() - once.len();
        let seated_unpaid = once.iter().filter(|a| a.paid_at.is_none()).count();
        let policy = work.policy()?;
        let people: Vec<_> = once.into_iter().map(|a| (a.id, a.level, due(policy, &sessions, a))).collect();
        if people.is_empty() {
            let why = if total == 0 { Refusal::new(NOBODY) } else { Refusal::new(NOBODY_PAID).with("unpaid", total) };
            return Err(why.with("twice", twice).into());
        }
        let sizes = work.policy()?.seating.rooms(people.len());
        let rooms = add_rooms(work, sizes.len())?;
        let order: Vec<_> =
            shuffle(self.seed, people.len()).into_iter().filter_map(|n| people.get(n).copied()).collect();
        let mut seats = Vec::with_capacity(order.len());
        let mut next = order.into_iter();
        for (room, size) in rooms.iter().zip(&sizes) {
            seats.extend(next.by_ref().take(*size).zip(1..).map(|((who, level, due), seat)| Seat {
                room: room.clone(),
                seat,
                who,
                level,
                due,
            }));
        }
        issue(work, &first, &seats)?;
        place(work, &sessions, &seats)?;
        let (people, rooms) = (seats.len(), rooms.len());
        Ok(Arranged { seed: self.seed, people, rooms, unapproved, unpaid, seated_unpaid, twice })
    }
}

/// Nobody sits in two places at one time: of several applications of one person the first that has a seat, or the first
/// filed, counts.
fn one_each<'a>(work: &Work<'_, '_>, waiting: &'a [ApplicationRow]) -> Result<Vec<&'a ApplicationRow>> {
    let batch = work.batch()?.id;
    let seated = "WHERE batch = ?1 AND id IN (SELECT application FROM ticket)";
    let seated = rows::select::<ApplicationRow>(work.tx.db(), seated, [batch])?;
    let mut known: HashSet<_> = seated.into_iter().map(|a| (a.document, a.id_number)).collect();
    Ok(waiting.iter().filter(|a| known.insert((a.document, a.id_number.clone()))).collect())
}

struct Seat {
    room: RoomRow,
    seat: i64,
    who: ApplicationId,
    level: Level,
    due: u64,
}

/// One bit for each session, from the lowest; beyond 64 sessions everybody is due.
fn sitting(session: &SessionRow) -> Sitting<'_> {
    Sitting { subject: session.subject, mode: session.mode, levels: session.levels.as_deref() }
}

fn due(policy: &Policy, sessions: &[SessionRow], person: &ApplicationRow) -> u64 {
    let sittings: Vec<_> = sessions.iter().map(sitting).collect();
    let due = |session: &&(usize, &SessionRow)| {
        is_due(policy, &sittings, &sitting(session.1), &person.occupation, person.level)
    };
    let all: Vec<_> = sessions.iter().enumerate().take(64).collect();
    all.iter().filter(due).fold(0, |bits, (n, _)| bits | (1 << n))
}

/// Rooms after those that there are, each as large as the policy's standard room.
fn add_rooms(work: &mut Work<'_, '_>, count: usize) -> Result<Vec<RoomRow>> {
    let batch = work.batch()?.id;
    let venue = venue(work)?;
    let (grid_rows, columns) = (work.policy()?.seating.rows, work.policy()?.seating.columns);
    let last = rows::select::<RoomRow>(work.tx.db(), "WHERE batch = ?1 ORDER BY number DESC", [batch])?;
    let first = last.first().map_or(0, |r| r.number) + 1;
    let mut made = Vec::with_capacity(count);
    for number in (first..).take(count) {
        let id = RoomId(work.tx.next_id::<RoomRow>()?);
        let room = RoomRow {
            id,
            batch,
            venue,
            number,
            kind: RoomKind::Desks,
            rows: i64::from(grid_rows),
            columns: i64::from(columns),
            rounds: 1,
            places: None,
            door: None,
            name: None,
            closed: None,
        };
        work.tx.insert(&room)?;
        made.push(room);
    }
    Ok(made)
}

/// The first venue of the batch; one with the site's own code and name where nobody has entered any.
fn venue(work: &mut Work<'_, '_>) -> Result<VenueId> {
    let batch = work.batch()?.id;
    if let Some(venue) = rows::first::<VenueRow>(work.tx.db(), "WHERE batch = ?1 ORDER BY code", [batch])? {
        return Ok(venue.id);
    }
    let id = VenueId(work.tx.next_id::<VenueRow>()?);
    let code = site_number(work)?;
    let name = work.site.name.clone();
    work.tx.insert(&VenueRow { id, batch, code: i64::from(code), name, unit: None, address: None, phone: None })?;
    Ok(id)
}

fn site_number(work: &Work<'_, '_>) -> Result<u32> {
    let code = work.site.code.as_str();
    Ok(code.parse().map_err(|_| Refusal::new(SITE_CODE).with("code", code))?)
}

fn issue(work: &mut Work<'_, '_>, session: &SessionRow, seats: &[Seat]) -> Result<()> {
    let batch = work.batch()?.id;
    let template = Template::parse(&work.policy()?.ticket.template).map_err(|_| Refusal::new(TEMPLATE))?;
    let site = site_number(work)?;
    let region = work.site.region.clone().unwrap_or_default();
    let first = work.tx.next_id::<TicketRow>()?;
    let narrow = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let mut tickets = Vec::with_capacity(seats.len());
    for (id, seat) in (first..).zip(seats) {
        let facts = TicketFacts {
            day: session.starts_at.day(),
            region: &region,
            site,
            session: 1,
            room: narrow(seat.room.number),
            seat: narrow(seat.seat),
            serial: narrow(id),
            level: u32::from(seat.level.digit()),
        };
        tickets.push(TicketRow {
            id,
            batch,
            application: seat.who,
            number: template.render(&facts)?,
            printed_at: None,
        });
    }
    work.tx.insert_run(first, tickets.into_iter())?;
    Ok(())
}

/// The same seat in every session that one is due in (S1-31): theory and written practical follow one another in one room.
fn place(work: &mut Work<'_, '_>, sessions: &[SessionRow], seats: &[Seat]) -> Result<()> {
    let first = work.tx.next_id::<PlacementRow>()?;
    let is_due = |n: usize, seat: &Seat| n >= 64 || seat.due & (1 << n) != 0;
    let of = |(n, session): (usize, SessionId)| {
        seats.iter().filter(move |seat| is_due(n, seat)).map(move |seat| (session, seat))
    };
    let pairs = sessions.iter().map(|s| s.id).enumerate().flat_map(of);
    let placements = (first..).zip(pairs).map(|(id, (session, seat)): (i64, (SessionId, &Seat))| PlacementRow {
        id,
        session,
        room: seat.room.id,
        seat: seat.seat,
        application: seat.who,
    });
    work.tx.insert_run(first, placements)?;
    Ok(())
}
