//! The tables of supervision, complaints and milestones.
use super::column::Form;
use super::rule::{Later, Rule};
use super::tables::{Table, may, must};
use Form::{Day, Integer, Text, Time, Word};

pub const DRAWS: Table = Table {
    name: "draws",
    record: "draw",
    columns: &[
        must("title", Text),
        must("kind", Word(&["room", "session", "venue", "enterprise", "list"])),
        may("area", Text),
        must("seed", Integer),
        must("objects", Integer),
        must("per_object", Integer),
        must("witness", Text),
        must("at", Time),
        must("operator.name", Text),
        may("published_on", Day),
        may("place", Text),
    ],
    key: &["title", "at"],
    batch: "batch",
    order: &["at", "id"],
    merge: Rule::by(&[Later::Filled("published_on")]).firm(&["seed"]),
};

pub const DRAW_ENTRIES: Table = Table {
    name: "draw-entries",
    record: "draw_entry",
    columns: &[
        must("draw.title", Text),
        must("draw.at", Time),
        must("pool", Word(&["object", "supervisor"])),
        must("position", Integer),
        must("name", Text),
        must("unit", Text),
        may("region", Text),
        may("excluded", Text),
        may("drawn_for", Text),
    ],
    key: &["draw.title", "draw.at", "pool", "position"],
    batch: "draw.batch",
    order: &["draw.at", "draw", "pool", "position"],
    merge: Rule::PLAIN,
};

pub const INSPECTIONS: Table = Table {
    name: "inspections",
    record: "inspection",
    columns: &[
        may("draw.title", Text),
        may("draw.at", Time),
        may("session.code", Text),
        must("object", Text),
        may("region", Text),
        must("supervisors", Text),
        must("mode", Word(&["on_site", "special", "yearly"])),
        must("inspected_on", Day),
        must("methods", Text),
        must("findings", Text),
        must("result", Word(&["sound", "to_mend", "serious"])),
        may("mend_by", Day),
        may("mended_on", Day),
        may("mended", Text),
        may("published_on", Day),
        may("place", Text),
        must("operator.name", Text),
    ],
    key: &["object", "inspected_on", "mode"],
    batch: "batch",
    order: &["inspected_on", "id"],
    merge: Rule::by(&[Later::Filled("published_on"), Later::Filled("mended_on")]),
};

pub const COMPLAINTS: Table = Table {
    name: "complaints",
    record: "complaint",
    columns: &[
        must("received_on", Day),
        must("name", Text),
        may("unit", Text),
        must("contact", Text),
        must("matter", Text),
        may("against", Text),
        may("evidence", Text),
        must("state", Word(&["received", "accepted", "refused", "decided"])),
        must("look_by", Day),
        may("looked_on", Day),
        may("handler", Text),
        may("decide_by", Day),
        may("decided_on", Day),
        may("outcome", Text),
        must("operator.name", Text),
    ],
    key: &["received_on", "name", "matter"],
    batch: "batch",
    order: &["received_on", "id"],
    merge: Rule::by(&[Later::Filled("looked_on"), Later::Word("state", &["accepted", "decided"])]),
};

pub const MILESTONES: Table = Table {
    name: "milestones",
    record: "milestone",
    columns: &[
        must("code", Text),
        may("title", Text),
        may("due", Day),
        may("assignee", Text),
        may("done_on", Day),
        may("done_by", Text),
        may("note", Text),
    ],
    key: &["code"],
    batch: "batch",
    order: &["code"],
    merge: Rule::by(&[Later::Filled("done_on")]),
};
