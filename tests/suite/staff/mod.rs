//! Staff of the exam day: who they are, whom they keep away from, who works where.
mod by_command;
mod by_hand;
mod on_screen;
mod proposals;
pub mod world;
