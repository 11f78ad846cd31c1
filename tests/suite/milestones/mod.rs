//! The board of dates: rules through the one door, by command, on the screen.
mod commands;
mod rules;
mod screen;
