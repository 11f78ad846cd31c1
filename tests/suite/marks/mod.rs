//! Score entry: the operations, the pane, the commands.
mod blind;
mod commands;
mod lock;
mod machine;
mod operations;
mod pane;

use crate::harness::Desk;
use kaowu::model::AttendanceState;
use kaowu::model::{ApplicationId, Code, Mark, Points, Role, SessionId, Subject};
use kaowu::ops::entry::{Action, Save, Settle};
use kaowu::ops::{AttendanceRow, Operation, Result, Work};

pub const FIRST: ApplicationId = ApplicationId(1);

pub fn points(text: &str) -> Mark {
    Mark::Points(Points::parse(text).unwrap())
}

/// A theory mark, no warning accepted.
pub fn theory(application: ApplicationId, mark: Mark) -> Save {
    Save { application, subject: Subject::Theory, mark, accepted: vec![] }
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
