//! Every day that a notice sets or that follows from its exam days, with the working days it stands on.
use super::Policy;
use super::deadlines::Deadline;
use super::windows::{Window, WindowKind};
use crate::model::{Calendar, Day};
use chrono::Days;
use serde::Serialize;

/// First and last day of the exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExamDays {
    pub first: Day,
    pub last: Day,
}

impl ExamDays {
    pub fn of(days: impl Iterator<Item = Day>) -> Option<ExamDays> {
        days.fold(None, |seen: Option<ExamDays>, day| match seen {
            None => Some(ExamDays { first: day, last: day }),
            Some(e) => Some(ExamDays { first: e.first.min(day), last: e.last.max(day) }),
        })
    }
}

/// One line of the list of dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dated {
    /// Locale key: `deadline.handbook`, `window.payment`, `dates.publicity`.
    pub what: String,
    pub kind: DatedKind,
    pub from: Option<Day>,
    /// The last day in time; `None` while the exam days are open.
    pub due: Option<Day>,
    /// Of a period those inside, both ends included; of a due date those counted from the exam, the exam day excluded.
    pub working_days: Option<usize>,
    pub due_on_day_off: bool,
    /// A year whose list of holidays is not known: the count is by weekends alone there.
    pub doubt: Option<i32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DatedKind {
    Window,
    Publicity,
    Deadline,
}

/// Windows, publicity and deadlines, by the day they end.
pub fn dated(policy: &Policy, exam: Option<ExamDays>, calendar: &Calendar) -> Vec<Dated> {
    let windows = WindowKind::ALL.into_iter().flat_map(|kind| {
        policy.windows.of(kind).iter().map(move |w| period(kind.key(), DatedKind::Window, w, calendar))
    });
    let publicity =
        policy.publicity.window.iter().map(|w| period(PUBLICITY.to_owned(), DatedKind::Publicity, w, calendar));
    let deadlines = policy.deadlines.iter().map(|d| deadline(d, exam, calendar));
    let mut all: Vec<Dated> = windows.chain(publicity).chain(deadlines).collect();
    all.sort_by_key(|d| (d.due.is_none(), d.due, d.from));
    all
}

const PUBLICITY: &str = "dates.publicity";

/// Publicity of a list put up on `start`: the last day on which objections are taken.
pub fn publicity(policy: &Policy, start: Day, calendar: &Calendar) -> Dated {
    if let Some(window) = &policy.publicity.window {
        return period(PUBLICITY.to_owned(), DatedKind::Publicity, window, calendar);
    }
    let due = policy.publicity.last_day(start, calendar);
    let first = start.checked_add_days(Days::new(1)).unwrap_or(start);
    Dated {
        what: PUBLICITY.to_owned(),
        kind: DatedKind::Publicity,
        from: Some(start),
        due,
        working_days: due.map(|due| calendar.inside(first, due)),
        due_on_day_off: due.is_some_and(|due| !calendar.is_working(due)),
        doubt: due.and_then(|due| calendar.doubt(start, due)),
    }
}

fn period(what: String, kind: DatedKind, window: &Window, calendar: &Calendar) -> Dated {
    let (from, due) = (window.start.day, window.end.day);
    Dated {
        what,
        kind,
        from: Some(from),
        due: Some(due),
        working_days: Some(calendar.inside(from, due)),
        due_on_day_off: !calendar.is_working(due),
        doubt: calendar.doubt(from, due),
    }
}

fn deadline(deadline: &Deadline, exam: Option<ExamDays>, calendar: &Calendar) -> Dated {
    let due = match (exam, deadline.is_relative()) {
        (Some(exam), _) => deadline.day(exam.first, exam.last, calendar),
        // A day of its own needs no exam.
        (None, false) => deadline.day(Day::MIN, Day::MIN, calendar),
        (None, true) => None,
    };
    let from = exam.filter(|_| deadline.is_relative());
    let from = from.map(|e| if deadline.after_last_exam.is_some() { e.last } else { e.first });
    let counted = from.zip(due).map(|(exam, due)| match due < exam {
        true => calendar.inside(due, exam.pred_opt().unwrap_or(exam)),
        false => calendar.inside(exam.succ_opt().unwrap_or(exam), due),
    });
    Dated {
        what: format!("deadline.{}", deadline.code),
        kind: DatedKind::Deadline,
        from,
        due,
        working_days: counted,
        due_on_day_off: due.is_some_and(|due| !calendar.is_working(due)),
        doubt: due.and_then(|due| calendar.doubt(from.unwrap_or(due), due)),
    }
}
