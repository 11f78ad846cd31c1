//! A theory session of 35 people in two rooms, and people who come, stay away and hand in.
use crate::harness::Desk;
use kaowu::model::{ApplicationId, AttendanceState, BagId, RoomId};
use kaowu::ops::checkin::{self, Seated};
use kaowu::ops::papers::{self, CloseRoom, Collect, HandOver, Plan, Return, RoomPapers, Unseal};
use kaowu::ops::{AttendanceRow, Operation, Result, SessionRow, Site, Work, batch};
use kaowu::store::rows;
use serde::Serialize;

pub fn session(site: &Site) -> SessionRow {
    batch::sessions(site).unwrap().into_iter().find(|s| s.code == "theory-1").unwrap()
}

pub fn room(site: &Site, number: i64) -> RoomPapers {
    papers::room_papers(site, &session(site), number).unwrap()
}

pub fn bags(site: &Site, number: i64) -> Vec<BagId> {
    room(site, number).bags.iter().map(|b| b.bag.id).collect()
}

pub fn people(site: &Site, number: i64) -> Vec<Seated> {
    let mut all = checkin::register(site, session(site).id, None).unwrap();
    all.retain(|s| s.room_number == number);
    all
}

/// Sets what somebody's attendance is, past the rules of the door.
#[derive(Serialize)]
pub struct Attend(pub Vec<(ApplicationId, AttendanceState)>);

impl Operation for Attend {
    const KIND: &'static str = "test.plant";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let session = rows::first::<SessionRow>(work.tx.db(), "WHERE code = 'theory-1'", [])?.unwrap().id;
        for (who, state) in &self.0 {
            let tail = "WHERE session = ?1 AND application = ?2";
            if let Some(old) = rows::first::<AttendanceRow>(work.tx.db(), tail, (session, who))? {
                work.tx.delete(&old)?;
            }
            let out =
                matches!(state, AttendanceState::HandedIn | AttendanceState::Misconduct | AttendanceState::LeftEarly);
            let words =
                matches!(state, AttendanceState::Refused | AttendanceState::Misconduct | AttendanceState::LeftEarly);
            work.tx.insert(&AttendanceRow {
                state: *state,
                out_at: out.then_some(work.now),
                reason: words.then(|| "X".to_owned()),
                ..AttendanceRow::present(session, *who, work.now)
            })?;
        }
        Ok(())
    }
}

/// Everybody of a room gets this attendance; the first `absent` of them are absent.
pub fn attend(desk: &mut Desk, number: i64, absent: usize, state: AttendanceState) {
    let people = people(&desk.site, number).into_iter().enumerate();
    let states = people.map(|(n, s)| (s.application, if n < absent { AttendanceState::Absent } else { state }));
    desk.does(&Attend(states.collect()));
}

pub fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}

pub fn pair() -> [String; 2] {
    ["监甲".to_owned(), "监乙".to_owned()]
}

pub fn hand_over(bags: Vec<BagId>) -> HandOver {
    HandOver { bags, giver: "保管".into(), takers: names(&["领甲", "领乙", "领丙"]), note: None }
}

/// The last two of the room are witnesses.
pub fn unseal(site: &Site, number: i64) -> Unseal {
    let people = people(site, number);
    let [.., a, b] = people.as_slice() else { panic!("two sit there") };
    let candidates = [a.application, b.application];
    Unseal { bags: bags(site, number), proctors: pair(), intact: true, candidates, reason: None }
}

/// Every sheet is there.
pub fn collect(site: &Site, number: i64) -> Collect {
    let bags = room(site, number).bags.iter().map(|b| (b.bag.id, b.bag.sheets + b.bag.spare)).collect();
    Collect { bags, proctors: pair(), reason: None }
}

pub fn give_back(bags: Vec<BagId>) -> Return {
    Return { bags, giver: "监甲".into(), taker: "保管".into(), reason: None }
}

/// Counts as they are known.
pub fn close(site: &Site, number: i64) -> CloseRoom {
    let room = room(site, number);
    let known = room.known;
    CloseRoom {
        session: session(site).id,
        room: room.room,
        collected: known.collected,
        absent: known.absent,
        void: known.void,
        spare: known.spare,
        proctors: pair().into(),
        remarks: None,
        reason: None,
    }
}

/// Bags are planned.
pub fn planned() -> Desk {
    let mut desk = Desk::seated(35);
    let session = session(&desk.site).id;
    desk.does(&Plan { session });
    desk
}

/// Room 2 (five people, one of them absent) has its bags open.
pub fn opened() -> Desk {
    let mut desk = planned();
    desk.does(&hand_over(bags(&desk.site, 2)));
    attend(&mut desk, 2, 1, AttendanceState::Present);
    desk.at("08:25");
    desk.does(&unseal(&desk.site, 2));
    desk
}

/// Everything of room 2 is collected after the end.
pub fn collected() -> Desk {
    let mut desk = opened();
    attend(&mut desk, 2, 1, AttendanceState::HandedIn);
    desk.at("10:05");
    desk.does(&collect(&desk.site, 2));
    desk
}

/// Room 2 is closed and its bags are back.
pub fn closed() -> (Desk, RoomId) {
    let mut desk = collected();
    desk.does(&close(&desk.site, 2));
    desk.does(&give_back(bags(&desk.site, 2)));
    let room = room(&desk.site, 2).room;
    (desk, room)
}
