//! Review panels: rules, pane, command.
pub mod command;
mod pane;
mod rules;
pub mod world;
