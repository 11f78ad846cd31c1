//! People and places that the door's tests need.
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, RoomId, SessionId, SessionMode, Stamp};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::checkin::{self, Admit, CloseAbsent, Proof, Seated};
use kaowu::ops::demo::people;
use kaowu::ops::seating::Arrange;
use kaowu::ops::{AttendanceRow, Operation, PlacementRow, Result, SessionRow, Site, Work, batch};
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

/// Writes one attendance as it is given.
#[derive(Serialize)]
pub struct Put(pub AttendanceRow);

impl Operation for Put {
    const KIND: &'static str = "test.put";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        Ok(work.tx.insert(&self.0)?)
    }
}

/// Reads one attendance, and takes it away when told so.
#[derive(Serialize)]
struct Look(SessionId, ApplicationId, &'static str);

impl Operation for Look {
    const KIND: &'static str = "test.look";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = Option<AttendanceRow>;
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Option<AttendanceRow>> {
        let tail = "WHERE session = ?1 AND application = ?2";
        let row = kaowu::store::rows::first::<AttendanceRow>(work.tx.db(), tail, (self.0, self.1))?;
        if let Some(row) = row.as_ref().filter(|_| self.2 == "wipe") {
            work.tx.delete(row)?;
        }
        Ok(row)
    }
}

impl Put {
    pub fn read(desk: &mut Desk, session: SessionId, who: ApplicationId) -> AttendanceRow {
        desk.does(&Look(session, who, "read")).unwrap()
    }

    pub fn wipe(desk: &mut Desk, session: SessionId, who: ApplicationId) {
        desk.does(&Look(session, who, "wipe"));
    }
}

/// A hands-on session without an end from this time on, and a seat in it for one person.
#[derive(Serialize)]
struct HandsOn(SessionRow, PlacementRow);

impl Operation for HandsOn {
    const KIND: &'static str = "test.hands_on";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        work.tx.insert(&self.0)?;
        let id = work.tx.next_id::<PlacementRow>()?;
        Ok(work.tx.insert(&PlacementRow { id, ..self.1.clone() })?)
    }
}

pub fn hands_on(desk: &mut Desk, clock: &str, who: &Seated) -> SessionId {
    let starts_at = Stamp::parse(&format!("2023-10-15T{clock}:00+08:00")).unwrap();
    let (id, mode) = (SessionId(77), Some(SessionMode::HandsOn));
    let practical = session(&desk.site, "practical-1");
    let row = SessionRow { id, code: "hands-on".into(), starts_at, ends_at: None, mode, ..practical };
    let seat = PlacementRow { id: 0, session: id, room: who.room, seat: who.seat, application: who.application };
    desk.does(&HandsOn(row, seat));
    id
}

/// Seated under a policy with the papers that S4-26 asks for.
pub fn papers_asked() -> Desk {
    const OWN: &str = "format = 1\ninherits = \"nmg-2023\"\n[notice]\ncode = \"papers\"\n\
        [checklist]\nitems = [\"person\", \"document\", \"ticket\", \"materials\"]\n\
        paper_materials = [\"identity\", \"education_certificate\", \"work_proof\"]\n\
        [[materials]]\ncode = \"identity\"\non_exam_day = true\n\
        [[materials]]\ncode = \"education_certificate\"\non_exam_day = true\n\
        [[materials]]\ncode = \"work_proof\"\non_exam_day = true\n";
    let assets = Assets::default();
    let text = |name: &str| match name {
        "papers" => Some(OWN.to_owned()),
        other => assets.read(&format!("policies/{other}.toml")),
    };
    let policy = kaowu::policy::file::load("papers", &text).unwrap();
    let shipped = kaowu::policy::file::load("wushen-zwfw-2024", &text).unwrap().policy.checklist;
    assert_eq!(policy.policy.checklist, shipped, "the papers of the notice");
    let mut desk = Desk::new();
    desk.does(&batch::Open { code: "papers".into(), name: "2023".into(), policy });
    desk.site.choose_batch(None).unwrap();
    desk.people(5);
    desk.reviewed();
    desk.does(&RecordFee::All);
    desk.does(&Arrange { seed: 1 });
    desk
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
