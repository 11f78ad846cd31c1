//! The timetable: which part is sat when.
use super::{Moment, Policy, subjects::PracticalMode};
use crate::model::{Day, Level, Stamp, Subject};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Unique in the notice, such as `theory-1`.
    pub code: String,
    pub subject: Subject,
    /// Always with a time of day.
    pub start: Moment,
    /// `None` when the notice leaves the end open.
    #[serde(default)]
    pub end: Option<Moment>,
    /// Sat only by those whose practical part is held this way; `None` means by all.
    #[serde(default)]
    pub mode: Option<PracticalMode>,
    /// Empty means every level that sits the subject.
    #[serde(default)]
    pub levels: Vec<Level>,
}

impl Session {
    pub fn day(&self) -> Day {
        self.start.day
    }

    pub fn starts(&self) -> Stamp {
        self.start.begins()
    }

    pub fn ends(&self) -> Option<Stamp> {
        self.end.map(Moment::ends)
    }

    /// Whole minutes, when the end is known.
    pub fn minutes(&self) -> Option<i64> {
        self.ends().map(|end| end.minutes_since(self.starts()))
    }

    /// Whether one person could be due in both at once. An open end lasts to the end of its day.
    pub fn overlaps(&self, other: &Session) -> bool {
        let end = |s: &Session| s.ends().unwrap_or_else(|| Moment::new(s.start.day, None).ends());
        let apart = |a: Option<PracticalMode>, b: Option<PracticalMode>| a.is_some() && b.is_some() && a != b;
        let same_levels = self.levels.is_empty()
            || other.levels.is_empty()
            || self.levels.iter().any(|level| other.levels.contains(level));
        let in_time = self.starts() < end(other) && other.starts() < end(self);
        in_time && same_levels && !apart(self.mode, other.mode)
    }
}

/// Whether somebody is due in this session: by its levels, and by how their practical part is held (S0-36). Where nobody
/// has said how, the first practical session of the notice is theirs. A session that the notice does not know takes all.
pub fn is_due(policy: &Policy, code: &str, occupation: &str, level: Level) -> bool {
    let Some(session) = policy.sessions.iter().find(|s| s.code == code) else { return true };
    let of_level = |s: &Session| s.levels.is_empty() || s.levels.contains(&level);
    let Some(mode) = session.mode else { return of_level(session) };
    let own = match policy.subjects.practical_of(occupation, level) {
        PracticalMode::ByOccupation => {
            let first = policy.sessions.iter().filter(|s| s.subject == session.subject && of_level(s));
            first.filter_map(|s| s.mode).next()
        }
        known => Some(known),
    };
    of_level(session) && own == Some(mode)
}
