//! Rows: what two people did together.
