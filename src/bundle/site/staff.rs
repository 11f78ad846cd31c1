//! The tables of those who work on the exam day. Staff and their ties are of the whole site, not of a batch.
use super::column::Form;
use super::rule::Rule;
use super::tables::{DOCUMENTS, Table, may, must};
use Form::{Day, Flag, Integer, Text, Time, Word};

const DUTIES: &[&str] = &[
    "chief",
    "deputy",
    "proctor",
    "assessor",
    "marker",
    "supervisor",
    "runner",
    "keeper",
    "medical",
    "security",
    "logistics",
];

pub const STAFF: Table = Table {
    name: "staff",
    record: "staff",
    columns: &[
        must("name", Text),
        must("unit", Text),
        may("phone", Text),
        may("id_number", Text),
        must("grade", Word(&["none", "assessor", "senior_assessor"])),
        may("card_no", Text),
        may("card_until", Day),
        must("occupations", Text),
        must("duties", Text),
        may("operator.name", Text),
        may("kept_by", Text),
        must("retired", Flag),
    ],
    key: &["name", "unit"],
    batch: "",
    order: &["name", "unit"],
    merge: Rule::PLAIN,
};

pub const STAFF_TIES: Table = Table {
    name: "staff-ties",
    record: "staff_tie",
    columns: &[
        must("staff.name", Text),
        must("staff.unit", Text),
        must("kind", Word(&["self", "kin", "master", "teacher", "colleague", "other"])),
        must("document", Word(DOCUMENTS)),
        must("id_number", Text),
        must("name", Text),
        may("note", Text),
    ],
    key: &["staff.name", "staff.unit", "document", "id_number"],
    batch: "",
    order: &["staff.name", "staff.unit", "document", "id_number"],
    merge: Rule::PLAIN,
};

pub const ASSIGNMENTS: Table = Table {
    name: "assignments",
    record: "assignment",
    columns: &[
        must("session.code", Text),
        must("venue.code", Integer),
        may("room.number", Integer),
        must("staff.name", Text),
        must("staff.unit", Text),
        must("duty", Word(DUTIES)),
        must("leads", Flag),
        must("origin", Word(&["hand", "proposal"])),
        may("override", Text),
        may("came_at", Time),
        may("rating", Integer),
    ],
    key: &["session.code", "staff.name", "staff.unit"],
    batch: "session.batch",
    order: &["session.code", "staff.name", "staff.unit"],
    merge: Rule::PLAIN,
};
