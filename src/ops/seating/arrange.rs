//! `seating.arrange`: rooms, seats and ticket numbers for everybody who lacks a seat, the same for the same seed.
use super::plan::{Basis, Given, Plan};
use super::ticket_number::{Numbers, Owner, narrow, site_number};
use super::world::{Person, Standing, World, venue_code};
use crate::model::{Code, Refusal, Role, RoomId, VenueId};
use crate::ops::applications::form::{Employer, chosen, routed};
use crate::ops::{Operation, Result, Work};
use crate::store::views::scripts::drawn_room;
use crate::store::{PlacementRow, RoomRow, TicketRow, VenueRow};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

pub const NOBODY: Code = Code("seating.nobody_to_seat");
pub const NOBODY_PAID: Code = Code("seating.nobody_paid");
pub const NOBODY_APPROVED: Code = Code("seating.nobody_approved");
pub const NO_SESSION: Code = Code("seating.no_session");
pub const NO_PLACE: Code = Code("seating.no_place_left");
/// Script numbers are drawn in a room that the arrangement would fill.
pub const DRAWN: Code = Code("seating.numbers_drawn");
pub const TEMPLATE: Code = Code("seating.bad_template");
pub const SITE_CODE: Code = Code("seating.site_code_not_number");

/// Seats everybody of the batch who lacks a seat: in the rooms that were registered, or in new ones where none were.
/// Nobody who has a seat is moved.
#[derive(Debug, Serialize)]
pub struct Arrange {
    pub seed: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Arranged {
    pub seed: u64,
    pub people: usize,
    /// Made because none were registered.
    pub rooms: usize,
    /// Left out because a review of the notice is not passed yet.
    pub unapproved: usize,
    /// Left out because they have not paid, where the policy says so.
    pub unpaid: usize,
    /// Seated although they have not paid: turned away at the door until they do.
    pub seated_unpaid: usize,
    /// Left out because the same person has a seat under another application.
    pub twice: usize,
    /// Left without a seat in a session: no room is left, or their named seat cannot be had.
    pub no_place: usize,
    /// Seated like everybody because their special need names no seat.
    pub needs: usize,
    /// Pairs of colleagues who are neighbours, and those of them that no counting explains.
    pub together: usize,
    pub avoidable: usize,
}

impl Operation for Arrange {
    const KIND: &'static str = "seating.arrange";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Arranged;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Arranged> {
        let policy = work.policy()?.clone();
        let world = World::read(work.tx.db(), work.batch()?.id, &policy)?;
        if world.sessions.is_empty() {
            return Err(Refusal::new(NO_SESSION).into());
        }
        let mut done = counts(&world, self.seed);
        let basis = basis(work, &world)?;
        let plan = Plan::of(&world, &basis, self.seed);
        let seated: HashSet<usize> = plan.given.iter().map(|given| given.person).collect();
        if seated.is_empty() {
            return Err(nobody(&done, plan.no_place.len()).into());
        }
        rooms_undrawn(work, &world, &plan)?;
        let person = |n: &usize| world.people.get(*n);
        done.people = seated.len();
        done.rooms = plan.made().len();
        done.no_place = plan.no_place.len();
        // Where the notice asks for no fee, nobody is stopped at the door for it.
        let stopped = |p: &&Person| policy.payment.required_at_checkin && !p.who.paid;
        done.seated_unpaid = seated.iter().filter_map(person).filter(stopped).count();
        let without_seat = |p: &&Person| world.needs.get(&p.who.id).is_some_and(|need| need.room.is_none());
        done.needs = seated.iter().filter_map(person).filter(without_seat).count();
        (done.together, done.avoidable) = (plan.together, plan.not_found);
        write(work, &world, &plan)?;
        Ok(done)
    }
}

/// Nobody is seated in bulk where a bag already has its numbers: the room's scripts are counted and sealed.
fn rooms_undrawn(work: &Work<'_, '_>, world: &World<'_>, plan: &Plan<'_, '_>) -> Result<()> {
    let mut seen = HashSet::new();
    for given in &plan.given {
        for session in given.sessions.iter().filter_map(|n| world.sessions.get(*n)) {
            if !seen.insert((session.id, given.room)) {
                continue;
            }
            if let Some((room, session)) = drawn_room(work.tx.db(), session.id, given.room)? {
                return Err(Refusal::new(DRAWN).with("session", session).with("room", room).into());
            }
        }
    }
    Ok(())
}

/// Who is left out, as far as that is known beforehand.
fn counts(world: &World<'_>, seed: u64) -> Arranged {
    let waits = |p: &&Person| p.who.ticket.is_none();
    let count = |standing| world.people.iter().filter(waits).filter(|p| p.standing == standing).count();
    Arranged {
        seed,
        people: 0,
        rooms: 0,
        unapproved: count(Standing::InReview),
        unpaid: count(Standing::Unpaid),
        seated_unpaid: 0,
        twice: count(Standing::Twice),
        no_place: 0,
        needs: 0,
        together: 0,
        avoidable: 0,
    }
}

fn nobody(done: &Arranged, no_place: usize) -> Refusal {
    let refusal = if no_place > 0 {
        Refusal::new(NO_PLACE).with("count", no_place)
    } else if done.unpaid > 0 {
        Refusal::new(NOBODY_PAID).with("unpaid", done.unpaid)
    } else if done.unapproved > 0 && done.twice == 0 {
        return Refusal::new(NOBODY_APPROVED).with("count", done.unapproved);
    } else {
        Refusal::new(NOBODY)
    };
    refusal.with("twice", done.twice)
}

fn basis(work: &Work<'_, '_>, world: &World<'_>) -> Result<Basis> {
    let home = VenueRow {
        id: VenueId(work.tx.next_id::<VenueRow>()?),
        batch: work.batch()?.id,
        code: i64::from(if world.venues.is_empty() { site_number(work)? } else { 0 }),
        name: work.site.name.clone(),
        unit: None,
        address: None,
        phone: None,
    };
    let last_room = work.tx.next_id::<RoomRow>()? - 1;
    Ok(Basis { units: units(work, world), home, last_room })
}

/// The unit of each person: as the form has it, or the one that the employer's name leads to (S1-24, S1-32). Only looked up
/// where a venue is for a certain unit.
fn units(work: &Work<'_, '_>, world: &World<'_>) -> Vec<Option<String>> {
    if world.venues.iter().all(|venue| venue.unit.is_none()) {
        return Vec::new();
    }
    let mut known: HashMap<(Option<&str>, Option<&str>), Option<String>> = HashMap::new();
    let unit = |person: &Person| {
        let (name, region) = (person.who.employer.as_deref(), person.who.region.as_deref());
        let employer = Employer { name: name.unwrap_or_default(), region: region.unwrap_or_default() };
        routed(world.policy, work.codes, employer).map(|unit| unit.code.clone())
    };
    let mut all = Vec::with_capacity(world.people.len());
    for person in &world.people {
        let named = person.who.unit.as_deref().and_then(|text| chosen(world.policy, text));
        let key = (person.who.employer.as_deref(), person.who.region.as_deref());
        all.push(match named {
            Some(unit) => Some(unit.code.clone()),
            None => known.entry(key).or_insert_with(|| unit(person)).clone(),
        });
    }
    all
}

/// Venue, rooms, tickets, then the seats, each in the order of its session.
fn write(work: &mut Work<'_, '_>, world: &World<'_>, plan: &Plan<'_, '_>) -> Result<()> {
    if world.venues.is_empty() {
        for venue in &plan.venues {
            work.tx.insert(venue)?;
        }
    }
    for room in plan.made() {
        work.tx.insert(room)?;
    }
    issue(work, world, plan)?;
    let first = work.tx.next_id::<PlacementRow>()?;
    let mut seats: Vec<(usize, &Given)> =
        plan.given.iter().flat_map(|given| given.sessions.iter().map(move |session| (*session, given))).collect();
    seats.sort_by_key(|(session, given)| (*session, given.room, given.seat));
    let rows = (first..).zip(&seats).filter_map(|(id, (session, given))| {
        Some(PlacementRow {
            id,
            session: world.sessions.get(*session)?.id,
            room: given.room,
            seat: i64::from(given.seat),
            application: world.people.get(given.person)?.who.id,
        })
    });
    work.tx.insert_run(first, rows)?;
    Ok(())
}

/// A ticket for everybody who has none, by the seat in the first session that they sit.
fn issue(work: &mut Work<'_, '_>, world: &World<'_>, plan: &Plan<'_, '_>) -> Result<()> {
    let batch = work.batch()?.id;
    let mut numbers = Numbers::of_batch(work, batch)?;
    let rooms: HashMap<RoomId, &RoomRow> = plan.rooms.iter().map(|room| (room.id, room)).collect();
    let mut firsts: HashMap<usize, &Given> = HashMap::new();
    for given in &plan.given {
        let first = firsts.entry(given.person).or_insert(given);
        if given.sessions.first() < first.sessions.first() {
            *first = given;
        }
    }
    let mut firsts: Vec<&Given> = firsts.into_values().collect();
    firsts.sort_by_key(|given| (rooms.get(&given.room).map(|room| room.number), given.seat, given.person));
    let first = work.tx.next_id::<TicketRow>()?;
    let mut tickets = Vec::with_capacity(firsts.len());
    for given in firsts {
        let (Some(person), Some(room)) = (world.people.get(given.person), rooms.get(&given.room)) else { continue };
        let at = given.sessions.first().copied().unwrap_or(0);
        let Some(session) = world.sessions.get(at).filter(|_| person.who.ticket.is_none()) else { continue };
        let id = first + i64::try_from(tickets.len()).unwrap_or(i64::MAX);
        let owner = Owner {
            session: u32::try_from(at + 1).unwrap_or(u32::MAX),
            starts_at: session.starts_at,
            venue: venue_code(&plan.venues, room.venue),
            room: narrow(room.number),
            seat: u32::from(given.seat),
            serial: narrow(id),
            level: person.who.level,
        };
        let number = numbers.take(&owner)?;
        tickets.push(TicketRow { id, batch, application: person.who.id, number, printed_at: None });
    }
    work.tx.insert_run(first, tickets.into_iter())?;
    Ok(())
}
