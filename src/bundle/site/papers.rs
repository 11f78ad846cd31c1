//! The tables of papers: bags, their movements, room records, boxes of scripts.
use super::column::Form;
use super::rule::{Later, Rule};
use super::tables::{DOCUMENTS, Table, may, must};
use Form::{Day, Flag, Integer, Text, Time, Word};

pub const PAPER_BAGS: Table = Table {
    name: "paper-bags",
    record: "paper_bag",
    columns: &[
        must("session.code", Text),
        may("room.number", Integer),
        must("number", Text),
        may("occupation", Text),
        may("level", Integer),
        may("form", Word(&["A", "B"])),
        must("sheets", Integer),
        must("spare", Integer),
        may("seal", Text),
        must("state", Word(&["stored", "out", "open", "collected", "returned"])),
    ],
    key: &["session.code", "number"],
    batch: "session.batch",
    order: &["session.code", "number"],
    merge: Rule::by(&[Later::Word("state", &["stored", "out", "open", "collected", "returned"])]),
};

pub const PAPER_EVENTS: Table = Table {
    name: "paper-events",
    record: "paper_event",
    columns: &[
        must("bag.session.code", Text),
        must("bag.number", Text),
        must("kind", Word(&["handed_over", "unsealed", "collected", "returned", "corrected"])),
        must("at", Time),
        must("giver", Text),
        must("taker", Text),
        may("watched_by", Text),
        may("intact", Flag),
        may("candidate_a.document", Word(DOCUMENTS)),
        may("candidate_a.id_number", Text),
        may("candidate_a.occupation", Text),
        may("candidate_a.level", Integer),
        may("candidate_b.document", Word(DOCUMENTS)),
        may("candidate_b.id_number", Text),
        may("candidate_b.occupation", Text),
        may("candidate_b.level", Integer),
        may("sheets", Integer),
        may("note", Text),
    ],
    key: &["bag.session.code", "bag.number", "kind", "at"],
    batch: "bag.session.batch",
    order: &["bag.session.code", "bag.number", "id"],
    merge: Rule::PLAIN,
};

pub const ROOM_RECORDS: Table = Table {
    name: "room-records",
    record: "room_record",
    columns: &[
        must("session.code", Text),
        must("room.number", Integer),
        must("issued", Integer),
        must("collected", Integer),
        must("absent", Integer),
        must("void", Integer),
        must("spare", Integer),
        may("reason", Text),
        must("signed_by", Text),
        may("remarks", Text),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["session.code", "room.number"],
    batch: "session.batch",
    order: &["session.code", "room.number"],
    merge: Rule::PLAIN,
};

pub const ARCHIVE_BOXES: Table = Table {
    name: "archive-boxes",
    record: "archive_box",
    columns: &[
        must("session.code", Text),
        must("room.number", Integer),
        must("box", Text),
        must("scripts", Integer),
        must("keeper", Text),
        may("place", Text),
        must("stored_on", Day),
        must("keep_until", Day),
    ],
    key: &["session.code", "room.number"],
    batch: "session.batch",
    order: &["session.code", "room.number"],
    merge: Rule::PLAIN,
};

/// After attendance: a session that is closed takes none.
pub const SESSION_CLOSINGS: Table = Table {
    name: "session-closings",
    record: "session_closing",
    columns: &[
        must("session.code", Text),
        must("number", Integer),
        must("seated", Integer),
        must("present", Integer),
        must("absent", Integer),
        must("refused", Integer),
        must("incidents", Integer),
        must("bags", Integer),
        must("head_no", Integer),
        must("head", Text),
        must("closed_by.name", Text),
        must("closed_at", Time),
        may("reopened_by.name", Text),
        may("reopened_at", Time),
        may("reason", Text),
    ],
    key: &["session.code", "number"],
    batch: "session.batch",
    order: &["session.code", "number"],
    merge: Rule::by(&[Later::Filled("reopened_at")]),
};
