//! The tables of result documents, rosters and uploads.
use super::column::Form;
use super::rule::{Later, Rule};
use super::tables::{DOCUMENTS, Table, application_and, may, must, of_application};
use Form::{Day, Flag, Integer, Points, Text, Time, Word};

pub const QUALIFICATIONS: Table = Table {
    name: "qualifications",
    record: "qualification",
    columns: &[
        must("title", Text),
        must("state", Word(&["draft", "issued", "dropped", "void"])),
        must("prepared_at", Time),
        must("prepared_by.name", Text),
        may("document_no", Text),
        may("issuer", Text),
        may("handled_by", Text),
        may("responsible", Text),
        may("dated", Day),
        may("digest", Text),
        may("issued_at", Time),
        may("issued_by.name", Text),
        may("ended_at", Time),
        may("ended_by.name", Text),
        may("ended_reason", Text),
    ],
    key: &["prepared_at", "title"],
    batch: "batch",
    order: &["prepared_at", "id"],
    merge: Rule::by(&[Later::Word("state", &["draft", "issued", "dropped", "void"])]),
};

pub const QUALIFIED: Table = Table {
    name: "qualified",
    record: "qualified",
    columns: of_application![
        must("qualification.prepared_at", Time),
        must("qualification.title", Text),
        must("position", Integer),
        must("name", Text),
        may("sex", Word(&["male", "female"])),
        may("ethnic_group", Text),
        must("id_number", Text),
        may("employer", Text),
        must("occupation_name", Text),
        must("level", Integer),
        may("theory", Points),
        may("practical", Points),
        may("review", Points),
        must("state", Word(&["listed", "struck"])),
        may("struck_at", Time),
        may("struck_by.name", Text),
        may("reason", Text),
    ],
    key: application_and!["qualification.prepared_at", "qualification.title"],
    batch: "application.batch",
    order: &["qualification.prepared_at", "qualification", "position"],
    merge: Rule::by(&[Later::Word("state", &["listed", "struck"])]),
};

pub const DOCUMENT_COPIES: Table = Table {
    name: "document-copies",
    record: "document_copy",
    columns: &[
        must("qualification.prepared_at", Time),
        must("qualification.title", Text),
        must("copy", Integer),
        must("keeper", Word(&["personal_file", "issuer"])),
        must("handed_on", Day),
        must("handed_to", Text),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["qualification.prepared_at", "qualification.title", "copy"],
    batch: "qualification.batch",
    order: &["qualification.prepared_at", "qualification", "copy"],
    merge: Rule::PLAIN,
};

pub const SCORE_BLOCKS: Table = Table {
    name: "score-blocks",
    record: "score_block",
    columns: of_application![
        must("block", Word(&["theory", "practical"])),
        must("points", Points),
        may("review", Points),
        may("organisation", Text),
        may("filing_no", Text),
        may("handled_by", Text),
        may("responsible", Text),
        must("legible", Flag),
        must("stamped", Flag),
        must("dated", Day),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: application_and!["block"],
    batch: "application.batch",
    order: &["at", "id"],
    merge: Rule::by(&[Later::Greatest("at")]),
};

pub const ROSTERS: Table = Table {
    name: "rosters",
    record: "roster",
    columns: &[
        must("kind", Word(&["applicants", "passed"])),
        may("unit", Text),
        must("filled_by", Text),
        may("phone", Text),
        must("digest", Text),
        must("state", Word(&["made", "sent", "dropped"])),
        must("made_at", Time),
        must("made_by.name", Text),
        may("sent_on", Day),
        may("sent_to", Text),
        may("sent_by.name", Text),
        may("dropped_reason", Text),
    ],
    key: &["made_at", "kind"],
    batch: "batch",
    order: &["made_at", "id"],
    merge: Rule::by(&[Later::Word("state", &["made", "dropped", "sent"])]),
};

pub const ROSTER_LINES: Table = Table {
    name: "roster-lines",
    record: "roster_line",
    columns: of_application![
        must("roster.made_at", Time),
        must("roster.kind", Word(&["applicants", "passed"])),
        must("position", Integer),
        must("materials", Text),
    ],
    key: application_and!["roster.made_at", "roster.kind"],
    batch: "application.batch",
    order: &["roster.made_at", "roster", "position"],
    merge: Rule::PLAIN,
};

pub const ROSTER_BOXES: Table = Table {
    name: "roster-boxes",
    record: "roster_box",
    columns: &[
        must("roster.made_at", Time),
        must("roster.kind", Word(&["applicants", "passed"])),
        must("node", Text),
        may("handled_by", Text),
        may("responsible", Text),
        must("legible", Flag),
        must("stamped", Flag),
        must("dated", Day),
        may("head_count", Integer),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["roster.made_at", "roster.kind", "node"],
    batch: "roster.batch",
    order: &["roster.made_at", "roster", "id"],
    merge: Rule::by(&[Later::Greatest("at")]),
};

pub const UPLOADS: Table = Table {
    name: "uploads",
    record: "upload",
    columns: &[
        must("kind", Word(&["new", "correction", "supplement"])),
        must("layout", Text),
        must("headings", Text),
        may("plan", Text),
        must("digest", Text),
        must("state", Word(&["draft", "submitted", "answered", "dropped"])),
        must("made_at", Time),
        must("made_by.name", Text),
        may("manager", Text),
        may("head", Text),
        may("submitted_on", Day),
        may("submitted_to", Text),
        may("submitted_by.name", Text),
        may("receipt_no", Text),
        may("answered_on", Day),
        may("answered_by.name", Text),
        may("note", Text),
    ],
    key: &["made_at", "layout"],
    batch: "batch",
    order: &["made_at", "id"],
    merge: Rule::by(&[Later::Word("state", &["draft", "dropped", "submitted", "answered"])]).firm(&["digest"]),
};

pub const UPLOAD_ROWS: Table = Table {
    name: "upload-rows",
    record: "upload_row",
    columns: of_application![
        must("upload.made_at", Time),
        must("upload.layout", Text),
        must("position", Integer),
        must("number", Text),
        must("cells", Text),
        may("answer", Word(&["accepted", "refused"])),
        may("fault", Text),
    ],
    key: &["upload.made_at", "upload.layout", "number"],
    batch: "application.batch",
    order: &["upload.made_at", "upload", "position"],
    merge: Rule::by(&[Later::Filled("answer")]).firm(&["cells"]),
};
