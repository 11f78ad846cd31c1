// Helpers of tests stand outside `#[test]` functions, where clippy's exemption does not reach.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod intake;
mod words;
