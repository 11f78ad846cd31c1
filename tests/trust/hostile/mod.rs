//! Names, keys, pastes and files that attack.
mod bytes;
mod corpora;
mod flood;
mod formulas;
mod hidden;
mod storm;
mod targets;
mod world;
