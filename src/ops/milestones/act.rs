//! `milestone.mark_done` and `milestone.take_back`: somebody says that a date was kept, or that it was not.
use super::board::{Look, Source, items};
use super::item::{Item, Told};
use crate::model::{Code, Day, Refusal, Role, fold};
use crate::ops::{Operation, Result, Work};
use crate::store::{MilestoneRow, rows};
use serde::Serialize;

pub const UNKNOWN: Code = Code("milestone.unknown");
pub const ALREADY: Code = Code("milestone.already_done");
pub const NOT_DONE: Code = Code("milestone.not_done");
pub const INCOMPLETE: Code = Code("milestone.incomplete");
pub const BY_ITSELF: Code = Code("milestone.by_itself");
pub const BY_DATA: Code = Code("milestone.by_data");
pub const IN_FUTURE: Code = Code("milestone.in_future");
pub const REASON: Code = Code("milestone.reason_needed");

#[derive(Debug, Serialize)]
pub struct MarkDone {
    /// As the board names it; `deadline.` may be left out.
    pub code: String,
    /// `None`: today.
    pub on: Option<Day>,
    /// Who did it; `None`: whoever is signed on.
    pub by: Option<String>,
    pub note: Option<String>,
}

impl Operation for MarkDone {
    const KIND: &'static str = "milestone.mark_done";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Item;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Item> {
        let today = work.now.day();
        let item = find(work, &self.code)?;
        may_mark(&item)?;
        let on = self.on.unwrap_or(today);
        if on > today {
            return Err(Refusal::new(IN_FUTURE).with("day", on.to_string()).into());
        }
        let by = said(self.by.as_deref()).unwrap_or_else(|| work.actor.name.clone());
        let (done_on, done_by, note) = (Some(on), Some(by), said(self.note.as_deref()));
        match row(work, &item.code)? {
            Some(before) => {
                work.tx.update(&before, &MilestoneRow { done_on, done_by, note, ..before.clone() })?;
            }
            None => {
                let (id, batch) = (work.tx.next_id::<MilestoneRow>()?, work.batch()?.id);
                let (title, due, assignee) = (None, None, None);
                let code = item.code.clone();
                work.tx.insert(&MilestoneRow { id, batch, code, title, due, assignee, done_on, done_by, note })?;
            }
        }
        find(work, &item.code)
    }

    fn reason(&self) -> Option<&str> {
        self.note.as_deref()
    }
}

#[derive(Debug, Serialize)]
pub struct TakeBack {
    pub code: String,
    pub reason: String,
}

impl Operation for TakeBack {
    const KIND: &'static str = "milestone.take_back";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Item;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Item> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let item = find(work, &self.code)?;
        let before = row(work, &item.code)?.filter(|row| row.done_on.is_some());
        let Some(before) = before else {
            let code = if item.done_on.is_some() { BY_DATA } else { NOT_DONE };
            return Err(named(Refusal::new(code), &item).into());
        };
        match before.title {
            Some(_) => {
                let after = MilestoneRow { done_on: None, done_by: None, note: None, ..before.clone() };
                work.tx.update(&before, &after)?;
            }
            None => work.tx.delete(&before)?,
        }
        find(work, &item.code)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// Whether somebody can say that it is done.
pub fn may_mark(item: &Item) -> Result<(), Refusal> {
    match (item.told, item.done_on) {
        (Told::ByItself, _) => Err(named(Refusal::new(BY_ITSELF), item)),
        // Whoever vouches for what the data say is named instead of the last operator.
        (Told::ByData, Some(_)) if item.share.is_some() && item.note.is_none() => Ok(()),
        (_, Some(day)) => Err(named(Refusal::new(ALREADY), item).with("day", day.to_string())),
        (Told::ByData | Told::ByBoth, None) if !item.is_complete() => {
            let share = item.share.unwrap_or_default();
            Err(named(Refusal::new(INCOMPLETE), item).with("done", share.done).with("all", share.all))
        }
        (Told::ByData, None) => Err(named(Refusal::new(BY_DATA), item)),
        (Told::ByHand | Told::ByBoth, None) => Ok(()),
    }
}

/// Whether there is a mark to take back.
pub fn may_take_back(item: &Item) -> Result<(), Refusal> {
    match item.told {
        _ if item.done_on.is_none() => Err(named(Refusal::new(NOT_DONE), item)),
        Told::ByItself => Err(named(Refusal::new(BY_ITSELF), item)),
        Told::ByData | Told::ByBoth | Told::ByHand => Ok(()),
    }
}

fn named(refusal: Refusal, item: &Item) -> Refusal {
    match &item.title {
        Some(title) => refusal.with("what", title.as_str()),
        None => refusal.word("what", item.what.as_str()),
    }
}

/// A date of the board by its code; `deadline.` may be left out.
pub(super) fn find(work: &Work<'_, '_>, code: &str) -> Result<Item> {
    let (db, batch) = (work.tx.db(), work.batch()?.id);
    let source = Source { db, batch, policy: work.policy()?, codes: work.codes, look: Look::Count };
    let (code, long) = (code.trim(), format!("deadline.{}", code.trim()));
    let found = items(&source, work.now.day())?.into_iter().find(|i| i.code == code || i.code == long);
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("code", code).into())
}

pub(super) fn row(work: &Work<'_, '_>, code: &str) -> Result<Option<MilestoneRow>> {
    Ok(rows::first::<MilestoneRow>(work.tx.db(), "WHERE batch = ?1 AND code = ?2", (work.batch()?.id, code))?)
}

pub(super) fn said(text: Option<&str>) -> Option<String> {
    text.map(|t| fold::text(t).into_owned()).filter(|t| !t.is_empty())
}
