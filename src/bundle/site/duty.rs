//! Tables: who is on duty at the windows, what was done for them, and claims of subsidy.
use super::column::Form;
use super::rule::{Later, Rule};
use super::tables::{DOCUMENTS, Table, may, must};
use Form::{Day, Flag, Integer, Text, Time, Word};

pub const DUTY_PEOPLE: Table = Table {
    name: "duty-people",
    record: "duty_person",
    columns: &[
        must("document", Word(DOCUMENTS)),
        must("id_number", Text),
        must("name", Text),
        must("department", Text),
        may("post", Text),
        must("since", Day),
        may("until", Day),
        may("held_occupation", Text),
        may("held_level", Integer),
        may("held_no", Text),
        may("held_on", Day),
    ],
    key: &["document", "id_number"],
    batch: "batch",
    order: &["document", "id_number"],
    merge: Rule::by(&[Later::Filled("until")]),
};

pub const ACTIVITIES: Table = Table {
    name: "activities",
    record: "activity",
    columns: &[
        must("dated", Day),
        must("kind", Word(&["agenda", "training", "exam", "review", "publicity", "commend", "criticise", "other"])),
        may("department", Text),
        must("what", Text),
        may("people", Integer),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["dated", "kind", "what"],
    batch: "batch",
    order: &["dated", "kind", "what"],
    merge: Rule::PLAIN,
};

pub const DUTY_SNAPSHOTS: Table = Table {
    name: "duty-snapshots",
    record: "duty_snapshot",
    columns: &[
        must("dated", Day),
        must("department", Text),
        must("on_duty", Integer),
        must("holders", Integer),
        must("passed", Integer),
        must("sitting", Integer),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["dated", "department"],
    batch: "batch",
    order: &["dated", "department"],
    merge: Rule::PLAIN,
};

pub const INSURANCE: Table = Table {
    name: "insurance",
    record: "insurance",
    columns: &[must("document", Word(DOCUMENTS)), must("id_number", Text), must("months", Integer), must("as_of", Day)],
    key: &["document", "id_number"],
    batch: "batch",
    order: &["document", "id_number"],
    merge: Rule::by(&[Later::Greatest("as_of")]),
};

pub const SUBSIDY_CLAIMS: Table = Table {
    name: "subsidy-claims",
    record: "subsidy_claim",
    columns: &[
        must("document", Word(DOCUMENTS)),
        must("id_number", Text),
        must("name", Text),
        must("occupation", Text),
        must("level", Integer),
        may("certificate", Text),
        must("claimed_on", Day),
        may("amount", Integer),
        must("elsewhere", Flag),
        must("operator.name", Text),
    ],
    key: &["document", "id_number", "occupation", "level", "claimed_on"],
    batch: "batch",
    order: &["document", "id_number", "claimed_on", "id"],
    merge: Rule::PLAIN,
};
