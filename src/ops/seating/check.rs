//! What is wrong with the seats of a batch as it stands, whoever put people there, and why.
use super::check_rooms::{rooms_of, same_papers};
use super::world::{Person, Standing, World, due_in, held, small};
use crate::model::{ApplicationId, PaperForm, RoomId};
use crate::ops::{Result, Site};
use crate::policy::apart::{Place, Sitter, Why, together};
use crate::store::views::applicants::by_hand;
use crate::store::{PlacementRow, RoomRow, SessionRow};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CheckReport {
    /// People with a seat in at least one session.
    pub seated: usize,
    /// Rooms with anybody in them.
    pub rooms: usize,
    pub colleagues: Vec<Colleagues>,
    pub same_papers: Vec<SamePapers>,
    pub crowded: Vec<Crowded>,
    /// On a broken desk, or on one that is not there.
    pub bad_seats: Vec<BadSeat>,
    pub unseated: Vec<Unseated>,
    pub two_places: Vec<TwoPlaces>,
    pub needs: Vec<NeedUnmet>,
    pub closed: Vec<ClosedRoom>,
}

impl CheckReport {
    pub fn is_clean(&self) -> bool {
        self.findings() == 0
    }

    pub fn findings(&self) -> usize {
        self.colleagues.len()
            + self.same_papers.len()
            + self.crowded.len()
            + self.bad_seats.len()
            + self.unseated.len()
            + self.two_places.len()
            + self.needs.len()
            + self.closed.len()
    }

    /// Colleagues beside one another who need not be, as far as counting goes.
    pub fn avoidable(&self) -> usize {
        self.colleagues.iter().filter(|pair| pair.reason == Reason::NotFound).count()
    }
}

/// Somebody on a seat.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Sits {
    pub seat: u16,
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
}

/// Two of one work unit who are among the eight neighbours of one another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Colleagues {
    /// Codes of the sessions in which they sit so.
    pub sessions: Vec<String>,
    pub room: i64,
    pub unit: String,
    pub one: Sits,
    pub other: Sits,
    #[serde(flatten)]
    pub reason: Reason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Reason {
    /// By counting: this unit and the largest others, `units` in all, have `people` in these `rooms` of `seats`, of whom at
    /// most `most` can be apart.
    TooMany { units: usize, people: usize, rooms: usize, seats: usize, most: usize },
    /// Both sit where their special need puts them.
    NamedSeats,
    /// One of them was put there by hand.
    ByHand,
    /// No way was found; another seed may find one.
    NotFound,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SamePapers {
    pub session: String,
    pub room: i64,
    pub form: PaperForm,
    pub one: Sits,
    pub other: Sits,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Crowded {
    pub session: String,
    pub room: i64,
    /// From 1; of a room with stations.
    pub round: u16,
    pub people: usize,
    pub most: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BadSeat {
    pub session: String,
    pub room: i64,
    pub who: Sits,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unseated {
    pub application: ApplicationId,
    pub name: String,
    pub unit: Option<String>,
    /// Codes of the sessions without a seat.
    pub sessions: Vec<String>,
    pub reason: WhyUnseated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyUnseated {
    /// Not arranged yet, or no place was left.
    Waits,
    Unpaid,
    /// The same person has a seat under another application.
    Twice,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TwoPlaces {
    pub name: String,
    pub applications: Vec<ApplicationId>,
    /// Code of the session, number of the room and seat: both at one time.
    pub one: (String, i64, u16),
    pub other: (String, i64, u16),
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeedUnmet {
    pub application: ApplicationId,
    pub name: String,
    pub need: String,
    /// `None`: no seat is named yet.
    pub named: Option<(i64, u16)>,
    /// Codes of the sessions in which they sit elsewhere or nowhere; empty where no seat is named.
    pub sessions: Vec<String>,
    /// Who sits on the named seat instead.
    pub taken_by: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClosedRoom {
    pub session: String,
    pub room: i64,
    pub why: String,
    pub people: usize,
}

/// Looks at every seat of the batch at hand.
pub fn check(site: &Site) -> Result<CheckReport> {
    let (db, policy) = (site.store().db(), site.policy()?);
    let world = World::read(db, site.batch()?.id, &policy)?;
    let mut look = Look::of(&world);
    if policy.seating.separate_colleagues && look.colleagues() {
        let by_hand = by_hand(db)?;
        look.told_by_hand(&by_hand);
    }
    look.rooms();
    look.people();
    look.two_places();
    Ok(look.report)
}

/// Seats of one session in one room.
type Seats = BTreeMap<u16, ApplicationId>;

struct Look<'w> {
    world: &'w World<'w>,
    report: CheckReport,
    seats: BTreeMap<(usize, RoomId), Seats>,
}

impl<'w> Look<'w> {
    fn of(world: &'w World<'w>) -> Look<'w> {
        let order: HashMap<_, _> = world.sessions.iter().enumerate().map(|(n, s)| (s.id, n)).collect();
        let mut seats: BTreeMap<(usize, RoomId), Seats> = BTreeMap::new();
        for p in &world.placements {
            let Some(session) = order.get(&p.session) else { continue };
            seats.entry((*session, p.room)).or_default().insert(small(p.seat), p.application);
        }
        let people: HashSet<_> = world.placements.iter().map(|p| p.application).collect();
        let rooms: HashSet<_> = world.placements.iter().map(|p| p.room).collect();
        let report = CheckReport { seated: people.len(), rooms: rooms.len(), ..CheckReport::default() };
        Look { world, report, seats }
    }

    fn sits(&self, seat: u16, application: ApplicationId) -> Sits {
        let who = self.world.person(application).map(|p| &p.who);
        Sits {
            seat,
            application,
            name: who.map(|w| w.name.clone()).unwrap_or_default(),
            ticket: who.and_then(|w| w.ticket.clone()),
        }
    }

    fn room(&self, id: RoomId) -> Option<&'w RoomRow> {
        self.world.rooms.iter().find(|room| room.id == id)
    }

    fn code(&self, session: usize) -> String {
        self.world.sessions.get(session).map(|s| s.code.clone()).unwrap_or_default()
    }

    /// Session by session and venue by venue, because people are dealt over the rooms of a venue. Whether there are any.
    fn colleagues(&mut self) -> bool {
        let mut found: BTreeMap<(i64, Sits, Sits), Colleagues> = BTreeMap::new();
        for (n, session) in self.world.sessions.iter().enumerate() {
            for venue in &self.world.venues {
                let held_here = self.world.rooms.iter().filter(|room| room.venue == venue.id);
                let used = held_here.filter_map(|room| Some((room, self.seats.get(&(n, room.id))?)));
                for pair in self.pairs(&used.collect::<Vec<_>>()) {
                    let key = (pair.room, pair.one.clone(), pair.other.clone());
                    found.entry(key).or_insert(pair).sessions.push(session.code.clone());
                }
            }
        }
        self.report.colleagues = found.into_values().collect();
        !self.report.colleagues.is_empty()
    }

    fn pairs(&self, used: &[(&RoomRow, &Seats)]) -> Vec<Colleagues> {
        let (mut rooms, mut of, mut sitters, mut places, mut who) = (vec![], vec![], vec![], vec![], vec![]);
        for (row, seats) in used {
            for turn in rooms_of(self.world, row, seats) {
                for seat in turn.people.keys() {
                    let Some(application) = seats.get(&(turn.offset + seat)) else { continue };
                    let named = self.world.named_seat(*application, row.kind);
                    let at_named = named.is_some_and(|(room, named)| room.id == row.id && named == turn.offset + seat);
                    let place = Place { room: rooms.len(), seat: *seat };
                    let unit = self.world.person(*application).and_then(|p| p.unit);
                    sitters.push(Sitter { unit, fixed: at_named.then_some(place) });
                    places.push(place);
                    who.push(*application);
                }
                of.push((row.number, turn.offset));
                rooms.push(turn.room);
            }
        }
        let at: HashMap<Place, ApplicationId> = places.iter().copied().zip(who).collect();
        let seats = rooms.iter().map(|room| room.free.len()).sum();
        let told = |pair: crate::policy::apart::Together| {
            let (number, offset) = of.get(pair.one.room)?;
            let sits = |place: Place| Some(self.sits(offset + place.seat, *at.get(&place)?));
            let (one, other) = (sits(pair.one)?, sits(pair.other)?);
            let unit = self.world.person(one.application)?.who.employer.clone().unwrap_or_default();
            let reason = match pair.why {
                Why::TooMany { units, people, most } => {
                    Reason::TooMany { units, people, rooms: used.len(), seats, most }
                }
                Why::Fixed => Reason::NamedSeats,
                Why::NotFound => Reason::NotFound,
            };
            Some(Colleagues { sessions: Vec::new(), room: *number, unit, one, other, reason })
        };
        together(&sitters, &rooms, &places).into_iter().filter_map(told).collect()
    }

    fn told_by_hand(&mut self, by_hand: &HashSet<i64>) {
        let moved: HashSet<ApplicationId> =
            self.world.placements.iter().filter(|p| by_hand.contains(&p.id)).map(|p| p.application).collect();
        for pair in &mut self.report.colleagues {
            let by_hand = [&pair.one, &pair.other].into_iter().any(|sits| moved.contains(&sits.application));
            if by_hand && pair.reason != Reason::NamedSeats {
                pair.reason = Reason::ByHand;
            }
        }
    }

    fn rooms(&mut self) {
        for ((n, id), seats) in &self.seats {
            let Some(row) = self.room(*id) else { continue };
            let (session, room) = (self.code(*n), row.number);
            if let Some(why) = row.closed.clone() {
                self.report.closed.push(ClosedRoom { session: session.clone(), room, why, people: seats.len() });
            }
            for turn in rooms_of(self.world, row, seats) {
                let (people, most, round) = (turn.people.len(), turn.most, turn.round);
                if people > most {
                    self.report.crowded.push(Crowded { session: session.clone(), room, round, people, most });
                }
                let sits = |seat: u16| Some(self.sits(turn.offset + seat, *turn.people.get(&seat)?));
                let bad = turn.bad.iter().filter_map(|seat| sits(*seat));
                let bad: Vec<_> = bad.map(|who| BadSeat { session: session.clone(), room, who }).collect();
                let pairs = same_papers(&turn.room.seating, &turn.people).into_iter();
                let same = pairs.filter_map(|(one, other, form)| {
                    Some(SamePapers { session: session.clone(), room, form, one: sits(one)?, other: sits(other)? })
                });
                let same: Vec<_> = same.collect();
                self.report.bad_seats.extend(bad);
                self.report.same_papers.extend(same);
            }
        }
    }

    /// Who has no seat where they should, and whose special need is not met.
    fn people(&mut self) {
        let mut seats: HashMap<ApplicationId, Vec<&PlacementRow>> = HashMap::new();
        self.world.placements.iter().for_each(|p| seats.entry(p.application).or_default().push(p));
        let all: Vec<usize> = (0..self.world.sessions.len()).collect();
        for person in &self.world.people {
            let own = seats.get(&person.who.id).map(Vec::as_slice).unwrap_or_default();
            let reason = match person.standing {
                Standing::May => WhyUnseated::Waits,
                Standing::Unpaid => WhyUnseated::Unpaid,
                Standing::Twice => WhyUnseated::Twice,
                Standing::InReview | Standing::Gone => continue,
            };
            let seat_in = |session: &SessionRow| own.iter().find(|p| p.session == session.id);
            let due = || due_in(person, &all).filter_map(|n| self.world.sessions.get(n));
            let sessions: Vec<_> = due().filter(|s| seat_in(s).is_none()).map(|s| s.code.clone()).collect();
            if !sessions.is_empty() {
                let (application, name) = (person.who.id, person.who.name.clone());
                let unit = person.who.employer.clone();
                self.report.unseated.push(Unseated { application, name, unit, sessions, reason });
            }
            if let Some(unmet) = self.need(person, own) {
                self.report.needs.push(unmet);
            }
        }
    }

    fn need(&self, person: &Person, own: &[&PlacementRow]) -> Option<NeedUnmet> {
        let need = self.world.needs.get(&person.who.id)?;
        let mut unmet = NeedUnmet {
            application: person.who.id,
            name: person.who.name.clone(),
            need: need.need.clone(),
            named: None,
            sessions: Vec::new(),
            taken_by: None,
        };
        let (Some(room), Some(seat)) = (need.room, need.seat) else { return Some(unmet) };
        let room = self.room(room)?;
        unmet.named = Some((room.number, small(seat)));
        let all: Vec<usize> = (0..self.world.sessions.len()).collect();
        for n in due_in(person, &all) {
            let Some(session) = self.world.sessions.get(n) else { continue };
            let sits_there = own.iter().any(|p| p.session == session.id && p.room == room.id && p.seat == seat);
            if super::world::kind(session) != room.kind || sits_there {
                continue;
            }
            unmet.sessions.push(session.code.clone());
            let there = self.seats.get(&(n, room.id)).and_then(|seats| seats.get(&small(seat)));
            unmet.taken_by = unmet.taken_by.or_else(|| Some(self.world.person(*there?)?.who.name.clone()));
        }
        (!unmet.sessions.is_empty()).then_some(unmet)
    }

    fn two_places(&mut self) {
        let order: HashMap<_, _> = self.world.sessions.iter().enumerate().map(|(n, s)| (s.id, n)).collect();
        let mut of: BTreeMap<(&str, &str), Vec<(usize, &PlacementRow)>> = BTreeMap::new();
        for p in &self.world.placements {
            let (Some(n), Some(person)) = (order.get(&p.session), self.world.person(p.application)) else { continue };
            of.entry((person.who.document.code(), &person.who.id_number)).or_default().push((*n, p));
        }
        let mut found = Vec::new();
        for mut all in of.into_values() {
            all.sort_by_key(|(n, p)| (*n, p.application));
            for (k, (n, one)) in all.iter().enumerate() {
                for (m, other) in all.iter().skip(k + 1) {
                    found.extend(self.at_once((*n, one), (*m, other)));
                }
            }
        }
        self.report.two_places = found;
    }

    fn at_once(&self, (n, one): (usize, &PlacementRow), (m, other): (usize, &PlacementRow)) -> Option<TwoPlaces> {
        let (a, b) = (self.world.sessions.get(n)?, self.world.sessions.get(m)?);
        if !held(a).overlaps(&held(b)) {
            return None;
        }
        let spot = |n: usize, p: &PlacementRow| Some((self.code(n), self.room(p.room)?.number, small(p.seat)));
        let mut applications = vec![one.application, other.application];
        applications.dedup();
        let name = self.world.person(one.application)?.who.name.clone();
        Some(TwoPlaces { name, applications, one: spot(n, one)?, other: spot(m, other)? })
    }
}
