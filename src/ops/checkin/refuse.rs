//! `checkin.refuse`: somebody is sent away at the door. They may come again and be let in.
use super::admit::refuse_over;
use super::facts::{Facts, Standing};
use crate::model::{ApplicationId, AttendanceState, Code, Refusal, Role, RoomId, SessionId};
use crate::ops::{Operation, Result, Work};
use crate::policy::attendance::Step;
use crate::policy::checklist::Ground;
use crate::policy::gates;
use crate::store::AttendanceRow;
use serde::Serialize;

pub const WORDS_NEEDED: Code = Code("checkin.words_needed");

#[derive(Debug, Clone, Serialize)]
pub struct Refuse {
    pub application: ApplicationId,
    pub session: SessionId,
    /// The room that the door leads to; `None` at a door for all rooms.
    pub room: Option<RoomId>,
    pub ground: Ground,
    /// More of it; must say something where the ground is no other.
    pub words: String,
}

/// Who was sent away.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refused {
    pub application: ApplicationId,
    pub name: String,
    pub room_number: i64,
    pub seat: i64,
    pub ground: Ground,
}

impl Operation for Refuse {
    const KIND: &'static str = "checkin.refuse";
    const ROLES: &'static [Role] = &[Role::Proctor, Role::Coordinator];
    type Out = Refused;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Refused> {
        if self.ground == Ground::Other && self.words.trim().is_empty() {
            return Err(Refusal::new(WORDS_NEEDED).into());
        }
        let facts = Facts::of(work, (self.session, self.application), Standing::Whatever)?;
        facts.may(Step::Refuse)?;
        facts.at_door(self.room)?;
        refuse_over(work, &facts.session)?;
        // Whoever comes too late is refused by the gate as it is; before it opens nobody was looked at.
        if let Err(early) = gates::admit(&work.policy()?.gates, facts.session.starts_at, work.now)
            && early.is(gates::TOO_EARLY)
        {
            return Err(early.with("name", facts.person.name.as_str()).into());
        }
        work.tx.insert(&AttendanceRow {
            state: AttendanceState::Refused,
            reason: Some(self.ground.with_words(&self.words)),
            ..AttendanceRow::present(self.session, self.application, work.now)
        })?;
        Ok(Refused {
            application: self.application,
            name: facts.person.name,
            room_number: facts.room.number,
            seat: facts.placement.seat,
            ground: self.ground,
        })
    }

    fn reason(&self) -> Option<&str> {
        Some(self.words.trim()).filter(|words| !words.is_empty())
    }
}
