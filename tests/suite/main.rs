mod bundles;
//! One binary for all tests that cross modules: on two cores linking is what takes time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests fail by panicking
mod terminal;
