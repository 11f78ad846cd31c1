//! `papers.plan`: the bags of a session from who sits where, and again after seats have changed.
use super::custody;
use crate::model::{BagId, BagState, Code, DoorSide, Level, Refusal, Role, SessionId};
use crate::ops::{Operation, Result, Work};
use crate::policy::papers::{Change, Existing, Paper, Sitter, needed, replan};
use crate::policy::seating::{Seating, Side};
use crate::store::views::papers::{self, RoomFacts};
use crate::store::{PaperBagRow, PaperEventRow, rows};
use serde::Serialize;

pub const NOBODY_SEATED: Code = Code("papers.nobody_seated");

/// Bags that were counted, sealed or moved stay as they are; rooms that are closed too.
#[derive(Debug, Serialize)]
pub struct Plan {
    pub session: SessionId,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Planned {
    pub rooms: usize,
    /// Bags there are now, and sheets in them with the spare ones.
    pub bags: usize,
    pub sheets: i64,
    pub added: usize,
    pub resized: usize,
    pub dropped: usize,
}

impl Operation for Plan {
    const KIND: &'static str = "papers.plan";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Planned;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Planned> {
        let session = custody::session(work, self.session)?;
        let rooms = papers::rooms(work.tx.db(), self.session, None)?;
        if rooms.iter().all(|r| r.seated == 0) {
            return Err(Refusal::new(NOBODY_SEATED).with("session", session.code.as_str()).into());
        }
        let mut out = Planned { rooms: rooms.len(), ..Planned::default() };
        for room in &rooms {
            if custody::record(work, self.session, room.room)?.is_none() {
                self.fit(work, room, &mut out)?;
            }
        }
        let bags = rows::select::<PaperBagRow>(work.tx.db(), "WHERE session = ?1", [self.session])?;
        (out.bags, out.sheets) = (bags.len(), bags.iter().map(|b| b.sheets + b.spare).sum());
        Ok(out)
    }
}

impl Plan {
    /// Makes the bags of one room fit its seats.
    fn fit(&self, work: &mut Work<'_, '_>, room: &RoomFacts, out: &mut Planned) -> Result<()> {
        let tail = "WHERE session = ?1 AND room = ?2 ORDER BY id";
        let bags = rows::select::<PaperBagRow>(work.tx.db(), tail, (self.session, room.room))?;
        let there = bags.iter().map(|b| existing(work, b)).collect::<Result<Vec<_>>>()?;
        let sitters = papers::sitters(work.tx.db(), self.session, room.room)?;
        let sitters: Vec<_> =
            sitters.into_iter().map(|(seat, occupation, level)| Sitter { occupation, level, seat }).collect();
        let need = needed(&sitters, &grid(work.policy()?.seating, room));
        for change in replan(&need, &there) {
            match change {
                Change::Add { paper, sheets } => {
                    let row = self.fresh(work, room, paper, sheets)?;
                    work.tx.insert(&row)?;
                    out.added += 1;
                }
                Change::Resize { bag, sheets } => {
                    if let Some(bag) = bags.iter().find(|b| b.id == bag) {
                        work.tx.update(bag, &PaperBagRow { sheets, ..bag.clone() })?;
                        out.resized += 1;
                    }
                }
                Change::Drop { bag } => {
                    if let Some(bag) = bags.iter().find(|b| b.id == bag) {
                        work.tx.delete(bag)?;
                        out.dropped += 1;
                    }
                }
            }
        }
        Ok(())
    }

    /// A further bag of a room, with the first number that is free.
    fn fresh(&self, work: &Work<'_, '_>, room: &RoomFacts, paper: Paper, sheets: i64) -> Result<PaperBagRow> {
        let bags = rows::select::<PaperBagRow>(work.tx.db(), "WHERE session = ?1", [self.session])?;
        let number = |n: usize| format!("{:02}-{n:02}", room.number);
        let free = (1..).map(number).find(|number| !bags.iter().any(|b| b.number == *number)).unwrap_or_default();
        Ok(PaperBagRow {
            id: BagId(work.tx.next_id::<PaperBagRow>()?),
            session: self.session,
            room: Some(room.room),
            number: free,
            occupation: Some(paper.occupation),
            level: Some(paper.level),
            form: paper.form,
            sheets,
            spare: i64::from(work.policy()?.papers.spare_per_bag),
            seal: None,
            state: BagState::Stored,
        })
    }
}

/// The policy's seats over the room's own rows, columns and door.
fn grid(seating: Seating, room: &RoomFacts) -> Seating {
    let narrow = |n: i64| u16::try_from(n).unwrap_or(u16::MAX);
    let door = match room.door {
        Some(DoorSide::Left) => Side::Left,
        Some(DoorSide::Right) => Side::Right,
        None => seating.door,
    };
    Seating { rows: narrow(room.rows), columns: narrow(room.columns), door, ..seating }
}

fn existing(work: &Work<'_, '_>, bag: &PaperBagRow) -> Result<Existing> {
    let events = rows::count::<PaperEventRow>(work.tx.db(), "WHERE bag = ?1", [bag.id])?;
    let packed = bag.state != BagState::Stored || bag.seal.is_some() || events > 0;
    let (occupation, level) = (bag.occupation.clone().unwrap_or_default(), bag.level.unwrap_or(Level::Five));
    Ok(Existing { bag: bag.id, paper: Paper { occupation, level, form: bag.form }, sheets: bag.sheets, packed })
}
