//! The tables of certificates on their way to their holders, and of the stock of blank forms.
use super::column::Form;
use super::rule::{Later, Rule};
use super::tables::{DOCUMENTS, Table, may, must};
use Form::{Day, Flag, Integer, Text, Time, Word};

const ITEMS: &[&str] = &["certificate", "cover"];

// Across batches, like the stock itself.
pub const STOCK_MOVEMENTS: Table = Table {
    name: "stock-movements",
    record: "stock_movement",
    columns: &[
        must("holder", Text),
        must("item", Word(ITEMS)),
        must("seq", Integer),
        must("kind", Word(&["received", "used", "spoilt", "recovered", "destroyed", "counted", "reversed"])),
        must("usable", Integer),
        must("spoilt", Integer),
        must("balance", Integer),
        must("to_destroy", Integer),
        may("serials", Text),
        must("responsible", Text),
        may("witness", Text),
        may("counterpart", Text),
        may("reverses", Integer),
        may("reason", Text),
        must("moved_on", Day),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["holder", "item", "seq"],
    batch: "",
    order: &["holder", "item", "seq"],
    merge: Rule::PLAIN.firm(&["kind", "usable", "spoilt", "balance", "to_destroy"]),
};

pub const CERTIFICATE_COPIES: Table = Table {
    name: "certificate-copies",
    record: "certificate_copy",
    columns: &[
        must("certificate.number", Text),
        must("copy", Integer),
        must("made_on", Day),
        may("movement.holder", Text),
        may("movement.item", Word(ITEMS)),
        may("movement.seq", Integer),
        may("blank", Text),
        may("reason", Text),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["certificate.number", "copy"],
    batch: "certificate.batch",
    order: &["certificate.number", "copy"],
    merge: Rule::PLAIN,
};

pub const CERTIFICATE_NOTICES: Table = Table {
    name: "certificate-notices",
    record: "certificate_notice",
    columns: &[
        must("certificate.number", Text),
        must("copy", Integer),
        must("turn", Integer),
        must("way", Word(&["phone", "message", "letter", "posted"])),
        must("told", Text),
        may("contact", Text),
        must("notified_on", Day),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["certificate.number", "copy", "turn"],
    batch: "certificate.batch",
    order: &["certificate.number", "copy", "turn"],
    merge: Rule::PLAIN,
};

pub const CERTIFICATE_DELIVERIES: Table = Table {
    name: "certificate-deliveries",
    record: "certificate_delivery",
    columns: &[
        must("certificate.number", Text),
        must("copy", Integer),
        must("turn", Integer),
        must("way", Word(&["own", "unit", "proxy", "post"])),
        must("taker", Text),
        may("unit", Text),
        may("taker_id", Text),
        may("authority", Text),
        may("phone", Text),
        may("address", Text),
        may("tracking", Text),
        must("signed", Flag),
        must("delivered_on", Day),
        may("note", Text),
        may("returned_on", Day),
        may("returned", Text),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["certificate.number", "copy", "turn"],
    batch: "certificate.batch",
    order: &["certificate.number", "copy", "turn"],
    merge: Rule::by(&[Later::Filled("returned_on")]),
};

pub const CERTIFICATE_VOIDS: Table = Table {
    name: "certificate-voids",
    record: "certificate_void",
    columns: &[
        must("certificate.number", Text),
        must("kind", Word(&["revoked", "corrected", "replaced"])),
        must("reason", Text),
        may("sanction.document", Word(DOCUMENTS)),
        may("sanction.id_number", Text),
        may("sanction.act", Text),
        may("sanction.from_day", Day),
        may("sanction.at", Time),
        may("successor.number", Text),
        must("voided_on", Day),
        must("operator.name", Text),
        must("at", Time),
    ],
    key: &["certificate.number"],
    batch: "certificate.batch",
    order: &["certificate.number"],
    merge: Rule::by(&[Later::Filled("successor.number")]),
};
