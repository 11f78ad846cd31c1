//! The tables of marking: script numbers, entries, marks and their changes, panels.
use super::column::Form;
use super::rule::{Later, Rule};
use super::tables::{DOCUMENTS, SETTLED, SUBJECTS, Table, application_and, may, must, of_application};
use Form::{Flag, Integer, Points, Text, Time, Word};

const MARKS: &[&str] = &["points", "absent", "void"];
const JUDGED: &[&str] = &["practical", "review"];

pub const SCRIPT_BAGS: Table = Table {
    name: "script-bags",
    record: "script_bag",
    columns: &[
        must("code", Text),
        must("session.code", Text),
        must("room.number", Integer),
        must("seed", Text),
        must("sealed_at", Time),
        must("sealed_by.name", Text),
        may("asked_by.name", Text),
        may("unsealed_at", Time),
        may("unsealed_by.name", Text),
    ],
    key: &["code"],
    batch: "batch",
    order: &["code"],
    merge: Rule::by(&[Later::Filled("unsealed_at"), Later::Filled("asked_by.name")]).firm(&[
        "session.code",
        "room.number",
        "seed",
    ]),
};

pub const SCRIPTS: Table = Table {
    name: "scripts",
    record: "script",
    columns: of_application![must("script_bag.code", Text), must("number", Text)],
    key: &["number"],
    batch: "batch",
    order: &["number"],
    merge: Rule::PLAIN.firm(application_and![]),
};

pub const ENTRIES: Table = Table {
    name: "entries",
    record: "entry",
    columns: of_application![
        must("subject", Word(SUBJECTS)),
        must("slot", Integer),
        must("state", Word(&["open", "matched", "differs", "returned", "discarded"])),
        must("mark", Word(MARKS)),
        may("points", Points),
        may("items", Text),
        may("remark", Text),
        must("source", Word(&["typed", "sheet"])),
        must("operator.name", Text),
        must("at", Time),
        must("accepted", Text),
    ],
    key: application_and!["subject", "slot", "state", "operator.name", "at"],
    batch: "application.batch",
    // Discarded entries first: a live one may be by somebody who typed the other slot before.
    order: &["application", "subject", "state=discarded", "id"],
    merge: Rule::by(&[Later::Word("state", &["open", "differs", "returned", "matched", "discarded"])])
        .keyed(application_and!["subject", "slot", "operator.name", "at"]),
};

pub const ENTRY_CLAIMS: Table = Table {
    name: "entry-claims",
    record: "entry_claim",
    columns: &[
        must("session.code", Text),
        must("room.number", Integer),
        must("slot", Integer),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["session.code", "room.number", "slot"],
    batch: "session.batch",
    order: &["session.code", "room.number", "slot"],
    merge: Rule::by(&[Later::Greatest("at")]),
};

pub const CONTROL_TOTALS: Table = Table {
    name: "control-totals",
    record: "control_total",
    columns: &[
        must("session.code", Text),
        must("room.number", Integer),
        must("papers", Integer),
        must("total", Integer),
        must("operator.name", Text),
        must("at", Time),
        may("accepted", Text),
        may("accepted_by.name", Text),
        may("accepted_papers", Integer),
        may("accepted_total", Integer),
    ],
    key: &["session.code", "room.number"],
    batch: "session.batch",
    order: &["session.code", "room.number"],
    merge: Rule::PLAIN,
};

pub const MARKS_SETTLED: Table = Table {
    name: "marks",
    record: "mark",
    columns: of_application![must("subject", Word(SETTLED)), must("mark", Word(MARKS)), may("points", Points)],
    key: application_and!["subject"],
    batch: "application.batch",
    order: &["application", "subject"],
    merge: Rule::PLAIN,
};

/// After the marks: a locked one does not come in.
pub const MARK_LOCKS: Table = Table {
    name: "mark-locks",
    record: "mark_lock",
    columns: &[
        must("session.code", Text),
        must("at", Time),
        must("operator.name", Text),
        may("asked_by.name", Text),
        may("asked_at", Time),
        may("asked_reason", Text),
        may("opened_by.name", Text),
    ],
    key: &["session.code"],
    batch: "session.batch",
    order: &["session.code"],
    merge: Rule::by(&[Later::Filled("opened_by.name")]),
};

pub const MARK_CHANGES: Table = Table {
    name: "mark-changes",
    record: "mark_change",
    columns: of_application![
        must("subject", Word(SETTLED)),
        may("old_mark", Word(MARKS)),
        may("old_points", Points),
        must("new_mark", Word(MARKS)),
        may("new_points", Points),
        must("reason", Text),
        must("asked_by.name", Text),
        must("asked_at", Time),
        must("state", Word(&["asked", "approved", "refused", "withdrawn"])),
        may("decided_by.name", Text),
        may("decided_at", Time),
        may("note", Text),
    ],
    key: application_and!["subject", "asked_by.name", "asked_at"],
    batch: "application.batch",
    order: &["application", "subject", "id"],
    merge: Rule::by(&[Later::Filled("decided_at")]).firm(&["new_mark", "new_points"]),
};

pub const PANELS: Table = Table {
    name: "panels",
    record: "panel",
    columns: &[
        must("name", Text),
        must("subject", Word(JUDGED)),
        may("unit", Text),
        may("session.code", Text),
        may("room.number", Integer),
        may("seed", Text),
        must("state", Word(&["open", "sealed"])),
        may("sealed_at", Time),
        may("minutes", Text),
    ],
    key: &["name"],
    batch: "batch",
    order: &["name"],
    merge: Rule::by(&[Later::Word("state", &["open", "sealed"])]),
};

pub const PANEL_MEMBERS: Table = Table {
    name: "panel-members",
    record: "panel_member",
    columns: &[
        must("panel.name", Text),
        must("name", Text),
        must("unit", Text),
        may("staff.name", Text),
        may("staff.unit", Text),
        must("chair", Flag),
        may("instead_of.panel.name", Text),
        may("instead_of.name", Text),
        may("left_at", Time),
        may("left_reason", Text),
    ],
    key: &["panel.name", "name"],
    batch: "panel.batch",
    // Whoever is stood in for came before.
    order: &["panel.name", "id"],
    merge: Rule::by(&[Later::Filled("left_at")]),
};

pub const PANEL_RECUSALS: Table = Table {
    name: "panel-recusals",
    record: "panel_recusal",
    columns: of_application![
        must("member.panel.name", Text),
        must("member.name", Text),
        must("kind", Word(&["self", "kin", "master", "teacher", "colleague", "other"])),
        may("note", Text),
        must("declared", Flag),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: application_and!["member.panel.name", "member.name"],
    batch: "application.batch",
    order: &["member.panel.name", "member.name", "application"],
    merge: Rule::PLAIN,
};

pub const PANEL_CANDIDATES: Table = Table {
    name: "panel-candidates",
    record: "panel_candidate",
    columns: of_application![
        must("panel.name", Text),
        must("subject", Word(JUDGED)),
        may("began_at", Time),
        may("ended_at", Time),
        may("short_reason", Text),
        may("ruling", Points),
        may("ruling_reason", Text),
        may("ruled_by.panel.name", Text),
        may("ruled_by.name", Text),
        may("replaced", Text),
    ],
    key: application_and!["panel.name"],
    batch: "panel.batch",
    order: &["panel.name", "application"],
    merge: Rule::by(&[
        Later::Filled("replaced"),
        Later::Filled("ruling"),
        Later::Filled("ended_at"),
        Later::Filled("began_at"),
    ]),
};

pub const PANEL_SHEETS: Table = Table {
    name: "panel-sheets",
    record: "panel_sheet",
    columns: of_application![
        must("member.panel.name", Text),
        must("member.name", Text),
        must("points", Points),
        may("items", Text),
        must("fails", Text),
        may("remark", Text),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: application_and!["member.panel.name", "member.name"],
    batch: "application.batch",
    order: &["member.panel.name", "member.name", "application"],
    merge: Rule::PLAIN,
};

pub const PANEL_SIGNATURES: Table = Table {
    name: "panel-signatures",
    record: "panel_signature",
    columns: &[
        must("member.panel.name", Text),
        must("member.name", Text),
        must("operator.name", Text),
        must("with_pin", Flag),
        must("digest", Text),
        must("at", Time),
    ],
    key: &["member.panel.name", "member.name"],
    batch: "member.panel.batch",
    order: &["member.panel.name", "member.name"],
    merge: Rule::PLAIN,
};
