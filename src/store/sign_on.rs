//! Rows: failed PINs and keys of operators.
