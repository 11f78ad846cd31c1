//! A made-up site, for demonstrations and tests.
mod arrive;
mod build;
mod doors;
mod judging;
pub mod people;
mod stage;
mod steps;
mod typing;

pub use arrive::Arrive;
pub use build::{Built, Plan, build};
pub use stage::Stage;
