//! Money and sanctions: rules through the one door, the platform's sheet, the pane, the commands.
mod barred;
mod by_command;
mod close;
mod money;
mod on_screen;
mod sanctions;
mod sheet;
pub mod world;
