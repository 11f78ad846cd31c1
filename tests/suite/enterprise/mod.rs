//! Notice 003: enterprises that hold assessments themselves.
mod commands;
mod files;
mod notice_003;
mod rules;
mod screen;
pub mod world;
