//! Batches with venues, rooms and employers as a test needs them.
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, DoorSide, Role, RoomId, RoomKind, SessionId, VenueId};
use kaowu::ops::applications::{Line, Page, Sieve, page};
use kaowu::ops::demo::people;
use kaowu::ops::{
    BrokenSeatRow, Operation, PlacementRow, Result, RoomRow, SessionRow, SpecialNeedRow, VenueRow, VoidTicketRow, Work,
    batch, checkin, seating,
};
use kaowu::policy;
use kaowu::store::rows;
use serde::Serialize;

/// A batch of the notice without reviews; `more` is laid over it.
pub fn open(notice: &str, more: &str) -> Desk {
    let mut desk = Desk::new();
    let assets = Assets::default();
    let text = format!("inherits = \"whole\"\n[notice]\ncode = \"{notice}\"\n[reviews]\nsteps = []\n{more}");
    let lookup = |code: &str| match code {
        "whole" => assets.read(&format!("policies/{notice}.toml")),
        code if code == notice => Some(text.clone()),
        other => assets.read(&format!("policies/{other}.toml")),
    };
    let policy = policy::load(notice, &lookup).unwrap();
    desk.does(&batch::Open { code: "b".into(), name: "b".into(), policy });
    desk.site.choose_batch(None).unwrap();
    desk
}

/// People of these employers, in this order.
pub fn of_employers(desk: &mut Desk, employers: &[&str]) {
    people_of(desk, 0, employers);
}

/// The same from the nth made-up person on.
pub fn people_of(desk: &mut Desk, skip: usize, employers: &[&str]) {
    let codes = desk.site.codes().unwrap();
    let mut all = people::rows(&codes, 1, skip + employers.len()).split_off(skip);
    for (row, employer) in all.iter_mut().zip(employers) {
        row[16] = (*employer).to_owned();
    }
    desk.sheet(&all);
}

/// So many people, each of an employer of their own.
pub fn strangers(desk: &mut Desk, count: usize) {
    let employers: Vec<String> = (0..count).map(|n| format!("第{n}单位")).collect();
    of_employers(desk, &employers.iter().map(String::as_str).collect::<Vec<_>>());
}

/// Somebody's seat in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub session: SessionId,
    pub room: i64,
    pub seat: i64,
    pub application: ApplicationId,
}

/// Every seat of every session, in the order of session, room and seat.
pub fn placements(desk: &Desk) -> Vec<Spot> {
    let mut all = Vec::new();
    for session in sessions(desk) {
        let seated = checkin::register(&desk.site, session.id, None).unwrap();
        let spot = |s: &checkin::Seated| Spot {
            session: session.id,
            room: s.room_number,
            seat: s.seat,
            application: s.application,
        };
        let mut spots: Vec<Spot> = seated.iter().map(spot).collect();
        spots.sort_by_key(|p| (p.room, p.seat));
        all.extend(spots);
    }
    all
}

/// Everybody in the order of filing.
pub fn applications(desk: &Desk) -> Vec<Line> {
    let mut all = page(&desk.site, &Page::First, Sieve::All, 10_000).unwrap();
    all.sort_by_key(|line| line.id);
    all
}

pub fn sessions(desk: &Desk) -> Vec<SessionRow> {
    batch::sessions(&desk.site).unwrap()
}

pub fn rooms(desk: &Desk) -> Vec<RoomRow> {
    seating::rooms(&desk.site).unwrap()
}

/// Ticket numbers in the order of filing.
pub fn tickets(desk: &Desk) -> Vec<String> {
    applications(desk).into_iter().filter_map(|line| line.ticket).collect()
}

/// Rows written as they are.
#[derive(Serialize, Default)]
pub struct Plant {
    #[serde(skip)]
    pub venues: Vec<VenueRow>,
    #[serde(skip)]
    pub rooms: Vec<RoomRow>,
    #[serde(skip)]
    pub broken: Vec<BrokenSeatRow>,
    #[serde(skip)]
    pub needs: Vec<SpecialNeedRow>,
    #[serde(skip)]
    pub void: Vec<VoidTicketRow>,
}

impl Operation for Plant {
    const KIND: &'static str = "test.plant";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        self.venues.iter().try_for_each(|row| work.tx.insert(row))?;
        self.rooms.iter().try_for_each(|row| work.tx.insert(row))?;
        self.broken.iter().try_for_each(|row| work.tx.insert(row))?;
        self.needs.iter().try_for_each(|row| work.tx.insert(row))?;
        Ok(self.void.iter().try_for_each(|row| work.tx.insert(row))?)
    }
}

pub fn venue(desk: &Desk, code: i64, unit: Option<&str>) -> VenueRow {
    let batch = desk.site.batch().unwrap().id;
    let unit = unit.map(str::to_owned);
    VenueRow { id: VenueId(code), batch, code, name: format!("考点{code}"), unit, address: None, phone: None }
}

/// Desks of six rows and five columns.
pub fn room(desk: &Desk, venue: i64, number: i64) -> RoomRow {
    RoomRow {
        id: RoomId(number),
        batch: desk.site.batch().unwrap().id,
        venue: VenueId(venue),
        number,
        kind: RoomKind::Desks,
        rows: 6,
        columns: 5,
        rounds: 1,
        places: None,
        door: Some(DoorSide::Left),
        name: None,
        closed: None,
        made: false,
    }
}

pub fn need(application: ApplicationId, at: Option<(i64, i64)>) -> SpecialNeedRow {
    let (room, seat) = (at.map(|(room, _)| RoomId(room)), at.map(|(_, seat)| seat));
    SpecialNeedRow { application, need: "轮椅".into(), room, seat }
}

/// Puts somebody on a seat in every session where they have one, as an edit by hand does.
#[derive(Serialize)]
pub struct PutByHand {
    pub application: ApplicationId,
    pub room: i64,
    pub seat: i64,
}

impl Operation for PutByHand {
    const KIND: &'static str = "seating.move";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for before in rows::select::<PlacementRow>(work.tx.db(), "WHERE application = ?1", [self.application])? {
            work.tx.delete(&before)?;
            let id = work.tx.next_id::<PlacementRow>()?;
            work.tx.insert(&PlacementRow { id, room: RoomId(self.room), seat: self.seat, ..before })?;
        }
        Ok(())
    }
}
