//! A made-up site, for demonstrations and tests.
mod build;
pub mod people;
mod stage;
mod steps;

pub use build::{Built, Plan, build};
pub use stage::Stage;
