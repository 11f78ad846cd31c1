//! kaowu: exam-site operations for vocational-skill certification.
//!
//! Layers, lowest first; a module may use only those above it in this table:
//!
//! | module | what it is |
//! |---|---|
//! | [`model`] | plain values: numbers, marks, levels, refusals; no I/O, no clock |
//! | [`config`] | where files are, embedded defaults, the environment |
//! | [`policy`] | a notice as typed data, and the pure rules that read it |
//! | [`bundle`] | files from and to offices: CSV, encodings, layouts |
//! | [`store`] | SQLite: rows, journal, migrations; the only SQL |
//! | [`ops`] | operations: the only way to change a site |
//! | [`text`] | codes to words, for both faces |
//! | [`cli`], [`tui`] | the two faces |
pub mod bundle;
pub mod cli;
pub mod config;
pub mod model;
pub mod ops;
pub mod policy;
pub mod store;
pub mod text;
pub mod tui;
