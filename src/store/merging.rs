//! Rows: differences between sites that wait for a person, and what they decided.
use super::codec::word_column;
use super::record::record;
use crate::model::*;

word_column!(
    /// Which side a person chose; overtaken: a later merge settled it.
    ConflictState { Open = "open", Here = "here", There = "there", Overtaken = "overtaken" }
);

record!(
    /// A row of another site's bundle as it was before it was replaced, by digests.
    ReplacedRow in "replaced_row" by [id] {
        id: i64,
        batch: BatchId,
        /// Table of the bundle.
        part: String,
        place: String,
        version: String,
    }
);

record!(
    /// Both sides of a difference that no rule decides.
    MergeConflictRow in "merge_conflict" by [id] {
        id: MergeConflictId,
        batch: BatchId,
        part: String,
        place: String,
        /// The row for people, numbers masked.
        name: String,
        /// Headings that differ, comma separated; empty: the whole row.
        fields: String,
        /// Rows as a bundle writes them, JSON.
        here: String,
        there: String,
        here_version: String,
        there_version: String,
        /// Site that the bundle names.
        source: String,
        /// What stands in the way of the other side's row; `None`: both changed it.
        why: Option<String>,
        at: Stamp,
        state: ConflictState,
        decided_by: Option<OperatorId>,
        decided_at: Option<Stamp>,
        reason: Option<String>,
    }
);
