//! The tables of arrangement and exam day.
use super::column::Form;
use super::rule::{Later, Rule};
use super::tables::{DOCUMENTS, SUBJECTS, Table, application_and, may, must, of_application};
use Form::{Day, Flag, Integer, Text, Time, Word};

const STATES: &[&str] = &["present", "late", "refused", "absent", "left_early", "handed_in", "misconduct"];

pub const SESSIONS: Table = Table {
    name: "sessions",
    record: "session",
    columns: &[
        must("code", Text),
        must("subject", Word(SUBJECTS)),
        must("starts_at", Time),
        may("ends_at", Time),
        may("mode", Word(&["paper", "hands_on"])),
        may("levels", Text),
    ],
    key: &["code"],
    batch: "batch",
    order: &["starts_at", "id"],
    merge: Rule::PLAIN,
};

pub const VENUES: Table = Table {
    name: "venues",
    record: "venue",
    columns: &[must("code", Integer), must("name", Text), may("unit", Text), may("address", Text), may("phone", Text)],
    key: &["code"],
    batch: "batch",
    order: &["code"],
    merge: Rule::PLAIN,
};

pub const ROOMS: Table = Table {
    name: "rooms",
    record: "room",
    columns: &[
        must("number", Integer),
        must("venue.code", Integer),
        must("kind", Word(&["desks", "stations"])),
        must("rows", Integer),
        must("columns", Integer),
        must("rounds", Integer),
        may("places", Integer),
        may("door", Word(&["left", "right"])),
        may("name", Text),
        may("closed", Text),
        must("made", Flag),
    ],
    key: &["number"],
    batch: "batch",
    order: &["number"],
    merge: Rule::PLAIN,
};

pub const BROKEN_SEATS: Table = Table {
    name: "broken-seats",
    record: "broken_seat",
    columns: &[must("room.number", Integer), must("seat", Integer), must("reason", Text)],
    key: &["room.number", "seat"],
    batch: "room.batch",
    order: &["room.number", "seat"],
    merge: Rule::PLAIN,
};

pub const SPECIAL_NEEDS: Table = Table {
    name: "special-needs",
    record: "special_need",
    columns: of_application![must("need", Text), may("room.number", Integer), may("seat", Integer)],
    key: application_and![],
    batch: "application.batch",
    order: &["application"],
    merge: Rule::PLAIN,
};

pub const PLACEMENTS: Table = Table {
    name: "placements",
    record: "placement",
    columns: of_application![must("session.code", Text), must("room.number", Integer), must("seat", Integer)],
    key: application_and!["session.code"],
    batch: "session.batch",
    order: &["session.code", "room.number", "seat"],
    merge: Rule::PLAIN,
};

pub const TICKETS: Table = Table {
    name: "tickets",
    record: "ticket",
    columns: of_application![must("number", Text), may("printed_at", Time)],
    key: &["number"],
    batch: "batch",
    order: &["number"],
    merge: Rule::by(&[Later::Greatest("printed_at")]).firm(application_and![]),
};

/// Numbers that are never given again.
pub const VOID_TICKETS: Table = Table {
    name: "void-tickets",
    record: "void_ticket",
    columns: of_application![must("number", Text), must("reason", Text), must("at", Time), must("operator.name", Text)],
    key: &["number"],
    batch: "batch",
    order: &["at", "number"],
    merge: Rule::PLAIN.firm(application_and![]),
};

pub const ATTENDANCE: Table = Table {
    name: "attendance",
    record: "attendance",
    columns: of_application![
        must("session.code", Text),
        must("state", Word(STATES)),
        must("at", Time),
        may("late_minutes", Integer),
        may("override", Text),
        may("out_at", Time),
        may("reason", Text),
        may("checked", Text),
        must("source", Word(&["door", "sheet", "closing"])),
    ],
    key: application_and!["session.code"],
    batch: "session.batch",
    order: &["session.code", "application"],
    merge: Rule::by(&[Later::Filled("out_at")]),
};

pub const INCIDENTS: Table = Table {
    name: "incidents",
    record: "incident",
    columns: &[
        must("session.code", Text),
        must("room.number", Integer),
        may("seat", Integer),
        may("application.document", Word(DOCUMENTS)),
        may("application.id_number", Text),
        may("application.occupation", Text),
        may("application.level", Integer),
        must("rules", Text),
        must("act", Text),
        must("at", Time),
        must("warned", Flag),
        must("facts", Text),
        may("evidence", Text),
        must("invigilator_a", Text),
        must("invigilator_b", Text),
        must("signature", Word(&["signed", "refused", "gone"])),
        must("state", Word(&["reported", "confirmed", "dismissed"])),
        may("outcome", Text),
        may("decision", Text),
        may("decided_by.name", Text),
        may("decided_at", Time),
        may("sanction.document", Word(DOCUMENTS)),
        may("sanction.id_number", Text),
        may("sanction.act", Text),
        may("sanction.from_day", Day),
        may("sanction.at", Time),
        must("operator.name", Text),
    ],
    key: &["session.code", "room.number", "seat", "act", "at"],
    batch: "session.batch",
    order: &["session.code", "at", "id"],
    merge: Rule::by(&[Later::Filled("decided_at")]),
};

pub const MARK_EFFECTS: Table = Table {
    name: "mark-effects",
    record: "mark_effect",
    columns: of_application![
        must("incident.session.code", Text),
        must("incident.room.number", Integer),
        must("incident.seat", Integer),
        must("incident.act", Text),
        must("incident.at", Time),
        must("subject", Word(&["theory", "practical", "review"])),
        must("effect", Word(&["void", "minus", "minus_share"])),
        may("points", Integer),
    ],
    key: application_and!["incident.session.code", "incident.act", "incident.at", "subject"],
    batch: "application.batch",
    order: &["application", "incident.at", "id"],
    merge: Rule::PLAIN,
};
