//! Rows of archives, their readers, and erasures.
use super::codec::word_column;
use super::record::record;
use crate::model::*;

word_column!(ErasureState { Asked = "asked", Done = "done", Withdrawn = "withdrawn" });

record!(
    /// A sealed archive, as the register knows it.
    ArchiveRow in "archive" by [id] {
        id: i64,
        batch: BatchId,
        number: i64,
        folder: String,
        /// Digest of its table of contents.
        seal: String,
        files: i64,
        bytes: i64,
        people: i64,
        certificates: i64,
        operations: i64,
        head: String,
        /// Codes, comma separated.
        missing: String,
        accepted: Option<String>,
        keeper: String,
        place: String,
        paper_until: Option<Day>,
        electronic_until: Option<Day>,
        operator: OperatorId,
        at: Stamp,
    }
);

record!(ArchiveReadingRow in "archive_reading" by [id] {
    id: i64,
    batch: BatchId,
    /// `None`: papers in their boxes.
    archive: Option<i64>,
    what: String,
    reader: String,
    purpose: String,
    approved_by: String,
    witness_a: String,
    witness_b: String,
    read_on: Day,
    operator: OperatorId,
    at: Stamp,
});

record!(ErasureRow in "erasure" by [id] {
    id: i64,
    batch: BatchId,
    asked_by: OperatorId,
    asked_at: Stamp,
    reason: String,
    state: ErasureState,
    decided_by: Option<OperatorId>,
    decided_at: Option<Stamp>,
    people: Option<i64>,
    operations: Option<i64>,
    barred: Option<i64>,
});
