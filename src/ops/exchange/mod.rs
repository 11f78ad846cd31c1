//! Files in and out: sheets of applicants, lists for people, a whole site as a bundle.
mod export;
mod filed;
mod import;
mod intake;
pub mod lists;
pub mod site;

pub use export::{Export, SITE};
pub use import::{Import, Mode};
pub use intake::{Refusals, Source, check};
