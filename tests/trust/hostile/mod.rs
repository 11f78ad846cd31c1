//! Names, keys, pastes and files that attack.
mod corpora;
mod targets;
