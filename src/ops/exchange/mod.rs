//! Files in and out: an office's sheet becomes applications.
mod filed;
mod import;
mod intake;
mod refused_beside;

// What a sheet's account is made of; the faces know the file layer through here.
pub use crate::bundle::decode::Encoding;
pub use crate::bundle::row_fault::{Report, RowFault};
pub use import::{Import, Mode};
pub use intake::{Refusals, Source, check};
pub use refused_beside::refused_beside;

// What a reading answers, for the faces.
pub use crate::bundle::row_fault::{Report, RowFault, Severity};
