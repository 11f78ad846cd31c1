//! Naming one application from outside: by its ticket number or its own number.
use super::record_fee::UNKNOWN;
use crate::model::{ApplicationId, Refusal, fold};
use crate::ops::{ApplicationRow, Result, Site, TicketRow};
use crate::store::rows;

/// The application of the batch at hand that `text` names: a ticket number, or the number that lists show.
pub fn named(site: &Site, text: &str) -> Result<ApplicationRow> {
    let (batch, db, number) = (site.batch()?.id, site.store().db(), fold::number_like(text));
    let of = |id: ApplicationId| rows::first::<ApplicationRow>(db, "WHERE id = ?1 AND batch = ?2", (id, batch));
    let ticket = rows::first::<TicketRow>(db, "WHERE batch = ?1 AND number = ?2", (batch, number.as_ref()))?;
    let found = match (ticket, number.parse().map(ApplicationId)) {
        (Some(ticket), _) => of(ticket.application)?,
        (None, Ok(id)) => of(id)?,
        (None, Err(_)) => None,
    };
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("id", text).into())
}

pub fn by_id(site: &Site, id: ApplicationId) -> Result<ApplicationRow> {
    let found =
        rows::first::<ApplicationRow>(site.store().db(), "WHERE id = ?1 AND batch = ?2", (id, site.batch()?.id))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("id", id).into())
}
