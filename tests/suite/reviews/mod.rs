//! Stamps, reviews, the public list, and the way between site and region.
mod chain;
mod merge;
mod on_screen;
mod public;
pub mod world;
