//! Script numbers: drawing, unsealing, and what nobody may see meanwhile.
mod around;
mod commands;
mod leaks;
mod leaks_out;
mod operations;
mod page;

use crate::harness::Desk;
use kaowu::model::{ApplicationId, Role, RoomId, SessionId, Subject};
use kaowu::ops::entry::{self, Paper, Pile, Save};
use kaowu::ops::scripts::Draw;
use kaowu::ops::{MarkLockRow, Operation, Result, Work};
use serde::Serialize;

pub const THEORY: SessionId = SessionId(1);

/// Numbers for the first room of the theory session.
pub fn first_room() -> Draw {
    Draw { session: THEORY, room: Some(RoomId(1)), seed: 7 }
}

pub fn every_room() -> Draw {
    Draw { session: THEORY, room: None, seed: 7 }
}

/// The marks of a session are final.
#[derive(Serialize)]
pub struct Lock(pub SessionId);

impl Operation for Lock {
    const KIND: &'static str = "test.lock";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let manager = crate::harness::plant::score_manager(work)?;
        Ok(work.tx.insert(&MarkLockRow::new(self.0, work.now, manager))?)
    }
}

/// The sealed theory pile and its papers as the signed-on operator sees them.
pub fn sealed_pile(desk: &Desk) -> (Pile, Vec<Paper>) {
    let piles = entry::piles(&desk.site).unwrap();
    let pile = piles.into_iter().find(Pile::is_sealed).unwrap();
    let papers = entry::pile(&desk.site, &pile).unwrap();
    (pile, papers.into_iter().map(|(paper, _)| paper).collect())
}

pub fn save(application: ApplicationId, text: &str) -> Save {
    Save::new(application, Subject::Theory, crate::marks::points(text))
}

/// Both entries of everybody in the sealed pile, the same mark for all.
pub fn typed_by_two(desk: &mut Desk, mark: &str) {
    for who in ["typist-a", "typist-b"] {
        desk.sign_on(who);
        for paper in sealed_pile(desk).1 {
            desk.does(&save(paper.application, mark));
        }
    }
    desk.sign_on("coordinator");
}
