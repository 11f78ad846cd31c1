//! Which session the door is for, and what the clock says about it.
use crate::model::{Code, Refusal, Stamp};
use crate::ops::{Result, Site, batch};
use crate::policy::gates::Gates;
use crate::store::SessionRow;
use serde::Serialize;

pub const NO_SESSION: Code = Code("checkin.no_session");

/// The times of one session's door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Door {
    pub opens: Stamp,
    pub starts: Stamp,
    /// Still admits at this very moment.
    pub limit: Stamp,
    /// `None` when the notice leaves the end open.
    pub ends: Option<Stamp>,
}

/// What a door says at a moment; minutes until the next change, a begun one counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Before {
        minutes: i64,
    },
    Open {
        minutes: i64,
    },
    /// The exam has begun; whoever comes now is late.
    Late {
        minutes: i64,
    },
    Closed,
    Over,
}

impl Door {
    pub fn of(gates: &Gates, session: &SessionRow) -> Door {
        let starts = session.starts_at;
        Door {
            opens: starts.plus_minutes(-i64::from(gates.opens_before_min)),
            starts,
            limit: starts.plus_minutes(i64::from(gates.late_limit_min)),
            ends: session.ends_at,
        }
    }

    pub fn phase(&self, now: Stamp) -> Phase {
        let until = |then: Stamp| now.minutes_since(then).saturating_neg();
        if self.is_over(now) {
            Phase::Over
        } else if now < self.opens {
            Phase::Before { minutes: until(self.opens) }
        } else if now <= self.starts {
            Phase::Open { minutes: until(self.limit) }
        } else if now <= self.limit {
            Phase::Late { minutes: until(self.limit) }
        } else {
            Phase::Closed
        }
    }

    pub fn is_over(&self, now: Stamp) -> bool {
        self.ends.is_some_and(|end| now >= end)
    }

    /// Lower goes first: an open door, a running session, the next to open, the past.
    fn rank(&self, now: Stamp) -> u8 {
        match self.phase(now) {
            Phase::Open { .. } | Phase::Late { .. } => 0,
            Phase::Closed if self.ends.is_some() => 1,
            Phase::Before { .. } => 2,
            // Without an end a session counts as running only while nothing else comes.
            Phase::Closed => 3,
            Phase::Over => 4,
        }
    }
}

/// The session that a door serves at `now`: the one whose door is open, else the running one, else the next, else the
/// last that was.
pub fn current(site: &Site, now: Stamp) -> Result<SessionRow> {
    let gates = site.policy()?.gates;
    let sessions = batch::sessions(site)?;
    let rank = |s: &SessionRow| Door::of(&gates, s).rank(now);
    let best = sessions.iter().map(rank).min().unwrap_or(0);
    let mut fit = sessions.into_iter().filter(|s| rank(s) == best);
    let chosen = if best >= 3 { fit.next_back() } else { fit.next() };
    Ok(chosen.ok_or_else(|| Refusal::new(NO_SESSION))?)
}

/// The session with this code, or the current one.
pub fn by_code(site: &Site, code: Option<&str>) -> Result<SessionRow> {
    let Some(code) = code else { return current(site, site.now()) };
    let found = batch::sessions(site)?.into_iter().find(|s| s.code == code);
    Ok(found.ok_or_else(|| Refusal::new(super::UNKNOWN_SESSION).with("session", code))?)
}

impl Door {
    /// The door of a session under the policy of the batch at hand.
    pub fn at(site: &Site, session: &SessionRow) -> Result<Door> {
        Ok(Door::of(&site.policy()?.gates, session))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(clock: &str) -> Stamp {
        Stamp::parse(&format!("2023-10-15T{clock}:00+08:00")).unwrap()
    }

    /// The theory session of S1-31.
    fn door(ends: Option<&str>) -> Door {
        Door { opens: at("08:00"), starts: at("08:30"), limit: at("08:45"), ends: ends.map(at) }
    }

    #[test]
    fn a_door_goes_through_its_phases_s1_31() {
        let door = door(Some("10:00"));
        let phase = |clock| door.phase(at(clock));
        assert_eq!(phase("07:48"), Phase::Before { minutes: 12 });
        assert_eq!(phase("08:00"), Phase::Open { minutes: 45 });
        assert_eq!(phase("08:30"), Phase::Open { minutes: 15 });
        assert_eq!(phase("08:33"), Phase::Late { minutes: 12 });
        assert_eq!(phase("08:45"), Phase::Late { minutes: 0 });
        assert_eq!(phase("08:46"), Phase::Closed);
        assert_eq!(phase("10:00"), Phase::Over);
    }

    #[test]
    fn an_open_door_comes_before_a_running_session() {
        let rank = |ends, clock| door(ends).rank(at(clock));
        assert!(rank(Some("10:00"), "08:40") < rank(Some("10:00"), "09:00"));
        assert!(rank(Some("10:00"), "09:00") < rank(Some("10:00"), "07:00"));
        assert!(rank(None, "09:00") > rank(None, "07:00"));
        assert!(rank(Some("10:00"), "11:00") > rank(None, "11:00"));
    }
}
