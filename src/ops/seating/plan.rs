//! Who would sit where: the seats of a batch worked out without writing anything.
use super::halls::{Ask, Hall, halls, standard};
use super::world::{Person, Standing, World, due_in, sitting, small, venues_of};
use crate::model::{ApplicationId, RoomId, RoomKind, SessionId, VenueId};
use crate::policy::apart::{Place, Room, Sitter, Why, seat};
use crate::policy::filling::{Space, fill, most};
use crate::store::{PlacementRow, RoomRow, VenueRow};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Stands between the seeds of the searches of one arrangement.
const STRIDE: u64 = 0x9E37_79B9_7F4A_7C15;

pub struct Plan<'w, 'p> {
    world: &'w World<'p>,
    pub venues: Vec<VenueRow>,
    /// Those that there were and those that were made.
    pub rooms: Vec<RoomRow>,
    /// Unit code of each person, where venues are for certain units.
    units: &'w [Option<String>],
    /// Highest number of a room row of any batch.
    other_rooms: i64,
    seed: u64,
    searches: u64,
    pub given: Vec<Given>,
    /// Places in `World::people` of those for whom nothing was left.
    pub no_place: BTreeSet<usize>,
    /// Pairs of colleagues who are neighbours, and those of them for whom no reason but bad luck is known.
    pub together: usize,
    pub not_found: usize,
}

/// What a plan needs beside the world.
pub struct Basis {
    /// Unit code of each person, where venues are for certain units.
    pub units: Vec<Option<String>>,
    /// Where people sit when nobody has entered a venue.
    pub home: VenueRow,
    /// Highest id of a room, of whatever batch.
    pub last_room: i64,
}

/// A seat that somebody gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Place in `World::people`.
    pub person: usize,
    pub room: RoomId,
    pub seat: u16,
    /// Numbers of the sessions in which it holds.
    pub sessions: Vec<usize>,
}

/// Somebody to seat in a block, and the sessions of it where they have no seat yet.
struct Waits {
    person: usize,
    sessions: Vec<usize>,
}

/// What is known of one block while it is seated.
struct Block<'b> {
    kind: RoomKind,
    sitting: HashMap<RoomId, BTreeMap<u16, ApplicationId>>,
    kept: &'b HashMap<RoomId, BTreeMap<u16, ApplicationId>>,
    /// Seats that were named for people to come, by room.
    named: HashMap<RoomId, Vec<(usize, u16)>>,
}

impl<'w, 'p> Plan<'w, 'p> {
    pub fn of(world: &'w World<'p>, basis: &'w Basis, seed: u64) -> Plan<'w, 'p> {
        let venues = if world.venues.is_empty() { vec![basis.home.clone()] } else { world.venues.clone() };
        let mut plan = Plan {
            world,
            venues,
            rooms: world.rooms.clone(),
            units: &basis.units,
            other_rooms: basis.last_room,
            seed,
            searches: 0,
            given: Vec::new(),
            no_place: BTreeSet::new(),
            together: 0,
            not_found: 0,
        };
        let kept = world.kept();
        for block in &world.blocks {
            plan.block(block, &kept);
        }
        plan
    }

    /// Rooms that there were not.
    pub fn made(&self) -> &[RoomRow] {
        self.rooms.get(self.world.rooms.len()..).unwrap_or_default()
    }

    fn block(&mut self, sessions: &[usize], kept: &HashMap<RoomId, BTreeMap<u16, ApplicationId>>) {
        let world = self.world;
        let ids: HashSet<SessionId> = world.sessions_of(sessions).map(|(_, s)| s.id).collect();
        let kind = world.kind_of(sessions);
        let mut block = Block { kind, sitting: sitting(world, &ids), kept, named: HashMap::new() };
        let mut placed: HashMap<ApplicationId, Vec<&PlacementRow>> = HashMap::new();
        for p in world.placements.iter().filter(|p| ids.contains(&p.session)) {
            placed.entry(p.application).or_default().push(p);
        }
        let mut waiting: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut routed: BTreeMap<VenueId, Vec<usize>> = BTreeMap::new();
        let mut others = Vec::new();
        for waits in waiting_in(world, sessions, &placed) {
            let id = world.people.get(waits.person).map(|p| p.who.id);
            let own = id.and_then(|id| placed.get(&id)?.first().copied());
            if let Some(own) = own.filter(|own| self.is_open(own.room)) {
                let (room, seat) = (own.room, small(own.seat));
                self.given.push(Given { person: waits.person, room, seat, sessions: waits.sessions });
                continue;
            }
            match id.and_then(|id| world.named_seat(id, kind)) {
                Some((room, seat)) if self.may_have(room, seat, &block) => {
                    block.named.entry(room.id).or_default().push((waits.person, seat));
                    routed.entry(room.venue).or_default();
                }
                Some(_) => {
                    self.no_place.insert(waits.person);
                    continue;
                }
                None => others.push(waits.person),
            }
            waiting.insert(waits.person, waits.sessions);
        }
        self.route(&others, &block, &mut routed);
        for (venue, people) in routed {
            for (person, room, seat) in self.venue(venue, &people, &block) {
                let sessions = waiting.remove(&person).unwrap_or_default();
                self.given.push(Given { person, room, seat, sessions });
            }
        }
    }

    fn is_open(&self, room: RoomId) -> bool {
        self.rooms.iter().any(|row| row.id == room && row.closed.is_none())
    }

    fn may_have(&self, room: &RoomRow, seat: u16, block: &Block<'_>) -> bool {
        let is_taken = block.sitting.get(&room.id).is_some_and(|seats| seats.contains_key(&seat));
        let is_named = block.named.get(&room.id).is_some_and(|all| all.iter().any(|(_, named)| *named == seat));
        let size = room.rows * room.columns;
        let station = (i64::from(seat) - 1).checked_rem(size).map_or(0, |n| n + 1);
        let broken = self.world.broken.get(&room.id);
        let is_broken = broken.is_some_and(|broken| broken.contains(&small(station)) || broken.contains(&seat));
        let is_there = (1..=size * room.rounds).contains(&i64::from(seat));
        room.closed.is_none() && is_there && !is_broken && !is_taken && !is_named
    }

    /// Everybody to the first of their venues that has room, in the order of filing.
    fn route(&mut self, people: &[usize], block: &Block<'_>, routed: &mut BTreeMap<VenueId, Vec<usize>>) {
        let venues: Vec<VenueId> = self.venues.iter().map(|venue| venue.id).collect();
        let mut left: HashMap<VenueId, usize> = venues.into_iter().map(|id| (id, self.room_in(id, block))).collect();
        let mut lists: HashMap<Option<&str>, Vec<VenueId>> = HashMap::new();
        for person in people {
            let unit = self.units.get(*person).and_then(|unit| unit.as_deref());
            let list = lists.entry(unit).or_insert_with(|| venues_of(&self.venues, unit));
            let Some(venue) = list.iter().find(|id| left.get(id).is_some_and(|n| *n > 0)) else {
                self.no_place.insert(*person);
                continue;
            };
            left.entry(*venue).and_modify(|n| *n -= 1);
            routed.entry(*venue).or_default().push(*person);
        }
    }

    /// How many people a venue takes; any number where standard rooms are made.
    fn room_in(&self, venue: VenueId, block: &Block<'_>) -> usize {
        if !self.has_registered(venue, block.kind) {
            return usize::MAX;
        }
        let spaces: Vec<Space> = self.halls(venue, block).iter().map(Hall::space).collect();
        most(&spaces, self.merge())
    }

    fn merge(&self) -> usize {
        usize::from(self.world.policy.seating.merge_remainder)
    }

    fn has_registered(&self, venue: VenueId, kind: RoomKind) -> bool {
        self.rooms.iter().any(|room| room.venue == venue && room.kind == kind && !room.made)
    }

    fn halls(&self, venue: VenueId, block: &Block<'_>) -> Vec<Hall> {
        let ask = Ask { world: self.world, sitting: &block.sitting, kept: block.kept, named: &block.named };
        halls(&ask, self.rooms.iter().filter(|r| r.venue == venue && r.kind == block.kind && r.closed.is_none()))
    }

    /// Seats people in one venue: person, room, seat.
    fn venue(&mut self, venue: VenueId, people: &[usize], block: &Block<'_>) -> Vec<(usize, RoomId, u16)> {
        let before = self.last_id();
        let mut all = self.halls(venue, block);
        if !self.has_registered(venue, block.kind) {
            let there: usize = all.iter().map(|hall| hall.space().most).sum();
            self.add_standard(venue, block, people.len().saturating_sub(there), &mut all);
        }
        let spaces: Vec<Space> = all.iter().map(Hall::space).collect();
        let counts = fill(&spaces, people.len(), self.merge());
        let all: Vec<(Hall, usize)> = all.into_iter().zip(counts).collect();
        let placed: usize = all.iter().map(|(_, count)| count).sum();
        self.no_place.extend(people.iter().skip(placed));
        // A remainder may have joined the room before the last.
        let used: HashSet<RoomId> = all.iter().filter(|(h, n)| h.is_used(*n)).map(|(h, _)| h.room).collect();
        self.rooms.retain(|room| room.id.0 <= before || used.contains(&room.id));
        let people: Vec<usize> = people.iter().copied().take(placed).collect();
        self.search(&all, &people)
    }

    fn last_id(&self) -> i64 {
        self.rooms.iter().map(|room| room.id.0).max().unwrap_or(0).max(self.other_rooms)
    }

    fn add_standard(&mut self, venue: VenueId, block: &Block<'_>, people: usize, all: &mut Vec<Hall>) {
        let number = self.rooms.iter().map(|room| room.number).max().unwrap_or(0);
        let id = self.last_id();
        let Some(batch) = self.world.sessions.first().map(|s| s.batch) else { return };
        let each = usize::from(self.world.policy.seating.standard_room().max(1));
        for n in (1i64..).take(people.div_ceil(each)) {
            let mut room = standard(self.world.policy, block.kind);
            (room.id, room.batch, room.venue, room.number) = (RoomId(id + n), batch, venue, number + n);
            self.rooms.push(room);
        }
        let ask = Ask { world: self.world, sitting: &block.sitting, kept: block.kept, named: &block.named };
        all.extend(halls(&ask, self.rooms.iter().filter(|room| room.id.0 > id)));
    }

    fn search(&mut self, all: &[(Hall, usize)], people: &[usize]) -> Vec<(usize, RoomId, u16)> {
        let used: Vec<&(Hall, usize)> = all.iter().filter(|(hall, count)| hall.is_used(*count)).collect();
        let rooms: Vec<Room> = used.iter().map(|(hall, count)| hall.room(*count, |id| self.unit(id))).collect();
        let separate = self.world.policy.seating.separate_colleagues;
        let unit = |person: usize| self.world.people.get(person).and_then(|p| p.unit).filter(|_| separate);
        let mut who = Vec::new();
        let mut sitters = Vec::new();
        for (room, (hall, _)) in used.iter().enumerate() {
            for (person, seat) in &hall.named {
                who.push(*person);
                sitters.push(Sitter { unit: unit(*person), fixed: Some(Place { room, seat: *seat }) });
            }
        }
        who.extend(people);
        sitters.extend(people.iter().map(|person| Sitter { unit: unit(*person), fixed: None }));
        let seed = self.seed.wrapping_add(STRIDE.wrapping_mul(self.searches));
        self.searches += 1;
        let Ok(seated) = seat(&sitters, &rooms, seed) else {
            self.no_place.extend(who);
            return Vec::new();
        };
        self.together += seated.together.len();
        self.not_found += seated.together.iter().filter(|pair| pair.why == Why::NotFound).count();
        let spot = |(person, place): (usize, &Place)| {
            let (hall, _) = used.get(place.room)?;
            Some((person, hall.room, hall.offset + place.seat))
        };
        who.into_iter().zip(&seated.places).filter_map(spot).collect()
    }

    fn unit(&self, application: ApplicationId) -> Option<u32> {
        let separate = self.world.policy.seating.separate_colleagues;
        self.world.person(application).and_then(|p| p.unit).filter(|_| separate)
    }
}

/// Those who may sit and lack a seat somewhere in the block.
fn waiting_in(world: &World<'_>, block: &[usize], placed: &HashMap<ApplicationId, Vec<&PlacementRow>>) -> Vec<Waits> {
    let waits = |(n, person): (usize, &Person)| {
        let own = placed.get(&person.who.id).map(Vec::as_slice).unwrap_or_default();
        let has_seat = |session: &usize| {
            let id = world.sessions.get(*session).map(|s| s.id);
            own.iter().any(|p| Some(p.session) == id)
        };
        let sessions: Vec<usize> = due_in(person, block).filter(|session| !has_seat(session)).collect();
        (person.standing == Standing::May && !sessions.is_empty()).then_some(Waits { person: n, sessions })
    };
    world.people.iter().enumerate().filter_map(waits).collect()
}
