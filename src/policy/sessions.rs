//! The timetable: which part is sat when.
use super::{Moment, subjects::PracticalMode};
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
