//! A site's bundle: a manifest, the policy's text and one CSV for each table, in a folder or in one file. Knows files, no
//! database.
mod archive;
mod certificates;
pub mod circumstances;
pub mod column;
pub mod container;
mod documents;
mod duty;
mod enterprise;
mod exam_day;
pub mod folder;
pub mod manifest;
mod merging;
pub mod packing;
mod papers;
mod publicity;
pub mod read;
mod register;
mod results;
pub mod rule;
mod scores;
mod staff;
mod supervision;
pub mod tables;
pub mod write;

pub use column::{Column, Form, Need};
pub use manifest::{BatchPart, Manifest, PolicyPart, SitePart, TablePart};
pub use rule::{Later, Rule, Unit};
pub use scores::MARK_LOCKS;
pub use tables::{TABLES, Table};

use crate::model::Code;

/// The only format version that this program reads and writes.
pub const FORMAT: i64 = 1;
pub const MANIFEST: &str = "bundle.toml";
pub const POLICY: &str = "policy.toml";
/// What differs from export to export; no part of what is compared.
pub const EXPORT: &str = "export.toml";
/// The site's signature over it, in the form of minisign.
pub const SIGNATURE: &str = "export.toml.minisig";

/// Bytes of a text file of the folder; rows and bytes of a table.
pub const MOST_TEXT: u64 = 1024 * 1024;
pub const MOST_ROWS: u64 = 10_000_000;
pub const MOST_BYTES: u64 = 8 * 1024 * 1024 * 1024;

/// Bytes of a bundle in one file, and of all that it holds.
pub const MOST_PACKED: u64 = 256 * 1024 * 1024;
pub const MOST_TOTAL: u64 = 1024 * 1024 * 1024;

pub const NOT_EMPTY: Code = Code("bundle.target_not_empty");
pub const UNKNOWN_FORMAT: Code = Code("bundle.unknown_format");
pub const MALFORMED: Code = Code("bundle.malformed");
pub const UNKNOWN_TABLE: Code = Code("bundle.unknown_table");
pub const EXTRA_FILE: Code = Code("bundle.extra_file");
pub const MISSING_FILE: Code = Code("bundle.missing_file");
pub const NOT_A_FILE: Code = Code("bundle.not_a_file");
pub const ALTERED: Code = Code("bundle.altered");
pub const OTHER_RECIPIENT: Code = Code("bundle.other_recipient");
pub const LOCKED: Code = Code("bundle.locked");
pub const TOO_LARGE: Code = Code("bundle.too_large");
pub const HEADER: Code = Code("bundle.header");
pub const ROW_COUNT: Code = Code("bundle.row_count");

/// Codes of faults in cells and rows of a bundle, beside those that sheets know.
pub mod fault {
    use crate::model::Code;

    pub const POINTS: Code = Code("points");
    pub const TIME: Code = Code("time");
    /// A cell that means something but is not how it is written.
    pub const NOT_AS_WRITTEN: Code = Code("not_as_written");
    /// A control, direction or zero-width character in a text.
    pub const HIDDEN: Code = Code("hidden_character");
    /// The row names a row of another table that is not there.
    pub const NAMES_NOBODY: Code = Code("names_nobody");
    /// The database does not take the row: it is there twice or contradicts another.
    pub const NOT_TAKEN: Code = Code("not_taken");
}
