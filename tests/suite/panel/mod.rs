//! Review panels: rules, pane, command.
mod closing;
pub mod command;
mod pane;
mod rules;
pub mod world;
