//! Tables: results as computed, with the digest of what they were computed from, and their audit.
use super::column::Form::{Day, Flag, Integer, Points, Text, Time, Word};
use super::rule::{Later, Rule};
use super::tables::{DOCUMENTS, Table, application_and, may, must, of_application};

const MARKS: &[&str] = &["points", "absent", "void"];

pub const COMPUTATIONS: Table = Table {
    name: "computations",
    record: "computation",
    columns: &[
        must("at", Time),
        must("inputs", Text),
        must("policy", Text),
        must("pass_theory", Points),
        must("pass_practical", Points),
        must("pass_review", Points),
        must("applied", Integer),
        must("passed", Integer),
        must("failed", Integer),
        must("incomplete", Integer),
        may("reason", Text),
        must("operator.name", Text),
    ],
    key: &["at", "inputs"],
    batch: "batch",
    order: &["at", "inputs"],
    merge: Rule::PLAIN,
};

pub const OUTCOMES: Table = Table {
    name: "outcomes",
    record: "outcome",
    columns: of_application![
        must("computation.at", Time),
        must("computation.inputs", Text),
        must("outcome", Word(&["passed", "failed", "incomplete"])),
        must("required", Text),
        may("theory", Word(MARKS)),
        may("theory_points", Points),
        may("practical", Word(MARKS)),
        may("practical_points", Points),
        may("review", Word(MARKS)),
        may("review_points", Points),
    ],
    key: application_and!["computation.at", "computation.inputs"],
    batch: "application.batch",
    order: &["computation.at", "computation.inputs", "application"],
    merge: Rule::PLAIN,
};

pub const RESULT_AUDITS: Table = Table {
    name: "result-audits",
    record: "result_audit",
    columns: &[
        must("computation.at", Time),
        must("computation.inputs", Text),
        must("state", Word(&["asked", "approved", "returned"])),
        must("asked_by.name", Text),
        must("asked_at", Time),
        may("asked_note", Text),
        may("auditor", Text),
        may("audited_on", Day),
        may("document_no", Text),
        may("note", Text),
        may("decided_by.name", Text),
        may("decided_at", Time),
    ],
    key: &["computation.at", "computation.inputs", "asked_at"],
    batch: "computation.batch",
    order: &["computation.at", "computation.inputs", "asked_at"],
    merge: Rule::by(&[Later::Filled("decided_at"), Later::Greatest("decided_at")]).firm(&["asked_by.name"]),
};

pub const SUMMARIES_SENT: Table = Table {
    name: "summaries-sent",
    record: "summary_sent",
    columns: &[
        must("computation.at", Time),
        must("computation.inputs", Text),
        must("recipient", Text),
        must("sent_on", Day),
        must("sent_by", Text),
        must("signed_by", Text),
        must("stamped", Flag),
        must("manner", Word(&["paper", "post", "platform", "file"])),
        may("note", Text),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["computation.at", "computation.inputs", "at"],
    batch: "computation.batch",
    order: &["computation.at", "computation.inputs", "at"],
    merge: Rule::PLAIN,
};
