//! A whole exam day from the office's sheet to certificates: by keyboard in both languages, and by commands, on
//! different databases that come to the same results.
mod application;
mod by_command;
mod notices;
mod on_screen;
mod world;
