//! One application by the form: the operations, the page, the commands, the draft.
mod by_command;
mod draft;
mod on_screen;
mod parity;
mod through_the_door;
pub mod world;
