//! One binary for all tests that cross modules: on two cores linking is what takes time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests fail by panicking
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)] // tests may look at the machine
mod architecture;
mod bundles;
mod certificates;
mod checkin;
mod cli_choices;
mod data;
mod demo;
mod desk_day;
mod docs;
mod faults;
mod generated;
mod harness;
mod hidden_text;
mod history;
mod import;
mod intake;
mod journal;
mod journeys;
mod lists;
mod marks;
mod migrations;
mod panel;
mod pins;
mod program;
mod readme;
mod results;
mod screens;
mod search_text;
mod sheets;
mod site_bundle;
mod source;
mod terminal;
mod upkeep;
