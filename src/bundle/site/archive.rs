//! Tables: sealed archives, who read them, and what was erased after its retention.
use super::column::Form;
use super::rule::{Later, Rule};
use super::tables::{Table, may, must};
use Form::{Day, Integer, Text, Time, Word};

pub const ARCHIVES: Table = Table {
    name: "archives",
    record: "archive",
    columns: &[
        must("number", Integer),
        must("folder", Text),
        must("seal", Text),
        must("files", Integer),
        must("bytes", Integer),
        must("people", Integer),
        must("certificates", Integer),
        must("operations", Integer),
        must("head", Text),
        must("missing", Text),
        may("accepted", Text),
        must("keeper", Text),
        must("place", Text),
        may("paper_until", Day),
        may("electronic_until", Day),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["number"],
    batch: "batch",
    order: &["number"],
    merge: Rule::PLAIN,
};

pub const ARCHIVE_READINGS: Table = Table {
    name: "archive-readings",
    record: "archive_reading",
    columns: &[
        may("archive.number", Integer),
        must("what", Text),
        must("reader", Text),
        must("purpose", Text),
        must("approved_by", Text),
        must("witness_a", Text),
        must("witness_b", Text),
        must("read_on", Day),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["what", "reader", "at"],
    batch: "batch",
    order: &["at", "id"],
    merge: Rule::PLAIN,
};

pub const ERASURES: Table = Table {
    name: "erasures",
    record: "erasure",
    columns: &[
        must("asked_by.name", Text),
        must("asked_at", Time),
        must("reason", Text),
        must("state", Word(&["asked", "done", "withdrawn"])),
        may("decided_by.name", Text),
        may("decided_at", Time),
        may("people", Integer),
        may("operations", Integer),
        may("barred", Integer),
    ],
    key: &["asked_at"],
    batch: "batch",
    order: &["asked_at", "id"],
    merge: Rule::by(&[Later::Word("state", &["asked", "withdrawn", "done"])]),
};
