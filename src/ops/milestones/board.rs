//! The board as a whole, and the line of it that the first pane shows.
use super::follow;
use super::item::{Item, Kind, Told};
use crate::bundle::codes::Codes;
use crate::model::{BatchId, Day};
use crate::ops::{Result, Site, calendar};
use crate::policy::Policy;
use crate::policy::dates::{ExamDays, dated};
use crate::policy::fault::Problem;
use crate::policy::milestones::Standing;
use crate::policy::notes::notes;
use crate::store::rows::{self, Connection};
use crate::store::views::milestones as view;
use crate::store::{MilestoneRow, SessionRow};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Board {
    pub today: Day,
    pub late: usize,
    /// By the day they fall due.
    #[serde(rename = "milestones")]
    pub items: Vec<Item>,
    /// What is odd about the dates: the words are `policy_note.<code>`.
    #[serde(skip)]
    pub notes: Vec<Problem>,
}

/// What a board is read from: the transaction's own view inside an operation.
pub struct Source<'a> {
    pub db: &'a Connection,
    pub batch: BatchId,
    pub policy: &'a Policy,
    pub codes: &'a Codes,
    pub look: Look,
}

/// How closely the data are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Everybody is counted.
    Count,
    /// For a first screen over very many people: some seat stands for all, marks are not counted.
    Glance,
}

/// Batches with more applications than this are only glanced at for the first pane.
const MANY: i64 = 5000;

/// The dates of the batch at hand as of `today`.
pub fn board(site: &Site, today: Option<Day>) -> Result<Board> {
    read(site, today.unwrap_or_else(|| site.now().day()), Look::Count)
}

fn read(site: &Site, today: Day, look: Look) -> Result<Board> {
    let (policy, codes) = (site.policy()?, site.codes()?);
    let source = Source { db: site.store().db(), batch: site.batch()?.id, policy: &policy, codes: &codes, look };
    let items = items(&source, today)?;
    let notes = notes(&policy, exam(&source)?, &calendar::of(&codes));
    Ok(Board { today, late: late(&items), items, notes })
}

fn late(items: &[Item]) -> usize {
    items.iter().filter(|i| i.standing == Standing::Late).count()
}

fn exam(source: &Source<'_>) -> Result<Option<ExamDays>> {
    let sessions = rows::select::<SessionRow>(source.db, "WHERE batch = ?1", [source.batch])?;
    Ok(ExamDays::of(sessions.iter().map(|s| s.starts_at.day())))
}

pub fn items(source: &Source<'_>, today: Day) -> Result<Vec<Item>> {
    let calendar = &calendar::of(source.codes);
    let rows = rows::select::<MilestoneRow>(source.db, "WHERE batch = ?1 ORDER BY id", [source.batch])?;
    let exam = exam(source)?;
    let mut items: Vec<Item> = Vec::new();
    for dated in &dated(source.policy, exam, calendar) {
        let mut item = Item::dated(dated);
        let before = items.iter().filter(|i| i.what == item.what).count();
        if before > 0 {
            item.code = format!("{}.{}", item.code, before + 1);
        }
        if let Some(row) = rows.iter().find(|row| row.code == item.code) {
            item = item.noted(row);
        }
        items.push(follow::data(source, item)?);
    }
    if let Some(exam) = exam {
        let item = Item::plain("exam".to_owned(), "milestones.exam".to_owned(), Kind::Exam);
        let item = Item { from: Some(exam.first), told: Told::ByItself, ..item };
        items.push(item.on(exam.last, calendar));
    }
    let tasks = rows.iter().filter_map(|row| Some((row, row.title.clone()?, row.due?)));
    items.extend(tasks.map(|(row, title, due)| {
        let item = Item::plain(row.code.clone(), "milestones.task".to_owned(), Kind::Task);
        let item = Item { title: Some(title), assignee: row.assignee.clone(), ..item };
        item.noted(row).on(due, calendar)
    }));
    items.extend(follow::complaints(source, calendar)?);
    items.extend(follow::mends(source, calendar)?);
    let mut items: Vec<Item> = items.into_iter().map(|item| item.stands(today, calendar)).collect();
    items.sort_by_key(|i| (i.due.is_none(), i.due));
    Ok(items)
}

/// What the first pane says: the next day and how many are late.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    pub next: Option<Item>,
    pub late: usize,
}

/// `None` without a batch, or while there is nothing to say.
pub fn headline(site: &Site) -> Result<Option<Headline>> {
    let Ok(batch) = site.batch() else { return Ok(None) };
    let look = if view::are_more_than(site.store().db(), batch.id, MANY)? { Look::Glance } else { Look::Count };
    let Board { items, late, .. } = read(site, site.now().day(), look)?;
    let ahead = |i: &&Item| matches!(i.standing, Standing::Due | Standing::NotYet);
    let next = items.iter().find(ahead).cloned();
    Ok((next.is_some() || late > 0).then_some(Headline { next, late }))
}
