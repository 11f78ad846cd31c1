//! The timetable: which part is sat when.
use super::{Moment, Policy, subjects::PracticalMode};
use crate::model::{Day, Level, SessionMode, Stamp, Subject};
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

/// Who sits a session, as it is held: the notice's, or one that the site has set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitting<'a> {
    pub subject: Subject,
    pub mode: Option<SessionMode>,
    /// Digits of the levels, comma separated; `None`: all.
    pub levels: Option<&'a str>,
}

impl Sitting<'_> {
    fn of_level(&self, level: Level) -> bool {
        self.levels.is_none_or(|levels| levels.split(',').any(|digit| digit == level.digit().to_string()))
    }
}

/// Whether somebody is due in this session: by its levels, and by how their practical part is held (S0-36). Where nobody
/// has said how, the first practical session of the batch, `all` in time order, is theirs. External parts are sat nowhere
/// here.
pub fn is_due(policy: &Policy, all: &[Sitting<'_>], session: &Sitting<'_>, occupation: &str, level: Level) -> bool {
    let Some(mode) = session.mode else { return session.of_level(level) };
    let own = match policy.subjects.practical_of(occupation, level) {
        PracticalMode::Paper => Some(SessionMode::Paper),
        PracticalMode::HandsOn => Some(SessionMode::HandsOn),
        PracticalMode::External => None,
        PracticalMode::ByOccupation => {
            all.iter().filter(|s| s.subject == session.subject && s.of_level(level)).find_map(|s| s.mode)
        }
    };
    session.of_level(level) && own == Some(mode)
}
