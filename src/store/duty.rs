//! Rows: who is on duty at the windows, what was done for them, and claims of subsidy.
