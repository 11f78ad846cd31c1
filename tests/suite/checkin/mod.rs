//! The door: operations, pane and commands.
mod at_the_door;
mod by_command;
mod mistakes;
mod on_screen;
pub mod world;
