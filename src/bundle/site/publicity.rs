//! The tables of publicity: releases of results, their frozen lists, objections and re-checks.
use super::column::Form;
use super::rule::{Later, Rule};
use super::tables::{DOCUMENTS, SETTLED, Table, application_and, may, must, of_application};
use Form::{Day, Integer, Text, Time, Word};

pub const PUBLICATIONS: Table = Table {
    name: "publications",
    record: "publication",
    columns: &[
        must("number", Integer),
        may("corrects.at", Time),
        must("inputs", Text),
        must("digest", Text),
        must("columns", Text),
        must("identity", Word(&["none", "tail4", "namesakes"])),
        may("published_on", Day),
        may("until_day", Day),
        may("place", Text),
        must("accepted", Text),
        must("operator.name", Text),
        must("at", Time),
        must("state", Word(&["open", "final", "replaced", "withdrawn"])),
        may("finalised_at", Time),
        may("finalised_by.name", Text),
        may("withdrawn_at", Time),
        may("withdrawn_by.name", Text),
        may("withdrawn_reason", Text),
    ],
    key: &["at"],
    batch: "batch",
    // What is corrected came before.
    order: &["number"],
    merge: Rule::by(&[Later::Word("state", &["open", "final", "replaced", "withdrawn"])]).firm(&["number", "digest"]),
};

pub const PUBLISHED: Table = Table {
    name: "published",
    record: "published",
    columns: of_application![
        must("publication.at", Time),
        must("name", Text),
        may("ticket", Text),
        may("id_tail", Text),
        may("employer", Text),
        must("occupation", Text),
        must("occupation_name", Text),
        must("level", Integer),
        must("theory", Text),
        must("practical", Text),
        must("review", Text),
        must("outcome", Word(&["passed", "failed", "incomplete"])),
    ],
    key: application_and!["publication.at"],
    batch: "application.batch",
    order: &["publication.at", "id"],
    merge: Rule::PLAIN,
};

pub const RESULT_OBJECTIONS: Table = Table {
    name: "result-objections",
    record: "result_objection",
    columns: of_application![
        must("publication.at", Time),
        must("kind", Word(&["objection", "recheck"])),
        may("subject", Word(SETTLED)),
        may("scope", Word(&["omission", "addition", "transfer"])),
        may("shown", Text),
        must("raised_by", Text),
        must("contact", Text),
        must("matter", Text),
        must("received_on", Day),
        may("late", Text),
        must("decide_by", Day),
        must("operator.name", Text),
        must("at", Time),
        must("state", Word(&["open", "founded", "unfounded", "withdrawn"])),
        may("handler.name", Text),
        may("decided_at", Time),
        may("finding", Text),
        may("change.application.document", Word(DOCUMENTS)),
        may("change.application.id_number", Text),
        may("change.application.occupation", Text),
        may("change.application.level", Integer),
        may("change.subject", Word(SETTLED)),
        may("change.asked_by.name", Text),
        may("change.asked_at", Time),
    ],
    key: application_and!["kind", "raised_by", "at"],
    batch: "application.batch",
    order: &["application", "id"],
    merge: Rule::by(&[Later::Filled("decided_at")]),
};
