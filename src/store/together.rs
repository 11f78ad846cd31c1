//! Rows: what two people did together.
use super::record::record;
use crate::model::*;

record!(
    /// Leave for one operation, asked for with one PIN and given with another's; counts once.
    CountersignatureRow in "countersignature" by [id] {
        id: i64,
        kind: String,
        batch: Option<BatchId>,
        digest: String,
        said: String,
        /// Role codes of who may give, comma separated; empty: the asker's PIN is enough.
        roles: String,
        asked_by: OperatorId,
        asked_at: Stamp,
        given_by: Option<OperatorId>,
        given_at: Option<Stamp>,
        used: Option<OpNo>,
    }
);
