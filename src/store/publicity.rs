//! Rows: what was made public, and objections to it.
