//! The next gate of the day, for the countdown that every pane shows.
use crate::model::Stamp;
use crate::ops::{Result, Site, batch};
use crate::policy::gates::{self, Gates};
use crate::store::SessionRow;

pub use crate::policy::gates::Gate;

/// Below this many seconds the countdown shows seconds.
const LAST: i64 = 120;

/// The sessions of the batch with their gates; read once, asked as often as the screen is drawn.
#[derive(Debug, Clone)]
pub struct Timetable {
    gates: Gates,
    sessions: Vec<SessionRow>,
}

/// The next gate of all sessions of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub session: String,
    pub gate: Gate,
    pub at: Stamp,
}

/// How long until then, no finer than it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Begun ones counted.
    Minutes(i64),
    Seconds(i64),
}

impl Timetable {
    pub fn of(site: &Site) -> Result<Timetable> {
        Ok(Timetable { gates: site.policy()?.gates, sessions: batch::sessions(site)? })
    }

    /// `None` on every other day, and after the last gate.
    pub fn next(&self, now: Stamp) -> Option<Next> {
        let one = |s: &SessionRow| {
            let (gate, at) = gates::next(&self.gates, (s.starts_at, s.ends_at), now)?;
            Some(Next { session: s.code.clone(), gate, at })
        };
        self.sessions.iter().filter_map(one).min_by_key(|next| (next.at, next.gate))
    }

    /// The next gate of one session.
    pub fn next_of(&self, session: &SessionRow, now: Stamp) -> Option<Next> {
        let (gate, at) = gates::next(&self.gates, (session.starts_at, session.ends_at), now)?;
        Some(Next { session: session.code.clone(), gate, at })
    }
}

impl Next {
    pub fn left(&self, now: Stamp) -> Left {
        let seconds = self.at.0.saturating_sub(now.0).max(0).saturating_add(999) / 1000;
        if seconds > LAST { Left::Minutes(seconds.saturating_add(59) / 60) } else { Left::Seconds(seconds) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_come_in_the_last_two_minutes() {
        let at = Stamp::parse("2023-10-15T08:45:00+08:00").unwrap();
        let next = Next { session: "theory-1".into(), gate: Gate::Limit, at };
        let left = |seconds: i64| next.left(Stamp(at.0 - seconds * 1000));
        assert_eq!(left(900), Left::Minutes(15));
        assert_eq!(left(841), Left::Minutes(15));
        assert_eq!(left(840), Left::Minutes(14));
        assert_eq!(left(121), Left::Minutes(3));
        assert_eq!(left(120), Left::Seconds(120));
        assert_eq!(left(1), Left::Seconds(1));
        assert_eq!(next.left(Stamp(at.0 - 1)), Left::Seconds(1));
        assert_eq!(next.left(at), Left::Seconds(0));
    }
}
