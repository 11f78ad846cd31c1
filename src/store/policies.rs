//! Rows of adopted policies and closed occupations.
use super::record::record;
use crate::model::*;

record!(AdoptionRow in "adoption" by [id] {
    id: i64,
    code: String,
    digest: String,
    /// Name of the file it came from.
    file: String,
    operator: OperatorId,
    at: Stamp,
});

record!(
    /// An occupation and level that a batch does not take any more, from `closed_at` until `opened_at`.
    ClosureRow in "closure" by [id] {
        id: i64,
        batch: BatchId,
        /// Code of the catalogue.
        occupation: String,
        level: Level,
        reason: String,
        closed_at: Stamp,
        opened_at: Option<Stamp>,
    }
);
