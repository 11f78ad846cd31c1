//! Tables: certificate numbers, and the serials that belong to each site.
use super::column::Form;
use super::rule::{Later, Rule};
use super::tables::{DOCUMENTS, Table, application_and, may, must, of_application};
use Form::{Day, Integer, Text, Word};

pub const CERTIFICATES: Table = Table {
    name: "certificates",
    record: "certificate",
    columns: of_application![
        must("number", Text),
        must("prefix", Text),
        must("year", Integer),
        must("level", Integer),
        must("sign", Text),
        must("serial", Integer),
        must("issued_on", Day),
        must("state", Word(&["valid", "revoked"])),
        must("source", Word(&["own", "imported"])),
        may("origin", Text),
    ],
    key: &["number"],
    batch: "batch",
    order: &["number"],
    // A number never goes to somebody else: what it says of itself is the same everywhere, or a person decides.
    merge: Rule::by(&[Later::Word("state", &["valid", "revoked"])]).firm(application_and![
        "issued_on",
        "source",
        "origin"
    ]),
};

pub const NUMBER_SEGMENTS: Table = Table {
    name: "number-segments",
    record: "number_segment",
    columns: &[
        must("prefix", Text),
        must("site", Text),
        may("year", Integer),
        must("first", Integer),
        must("last", Integer),
        must("document", Text),
    ],
    key: &["prefix", "site", "year", "first"],
    batch: "",
    order: &["prefix", "first", "id"],
    merge: Rule::PLAIN,
};
