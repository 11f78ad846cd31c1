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

/// A session with its times, to hold against others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held<'a> {
    pub sitting: Sitting<'a>,
    pub starts: Stamp,
    pub ends: Option<Stamp>,
}

impl Held<'_> {
    /// Whether one person may be due in both: levels and how the practical part is held say otherwise.
    pub fn shares_people(&self, other: &Held<'_>) -> bool {
        let apart = |a: Option<SessionMode>, b: Option<SessionMode>| a.is_some() && b.is_some() && a != b;
        let (one, two) = (&self.sitting, &other.sitting);
        !apart(one.mode, two.mode) && Level::ALL.into_iter().any(|level| one.of_level(level) && two.of_level(level))
    }

    /// Whether one person could be due in both at once. An open end lasts to the end of its day.
    pub fn overlaps(&self, other: &Held<'_>) -> bool {
        let end = |s: &Held<'_>| s.ends.unwrap_or_else(|| Moment::new(s.starts.day(), None).ends());
        self.starts < end(other) && other.starts < end(self) && self.shares_people(other)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn held<'a>(mode: Option<SessionMode>, levels: Option<&'a str>, times: (&str, Option<&str>)) -> Held<'a> {
        let at = |clock: &str| Stamp::read(&format!("2023-10-15 {clock}")).unwrap();
        let sitting = Sitting { subject: Subject::Practical, mode, levels };
        Held { sitting, starts: at(times.0), ends: times.1.map(at) }
    }

    #[test]
    fn only_what_one_person_could_be_due_in_overlaps() {
        let first = held(None, None, ("08:30", Some("10:00")));
        assert!(!first.overlaps(&held(None, None, ("10:00", Some("11:00")))));
        assert!(first.overlaps(&held(None, Some("4"), ("09:59", None))));
        let open = held(Some(SessionMode::HandsOn), Some("5,4"), ("14:00", None));
        assert!(open.overlaps(&held(None, Some("4"), ("23:00", Some("23:30")))));
        assert!(!open.overlaps(&held(None, Some("3,2"), ("15:00", None))));
        assert!(!open.overlaps(&held(Some(SessionMode::Paper), None, ("15:00", None))));
    }
}
