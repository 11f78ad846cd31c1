//! Result documents, rosters with their boxes, uploads with receipts.
mod command;
mod document;
mod roster;
mod upload;
mod world;
