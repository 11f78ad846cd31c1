//! A made-up site, for demonstrations and tests.
pub mod people;
