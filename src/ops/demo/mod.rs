//! A made-up site, for demonstrations and tests.
mod build;
mod doors;
mod judging;
pub mod people;
mod releasing;
mod reviewing;
mod staffing;
mod stage;
mod steps;
mod typing;

pub use build::{Built, PIN, Plan, build};
pub use reviewing::{pass_everybody, stamp_everybody};
pub use stage::Stage;
