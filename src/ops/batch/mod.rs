//! Batches (认定批次): one sitting under one policy.
mod close;
mod open;

pub use close::Close;
pub use open::Open;

use crate::ops::{Result, Site};
use crate::store::{BatchRow, SessionRow, rows};

pub fn batches(site: &Site) -> Result<Vec<BatchRow>> {
    Ok(rows::select::<BatchRow>(site.store().db(), "ORDER BY id", [])?)
}

/// The sessions of the batch at hand, in time order.
pub fn sessions(site: &Site) -> Result<Vec<SessionRow>> {
    let batch = site.batch()?.id;
    Ok(rows::select::<SessionRow>(site.store().db(), "WHERE batch = ?1 ORDER BY starts_at, id", [batch])?)
}
