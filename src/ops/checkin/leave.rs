//! `checkin.leave`: somebody who is inside goes for good, with a script handed in or without.
use super::admit::lifts;
use super::facts::{Facts, Standing};
use crate::model::{ApplicationId, AttendanceState, Code, Refusal, Role, SessionId, Stamp};
use crate::ops::{Operation, Result, Work};
use crate::policy::attendance::Step;
use crate::policy::gates::{self, LEAVES_TOO_EARLY};
use crate::store::AttendanceRow;
use serde::{Deserialize, Serialize};

/// Leaving early always has a reason.
pub const LEAVE_REASON: Code = Code("checkin.leave_reason");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// 交卷: not before the earliest hand-in.
    HandIn,
    /// 提前离场: unwell, called away; at any time.
    Early,
}

impl Exit {
    pub fn state(self) -> AttendanceState {
        match self {
            Exit::HandIn => AttendanceState::HandedIn,
            Exit::Early => AttendanceState::LeftEarly,
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Leave {
    pub application: ApplicationId,
    pub session: SessionId,
    pub exit: Exit,
    /// Why early; or a coordinator's reason to take a script before the earliest hand-in.
    pub reason: Option<String>,
}

/// Who went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Left {
    pub application: ApplicationId,
    pub name: String,
    pub room_number: i64,
    pub seat: i64,
    pub state: AttendanceState,
    pub at: Stamp,
}

impl Operation for Leave {
    const KIND: &'static str = "checkin.leave";
    const ROLES: &'static [Role] = &[Role::Proctor, Role::Coordinator];
    type Out = Left;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Left> {
        let facts = Facts::of(work, (self.session, self.application), Standing::Whatever)?;
        facts.may(Step::Leave)?;
        let words = self.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        let reason = match self.exit {
            Exit::Early if words.is_none() => {
                return Err(Refusal::new(LEAVE_REASON).with("name", facts.person.name.as_str()).into());
            }
            Exit::Early => words,
            Exit::HandIn => self.hand_in(work, &facts)?,
        };
        let state = self.exit.state();
        if let Some(before) = &facts.before {
            let (out_at, reason) = (Some(work.now), reason.map(str::to_owned));
            work.tx.update(before, &AttendanceRow { state, out_at, reason, ..before.clone() })?;
        }
        Ok(Left {
            application: self.application,
            name: facts.person.name,
            room_number: facts.room.number,
            seat: facts.placement.seat,
            state,
            at: work.now,
        })
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

impl Leave {
    /// The reason that it took to hand in before the time; none when it was time.
    fn hand_in(&self, work: &Work<'_, '_>, facts: &Facts) -> Result<Option<&str>> {
        let Err(early) = gates::may_leave(&work.policy()?.gates, facts.session.starts_at, work.now) else {
            return Ok(None);
        };
        match lifts(work, self.reason.as_deref())? {
            Some(reason) if early.is(LEAVES_TOO_EARLY) => Ok(Some(reason)),
            _ => Err(early.with("name", facts.person.name.as_str()).into()),
        }
    }
}
