//! `milestone.add_task` and `milestone.remove_task`: the site's own tasks, with a day and somebody who sees to it (S4-27).
use super::act::{REASON, UNKNOWN, find, row, said};
use super::item::Item;
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{MilestoneRow, rows};
use serde::Serialize;

pub const NO_TITLE: Code = Code("milestone.no_title");
pub const NOT_OWN: Code = Code("milestone.not_own");

#[derive(Debug, Serialize)]
pub struct AddTask {
    pub title: String,
    pub due: Day,
    /// Who sees to it; not only an operator.
    pub assignee: Option<String>,
}

impl Operation for AddTask {
    const KIND: &'static str = "milestone.add_task";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Item;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Item> {
        let title = said(Some(&self.title)).ok_or_else(|| Refusal::new(NO_TITLE))?;
        let batch = work.batch()?.id;
        let own = "WHERE batch = ?1 AND title IS NOT NULL";
        let taken = rows::select::<MilestoneRow>(work.tx.db(), own, [batch])?;
        let numbers = taken.iter().filter_map(|t| t.code.rsplit('.').next()?.parse::<i64>().ok());
        let code = format!("task.{}", numbers.max().unwrap_or(0) + 1);
        work.tx.insert(&MilestoneRow {
            id: work.tx.next_id::<MilestoneRow>()?,
            batch,
            code: code.clone(),
            title: Some(title),
            due: Some(self.due),
            assignee: said(self.assignee.as_deref()),
            done_on: None,
            done_by: None,
            note: None,
        })?;
        find(work, &code)
    }
}

#[derive(Debug, Serialize)]
pub struct RemoveTask {
    pub code: String,
    pub reason: String,
}

impl Operation for RemoveTask {
    const KIND: &'static str = "milestone.remove_task";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Item;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Item> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let item = find(work, &self.code)?;
        let before = row(work, &item.code)?.ok_or_else(|| Refusal::new(UNKNOWN).with("code", self.code.as_str()));
        match before {
            Ok(before) if before.title.is_some() => work.tx.delete(&before)?,
            _ => return Err(Refusal::new(NOT_OWN).into()),
        }
        Ok(item)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
