//! Whom and what is trusted: operators, the journal, bundles, copies, hostile input. A binary of its own, quicker to build.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests fail by panicking
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)] // tests may look at the machine
mod anchor;
mod bundles;
mod drafts;
#[allow(unused_imports)] // one harness for two binaries; each uses its part
#[path = "../suite/harness/mod.rs"]
mod harness;
mod hostile;
mod keeping;
mod roles;
mod sign_on;
mod together;
