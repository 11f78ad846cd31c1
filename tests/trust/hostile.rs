//! Names, keys, pastes and files that attack.
