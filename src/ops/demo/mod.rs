//! A made-up site, for demonstrations and tests.
mod arrive;
mod build;
pub mod people;
mod stage;
mod steps;

pub use arrive::Arrive;
pub use build::{Built, Plan, build};
pub use stage::Stage;
