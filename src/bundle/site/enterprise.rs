//! The tables of organisations that hold assessments themselves; of the whole site, not of a batch.
use super::column::Form;
use super::rule::{Later, Rule};
use super::tables::{Table, may, must};
use Form::{Day, Flag, Integer, Text, Time, Word};

const ATTACHMENTS: &[&str] = &[
    "regulation",
    "venue_proof",
    "equipment_proof",
    "commitment",
    "cooperation",
    "conditions",
    "plan",
    "norm",
    "pledge",
    "other",
];

/// Columns that name a filing, then the table's own.
macro_rules! of_filing {
    ($($column:expr),* $(,)?) => {
        &[must("filing.organisation.credit_code", Text), must("filing.round", Integer), $($column),*]
    };
}

/// The key of a table whose rows belong to one filing.
macro_rules! filing_and {
    ($($path:literal),* $(,)?) => {
        &["filing.organisation.credit_code", "filing.round", $($path),*]
    };
}

pub const ORGANISATIONS: Table = Table {
    name: "organisations",
    record: "organisation",
    columns: &[
        must("credit_code", Text),
        must("name", Text),
        may("address", Text),
        must("kind", Word(&["enterprise", "agency", "institution", "school", "other"])),
        may("certificate_prefix", Text),
    ],
    key: &["credit_code"],
    batch: "",
    order: &["credit_code"],
    merge: Rule::PLAIN,
};

pub const FILINGS: Table = Table {
    name: "filings",
    record: "filing",
    columns: &[
        must("organisation.credit_code", Text),
        must("round", Integer),
        must("state", Word(&["draft", "submitted", "evaluated", "listed", "suspended", "removed"])),
        may("unit", Text),
        may("contact", Text),
        may("post", Text),
        may("landline", Text),
        may("mobile", Text),
        may("email", Text),
        may("strengths", Text),
        may("venue", Text),
        may("systems", Text),
        may("paper_on", Day),
        may("electronic_on", Day),
        may("valid_from", Day),
        may("valid_to", Day),
        may("reason", Text),
    ],
    key: &["organisation.credit_code", "round"],
    batch: "",
    order: &["round", "id"],
    merge: Rule::PLAIN,
};

pub const FILED_OCCUPATIONS: Table = Table {
    name: "filed-occupations",
    record: "filing_occupation",
    columns: of_filing![
        must("place", Integer),
        must("name", Text),
        must("code", Text),
        must("lowest", Integer),
        must("highest", Integer),
        may("fee", Integer),
    ],
    key: filing_and!["code"],
    batch: "",
    order: &["filing", "place"],
    merge: Rule::PLAIN,
};

pub const FILED_EQUIPMENT: Table = Table {
    name: "filed-equipment",
    record: "filing_equipment",
    columns: of_filing![
        must("place", Integer),
        must("name", Text),
        may("brand", Text),
        may("model", Text),
        must("quantity", Integer),
        may("owner", Text),
    ],
    key: filing_and!["place"],
    batch: "",
    order: &["filing", "place"],
    merge: Rule::PLAIN,
};

pub const FILED_STAFF: Table = Table {
    name: "filed-staff",
    record: "filing_staff",
    columns: of_filing![
        must("kind", Word(&["full_time", "assessor", "supervisor"])),
        must("place", Integer),
        must("name", Text),
        must("id_number", Text),
        may("unit", Text),
        may("post", Text),
        may("education", Text),
        may("duty", Text),
        may("occupations", Text),
    ],
    key: filing_and!["kind", "id_number"],
    batch: "",
    order: &["filing", "place", "id"],
    merge: Rule::PLAIN,
};

pub const FILED_ATTACHMENTS: Table = Table {
    name: "filed-attachments",
    record: "filing_attachment",
    columns: of_filing![
        must("kind", Word(ATTACHMENTS)),
        must("title", Text),
        may("file", Text),
        may("person", Text),
        may("number", Text),
        may("dated", Day),
    ],
    key: filing_and!["kind", "title"],
    batch: "",
    order: &["filing", "id"],
    merge: Rule::PLAIN,
};

pub const FILED_CONDITIONS: Table = Table {
    name: "filed-conditions",
    record: "filing_condition",
    columns: of_filing![
        must("number", Integer),
        may("evidence", Text),
        may("met", Flag),
        may("note", Text),
        may("judged_by", Text),
        may("at", Time),
    ],
    key: filing_and!["number"],
    batch: "",
    order: &["filing", "number"],
    merge: Rule::by(&[Later::Filled("met")]),
};

pub const EVALUATIONS: Table = Table {
    name: "evaluations",
    record: "evaluation",
    columns: of_filing![
        must("dated", Day),
        must("experts", Text),
        must("opinion", Text),
        must("result", Word(&["qualified", "unqualified"])),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: filing_and!["dated", "at"],
    batch: "",
    order: &["filing", "id"],
    merge: Rule::PLAIN,
};

pub const ENTERPRISE_CASES: Table = Table {
    name: "enterprise-cases",
    record: "enterprise_case",
    columns: &[
        must("organisation.credit_code", Text),
        must("number", Integer),
        must("source", Word(&["inspection", "report", "media", "own"])),
        must("received_on", Day),
        must("facts", Text),
        may("handling", Text),
        may("outcome", Text),
        may("closed_on", Day),
        must("operator.name", Text),
    ],
    key: &["organisation.credit_code", "number"],
    batch: "",
    order: &["organisation.credit_code", "number"],
    merge: Rule::by(&[Later::Filled("closed_on")]),
};
