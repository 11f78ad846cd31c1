//! Groups of assessors at stations, and the criteria of their sheets.
mod command;
mod criteria;
mod form;
mod forming;
mod sealing;
mod sheets;
pub mod world;
