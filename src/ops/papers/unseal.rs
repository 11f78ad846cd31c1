//! `papers.unseal`: the bags of a room are opened shortly before the start, before the eyes of two candidates who sign.
use super::custody::{self, REASON, spoken};
use super::hand_over::Moved;
use crate::model::{ApplicationId, AttendanceState, BagId, Code, PaperMove, Refusal, Role, RoomId, SessionId};
use crate::ops::{Operation, Result, Work};
use crate::policy::papers::{Opening, apart, may_unseal};
use crate::store::views::checkin;
use crate::store::{PaperBagRow, PaperEventRow};
use serde::Serialize;

pub const SEVERAL_ROOMS: Code = Code("papers.several_rooms");
pub const SEAL_BROKEN: Code = Code("papers.seal_broken_why");
pub const LATE: Code = Code("papers.unsealed_late_why");
pub const TWO_CANDIDATES: Code = Code("papers.two_candidates");
pub const CANDIDATE_NOT_HERE: Code = Code("papers.candidate_not_here");

#[derive(Debug, Clone, Serialize)]
pub struct Unseal {
    /// All of one room.
    pub bags: Vec<BagId>,
    /// The proctors who open them.
    pub proctors: [String; 2],
    /// Whether the seals were whole.
    pub intact: bool,
    /// Two candidates who sit there, saw the seals and signed.
    pub candidates: [ApplicationId; 2],
    /// Why, where a seal is broken or the exam has begun.
    pub reason: Option<String>,
}

impl Operation for Unseal {
    const KIND: &'static str = "papers.unseal";
    const ROLES: &'static [Role] = &[Role::Proctor, Role::Coordinator];
    type Out = Moved;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Moved> {
        let bags = custody::bags(work, &self.bags)?;
        let (session, room) = one_room(&bags)?;
        let hands = [
            custody::handler(work, "proctor", &self.proctors[0])?,
            custody::handler(work, "second_proctor", &self.proctors[1])?,
        ];
        apart(&[&hands[0], &hands[1]])?;
        let starts = custody::session(work, session)?.starts_at;
        let note = spoken(self.reason.as_deref());
        if let (Opening::Late { minutes }, None) = (may_unseal(&work.policy()?.papers, starts, work.now)?, &note) {
            return Err(Refusal::new(LATE).with("starts", starts).with("minutes", minutes).into());
        }
        if !self.intact && note.is_none() {
            return Err(Refusal::new(SEAL_BROKEN).into());
        }
        self.witnesses(work, session, room)?;
        let [candidate_a, candidate_b] = self.candidates.map(Some);
        for bag in &bags {
            custody::not_closed(work, bag)?;
            let event = custody::event(work, bag, PaperMove::Unsealed, (&hands[0], &hands[1]))?;
            let (intact, note) = (Some(self.intact), note.clone());
            custody::moved(work, bag, PaperEventRow { intact, candidate_a, candidate_b, note, ..event })?;
        }
        let sheets = bags.iter().map(|b| b.sheets + b.spare).sum();
        Ok(Moved { bags: bags.into_iter().map(|b| b.number).collect(), sheets })
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

impl Unseal {
    /// Two different candidates of the room who are in it now.
    fn witnesses(&self, work: &Work<'_, '_>, session: SessionId, room: RoomId) -> Result<()> {
        let [a, b] = self.candidates;
        if a == b {
            return Err(Refusal::new(TWO_CANDIDATES).into());
        }
        for who in [a, b] {
            let found = checkin::seated_one(work.tx.db(), session, who)?;
            let here = found.as_ref().filter(|s| s.room == room);
            if !here.is_some_and(|s| s.attendance.is_some_and(AttendanceState::is_inside)) {
                let name = found.map(|s| s.name).unwrap_or_default();
                return Err(Refusal::new(CANDIDATE_NOT_HERE).with("name", name).into());
            }
        }
        Ok(())
    }
}

/// The room that all these bags are for.
pub fn one_room(bags: &[PaperBagRow]) -> Result<(SessionId, RoomId)> {
    let mut rooms = bags.iter().map(|b| b.room.map(|room| (b.session, room)));
    let first = rooms.next().flatten();
    match first {
        Some(room) if rooms.all(|r| r == Some(room)) => Ok(room),
        _ => Err(Refusal::new(SEVERAL_ROOMS).into()),
    }
}

/// Refused without words that say why.
pub fn needed_reason(reason: &str) -> Result<String> {
    Ok(spoken(Some(reason)).ok_or_else(|| Refusal::new(REASON))?)
}
