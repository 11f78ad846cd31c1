//! Rows: keys of other sites and what was taken from them.
