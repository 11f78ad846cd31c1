//! People and places that the door's tests need.
use crate::harness::Desk;
use kaowu::model::{ApplicationId, RoomId, SessionId};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::checkin::{self, Admit, CloseAbsent, Proof, Seated};
use kaowu::ops::demo::people;
use kaowu::ops::seating::Arrange;
use kaowu::ops::{Operation, PlacementRow, Result, SessionRow, Site, Work, batch};
use serde::Serialize;

pub const SURNAMES: [(&str, &str, &str); 8] = [
    ("单明", "shan", "sm"),
    ("仇勇", "qiu", "qy"),
    ("查健", "zha", "zj"),
    ("区艳", "ou", "oy"),
    ("解放", "xie", "xf"),
    ("任浩", "ren", "rh"),
    ("朴成", "piao", "pc"),
    ("曾桂", "zeng", "zg"),
];

/// People by these names, paid and seated.
pub fn named(names: &[&str]) -> Desk {
    let mut desk = Desk::with_batch();
    let codes = desk.site.codes().unwrap();
    let mut rows = people::rows(&codes, 1, names.len());
    for (row, name) in rows.iter_mut().zip(names) {
        row[6] = (*name).to_owned();
    }
    desk.sheet(&rows);
    desk.reviewed();
    desk.does(&RecordFee::All);
    desk.does(&Arrange { seed: 1 });
    desk
}

pub fn session(site: &Site, code: &str) -> SessionRow {
    batch::sessions(site).unwrap().into_iter().find(|s| s.code == code).unwrap()
}

pub fn theory(desk: &Desk) -> SessionId {
    session(&desk.site, "theory-1").id
}

/// Whoever sits there in the theory session.
pub fn at_seat(site: &Site, room: i64, seat: i64) -> Seated {
    let all = checkin::register(site, session(site, "theory-1").id, None).unwrap();
    all.into_iter().find(|s| (s.room_number, s.seat) == (room, seat)).unwrap()
}

pub fn ticket(site: &Site, room: i64, seat: i64) -> String {
    at_seat(site, room, seat).ticket.unwrap()
}

pub fn admit(desk: &Desk, application: ApplicationId) -> Admit {
    Admit::of(theory(desk), application)
}

/// A closing signed with the number of people on the list as it is now.
pub fn close(desk: &Desk, session: SessionId, room: Option<RoomId>) -> CloseAbsent {
    let people = checkin::expected(&desk.site, session, room).unwrap().len();
    let signed = checkin::sign(&desk.site, (session, room), Proof::Count(people)).unwrap();
    CloseAbsent { session, room, signed }
}

/// Takes somebody's seat in a session away.
#[derive(Serialize)]
pub struct Unseat(pub ApplicationId, pub SessionId);

impl Operation for Unseat {
    const KIND: &'static str = "seating.arrange";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let tail = "WHERE application = ?1 AND session = ?2";
        let row = kaowu::store::rows::first::<PlacementRow>(work.tx.db(), tail, (self.0, self.1))?.unwrap();
        Ok(work.tx.delete(&row)?)
    }
}
