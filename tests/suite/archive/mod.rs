//! Closing a batch, sealing it, checking what was sealed, and erasing its people.
mod by_hand;
mod closing;
mod erasing;
mod sealing;
mod world;
