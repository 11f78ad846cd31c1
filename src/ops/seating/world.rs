//! Everything of a batch that seats depend on, read once.
use super::ticket_number::narrow;
use crate::model::{ApplicationId, BatchId, DoorSide, Level, RoomId, RoomKind, SessionId, SessionMode, VenueId, fold};
use crate::ops::Result;
use crate::policy::Policy;
use crate::policy::apart::Unit;
use crate::policy::blocks::{Held, blocks, has};
use crate::policy::payment::SeatUnpaid;
use crate::policy::seating::{Seating, Side};
use crate::policy::sessions::{Sitting, is_due};
use crate::policy::when::Moment;
use crate::store::views::applicants::{Applicant, applicants};
use crate::store::{
    ApplicationState, BrokenSeatRow, PlacementRow, RoomRow, SessionRow, SpecialNeedRow, VenueRow, rows,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub struct World<'p> {
    pub policy: &'p Policy,
    /// In time order.
    pub sessions: Vec<SessionRow>,
    /// Numbers of the sessions that are seated together.
    pub blocks: Vec<Vec<usize>>,
    pub people: Vec<Person>,
    /// Place in `people` of an application.
    pub index: HashMap<ApplicationId, usize>,
    /// By code.
    pub venues: Vec<VenueRow>,
    /// By number.
    pub rooms: Vec<RoomRow>,
    pub broken: HashMap<RoomId, BTreeSet<u16>>,
    pub needs: HashMap<ApplicationId, SpecialNeedRow>,
    pub placements: Vec<PlacementRow>,
}

pub struct Person {
    pub who: Applicant,
    /// Work unit as the solver knows it; nobody without an employer has one.
    pub unit: Option<Unit>,
    /// One bit for each session.
    pub due: u64,
    pub standing: Standing,
}

/// Whether somebody may be given a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    May,
    /// A review of the notice is not passed yet.
    InReview,
    /// Not paid, where the policy gives no seat then.
    Unpaid,
    /// The same person under another application has or gets one.
    Twice,
    /// Withdrawn or excluded after the ticket was issued.
    Gone,
}

impl<'p> World<'p> {
    pub fn read(db: &rows::Connection, batch: BatchId, policy: &'p Policy) -> Result<World<'p>> {
        let of_batch = "WHERE batch = ?1 ORDER BY";
        let sessions = rows::select::<SessionRow>(db, &format!("{of_batch} starts_at, id"), [batch])?;
        let seated = "WHERE session IN (SELECT id FROM session WHERE batch = ?1)";
        let of_room = "WHERE room IN (SELECT id FROM room WHERE batch = ?1)";
        let of_people = "WHERE application IN (SELECT id FROM application WHERE batch = ?1)";
        let placements = rows::select::<PlacementRow>(db, seated, [batch])?;
        let placed = placements.iter().map(|p| p.application).collect();
        let people = people(policy, &sessions, (applicants(db, batch)?, &placed));
        let dues: BTreeSet<u64> = people.iter().map(|p| p.due).collect();
        let held: Vec<Held> = sessions.iter().map(held).collect();
        let mut broken: HashMap<RoomId, BTreeSet<u16>> = HashMap::new();
        for seat in rows::select::<BrokenSeatRow>(db, of_room, [batch])? {
            broken.entry(seat.room).or_default().insert(small(seat.seat));
        }
        let needs = rows::select::<SpecialNeedRow>(db, of_people, [batch])?;
        Ok(World {
            policy,
            blocks: blocks(&held, &dues, policy.seating.same_seat),
            index: people.iter().enumerate().map(|(n, p)| (p.who.id, n)).collect(),
            venues: rows::select::<VenueRow>(db, &format!("{of_batch} code"), [batch])?,
            rooms: rows::select::<RoomRow>(db, &format!("{of_batch} number"), [batch])?,
            broken,
            needs: needs.into_iter().map(|need| (need.application, need)).collect(),
            placements,
            sessions,
            people,
        })
    }

    pub fn person(&self, application: ApplicationId) -> Option<&Person> {
        self.people.get(*self.index.get(&application)?)
    }

    /// The sessions of a block.
    pub fn sessions_of<'a>(&'a self, block: &'a [usize]) -> impl Iterator<Item = (usize, &'a SessionRow)> {
        block.iter().filter_map(|n| Some((*n, self.sessions.get(*n)?)))
    }

    pub fn kind_of(&self, block: &[usize]) -> RoomKind {
        self.sessions_of(block).next().map_or(RoomKind::Desks, |(_, session)| kind(session))
    }

    /// Seats that are kept for somebody, by room.
    pub fn kept(&self) -> HashMap<RoomId, BTreeMap<u16, ApplicationId>> {
        let mut kept: HashMap<RoomId, BTreeMap<u16, ApplicationId>> = HashMap::new();
        for need in self.needs.values() {
            if let (Some(room), Some(seat)) = (need.room, need.seat) {
                kept.entry(room).or_default().insert(small(seat), need.application);
            }
        }
        kept
    }

    /// The named seat that somebody has in sessions held in rooms of this kind.
    pub fn named_seat(&self, application: ApplicationId, kind: RoomKind) -> Option<(&RoomRow, u16)> {
        let need = self.needs.get(&application)?;
        let room = self.rooms.iter().find(|room| Some(room.id) == need.room && room.kind == kind)?;
        Some((room, small(need.seat?)))
    }
}

/// Hands-on sessions are held in rooms with stations, all others in rooms with desks.
pub fn kind(session: &SessionRow) -> RoomKind {
    if session.mode == Some(SessionMode::HandsOn) { RoomKind::Stations } else { RoomKind::Desks }
}

pub fn held(session: &SessionRow) -> Held {
    let ends = session.ends_at.unwrap_or_else(|| Moment::new(session.starts_at.day(), None).ends());
    Held { kind: kind(session), starts: session.starts_at, ends }
}

/// The grid of a room in the order and from the door side that hold there.
pub fn room_seating(policy: &Seating, room: &RoomRow) -> Seating {
    let door = match room.door {
        Some(DoorSide::Left) => Side::Left,
        Some(DoorSide::Right) => Side::Right,
        None => policy.door,
    };
    Seating { rows: small(room.rows), columns: small(room.columns), door, ..*policy }
}

pub fn small(number: i64) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// `placed` have a seat, with a ticket or without.
fn people(
    policy: &Policy,
    sessions: &[SessionRow],
    (all, placed): (Vec<Applicant>, &HashSet<ApplicationId>),
) -> Vec<Person> {
    let sittings: Vec<Sitting<'_>> = sessions
        .iter()
        .take(64)
        .map(|s| Sitting { subject: s.subject, mode: s.mode, levels: s.levels.as_deref() })
        .collect();
    let due = |occupation: &str, level: Level| {
        let bit = |(n, s): (usize, &Sitting<'_>)| u64::from(is_due(policy, &sittings, s, occupation, level)) << n;
        sittings.iter().enumerate().map(bit).fold(0, |all, bit| all | bit)
    };
    let has_seat = |who: &Applicant| who.ticket.is_some() || placed.contains(&who.id);
    let seated: HashSet<_> = all.iter().filter(|a| has_seat(a)).map(|a| (a.document, a.id_number.clone())).collect();
    let (mut dues, mut units, mut seen) = (HashMap::new(), HashMap::new(), HashSet::new());
    let mut made = Vec::with_capacity(all.len());
    for who in all {
        let due = *dues.entry((who.occupation.clone(), who.level)).or_insert_with(|| due(&who.occupation, who.level));
        let employer = who.employer.as_deref().map(employer_key).filter(|key| !key.is_empty());
        let next = u32::try_from(units.len()).unwrap_or(Unit::MAX);
        let unit = employer.map(|key| *units.entry(key).or_insert(next));
        let mut standing = standing(policy, &who);
        let key = (who.document, who.id_number.clone());
        if standing == Standing::May && !has_seat(&who) && (seated.contains(&key) || !seen.insert(key)) {
            standing = Standing::Twice;
        }
        made.push(Person { who, unit, due, standing });
    }
    made
}

fn standing(policy: &Policy, who: &Applicant) -> Standing {
    let live =
        matches!(who.state, ApplicationState::Submitted | ApplicationState::Returned | ApplicationState::Approved);
    if !live {
        Standing::Gone
    } else if !policy.reviews.steps.is_empty() && who.state != ApplicationState::Approved {
        Standing::InReview
    } else if policy.payment.seat_unpaid == SeatUnpaid::Refuse && !who.paid {
        Standing::Unpaid
    } else {
        Standing::May
    }
}

/// One employer however it was typed.
pub fn employer_key(employer: &str) -> String {
    fold::word(employer).to_lowercase()
}

/// Sessions of a block that somebody is due in.
pub fn due_in(person: &Person, block: &[usize]) -> impl Iterator<Item = usize> {
    block.iter().copied().filter(move |n| has(person.due, *n))
}

/// The venues in which somebody of this unit may sit: their unit's own, then those that take everybody.
pub fn venues_of(venues: &[VenueRow], unit: Option<&str>) -> Vec<VenueId> {
    let own = venues.iter().filter(|v| v.unit.is_some() && v.unit.as_deref() == unit);
    own.chain(venues.iter().filter(|v| v.unit.is_none())).map(|v| v.id).collect()
}

pub fn venue_code(venues: &[VenueRow], id: VenueId) -> u32 {
    venues.iter().find(|v| v.id == id).map_or(0, |v| narrow(v.code))
}

/// Who sits where in some sessions: seat to person, by room.
pub fn sitting(world: &World<'_>, sessions: &HashSet<SessionId>) -> HashMap<RoomId, BTreeMap<u16, ApplicationId>> {
    let mut sitting: HashMap<RoomId, BTreeMap<u16, ApplicationId>> = HashMap::new();
    for placement in world.placements.iter().filter(|p| sessions.contains(&p.session)) {
        sitting.entry(placement.room).or_default().insert(small(placement.seat), placement.application);
    }
    sitting
}
