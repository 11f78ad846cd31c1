//! One binary for all tests that cross modules: on two cores linking is what takes time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests fail by panicking
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)] // tests may look at the machine
mod bundles;
mod desk_day;
mod harness;
mod site_bundle;
mod terminal;
