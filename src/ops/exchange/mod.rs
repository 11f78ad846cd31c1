//! Files in and out: an office's sheet becomes applications.
mod filed;
mod import;
mod intake;
pub mod site;

pub use import::{Import, Mode};
pub use intake::{Refusals, Source, check};
