//! The door: operations, pane and commands.
mod at_the_door;
mod by_command;
mod closing;
mod exceptions;
mod hall;
mod mistakes;
mod on_screen;
mod sheets;
pub mod world;
