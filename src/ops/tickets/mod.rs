//! Admission tickets (准考证): numbers for those seated, void numbers, the sheet, and finding one as candidates do.
mod issue;
mod print;
mod reissue;
mod void;
mod window;

pub use crate::store::views::tickets::{TicketCounts, TicketLine, TicketState};
pub(in crate::ops) use issue::give;
pub use issue::{Issue, NOBODY, WAS_VOID};
pub use print::{CLOSED, NOT_OPEN, Print};
pub use reissue::{NEVER_ISSUED, Reissue, Reissued};
pub(in crate::ops) use void::take;
pub use void::{NO_TICKET, REASON, Void};
pub use window::{Window, check, window};

use crate::model::{Code, Refusal, Stamp, fold};
use crate::ops::{Result, Site, search};
use crate::store::views::tickets as view;
use crate::store::{ApplicationRow, TicketRow, VoidTicketRow, rows};
use serde::Serialize;

/// Name and number do not belong to one person here; which of them is wrong is not told.
pub const NOBODY_BY_NAME: Code = Code("tickets.nobody_by_name");
/// A number that is void, with the one in its place.
pub const REPLACED: Code = Code("tickets.replaced");
/// A number that is void, with nothing in its place.
pub const IS_VOID: Code = Code("tickets.is_void");

pub fn counts(site: &Site) -> Result<TicketCounts> {
    Ok(view::counts(site.store().db(), site.batch()?.id)?)
}

/// At most `limit` tickets of the batch, those without a valid number first.
pub fn page(site: &Site, state: Option<TicketState>, limit: usize) -> Result<Vec<TicketLine>> {
    Ok(view::page(site.store().db(), site.batch()?.id, state, limit)?)
}

/// Those that a search finds, by an old number too: at most as many as a search gives.
pub fn find(site: &Site, text: &str) -> Result<Vec<TicketLine>> {
    let mut ids = search::find(site, text)?;
    if let Some(old) = void_row(site, text)?.filter(|old| !ids.contains(&old.application)) {
        ids.insert(0, old.application);
    }
    let db = site.store().db();
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(view::line(db, id)?.filter(|l| l.number.is_some() || l.void.is_some() || l.seat.is_some()));
    }
    Ok(found)
}

/// As candidates look theirs up: by name and whole identity number (S0-37).
pub fn of_person(site: &Site, name: &str, id_number: &str) -> Result<Vec<TicketLine>> {
    let (name, id_number) = (fold::name(name), fold::number_like(id_number));
    let mut found = view::of_person(site.store().db(), site.batch()?.id, &name, &id_number)?;
    if found.is_empty() {
        return Err(Refusal::new(NOBODY_BY_NAME).into());
    }
    if found.iter().any(|l| l.number.is_some()) {
        found.retain(|l| l.number.is_some());
    }
    Ok(found)
}

/// A void number and what stands in its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replaced {
    pub number: String,
    pub name: String,
    pub reason: String,
    pub at: Stamp,
    /// The valid number of the same person; `None` while there is none.
    pub by: Option<String>,
}

impl Replaced {
    /// The same as a refusal, for a door.
    pub fn refusal(&self) -> Refusal {
        let refusal = match &self.by {
            Some(by) => Refusal::new(REPLACED).with("by", by.as_str()),
            None => Refusal::new(IS_VOID),
        };
        refusal
            .with("number", self.number.as_str())
            .with("name", self.name.as_str())
            .with("reason", self.reason.as_str())
    }
}

/// What became of the number that `text` is, if it is a void one of this batch.
pub fn replaced(site: &Site, text: &str) -> Result<Option<Replaced>> {
    let Some(old) = void_row(site, text)? else { return Ok(None) };
    let db = site.store().db();
    let person = rows::first::<ApplicationRow>(db, "WHERE id = ?1", [old.application])?;
    let ticket = rows::first::<TicketRow>(db, "WHERE application = ?1", [old.application])?;
    Ok(Some(Replaced {
        number: old.number,
        name: person.map(|p| p.name).unwrap_or_default(),
        reason: old.reason,
        at: old.at,
        by: ticket.map(|t| t.number),
    }))
}

fn void_row(site: &Site, text: &str) -> Result<Option<VoidTicketRow>> {
    let number = fold::number_like(text);
    Ok(rows::first(site.store().db(), "WHERE batch = ?1 AND number = ?2", (site.batch()?.id, number.as_ref()))?)
}

/// The application that `text` names: by its number, its ticket number, or one that is void.
pub fn named(site: &Site, text: &str) -> Result<ApplicationRow> {
    match void_row(site, text)? {
        Some(old) => crate::ops::applications::by_id(site, old.application),
        None => crate::ops::applications::named(site, text),
    }
}
