//! Rows: differences between sites that wait for a person, and what they decided.
