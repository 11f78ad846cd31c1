//! A seated batch with staff.
use crate::harness::Desk;
use kaowu::model::{AssessorGrade, Duty, Role, RoomKind, SessionId, StaffId};
use kaowu::ops::staff::{Add, Assign, Line, Particulars, board};
use kaowu::ops::{Operation, Result, RoomRow, Work};
use serde::Serialize;

pub const OTHERS: [Duty; 7] =
    [Duty::Chief, Duty::Supervisor, Duty::Supervisor, Duty::Keeper, Duty::Keeper, Duty::Runner, Duty::Medical];

pub fn proctor(n: usize) -> Particulars {
    Particulars::new(&format!("监考{n}"), &format!("监考单位{n}"), &[Duty::Proctor])
}

pub fn assessor(n: usize) -> Particulars {
    Particulars {
        grade: AssessorGrade::Senior,
        card_no: Some(format!("K{n}")),
        ..Particulars::new(&format!("考评{n}"), &format!("考评单位{n}"), &[Duty::Assessor])
    }
}

pub fn add(desk: &mut Desk, who: Particulars) -> StaffId {
    desk.does(&Add { who }).id
}

/// Just those who are needed for two rooms of thirty.
pub fn staffed(desk: &mut Desk) {
    for n in 1..=4 {
        add(desk, proctor(n));
    }
    for (n, duty) in OTHERS.into_iter().enumerate() {
        add(desk, Particulars::new(&format!("考务{n}"), &format!("考务单位{n}"), &[duty]));
    }
}

/// The post of a duty in a room, or of the venue, in the first session.
pub fn line(desk: &Desk, room: Option<i64>, duty: Duty) -> Line {
    let all = board(&desk.site, Some(SessionId(1))).unwrap();
    all.into_iter().find(|l| l.room_number == room && l.duty == duty).unwrap()
}

pub fn to(line: &Line, staff: StaffId) -> Assign {
    let (session, venue, room, duty) = (line.session, line.venue, line.room, line.duty);
    Assign { staff, session, venue, room, duty, leads: false, reason: None }
}

/// Makes a room one of stations.
#[derive(Serialize)]
pub struct Stations(pub i64);

impl Operation for Stations {
    const KIND: &'static str = "seating.arrange";
    const ROLES: &'static [Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let row = kaowu::store::rows::first::<RoomRow>(work.tx.db(), "WHERE number = ?1", [self.0])?.unwrap();
        Ok(work.tx.update(&row, &RoomRow { kind: RoomKind::Stations, ..row.clone() })?)
    }
}
