//! One date of the board.
use crate::model::{Calendar, Day};
use crate::policy::dates::{Dated, DatedKind};
use crate::policy::milestones::{Known, Standing, left, standing};
use crate::store::MilestoneRow;
use crate::store::views::milestones::{Act, Share};
use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Window,
    Publicity,
    Deadline,
    Exam,
    Task,
    Complaint,
    /// What an inspection asked to be put right.
    Mend,
}

impl From<DatedKind> for Kind {
    fn from(kind: DatedKind) -> Kind {
        match kind {
            DatedKind::Window => Kind::Window,
            DatedKind::Publicity => Kind::Publicity,
            DatedKind::Deadline => Kind::Deadline,
        }
    }
}

/// Where it is known from that a date was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// Somebody says so.
    ByHand,
    /// Somebody says so, and the data must not say otherwise.
    ByBoth,
    /// The data alone.
    ByData,
    /// The day goes by.
    ByItself,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// What commands call it.
    pub code: String,
    /// Locale key of its name.
    pub what: String,
    pub kind: Kind,
    /// Of an own task, and of what was complained of.
    pub title: Option<String>,
    /// Of a complaint or an inspection.
    pub number: Option<i64>,
    pub from: Option<Day>,
    pub due: Option<Day>,
    pub working_days: Option<usize>,
    pub due_on_day_off: bool,
    pub doubt: Option<i32>,
    pub standing: Standing,
    /// Calendar days; negative once it is over.
    pub days_left: Option<i64>,
    /// As [`left`] counts them.
    pub working_days_left: Option<i64>,
    pub told: Told,
    /// What the data say of it.
    pub share: Option<Share>,
    pub assignee: Option<String>,
    pub done_on: Option<Day>,
    pub done_by: Option<String>,
    pub note: Option<String>,
    /// Working days after the due day on which it was done.
    pub late_by: Option<i64>,
}

impl Item {
    pub fn plain(code: String, what: String, kind: Kind) -> Item {
        Item {
            code,
            what,
            kind,
            title: None,
            number: None,
            from: None,
            due: None,
            working_days: None,
            due_on_day_off: false,
            doubt: None,
            standing: Standing::Undated,
            days_left: None,
            working_days_left: None,
            told: Told::ByHand,
            share: None,
            assignee: None,
            done_on: None,
            done_by: None,
            note: None,
            late_by: None,
        }
    }

    pub fn dated(dated: &Dated) -> Item {
        let told = if dated.kind == DatedKind::Deadline { Told::ByHand } else { Told::ByItself };
        Item {
            from: dated.from,
            due: dated.due,
            working_days: dated.working_days,
            due_on_day_off: dated.due_on_day_off,
            doubt: dated.doubt,
            told,
            ..Item::plain(dated.what.clone(), dated.what.clone(), dated.kind.into())
        }
    }

    /// A day on which something falls due.
    pub fn on(self, due: Day, calendar: &Calendar) -> Item {
        Item { due: Some(due), due_on_day_off: !calendar.is_working(due), ..self }
    }

    /// What was written down about it.
    pub fn noted(self, row: &MilestoneRow) -> Item {
        Item { done_on: row.done_on, done_by: row.done_by.clone(), note: row.note.clone(), ..self }
    }

    /// The data decide; whoever marked it stays named.
    pub fn decided(self, share: Share, act: Option<Act>) -> Item {
        let item = Item { told: Told::ByData, share: Some(share), ..self };
        match act.filter(|_| item.is_complete()) {
            Some(_) if item.done_on.is_some() => item,
            Some(act) => Item { done_on: Some(act.at.day()), done_by: Some(act.by), ..item },
            None => Item { done_on: None, done_by: None, ..item },
        }
    }

    /// Marked by hand, but not done while the data say otherwise.
    pub fn checked(self, share: Share) -> Item {
        let item = Item { told: Told::ByBoth, share: Some(share), ..self };
        if item.is_complete() { item } else { Item { done_on: None, done_by: None, ..item } }
    }

    /// Whether the data have nothing against it.
    pub fn is_complete(&self) -> bool {
        self.share.is_none_or(|s| s.all > 0 && s.done >= s.all)
    }

    pub fn stands(self, today: Day, calendar: &Calendar) -> Item {
        let period = matches!(self.told, Told::ByItself);
        let known = Known { from: self.from.filter(|_| period), due: self.due, done_on: self.done_on };
        let late_by = self.done_on.zip(self.due).filter(|(done, due)| done > due);
        Item {
            standing: standing(known, today, calendar),
            days_left: self.due.map(|due| (due - today).num_days()),
            working_days_left: self.due.map(|due| left(today, due, calendar)),
            late_by: late_by.map(|(done, due)| -left(done, due, calendar)),
            ..self
        }
    }
}
