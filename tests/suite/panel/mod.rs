//! Review panels: rules, pane, command.
mod rules;
pub mod world;
