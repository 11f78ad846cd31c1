//! Score entry: the operations, the pane, the commands.
mod blind;
mod claims;
mod commands;
mod covers;
mod keys;
mod lock;
mod machine;
mod markers;
mod operations;
mod page;
mod pane;
mod progress;
mod sheet;
mod states;

use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::AttendanceState;
use kaowu::model::{ApplicationId, Code, Mark, Points, Role, SessionId, Subject};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::entry::{self, Action, Claim, Paper, Pile, Release, Save, Settle, Slot};
use kaowu::ops::seating::Arrange;
use kaowu::ops::{AttendanceRow, Operation, Result, Work};

pub const FIRST: ApplicationId = ApplicationId(1);

pub fn points(text: &str) -> Mark {
    Mark::Points(Points::parse(text).unwrap())
}

/// A theory mark, no warning accepted.
pub fn theory(application: ApplicationId, mark: Mark) -> Save {
    Save::new(application, Subject::Theory, mark)
}

pub fn meant(application: ApplicationId, mark: Mark, accepted: &[&'static str]) -> Save {
    Save { accepted: accepted.iter().map(|c| Code(c)).collect(), ..theory(application, mark) }
}

pub fn settle(action: Action) -> Settle {
    Settle { application: FIRST, subject: Subject::Theory, action, reason: "核对纸质成绩单".into() }
}

/// Two entries by typist-a and typist-b that differ; the coordinator is signed on.
pub fn differing(one: &str, two: &str) -> Desk {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a").does(&theory(FIRST, points(one)));
    desk.sign_on("typist-b").does(&theory(FIRST, points(two)));
    desk.sign_on("coordinator");
    desk
}

/// Records attendance in the theory session without the rules of the door.
#[derive(serde::Serialize)]
pub struct Attend(pub ApplicationId, pub AttendanceState);

/// The same in the practical session.
#[derive(serde::Serialize)]
pub struct AttendPractical(pub ApplicationId);

impl Operation for Attend {
    const KIND: &'static str = "test.attend";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        insert(work, SessionId(1), self.0, self.1)
    }
}

impl Operation for AttendPractical {
    const KIND: &'static str = "test.attend";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        insert(work, SessionId(2), self.0, AttendanceState::Present)
    }
}

fn insert(
    work: &mut Work<'_, '_>,
    session: SessionId,
    application: ApplicationId,
    state: AttendanceState,
) -> Result<()> {
    let row = AttendanceRow { state, ..AttendanceRow::present(session, application, work.now) };
    Ok(work.tx.insert(&row)?)
}

/// People seated under nmg-2023 with lines of its own about marking.
pub fn seated_with(marking: &str, people: usize) -> Desk {
    let mut desk = Desk::new();
    open_with(&mut desk, marking);
    desk.people(people);
    desk.reviewed();
    desk.does(&RecordFee::All);
    desk.does(&Arrange { seed: 1 });
    desk
}

/// Opens a batch under nmg-2023 with lines of its own about marking.
pub fn open_with(desk: &mut Desk, marking: &str) {
    let assets = Assets::default();
    let text = format!("{}\n[marking]\n{marking}\n", assets.read("policies/nmg-2023.toml").unwrap());
    let read = |c: &str| if c == "nmg-2023" { Some(text.clone()) } else { assets.read(&format!("policies/{c}.toml")) };
    let policy = kaowu::policy::file::load("nmg-2023", &read).unwrap();
    desk.does(&kaowu::ops::batch::Open { code: "changed".into(), name: "2023".into(), policy });
    desk.site.choose_batch(None).unwrap();
}

/// The bag in which the first theory paper lies, and its papers.
pub fn bag(desk: &Desk) -> (Pile, Vec<Paper>) {
    let pile = entry::piles(&desk.site).unwrap().into_iter().find(|p| p.subject == Subject::Theory).unwrap();
    let papers = entry::pile(&desk.site, &pile).unwrap().into_iter().map(|(paper, _)| paper).collect();
    (pile, papers)
}

pub fn claim(desk: &Desk, slot: Slot) -> Claim {
    let (pile, _) = bag(desk);
    Claim { session: pile.session, room: pile.room, slot }
}

pub fn release(desk: &Desk, slot: Slot, reason: &str) -> Release {
    let (pile, _) = bag(desk);
    Release { session: pile.session, room: pile.room, slot, reason: reason.into() }
}
