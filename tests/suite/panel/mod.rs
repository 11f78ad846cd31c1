//! Review panels: rules, pane, command.
pub mod command;
mod rules;
pub mod world;
