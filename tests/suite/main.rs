//! One binary for all tests that cross modules: on two cores linking is what takes time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests fail by panicking
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)] // tests may look at the machine
mod architecture;
mod bundles;
mod data;
mod desk_day;
mod docs;
mod generated;
mod harness;
mod journal;
mod migrations;
mod program;
mod source;
mod terminal;
