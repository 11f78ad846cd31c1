//! What is done with hostile bytes: one function for each target, shared by the fuzzer and by the replay of the corpora.
//!
//! A target returns when the bytes were taken or refused in an orderly way, and panics when a promise is broken.
pub mod bundle;
pub mod entries;
pub mod keys;
pub mod policy;
pub mod sheet;

/// Splits the next byte off; 0 when there is none left.
fn byte(data: &mut &[u8]) -> u8 {
    let Some((first, rest)) = data.split_first() else { return 0 };
    *data = rest;
    *first
}
