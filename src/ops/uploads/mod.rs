//! What is sent up to the national register (上报): records frozen when they are drawn up, in a layout that is data, new,
//! corrected or supplemented against what was sent before, with the receipt that came back.
mod choose;
mod facts;
mod file;
mod make;
mod read;
mod receipt;
mod submit;

pub use choose::{Past, Standing};
pub(in crate::ops) use facts::{outgoing, sheet};
pub use file::{File, NO_PHOTO, PHOTOS_NEEDED};
pub use make::{DRAFT_THERE, NOBODY, NOT_GIVEN, Prepare, Prepared};
pub use read::{AuditLine, Counts, NOT_FOUND, Upload, audit_lines, counts, layouts, lines, upload, uploads};
pub use receipt::{NO_SUCH_ROW, RECEIPT_NO, Receipt, RefusedRow};
pub use submit::{CHANGED, Drop, NAMES, Submit, stops};

/// The layout that is meant unless another is named.
pub const LAYOUT: &str = "upload-11";
