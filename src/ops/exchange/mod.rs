//! Files in and out: sheets of applicants, lists for people, a whole site as a bundle.
mod export;
pub(in crate::ops) mod filed;
mod import;
mod intake;
mod limits;
mod refused_beside;
mod scope;
mod stream;

// What a sheet's account is made of; the faces know the file layer through here.
pub use crate::bundle::book::THREAD as WORKBOOK_THREAD;
pub use crate::bundle::decode::Encoding;
pub use crate::bundle::row_fault::{Report, RowFault, Severity};
pub use crate::bundle::write::{CsvTarget, Style};
pub mod lists;
pub mod region_key;
pub mod site;
pub mod tokens;

pub use export::{Export, SITE, UPLOAD, about};
pub use import::{Import, Mode};
pub(in crate::ops) use intake::{OVER_SOURCE, REASONS, same_file};
pub use intake::{Refusals, Source, check};
pub use limits::{LEVEL_NOT_HELD, Limits, OCCUPATION_CLOSED};
pub use refused_beside::refused_beside;

// What a reading answers, for the faces.
