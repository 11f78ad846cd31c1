//! A workshop of four electricians with three assessors in it.
use crate::harness::Desk;
use crate::rooms::fixtures::{who, workshop};
use crate::staff::world::{add, assessor};
use kaowu::model::{Duty, Role, RoomId, SessionId, StaffId};
use kaowu::ops::assess::{Form, Formed, place};
use kaowu::ops::panel::{self, View};
use kaowu::ops::seating::edit::Place;
use kaowu::ops::staff::Assign;
use kaowu::ops::{ApplicationRow, Operation, OperatorRow, Result, StaffRow, Work};
use kaowu::store::rows;
use serde::Serialize;

/// Makes everybody an electrician: an occupation that has its own sheet.
#[derive(Serialize)]
struct Electricians;

impl Operation for Electricians {
    const KIND: &'static str = "test.electricians";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for before in rows::select::<ApplicationRow>(work.tx.db(), "", [])? {
            let (occupation, occupation_name) = ("6-31-01-03".to_owned(), "电工".to_owned());
            work.tx.update(&before, &ApplicationRow { occupation, occupation_name, ..before.clone() })?;
        }
        Ok(())
    }
}

/// Gives one of the staff an account.
#[derive(Serialize)]
pub struct SignsOnAs(pub StaffId, pub &'static str);

impl Operation for SignsOnAs {
    const KIND: &'static str = "test.signs_on_as";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let db = work.tx.db();
        let operator = rows::first::<OperatorRow>(db, "WHERE name = ?1", [self.1])?.map(|o| o.id);
        let before = rows::first::<StaffRow>(db, "WHERE id = ?1", [self.0])?.unwrap();
        Ok(work.tx.update(&before, &StaffRow { operator, ..before.clone() })?)
    }
}

/// Four people at two stations in two rounds, in room 3; nobody assigned.
pub fn stations() -> Desk {
    let mut desk = workshop(5);
    desk.does(&Electricians);
    for n in 1..=4 {
        desk.does(&Place { application: who(n), to: None });
    }
    desk
}

/// The hands-on session and room 3.
pub fn here(desk: &Desk) -> (SessionId, RoomId) {
    place(&desk.site, "hands-on", 3).unwrap()
}

pub fn assign(desk: &Desk, staff: StaffId, leads: bool) -> Assign {
    let (session, room) = here(desk);
    let venue = kaowu::ops::seating::rooms(&desk.site).unwrap().into_iter().find(|r| r.id == room).unwrap().venue;
    Assign { staff, session, venue, room: Some(room), duty: Duty::Assessor, leads, reason: None }
}

/// Senior assessors `考评1`, `考评2`, …, assigned; the first leads.
pub fn manned(count: usize) -> (Desk, Vec<StaffId>) {
    let mut desk = stations();
    let staff: Vec<_> = (1..=count).map(|n| add(&mut desk, assessor(n))).collect();
    for (n, id) in staff.iter().enumerate() {
        let task = assign(&desk, *id, n == 0);
        desk.does(&task);
    }
    (desk, staff)
}

pub fn form(desk: &Desk) -> Form {
    let (session, room) = here(desk);
    Form { session, room, name: "一组".into(), members: None, lead: None, reason: None }
}

pub fn with_group() -> (Desk, Formed) {
    let (mut desk, _) = manned(3);
    let formed = form(&desk);
    let formed = desk.does(&formed);
    (desk, formed)
}

pub fn view(desk: &Desk, formed: &Formed) -> View {
    panel::show(&desk.site, formed.panel).unwrap()
}
