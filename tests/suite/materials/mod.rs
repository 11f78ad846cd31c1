//! Materials handed in: archives nobody trusts, texts counted, checklists, judgements, group registrations.
mod archives;
mod by_command;
mod group;
mod individual;
mod judging;
mod on_screen;
mod pdf;
mod raw_zip;
mod texts;
pub mod world;
